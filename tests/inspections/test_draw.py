"""A draw from an approved plan: frozen with its lists, checked offline, never repeated at will."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from phaseout.casework.models import Checkpoint
from phaseout.inspections import acts, drawing
from phaseout.inspections.models import Recusal
from phaseout.law.refusals import Refusal
from phaseout.registry.models import ProductionLine


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def test_a_draw_agrees_with_its_sheet_also_after_a_round_trip(office) -> None:
    draw = office.drawn()
    assert len(draw.drawn) == 2
    assert drawing.check(json.loads(json.dumps(draw.as_data()))) == []
    assert draw.act.content["sheet"] == draw.digest


def test_who_was_left_out_stands_there_with_the_reason(office) -> None:
    ProductionLine.objects.filter(pk="C1").update(status="closed")
    sheet = office.drawn().sheet
    assert len(sheet["firms"]) == 5
    assert [one["en"] for one in sheet["firms_left_out"]] == ["all its lines are closed"]


def test_a_second_draw_leaves_out_the_first_and_ends_with_the_plan(office) -> None:
    first = office.drawn(wanted=2, firms=3)
    line = first.plan_line
    assert refused(acts.draw, line.pk, 2, **office.ways(office.officer)) == "draw.number-wrong"
    second = acts.draw(line.pk, 1, **office.ways(office.officer))
    assert not {one["uscc"] for one in first.drawn} & {one["uscc"] for one in second.drawn}
    assert second.place == 2 and second.sheet["seed"] != first.sheet["seed"]


def test_who_declared_a_conflict_is_not_drawn_for_that_firm(office) -> None:
    one = office.inspectors[0]
    for line in ProductionLine.objects.all():
        acts.recuse(line.enterprise_id, reason="亲属任职", **office.ways(one))
    assert Recusal.objects.count() == 6
    drawn = office.drawn(wanted=4).drawn
    assert all("ins-1" not in firm["inspectors"] for firm in drawn)
    assert {firm["inspectors"][0] for firm in drawn} == {"ins-2"}


def test_a_conflict_with_a_firm_that_is_not_there_is_refused_not_kept(office) -> None:
    one = office.inspectors[0]
    there = ProductionLine.objects.first().enterprise_id
    typo = there[:-1] + ("A" if there[-1] != "A" else "B")
    assert refused(acts.recuse, typo, reason="亲属任职", **office.ways(one)) == (
        "inspection.no-such-firm"
    )
    acts.recuse(f" {there[:9]}-{there[9:].lower()}", reason="亲属任职", **office.ways(one))
    assert Recusal.objects.get().uscc == there


def test_too_few_inspectors_are_refused(office) -> None:
    for one in office.inspectors[1:]:
        one.is_active = False
        one.save()
    assert refused(office.drawn) == "draw.too-few"


def test_a_plan_not_approved_is_not_drawn_from(office) -> None:
    line = office.plan().lines.get()
    assert refused(acts.draw, line.pk, 1, **office.ways(office.officer)) == "draw.plan-not-in-force"
    assert (
        refused(acts.draw, line.pk, 1, **office.ways(office.inspectors[0]))
        == "inspection.not-yours"
    )


def test_the_last_checkpoint_before_the_day_is_the_beacon(office) -> None:
    plan = office.approved()
    Checkpoint.objects.create(
        day=office.desk.today, acts=0, last_act=0, root="c" * 64, previous="0" * 64, key="k",
        signature="s", made_at=datetime(2018, 3, 15, 16, tzinfo=UTC),
    )  # fmt: skip
    line = plan.lines.get()
    today = acts.draw(line.pk, 1, **office.ways(office.officer))
    tomorrow = acts.draw(line.pk, 1, **office.ways(office.officer, date(2018, 3, 16)))
    beacons = [one.sheet["commitment"] for one in (today, tomorrow)]
    assert [(b["beacon_kind"], b["beacon_day"]) for b in beacons] == [
        ("approval", "2018-03-15"), ("checkpoint", "2018-03-15"),
    ]  # fmt: skip
    assert beacons[1]["beacon"] == "c" * 64


def test_sent_twice_it_is_drawn_once(office) -> None:
    line, ways = office.approved().lines.get(), office.ways(office.officer)
    assert acts.draw(line.pk, 1, **ways) == acts.draw(line.pk, 1, **ways)

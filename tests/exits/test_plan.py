"""拟定退出方案: what must go, by whom, from when to when; versions succeed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from exit_site import FURNACE, Site
from journeys import Journey
from phaseout.exits import acts
from phaseout.exits.models import ExitAct
from phaseout.law.dismantling import Equipment
from phaseout.law.refusals import Refusal


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def test_a_plan_lists_what_the_law_asks_and_is_kept_with_its_digest(site) -> None:
    plan = site.plan()
    assert list(site.now.items)[:3] == [
        "E1/mill_identified", "E1/shell", "E1/drive",
    ]  # fmt: skip
    assert plan.content["version"] == 1 and len(plan.digest) == 64
    assert site.now.state == "in_place" and site.now.done_items == 0


def test_sent_twice_it_happens_once_and_a_later_version_succeeds(site) -> None:
    given, ways = site.planned(), site.ways()
    assert acts.make_plan(site.pk, given, **ways) == acts.make_plan(site.pk, given, **ways)
    site.plan(note="吊车改期")
    assert [plan.content["version"] for plan in site.now.plans] == [1, 2]
    assert refused(site.plan, after=given.after) == "plan.changed"


def test_another_office_does_not_plan_and_before_the_decision_there_is_nothing(site, desk) -> None:
    stranger = desk.person("epd")
    ways = site.ways(stranger)
    assert refused(acts.make_plan, site.pk, site.planned(), **ways) == "exit.not-yours"
    early = desk.open_(
        desk.finding(desk.line("L9"), dimension="technology", judged_by="technology")
    ).case
    assert refused(acts.make_plan, early.pk, site.planned(), **site.ways()) == "exit.not-under-way"


@pytest.mark.parametrize(
    "filled",
    [
        {"responsible": ""},
        {"begins": ""},
        {"begins": "2018-13-01"},
        {"ends": "2018-01-01"},
        {"left_out": "无此部件，从未安装"},  # acceptance looks at it
        {"ends": "2019-12-31"},  # the case has set a day before
    ],
)
def test_a_part_wants_a_person_and_days_within_the_day_of_the_case(site, filled) -> None:
    part = {"responsible": "王工", "begins": "2018-04-01", "ends": "2018-04-05", **filled}
    assert refused(site.plan, filled={"E1/mill_identified": part}) == "plan.items-wrong"


@pytest.mark.parametrize(
    ("days", "fits"), [(-1, True), (0, True), (1, False)], ids=["before", "the day", "after"]
)
def test_the_last_day_of_the_case_is_inside(site, days, fits) -> None:
    last = site.case.deadlines.get(period="removal").due
    part = {
        "responsible": "王工",
        "begins": site.day.isoformat(),
        "ends": (last + timedelta(days=days)).isoformat(),
    }
    given = {"filled": {"E1/mill_identified": part}}
    if fits:
        assert site.plan(**given).content["version"] == 1
    else:
        assert refused(site.plan, **given) == "plan.items-wrong"


def test_what_only_we_propose_may_be_left_out_with_a_reason(site) -> None:
    assert refused(site.plan, filled={"E1/drive": {"left_out": "无"}}) == "plan.items-wrong"
    site.plan(filled={"E1/drive": {"left_out": "传动装置与另一台磨机共用，保留"}})
    assert site.now.complete("E1/drive")


def test_ditiaogang_is_not_sealed_whatever_the_plan_calls_it(desk) -> None:
    journey = Journey(desk, "technology").do("record_ditiaogang").decided("elimination")
    site = Site(journey.case, desk, journey.day)
    furnace = Equipment("E2", "中频炉", "electric_arc_furnace")
    ways = {"filled": {}}
    assert refused(site.plan, "seal", furnace, **ways) == "plan.form-unfit"


def test_without_a_destination_nothing_is_dismantled(site) -> None:
    assert refused(site.plan, destination=" ") == "plan.items-wrong"


def test_rows_are_never_changed_or_deleted(site) -> None:
    plan = site.plan()
    for act in (lambda: ExitAct.objects.filter(pk=plan.pk).update(item="x"), plan.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_equipment_is_named_once(site) -> None:
    assert site.plan("dismantle", FURNACE).content["equipment"][0]["id"] == "E1"

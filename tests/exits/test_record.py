"""现场记录: checked again, sent once, and never over a plan that changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from phaseout.exits.acts.recording import Place
from phaseout.exits.models import ExitAct
from phaseout.exits.refusing import PlanMoved
from phaseout.law.refusals import Refusal

PART = "E1/mill_identified"


def refused(act: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


@pytest.fixture
def planned(site):
    site.plan()
    return site


def test_a_tick_with_its_photos_completes_the_part(planned) -> None:
    planned.record(PART, "tick", "before", "during", done="no")
    assert not planned.now.complete(PART) and planned.now.state == "in_place"
    act = planned.record(PART, "tick", "after", done="yes")
    assert planned.now.complete(PART) and planned.now.state == "dismantling"
    assert act.files.get().file.digest == act.content["files"][0]["digest"]
    planned.record(PART, "tick", done="no", note="复查发现基础未拆")
    assert not planned.now.complete(PART)  # the last tick counts


@pytest.mark.parametrize(
    ("item", "record", "slots", "fields", "code"),
    [
        (PART, "tick", ("before",), {"done": "yes"}, "record.wrong"),
        (PART, "tick", (), {}, "record.wrong"),
        (PART, "seal", ("photo",), {"number": "1", "where": "x"}, "record.wrong"),
        ("E1/nowhere", "tick", ("before",), {"done": "no"}, "record.wrong"),
        ("line/power_meter", "meter", ("photo",), {"meter": "1", "reading": "很多"},
         "record.wrong"),
        ("", "visit", (), {"intact": "yes", "still": "yes"}, "record.wrong"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused(planned, item, record, slots, fields, code) -> None:
    assert refused(planned.record, item, record, *slots, **fields) == code
    assert not planned.now.records


def test_sent_twice_it_happens_once(planned) -> None:
    given, ways = planned.recorded(PART, "tick", "before", done="no"), planned.ways()
    from phaseout.exits import acts

    twice = [acts.record(planned.pk, given, now=planned.moment(12), **ways) for _ in range(2)]
    assert twice[0] == twice[1] and len(planned.now.records) == 1


def test_the_city_records_and_the_county_of_another_city_does_not(planned, desk) -> None:
    given = planned.recorded(PART, "tick", "before", done="no")
    assert planned.send(given, **planned.ways(planned.city)).office == "city_640100"
    other = desk.person("cities", "inspector", "640200")
    assert refused(planned.send, given, **planned.ways(other)) == "exit.not-yours"


def test_without_a_plan_nothing_is_recorded(site) -> None:
    assert refused(site.record, PART, "tick", "before", done="no") == "exit.no-plan"


def test_time_and_place_are_kept_as_the_device_told_them(planned) -> None:
    given = replace(
        planned.recorded(PART, "tick", "before", done="no"), place=Place("38.4872", "106.2309", 12)
    )
    act = planned.send(given)
    act.refresh_from_db()
    assert (str(act.latitude), str(act.longitude), act.accuracy) == ("38.487200", "106.230900", 12)
    assert act.happened_at == planned.moment()


@pytest.mark.parametrize(
    ("shift", "fits"),
    [
        (timedelta(hours=2, minutes=10), True),
        (timedelta(hours=2, minutes=11), False),
        (timedelta(days=-400), False),
    ],
    ids=["as fast as may be", "to come", "before the case"],
)
def test_a_record_is_neither_of_the_future_nor_older_than_its_case(planned, shift, fits) -> None:
    given = planned.recorded(PART, "tick", "before", done="no")
    given = replace(given, at=given.at + shift)
    if fits:
        assert planned.send(given)
    else:
        assert refused(planned.send, given) == "record.when"


def test_a_plan_that_changed_meanwhile_is_shown_and_the_person_decides(planned) -> None:
    made_under = planned.now.plan_act.digest
    given = replace(
        planned.recorded("E1/shell", "tick", "before", done="no"), plan=made_under, device="phone"
    )
    planned.plan(filled={"E1/shell": {"left_out": "筒体随磨机整体外运拆解"}})
    with pytest.raises(PlanMoved) as moved:
        planned.send(given)
    told = moved.value.as_json()
    assert told["refused"] == "record.plan-changed" and told["version"] == 2
    assert (told["then"]["left_out"], told["now"]["left_out"]) == ("", "筒体随磨机整体外运拆解")
    assert not planned.now.records
    agreed = replace(given, agreed=planned.now.plan_act.digest)
    assert refused(planned.send, agreed) == "record.wrong"  # the new plan asks for nothing there
    planned.plan()
    assert planned.send(given).content["plan"] == made_under  # the item is again what it was


def test_dates_and_names_that_change_do_not_hinder_a_record(planned) -> None:
    given = replace(
        planned.recorded(PART, "tick", "before", done="no"), plan=planned.now.plan_act.digest
    )
    planned.plan(note="换人")
    assert planned.send(given)


def test_an_item_the_plan_dropped_is_kept_beside_it_when_the_person_decides_so(planned) -> None:
    from phaseout.law.dismantling import Equipment

    both = (Equipment("E1", "1号磨机", "cement_mill"), Equipment("E2", "2号磨机", "cement_mill"))
    planned.plan("dismantle", *both)
    given = replace(
        planned.recorded("E2/shell", "tick", "before", done="no"), plan=planned.now.plan_act.digest
    )
    planned.plan()
    with pytest.raises(PlanMoved) as moved:
        planned.send(given)
    assert moved.value.as_json()["now"] is None
    kept = planned.send(replace(given, agreed=planned.now.plan_act.digest))
    assert kept.kind == ExitAct.Kind.RECORD and "E2/shell" not in planned.now.items


def test_what_was_recorded_before_a_restart_counts_no_more(site) -> None:
    site.plan("seal")
    site.complete("drive", "seal")
    site.does("cut_water", "cut_power")
    site.brings("remove_drive")
    site.brings("seal")
    site.does("commitment")
    site.does("publish_commitment", "set_dismantling_date")
    site.brings("record_sealed")
    assert site.now.state == "sealed" and site.now.visit_due is not None
    site.does("record_restart")
    assert site.now.state == "in_place" and not site.now.records
    lacking = {one.item for one in site.now.missing("record_sealed")}
    assert {"E1/seals", "E1/drive_inventory"} <= lacking

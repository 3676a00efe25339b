"""What must go, how it is shown, what lacks, and in which state equipment stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaseout.law.dismantling import (
    ACTS,
    KINDS,
    PARTIES,
    REASONS,
    Equipment,
    EquipmentState,
    Seen,
    complete,
    kind_of,
    missing,
    next_visit,
    problems,
    rules,
    sheet,
    source_of,
    state_of,
    steps_of_year,
)
from phaseout.law.dismantling import rows as tables
from phaseout.law.refusals import Refusal

ON = date(2018, 3, 15)
FURNACE = Equipment("E1", "1号高炉", "blast_furnace")
STRIP = Equipment("E2", "中频炉", "ditiaogang")


def asked(*equipment: Equipment, form: str = "dismantle", on: date = ON) -> dict[str, Any]:
    return sheet(equipment, form, on)


def item(of: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in of["items"] if one["id"] == id_)


def refused(*equipment: Equipment, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        asked(*equipment, **given)
    return refusal.value.code


@pytest.mark.parametrize(
    "row",
    [
        row
        for kind, name in (
            (tables.KindRow, "kinds"), (tables.PartRow, "parts"), (tables.EvidenceRow, "evidence"),
            (tables.PartyRow, "signers"), (tables.ReasonRow, "reasons"),
            (tables.VisitRow, "visits"), (tables.NoticeRow, "yearly_notices"),
            (tables.FormRow, "forms"),
        )
        for row in tables.rows(kind, name)
    ],
    ids=str,
)  # fmt: skip
def test_every_row_names_a_source_that_is_known_and_a_clause(row: Any) -> None:
    assert source_of(row.source_id)[0] and row.clause
    assert (row.source_id == "PHASEOUT-PROPOSAL") == (row.confidence == "proposed")


def test_every_kind_of_the_method_has_parts_and_only_the_unknown_one_has_none() -> None:
    with_parts = {row.kind for row in tables.rows(tables.PartRow, "parts")}
    assert set(KINDS) - with_parts == {"other"} and with_parts <= set(KINDS)
    assert {row.kind for row in tables.rows(tables.NameRow, "names")} <= set(KINDS)


def test_every_kind_of_the_catalogue_that_names_one_is_found() -> None:
    assert [
        kind_of(*named)
        for named in (
            ("炼铁高炉", "steel"), ("生产建筑用钢的工频炉、中频炉", "steel"),
            ("水泥机立窑", "cement"), ("湿法窑", "cement"), ("水泥粉磨设备", "cement"),
            ("预焙槽", "electrolytic_aluminium"), ("矿热炉", "ferroalloy"), ("煤矿单井", "coal"),
            ("开放式电石炉", "calcium_carbide"), ("横列式线材轧机", "steel"),
        )
    ] == [
        "blast_furnace", "ditiaogang", "shaft_kiln", "cement_kiln", "cement_mill",
        "aluminium_cells", "submerged_arc_furnace", "coal_mine", "submerged_arc_furnace", "other",
    ]  # fmt: skip


def test_the_four_thoroughs_and_the_levelled_bay_are_five_ticks_each_with_photos() -> None:
    parts = [one for one in asked(STRIP)["items"] if one["about"] == "part"]
    assert [one["id"] for one in parts] == [
        f"E2/{part}"
        for part in ("furnace_body", "transformer", "dust_hood", "platform_rails", "levelled")
    ]
    assert all(one["record"] == "tick" and one["seen"] for one in parts)
    assert all([s["slot"] for s in p["slots"]] == ["before", "during", "after"] for p in parts)


def test_ditiaogang_is_not_sealed_and_a_furnace_may_be() -> None:
    assert refused(STRIP, form="seal") == "plan.form-unfit"
    seal = asked(FURNACE, form="seal")
    gates = {one["gate"] for one in seal["items"]}
    assert gates == {"dismantle", "drive", "seal", "sealing", "acceptance"}


@pytest.mark.parametrize(
    ("day", "count", "source"),
    [
        (date(2017, 6, 30), 5, "SC-446"),
        (date(2024, 4, 30), 5, "SC-446"),
        (date(2024, 5, 1), 8, "SC-COALREG-2024"),
    ],
)
def test_a_coal_mine_is_closed_by_the_edition_of_the_day(day, count, source) -> None:
    mine = asked(Equipment("M", "一号井", "coal_mine"), form="close_mine", on=day)
    parts = [one for one in mine["items"] if one["about"] == "part"]
    assert (len(parts), {one["source"] for one in parts}) == (count, {source})


def test_without_a_table_the_plan_names_the_parts() -> None:
    assert refused(Equipment("R", "轧机", "other")) == "plan.parts-unnamed"
    own = asked(Equipment("R", "轧机", "other", ("主机架", "主电机")))
    assert [one["zh"] for one in own["items"] if one["about"] == "part"] == ["主机架", "主电机"]
    assert not any(one["seen"] for one in own["items"] if one["about"] == "part")
    assert refused() == "plan.no-equipment"
    assert refused(FURNACE, form="hide") == "plan.form-unknown"
    assert refused(Equipment("X", "x", "volcano")) == "plan.kind-unknown"


# A record made on the spot


def record(
    kind: str = "tick", slots: dict[str, int] | None = None, **fields: str
) -> dict[str, Any]:
    at = "2018-03-15T10:00:00+08:00"
    return {"record": kind, "fields": fields, "slots": slots or {}, "at": at, "place": None}


BODY = item(asked(FURNACE), "E1/furnace_proper")
SEALS = item(asked(FURNACE, form="seal"), "E1/seals")
ALL = {"before": 1, "during": 1, "after": 1}


@pytest.mark.parametrize(
    ("of", "made", "have", "codes"),
    [
        (BODY, record(slots=ALL, done="yes"), {}, []),
        (BODY, record(slots={"after": 1}, done="yes"), {"before": 1, "during": 2}, []),
        (BODY, record(done="yes"), {"before": 1}, ["photo.missing", "photo.missing"]),
        (BODY, record(slots={"before": 1}, done="no"), {}, []),
        (BODY, record(done="no"), {}, ["record.empty"]),
        (BODY, record(done="no", note="吊装设备未到"), {}, []),
        (BODY, record(slots=ALL, done="no"), {}, ["tick.missing"]),
        (BODY, record(slots=ALL), {}, ["field.missing"]),
        (BODY, record(slots=ALL, done="maybe"), {}, ["field.not-an-option"]),
        (BODY, record("seal", {"photo": 1}, number="1", where="炉口"), {}, ["item.other-record"]),
        (None, record(done="no", note="x"), {}, ["item.unknown"]),
        ({**BODY, "left_out": "没有"}, record(done="no", note="x"), {}, ["item.left-out"]),
        (SEALS, record("seal", {"photo": 1}, number="宁封001", where="炉口"), {}, []),
        (SEALS, record("seal", {}, number="宁封001", where="炉口"), {}, ["photo.missing"]),
        (SEALS, record("seal", {"photo": 1}, number=" ", where="炉" * 501), {},
         ["field.missing", "field.too-long"]),
        (None, record("visit", {"photo": 1}, intact="yes", still="yes"), {}, []),
        (None, record("visit", {"photo": 1}, intact="no", still="yes"), {}, ["field.missing"]),
        (None, {**record("visit", {"photo": 1}, intact="yes", still="yes"), "at": ""}, {},
         ["time.missing"]),
        (None, {**record("visit", {"photo": 1}, intact="yes", still="yes"), "at": "昨天"}, {},
         ["time.unreadable"]),
        (None, {**record("visit", {"photo": 1}, intact="yes", still="yes"),
                "place": {"latitude": "91", "longitude": 106}}, {}, ["place.out-of-range"]),
        (None, record("dance"), {}, ["item.other-record"]),
    ],
)  # fmt: skip
def test_a_record_is_checked(of, made, have, codes) -> None:
    assert [one.code for one in problems(rules(), of, made, have)] == codes


@pytest.mark.parametrize(
    ("reading", "fits"),
    [("0", True), ("123.5", True), ("-1", False), ("一百", False), ("1e3", False), ("", False)],
)
def test_a_meter_reading_is_a_number(reading, fits) -> None:
    meter = item(asked(FURNACE), "line/power_meter")
    made = record("meter", {"photo": 1}, meter="640-1", reading=reading)
    assert (problems(rules(), meter, made, {}) == ()) is fits


def test_the_complete_evidence_without_a_tick_only_warns() -> None:
    (told,) = problems(rules(), BODY, record(slots=ALL, done="no"), {})
    assert told.warns and "没有勾选" in told.zh


# What lacks


def everything(of: dict[str, Any]) -> dict[str, Seen]:
    return {
        one["id"]: Seen(True, {s["slot"]: s["at_least"] for s in one["slots"]}, 1)
        for one in of["items"]
    }


def test_dismantling_waits_for_each_part_and_says_what_lacks() -> None:
    of = asked(FURNACE)
    seen = everything(of)
    assert missing(of, seen, "dismantle") == ()
    seen["E1/furnace_proper"] = Seen(False, {"before": 1}, 1)
    lacks = missing(of, seen, "dismantle")
    assert [one.code for one in lacks] == ["file", "file", "tick"]
    assert lacks[0].zh == "1号高炉：高炉本体整体拆除：缺拆除中照片（需要1份，现有0份）"
    assert missing(of, seen, "commitment") == ()  # an act without gates waits for nothing


def test_what_an_act_of_the_case_shows_is_not_asked_again() -> None:
    of = asked(FURNACE)
    seen = everything(of) | {"line/power_cut_letter": Seen(), "line/power_meter": Seen()}
    yes = dict.fromkeys(PARTIES, "agree")
    assert len(missing(of, seen, "acceptance_passed", opinions=yes)) == 2
    assert missing(of, seen, "acceptance_passed", on_file={"cut_power"}, opinions=yes) == ()


def test_acceptance_wants_every_party_and_one_refusal_blocks() -> None:
    of = asked(FURNACE)
    codes = lambda opinions: [  # noqa: E731
        one.code for one in missing(of, everything(of), "acceptance_passed", opinions=opinions)
    ]
    agree = dict.fromkeys(PARTIES, "agree")
    assert codes(None) == ["sheet"] and codes(agree) == []
    assert codes({**agree, "city": "refuse"}) == ["refused"]
    assert codes({"company": "agree"}) == ["signature"] * 3


def test_what_the_plan_left_out_is_not_asked() -> None:
    of = asked(FURNACE)
    item(of, "E1/hot_stoves")["left_out"] = "该高炉未建热风炉"
    assert complete(item(of, "E1/hot_stoves"), Seen(), ())


@given(st.data())
def test_nothing_lacks_exactly_when_every_item_of_the_gates_is_complete(data) -> None:
    of = asked(FURNACE, STRIP)
    seen = everything(of)
    for one in data.draw(st.sets(st.sampled_from(sorted(seen)))):
        seen[one] = Seen()
    for act, gate in ACTS.items():
        whole = all(
            complete(one, seen[one["id"]], ())
            for one in of["items"]
            if one["gate"] in gate.gates.split(";")
        )
        lacks = missing(of, seen, act, opinions=dict.fromkeys(PARTIES, "agree"))
        assert (lacks == ()) == whole


# The state


@pytest.mark.parametrize(
    ("acts", "given", "state"),
    [
        ([], {}, "in_place"),
        (["cut_power"], {}, "in_place"),
        (["cut_water", "cut_power"], {}, "cut"),
        (["cut_water", "cut_power", "seal", "record_sealed"], {}, "sealed"),
        (["record_sealed"], {"put_off": True}, "closed_not_dismantled"),
        (["cut_water"], {"put_off": True}, "in_place"),
        (["record_sealed"], {"begun": True}, "dismantling"),
        (["dismantle"], {"begun": True, "put_off": True}, "dismantled"),
        (["dismantle", "acceptance_failed"], {}, "dismantling"),
        (["dismantle", "acceptance_failed", "dismantle"], {}, "dismantled"),
        (["dismantle", "acceptance_passed", "publish_exit"], {}, "accepted"),
        (["cut_water", "cut_power", "record_sealed", "record_restart"], {}, "in_place"),
        (["dismantle", "acceptance_passed", "restart_after_exit", "cut_water", "cut_power"], {},
         "cut"),
        (["shut_down"], {"put_off": True}, "closed_not_dismantled"),
        (["shut_down", "verify_stopped"], {}, "accepted"),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_acts(acts, given, state) -> None:
    assert state_of(acts, **given) == EquipmentState(state)


def test_reasons_are_those_of_the_announcement() -> None:
    assert set(REASONS) == {"employees", "mortgage", "debts"}


def test_a_visit_is_due_within_a_quarter() -> None:
    assert next_visit(date(2018, 3, 15)) == date(2018, 6, 15)


def test_days_of_a_task_notice_are_data_and_a_year_without_one_has_none() -> None:
    assert steps_of_year(2017, "cement")["dismantling"].by == date(2017, 10, 31)
    assert steps_of_year(2017, "steel") == {}
    assert set(steps_of_year(2020, "steel")) == {"dismantling", "acceptance", "report"}

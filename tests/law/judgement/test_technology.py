# ruff: noqa: E501 - the tables read better with one case a line
"""The technology dimension, at the edges: bounds, editions, dates, groups, exceptions, places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.explain.technology import explain

Row = dict[str, Any]
Judged = Callable[..., list[Row]]

UNITS = [
    {"from_unit": unit, "to_unit": unit, "factor": 1}
    for unit in ("m2", "m/min", "t/d", "kgce/t", "m3/t")
]


def equipment(
    type_: str, *, id_: str = "E1", line: str = "L1", status: str | None = None, **attributes: Any
) -> list[Row]:
    """Rows of facts.equipment: each attribute as value, or (value, unit)."""
    rows = []
    for attribute, given_ in (attributes or {"presence": 1}).items():
        value, unit = given_ if isinstance(given_, tuple) else (given_, None)
        rows.append(
            {
                "equipment_id": id_,
                "line_id": line,
                "type": type_,
                "attribute": attribute,
                "value": None if value is None else Decimal(str(value)),
                "unit": unit,
                "status": status,
            }
        )
    return rows


def line(industry: str = "steel", *, id_: str = "L1", **more: Any) -> Row:
    return {
        "line_id": id_,
        "uscc": "91640200FICTION001",
        "name": "虚构线",
        "industry": industry,
        "division_code": "640200",
        **more,
    }


def found(judged: Judged, on: str, rows: list[Row], *lines: Row, **more: Any) -> list[Row]:
    facts = {"lines": lines or (line(),), "equipment": rows, "unit_factors": UNITS}
    return judged("technology", on, facts, **more)


def by_row(rows: list[Row]) -> dict[str, Row]:
    """The findings by the short id of their row: `SC-2010-7/4`."""
    return {(row["norm_row"] or "").removeprefix("equipment_catalogue/"): row for row in rows}


def told(row: Row) -> tuple[str, str, bool, list[str]]:
    return row["verdict"], row["effect"], row["provisional"], row["reasons"]


# ---- bounds ---------------------------------------------------------------------------------

BOUNDS = [
    # industry, type, attribute, value, unit, day, rows that hit → verdict
    ("steel", "炼铁高炉", "useful_volume", "399.999999", "m3", {"NDRC-CAT-2011R/1", "SC-2010-7/4"}),
    ("steel", "炼铁高炉", "useful_volume", "400", "m3", {"NDRC-CAT-2011R/1", "SC-2010-7/4"}),
    ("steel", "炼铁高炉", "useful_volume", "400.000001", "m3", {"NDRC-CAT-2011R/25"}),
    ("steel", "炼铁高炉", "useful_volume", "1199.999999", "m3", {"NDRC-CAT-2011R/25"}),
    ("steel", "炼铁高炉", "useful_volume", "1200", "m3", set()),
    ("coke", "焦炉", "chamber_height", "4.299999", "m", {"NDRC-CAT-2011R/35", "SC-2010-7/1"}),
    ("coke", "焦炉", "chamber_height", "4.3", "m", set()),
    ("coke", "焦炉", "chamber_height", "4299.9999", "mm", {"NDRC-CAT-2011R/35", "SC-2010-7/1"}),
    ("coke", "焦炉", "chamber_height", "4300", "mm", set()),
    ("calcium_carbide", "电石炉", "transformer_capacity", "12.499999", "MVA", {"NDRC-CAT-2011R/88"}),
    ("calcium_carbide", "电石炉", "transformer_capacity", "12.5", "MVA", set()),
    ("fine_chemicals", "乙炔法聚氯乙烯高汞触媒", "catalyst_hgcl2_content", "6.5", "%", {"NDRC-CAT-2011R/104"}),
    ("fine_chemicals", "乙炔法聚氯乙烯高汞触媒", "catalyst_hgcl2_content", "6.499999", "%", set()),
    ("coal", "高硫煤矿井（无降硫且无达标用户）", "coal_sulfur", "3", "%", set()),
    ("coal", "高硫煤矿井（无降硫且无达标用户）", "coal_sulfur", "3.000001", "%", {"NDRC-CAT-2011R/41"}),
]  # fmt: skip


def test_a_value_at_the_bound_hits_or_not_as_the_comparator_says(judged: Judged) -> None:
    rows: list[Row] = []
    lines = []
    for at, (industry, type_, attribute, value, unit, _) in enumerate(BOUNDS):
        lines.append(line(industry, id_=f"L{at:02}"))
        rows += equipment(type_, id_=f"E{at:02}", line=f"L{at:02}", **{attribute: (value, unit)})
    result = found(judged, "2017-06-30", rows, *lines)
    for at, (_, type_, _, value, unit, expected) in enumerate(BOUNDS):
        of_this = [row for row in result if row["subject"] == f"E{at:02}"]
        met = {key for key, row in by_row(of_this).items() if row["outcome"] != "none"}
        assert met == expected, (type_, value, unit)
        if not expected:
            assert [row["verdict"] for row in of_this] == ["compliant"]


def test_the_value_is_shown_in_the_unit_of_the_norm_with_its_ratio(judged: Judged) -> None:
    [row] = found(
        judged,
        "2017-06-30",
        equipment("电石炉", transformer_capacity=("12.499999", "MVA")),
        line("calcium_carbide"),
    )
    assert (row["value"], row["limit_value"], row["unit"]) == (
        Decimal("12499.999000"), Decimal("12500.000000"), "kVA",
    )  # fmt: skip
    assert row["comparator"] == "lt"
    assert row["ratio"] == Decimal("1.0000")


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    volumes=st.lists(st.decimals("0.1", "2000", places=3), min_size=1, max_size=12, unique=True),
    seed=st.randoms(),
)
def test_any_volume_is_judged_as_plain_comparison_says_in_any_order(
    judged: Judged, volumes: list[Decimal], seed: Any
) -> None:
    rows = [
        row
        for at, volume in enumerate(volumes)
        for row in equipment("炼铁高炉", id_=f"E{at:02}", useful_volume=(volume, "m3"))
    ]
    straight = found(judged, "2017-06-30", rows)
    seed.shuffle(rows)
    assert found(judged, "2017-06-30", rows) == straight
    for at, volume in enumerate(volumes):
        verdicts = {row["verdict"] for row in straight if row["subject"] == f"E{at:02}"}
        assert verdicts == ({"noncompliant"} if volume <= 400 else {"compliant"})


# ---- editions and dates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "source", "verdict"),
    [
        ("2013-05-01", "NDRC-CAT-2011R", "compliant"),  # below 50,000 t/a asked: 60,000 passes
        ("2019-12-31", "NDRC-CAT-2011R", "compliant"),
        ("2020-01-01", "NDRC-CAT-2019", "noncompliant"),  # below 75,000 t/a asked
        ("2024-01-31", "NDRC-CAT-2019", "noncompliant"),
        ("2024-02-01", "NDRC-CAT-2024", "noncompliant"),
    ],
)
def test_the_edition_in_force_on_the_day_counts(
    judged: Judged, on: str, source: str, verdict: str
) -> None:
    rows = equipment("半焦（兰炭）炉", furnace_annual_capacity=(60000, "t/a"))
    [row] = found(judged, on, rows, line("coke"))
    assert (row["source_id"], row["verdict"]) == (source, verdict)
    assert row["provisional"]  # every row of this item is recalled
    assert "norm_not_verified" in row["reasons"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2015-12-30", ("compliant", "warns", True, ["deadline_not_reached", "norm_not_verified"])),
        ("2015-12-31", ("compliant", "warns", True, ["deadline_not_reached", "norm_not_verified"])),
        ("2016-01-01", ("noncompliant", "opens", True, ["norm_not_verified"])),
    ],
)
def test_a_deadline_is_the_last_day_in_time(
    judged: Judged, on: str, expected: tuple[str, str, bool, list[str]]
) -> None:
    """SC-2013-41: prebaked cells below 160 kA were to be gone by 2015-12-31."""
    rows = equipment("预焙槽", cell_current=("159.9", "kA"))
    [row] = found(judged, on, rows, line("electrolytic_aluminium"))
    assert row["norm_row"] == "equipment_catalogue/SC-2013-41/1"
    assert told(row) == expected
    assert row["deadline"] == date(2015, 12, 31)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        ("2009-12-31", "no_norm_in_force"),  # nothing on record holds yet
        ("2010-02-06", "edition_without_row"),  # SC-2010-7 holds, no catalogue edition on record
        ("2013-04-30", "edition_without_row"),  # the edition of 2011 has no rows in our record
    ],
)
def test_no_pass_without_a_row_of_the_edition_in_force(
    judged: Judged, on: str, reason: str
) -> None:
    [row] = found(judged, on, equipment("炼铁高炉", useful_volume=(1300, "m3")))
    assert (row["verdict"], row["reasons"]) == ("undetermined", [reason])


def test_a_hit_on_another_document_stands_without_the_edition(judged: Judged) -> None:
    """2012: the edition of 2011 is not on record, but SC-2010-7 asks for 400 m3 by 2011-12-31."""
    [row] = found(judged, "2012-06-30", equipment("炼铁高炉", useful_volume=(400, "m3")))
    assert told(row) == ("noncompliant", "opens", False, [])
    assert row["norm_row"] == "equipment_catalogue/SC-2010-7/4"


def test_alternatives_of_one_clause_give_one_finding(judged: Judged) -> None:
    """SC-2010-7 asks for 300 m3 and for 400 m3 in the same clause: one answer."""
    rows = found(judged, "2017-06-30", equipment("炼铁高炉", useful_volume=(280, "m3")))
    assert [row["source_id"] for row in rows] == ["NDRC-CAT-2011R", "SC-2010-7"]


# ---- groups ----------------------------------------------------------------------------------

PAPER = [
    # width, speed → verdict, reasons that tell, missing
    ("1.76", "120", "noncompliant", None),
    ("1.760001", "120", "compliant", None),
    ("1.76", "120.000001", "compliant", None),
    ("1.77", None, "compliant", None),  # too wide already: speed cannot matter
    (None, "121", "compliant", None),
    ("1.76", None, "undetermined", "车速"),
    (None, "120", "undetermined", "幅宽"),
]


def test_a_clause_of_all_hits_only_as_a_whole(judged: Judged) -> None:
    rows: list[Row] = []
    for at, (width, speed, _, _) in enumerate(PAPER):
        attributes: dict[str, Any] = {}
        if width:
            attributes["trimmed_width"] = (width, "m")
        if speed:
            attributes["machine_speed"] = (speed, "m/min")
        rows += equipment("文化纸生产线", id_=f"E{at}", **attributes)
    result = found(judged, "2017-06-30", rows, line("pulp_paper"))
    assert [row["subject"] for row in result] == [f"E{at}" for at in range(len(PAPER))]
    for case, row in zip(PAPER, result, strict=True):
        assert (row["verdict"], row["missing_zh"]) == case[2:], case
        assert (row["reasons"] == ["attribute_not_given"]) == (case[3] is not None), case


def test_a_missing_attribute_is_asked_for_and_a_bad_unit_is_named(judged: Judged) -> None:
    rows = [
        *equipment("炼铁高炉", id_="E1"),
        *equipment("炼铁高炉", id_="E2", useful_volume=(400, "斤")),
        *equipment("炼铁高炉", id_="E3", useful_volume=(400, None)),
        *equipment("炼铁高炉", id_="E4", useful_volume=(None, "m3")),
    ]
    result = {row["subject"]: row for row in found(judged, "2017-06-30", rows)}
    assert result["E1"]["reasons"] == ["attribute_not_given"]
    assert result["E1"]["missing_zh"] == "有效容积"
    assert result["E1"]["missing_en"] == "useful_volume"
    assert result["E2"]["reasons"] == ["unit_not_convertible"]
    assert result["E3"]["reasons"] == ["unit_not_convertible"]
    assert result["E4"]["reasons"] == ["attribute_not_given"]
    assert {row["verdict"] for row in result.values()} == {"undetermined"}


# ---- presence and state -----------------------------------------------------------------------

PRESENCE = [
    # value, status → told, or None for no finding
    (1, None, ("noncompliant", "opens")),
    (None, None, ("noncompliant", "opens")),  # the row itself says that it is there
    (1, "idle", ("noncompliant", "opens")),
    (1, "sealed", ("noncompliant", "records")),
    (1, "dismantled", None),
    (0, None, ("compliant", "records")),  # reported as not there
]


def test_presence_and_state_of_a_lepol_kiln(judged: Judged) -> None:
    rows: list[Row] = []
    for at, (value, status, _) in enumerate(PRESENCE):
        rows += equipment("立波尔窑", id_=f"E{at}", status=status, presence=value)
    result = found(judged, "2017-06-30", rows, line("cement"))
    for at, (value, status, expected) in enumerate(PRESENCE):
        of_this = [row for row in result if row["subject"] == f"E{at}"]
        told_ = [(row["verdict"], row["effect"]) for row in of_this]
        assert told_ == ([expected] if expected else []), (value, status)
        marked = [row for row in of_this if "sealed_not_dismantled" in row["reasons"]]
        assert bool(marked) == (status == "sealed")


def test_limit_class_warns_and_makes_nothing_outdated(judged: Judged) -> None:
    [row] = found(judged, "2021-06-30", equipment("新型干法熟料生产线", daily_capacity=(1500, "t/d")), line("cement"))  # fmt: skip
    assert row["class"] == "limit"
    assert (row["verdict"], row["effect"]) == ("compliant", "warns")
    assert "limit_class_warning" in row["reasons"]


@pytest.mark.parametrize(
    ("type_", "industry", "reason"),
    [
        ("炼铁高卢", "steel", "type_unknown_to_catalogue"),
        ("电石炉", "cement", "type_of_another_industry"),
        ("电石炉", None, "industry_not_given"),
        ("焦炉", "steel", None),  # an integrated works: the steel item names coke ovens
    ],
)
def test_equipment_outside_the_catalogue_never_passes_silently(
    judged: Judged, type_: str, industry: str | None, reason: str | None
) -> None:
    rows = equipment(type_, transformer_capacity=(9000, "kVA"), chamber_height=(6, "m"))
    [row] = found(judged, "2017-06-30", rows, line(industry))  # type: ignore[arg-type]
    if reason is None:
        assert row["verdict"] == "compliant"
    else:
        assert told(row) == ("undetermined", "records", False, [reason])


@pytest.mark.parametrize(
    ("commissioned", "reasons"),
    [("2017-06-30", []), ("2017-07-01", ["not_commissioned"])],
)
def test_a_line_is_judged_from_the_day_it_was_commissioned(
    judged: Judged, commissioned: str, reasons: list[str]
) -> None:
    rows = found(
        judged,
        "2017-06-30",
        equipment("炼钢转炉", nominal_capacity=(30, "t")),
        line(commissioned_on=date.fromisoformat(commissioned)),
    )
    row = by_row(rows)["SC-2010-7/6" if not reasons else ""]
    assert row["reasons"] == reasons


# ---- new building and place -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("approved", "commissioned", "expected"),
    [
        (None, "2013-04-30", ("compliant", "records")),
        (None, "2013-05-01", ("compliant", "warns")),
        ("2013-04-30", "2015-01-01", ("compliant", "records")),  # approved before the edition
        ("2013-05-01", "2015-01-01", ("compliant", "warns")),
        (None, None, ("undetermined", "records")),
    ],
)
def test_new_building_items_concern_lines_approved_under_the_edition(
    judged: Judged, approved: str | None, commissioned: str | None, expected: tuple[str, str]
) -> None:
    days = {
        name: date.fromisoformat(text)
        for name, text in (("approved_on", approved), ("commissioned_on", commissioned))
        if text
    }
    [row] = found(
        judged, "2017-06-30", equipment("铜洗法合成气净化（新建）"), line("fertilizer", **days)
    )
    assert (row["verdict"], row["effect"]) == expected
    assert ("building_date_not_given" in row["reasons"]) == (expected[0] == "undetermined")


MINES = [
    # division, type, capacity, rows that hit on 2022-01-01
    ("640200", "煤矿（晋陕蒙宁）", 299999, {"NDRC-COAL-2019-1377/1", "NDRC-COAL-2019-1377/6", "NDRC-CAT-2019/35"}),
    ("640200", "煤矿（晋陕蒙宁）", 300000, set()),
    ("620100", "煤矿", 149999, {"NDRC-COAL-2019-1377/2", "NDRC-COAL-2019-1377/6", "NDRC-CAT-2019/36"}),
    ("620100", "煤矿", 150000, {"NDRC-COAL-2019-1377/6"}),
    ("420100", "煤矿", 90000, {"NDRC-COAL-2019-1377/3", "NDRC-CAT-2019/37"}),
    ("420100", "煤矿", 90001, set()),
    ("653101", "煤矿", 200000, set()),  # Kashgar: southern Xinjiang is out of item 6
    ("652301", "煤矿", 200000, {"NDRC-COAL-2019-1377/6"}),
]  # fmt: skip


def test_items_for_some_provinces_hold_there_only(judged: Judged) -> None:
    rows: list[Row] = []
    lines = []
    for at, (division, type_, capacity, _) in enumerate(MINES):
        lines.append(line("coal", id_=f"L{at}", division_code=division))
        rows += equipment(type_, id_=f"E{at}", line=f"L{at}", annual_capacity=(capacity, "t/a"))
    result = found(judged, "2022-01-01", rows, *lines)
    for at, case in enumerate(MINES):
        of_this = [row for row in result if row["subject"] == f"E{at}"]
        # one finding a clause: items 1, 2 and 3 share one, and so do the rows of an edition
        met = {key for key, row in by_row(of_this).items() if row["outcome"] == "hit"}
        assert met == case[3], case


def test_without_a_division_an_item_for_some_provinces_is_left_open(judged: Judged) -> None:
    rows = equipment("煤矿（晋陕蒙宁）", annual_capacity=(200000, "t/a"))
    [row] = found(judged, "2022-01-01", rows, line("coal", division_code=None))
    assert (row["verdict"], row["reasons"]) == ("undetermined", ["area_not_given"])


def test_another_wording_of_the_same_kind_makes_the_finding_provisional(judged: Judged) -> None:
    """SC-2010-7 says 矿热炉 (verified, below 6300 kVA by 2010); the catalogue 铁合金矿热电炉."""
    rows = equipment("铁合金矿热电炉", transformer_capacity=("6299", "kVA"))
    row = by_row(found(judged, "2017-06-30", rows, line("ferroalloy")))["SC-2010-7/2"]
    assert told(row) == ("noncompliant", "opens", True, ["matched_by_kind"])
    rows = equipment("矿热炉", transformer_capacity=("6299", "kVA"))
    row = by_row(found(judged, "2017-06-30", rows, line("ferroalloy")))["SC-2010-7/2"]
    assert told(row) == ("noncompliant", "opens", False, [])


# ---- exceptions -------------------------------------------------------------------------------


def ruling(row: str, value: str, **more: Any) -> Decision:
    return Decision(
        **{
            "kind": "exception",
            "subject": "E1",
            "key": f"equipment_catalogue/{row}",
            "value": value,
            "valid_from": None,
            "valid_to": None,
            "document": "宁经信函〔2017〕1号",
            "decided_on": date(2017, 6, 1),
            "decided_by": "虚构",
            **more,
        }
    )


EXCEPTIONS = [
    # industry, type, attributes, row, told without the norm's own confidence
    ("coke", "焦炉", {"chamber_height": ("4.0", "m")}, "2011R/35", "to_be_checked"),
    ("coke", "焦炉", {"chamber_height": ("4.0", "m"), "stamp_charged": 1}, "2011R/35", "by_facts"),
    ("coke", "焦炉", {"chamber_height": ("3.8", "m"), "stamp_charged": 1}, "2011R/35", "by_facts"),
    ("coke", "焦炉", {"chamber_height": ("3799", "mm"), "stamp_charged": 1}, "2011R/35", "none"),
    ("coke", "焦炉", {"chamber_height": ("4.0", "m"), "stamp_charged": 0}, "2011R/35", "none"),
    ("coke", "焦炉", {"chamber_height": ("4.0", "m"), "捣固焦炉": 1}, "2011R/35", "by_facts"),
    ("steel", "炼钢电炉", {"nominal_capacity": ("50", "t"), "alloy_steel": 1}, "2011R/30", "by_facts"),
    ("steel", "炼钢电炉", {"nominal_capacity": ("49.9", "t"), "alloy_steel": 1}, "2011R/30", "none"),
    ("steel", "炼钢电炉", {"nominal_capacity": ("60", "t")}, "2011R/30", "to_be_checked"),
    ("steel", "炼钢电炉", {"nominal_capacity": ("49.9", "t")}, "2011R/30", "none"),
    ("steel", "炼铁高炉", {"useful_volume": ("400", "m3")}, "2011R/1", "to_be_checked"),
    ("steel", "炼铁高炉", {"useful_volume": ("400", "m3"), "foundry_iron": 0}, "2011R/1", "none"),
    ("steel", "炼铁高炉", {"useful_volume": ("400", "m3"), "foundry_iron": 1}, "2011R/1", "to_be_checked"),
    ("ferroalloy", "铁合金矿热电炉", {"transformer_capacity": ("6300", "kVA"), "poor_county_small_hydropower": 1}, "2011R/72", "none"),
    ("ferroalloy", "硅铁矿热电炉电耗", {"unit_power_consumption": ("8600", "kWh/t"), "transformer_capacity": ("12500", "kVA")}, "2011R/77", "by_facts"),
    ("ferroalloy", "硅铁矿热电炉电耗", {"unit_power_consumption": ("8600", "kWh/t"), "transformer_capacity": ("25", "MVA")}, "2011R/77", "none"),
]  # fmt: skip


def test_an_exception_is_ruled_out_met_or_left_to_be_checked(judged: Judged) -> None:
    rows: list[Row] = []
    lines = []
    for at, (industry, type_, attributes, _, _) in enumerate(EXCEPTIONS):
        lines.append(line(industry, id_=f"L{at:02}"))
        rows += equipment(type_, id_=f"E{at:02}", line=f"L{at:02}", **attributes)
    result = found(judged, "2017-06-30", rows, *lines)
    expected = {
        "to_be_checked": ("hit", {"exception_to_be_checked"}),
        "by_facts": ("excepted", {"exception_by_facts"}),
        "none": ("hit", set()),
    }
    for at, case in enumerate(EXCEPTIONS):
        row = by_row([r for r in result if r["subject"] == f"E{at:02}"])[f"NDRC-CAT-{case[3]}"]
        reasons = {code for code in row["reasons"] if code.startswith("exception")}
        assert (row["outcome"], reasons) == expected[case[4]], case
        assert row["provisional"] or not reasons, case
        if case[4] == "by_facts":
            assert (row["verdict"], row["effect"]) == ("compliant", "records"), case


def test_an_exception_whose_time_is_over_is_ruled_out_by_the_day(judged: Judged) -> None:
    """Poor counties had until 2014-12-31 under the edition of 2011."""
    attributes = {"transformer_capacity": ("6300", "kVA"), "poor_county_small_hydropower": 1}
    for on, state in (("2014-12-31", "excepted"), ("2015-01-01", "hit")):
        rows = found(judged, on, equipment("铁合金矿热电炉", **attributes), line("ferroalloy"))
        assert by_row(rows)["NDRC-CAT-2011R/72"]["outcome"] == state


@pytest.mark.parametrize(
    ("decision", "outcome", "reasons"),
    [
        (ruling("NDRC-CAT-2011R/1", "yes"), "excepted", ["exception_proven"]),
        (ruling("NDRC-CAT-2011R/1", "no"), "hit", []),
        (ruling("NDRC-CAT-2011R/1", "yes", subject="E9"), "hit", ["exception_to_be_checked"]),
        (
            ruling("NDRC-CAT-2011R/1", "yes", decided_on=date(2017, 7, 1)),
            "hit",
            ["exception_to_be_checked"],
        ),
        (
            ruling("NDRC-CAT-2011R/1", "yes", valid_to=date(2017, 6, 29)),
            "hit",
            ["exception_to_be_checked"],
        ),
        (ruling("NDRC-CAT-2011R/1", "yes", valid_to=date(2017, 6, 30)), "excepted", ["exception_proven"]),
    ],
)  # fmt: skip
def test_a_document_of_the_authority_settles_an_exception(
    judged: Judged, decision: Decision, outcome: str, reasons: list[str]
) -> None:
    rows = equipment("炼铁高炉", useful_volume=("400", "m3"))
    result = by_row(found(judged, "2017-06-30", rows, decisions=[decision]))
    row = result["NDRC-CAT-2011R/1"]
    assert (row["outcome"], row["reasons"]) == (outcome, reasons)
    assert row["provisional"] == ("exception_to_be_checked" in reasons)
    # the notice of 2010 knows no such exception: its hit stands
    assert told(result["SC-2010-7/4"]) == ("noncompliant", "opens", False, [])


def test_contrary_documents_leave_the_exception_unproven(judged: Judged) -> None:
    decisions = [ruling("NDRC-CAT-2011R/1", "yes"), ruling("NDRC-CAT-2011R/1", "no")]
    rows = equipment("炼铁高炉", useful_volume=("400", "m3"))
    row = by_row(found(judged, "2017-06-30", rows, decisions=decisions))["NDRC-CAT-2011R/1"]
    assert told(row) == ("noncompliant", "opens", False, [])


# ---- one id, one finding -----------------------------------------------------------------------


def test_an_id_with_two_types_or_two_lines_is_not_judged_twice(judged: Judged) -> None:
    rows = [
        *equipment("铁合金矿热电炉", id_="E1", transformer_capacity=(5000, "kVA")),
        *equipment("矿热炉", id_="E1", capacity=(5000, "kVA")),
        *equipment("矿热炉", id_="E2", line="L1", transformer_capacity=(5000, "kVA")),
        *equipment("矿热炉", id_="E2", line="L2", capacity=(5000, "kVA")),
        *equipment("不知名甲", id_="E3", presence=1),
        *equipment("不知名乙", id_="E3", capacity=1),
    ]
    result = found(judged, "2017-06-30", rows, line("ferroalloy"), line("ferroalloy", id_="L2"))
    assert [row["subject"] for row in result] == ["E1", "E2", "E3"]
    assert {tuple(row["reasons"]) for row in result} == {("equipment_ambiguous",)}


def test_equipment_of_an_unknown_line_is_left_open(judged: Judged) -> None:
    rows = equipment("电石炉", line="L9", transformer_capacity=(5000, "kVA"))
    [row] = found(judged, "2017-06-30", rows)
    assert (row["uscc"], row["reasons"]) == (None, ["industry_not_given"])


def test_a_trade_article_is_a_hint_and_opens_no_case(judged: Judged) -> None:
    (finding,) = judged(
        "technology",
        "2018-03-15",
        {
            "lines": [{"line_id": "L1", "uscc": "U1", "industry": "silicon_carbide"}],
            "equipment": [
                {
                    "equipment_id": "E1",
                    "line_id": "L1",
                    "type": "碳化硅冶炼炉",
                    "attribute": "transformer_capacity",
                    "value": "4000",
                    "unit": "kVA",
                }
            ],
        },
    )
    assert finding["source_id"] == "SIC-REPORT-2011"
    assert (finding["verdict"], finding["effect"]) == ("noncompliant", "warns")
    assert "source_not_binding" in finding["reasons"]
    assert "hint only" in explain(finding).en

"""Ditiaogang: three facts together, the ban's date, dismantled outright (clause (8))."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

Row = dict[str, Any]
Judged = Callable[..., list[Row]]

BAN = "equipment_catalogue/DITIAOGANG-2017/1"
MEANT = {"scrap_charge": 1, "composition_control": 0, "construction_steel": 1}
LINE = {
    "line_id": "L1",
    "uscc": "91640200FICTION001",
    "name": "虚构线",
    "industry": "steel",
    "division_code": "640200",
}


def furnace(type_: str, *, id_: str = "E1", status: str | None = None, **facts: int) -> list[Row]:
    return [
        {
            "equipment_id": id_,
            "line_id": "L1",
            "type": type_,
            "attribute": attribute,
            "value": Decimal(value),
            "status": status,
        }
        for attribute, value in {"presence": 1, **facts}.items()
    ]


def found(judged: Judged, on: str, rows: list[Row]) -> list[Row]:
    return judged("technology", on, {"lines": [LINE], "equipment": rows})


@pytest.mark.parametrize(
    ("on", "verdict", "effect"),
    [
        ("2017-06-29", "compliant", "warns"),
        ("2017-06-30", "compliant", "warns"),  # to be gone by this day: still in time
        ("2017-07-01", "noncompliant", "opens"),
    ],
)
def test_the_ban_binds_from_the_day_after_its_date(
    judged: Judged, on: str, verdict: str, effect: str
) -> None:
    rows = found(judged, on, furnace("生产建筑用钢的工频炉、中频炉"))
    [row] = [row for row in rows if row["norm_row"] == BAN]
    assert (row["verdict"], row["effect"], row["provisional"]) == (verdict, effect, False)
    assert row["outright"]
    assert row["reasons"] == (
        ["deadline_not_reached"] if verdict == "compliant" else ["dismantle_outright"]
    )


THREE_FACTS = [
    # the facts given → verdict on 2021-06-30
    ({}, "undetermined"),
    ({"construction_steel": 1}, "undetermined"),
    ({"scrap_charge": 1, "composition_control": 0}, "undetermined"),
    ({"scrap_charge": 1, "construction_steel": 1}, "undetermined"),
    (MEANT, "noncompliant"),
    ({**MEANT, "scrap_charge": 0}, "compliant"),
    ({**MEANT, "composition_control": 1}, "compliant"),
    ({**MEANT, "construction_steel": 0}, "compliant"),
    ({"construction_steel": 0}, "compliant"),  # a foundry: one fact against is enough
]


def test_an_induction_furnace_is_ditiaogang_by_three_facts_together(judged: Judged) -> None:
    rows: list[Row] = []
    for at, (facts, _) in enumerate(THREE_FACTS):
        rows += furnace("中频炉", id_=f"E{at}", **facts)
    result = found(judged, "2021-06-30", rows)
    for at, (facts, verdict) in enumerate(THREE_FACTS):
        of_this = [row for row in result if row["subject"] == f"E{at}"]
        assert {row["verdict"] for row in of_this} == {verdict}, facts
        if verdict == "undetermined":
            assert of_this[0]["reasons"] == ["product_use_not_given"]
        if verdict == "noncompliant":
            assert all(row["outright"] and row["effect"] == "opens" for row in of_this)
            assert {row["source_id"] for row in of_this} == {"DITIAOGANG-2017", "NDRC-CAT-2019"}


def test_what_is_missing_is_named(judged: Judged) -> None:
    facts = {"scrap_charge": 1, "composition_control": 0}
    [row] = found(judged, "2021-06-30", furnace("中频炉", **facts))
    assert "生产建筑用钢（含钢坯或钢锭）" in row["missing_zh"].split("、")
    assert "以废钢为炉料" not in row["missing_zh"]


def test_a_scrap_melting_furnace_hits_only_as_the_ban_provides(judged: Judged) -> None:
    """The item of 2019 is "applied as the ditiaogang ban provides": product use decides."""
    rows = [
        *furnace("熔化废钢的工频或中频感应炉", id_="E1"),
        *furnace(
            "熔化废钢的工频或中频感应炉", id_="E2", composition_control=0, construction_steel=1
        ),
        *furnace(
            "熔化废钢的工频或中频感应炉", id_="E3", composition_control=1, construction_steel=1
        ),
    ]
    verdicts = {
        key: {row["verdict"] for row in found(judged, "2021-06-30", rows) if row["subject"] == key}
        for key in ("E1", "E2", "E3")
    }
    assert verdicts == {"E1": {"undetermined"}, "E2": {"noncompliant"}, "E3": {"compliant"}}


def test_sealing_is_no_option(judged: Judged) -> None:
    rows = found(judged, "2018-01-01", furnace("生产建筑用钢的工频炉、中频炉", status="sealed"))
    [row] = [row for row in rows if row["norm_row"] == BAN]
    assert (row["verdict"], row["effect"]) == ("noncompliant", "opens")
    assert row["reasons"] == ["dismantle_outright", "sealing_not_an_option"]


def test_a_casting_furnace_is_none_of_the_items_of_2011(judged: Judged) -> None:
    facts = {"construction_steel": 0, "castings": 1}
    [row] = found(judged, "2017-07-01", furnace("中频炉", **facts))
    assert row["verdict"] == "compliant"

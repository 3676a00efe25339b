# ruff: noqa: E501  (one case a line reads best)
"""Which limit is chosen: kind, conditions, precedence, permits, areas, amendments, holes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from environment_bench import COD, NOX, PM, SO2, Found, decision, hours, judge, plant

from phaseout.law.judgement.explain.environment import explain
from phaseout.law.norms import NormBook

COKE_OVEN = {"industry": "coke", "source": "焦炉烟囱(机焦、半焦炉)"}
BOILER = {"source": "燃煤锅炉", "conditions": {"boiler_steam_t_h": 20}}


def at(start: str, value: float, pollutant: str, **more: Any) -> list[dict]:
    return hours([value], start=start, pollutant=pollutant, **more)


# name → (plant, value of one hour, day, pollutant; verdict; limit; provisional; reasons)
CASES: dict[str, tuple] = {
    # --- existing or new by the day of approval against the start of GB 13271-2014, 2014-07-01
    "boiler approved the day before": (
        {**BOILER, "approved_on": "2014-06-30"}, 350, "2017-10-01", NOX, "undetermined", 400, False, ["too_few_valid_hours"]),
    "boiler approved on the day": (
        {**BOILER, "approved_on": "2014-07-01"}, 350, "2017-10-01", NOX, "noncompliant", 300, False, []),
    "boiler in operation before": (
        {**BOILER, "approved_on": None, "commissioned_on": "2014-06-30"}, 350, "2017-10-01", NOX,
        "undetermined", 400, False, ["too_few_valid_hours"]),
    "boiler, nothing known": (
        {**BOILER, "approved_on": None}, 350, "2017-10-01", NOX, "undetermined", 300, False, ["condition_not_given", "too_few_valid_hours"]),
    "boiler, nothing known, above both": (
        {**BOILER, "approved_on": None}, 450, "2017-10-01", NOX, "noncompliant", 400, True, ["condition_not_given"]),
    "boiler stated new": (
        {**BOILER, "approved_on": None, "limit_kind": "new"}, 350, "2017-10-01", NOX, "noncompliant", 300, False, []),
    "kiln, kind unknown, both equal": (
        {"approved_on": None}, 450, "2019-01-01", NOX, "noncompliant", 400, False, []),
    # --- a span before the row for existing plants: existing small boilers from 2016-07-01
    "small boiler too early": (
        {"source": "燃煤锅炉", "conditions": {"boiler_steam_t_h": 10}}, 900, "2016-06-30", NOX,
        "undetermined", None, False, ["no_norm_in_force"]),
    "small boiler on the day": (
        {"source": "燃煤锅炉", "conditions": {"boiler_steam_t_h": 10}}, 900, "2016-07-01", NOX,
        "noncompliant", 400, True, ["marks_not_verified"]),
    "hot water, 7 MW is small": (
        {"source": "燃煤锅炉", "conditions": {"boiler_hot_water_mw": 7}}, 900, "2016-06-30", NOX,
        "undetermined", None, False, ["no_norm_in_force"]),
    "hot water, above 7 MW": (
        {"source": "燃煤锅炉", "conditions": {"boiler_hot_water_mw": 7.1}}, 900, "2016-06-30", NOX,
        "noncompliant", 400, True, ["marks_not_verified"]),
    "boiler out of scope": (
        {"source": "燃煤锅炉", "conditions": {"boiler_steam_t_h": 65.1}}, 900, "2017-10-01", NOX,
        "undetermined", None, False, ["no_norm_in_force"]),
    "boiler of unknown size": (
        {"source": "燃煤锅炉"}, 900, "2017-10-01", NOX, "noncompliant", 400, True, ["condition_not_given"]),
    # --- conditions
    "ammonia slip, reductant given": (
        {"conditions": {"reductant": "氨水"}}, 11, "2019-01-01", "a21001", "noncompliant", 10, False, []),
    "ammonia slip, other reductant": (
        {"conditions": {"reductant": "none"}}, 11, "2019-01-01", "a21001", "undetermined", None, False, ["no_norm_in_force"]),
    "ammonia slip, not given": (
        {}, 11, "2019-01-01", "a21001", "noncompliant", 10, True, ["condition_not_given"]),
    # --- special only by the outlet or by decision; ultra-low only by the outlet
    "kiln special by the outlet": (
        {"limit_kind": "special"}, 350, "2019-01-01", NOX, "noncompliant", 320, False, []),
    "kiln ultra-low by the outlet": (
        {"limit_kind": "ultra_low"}, 60, "2024-02-01", NOX, "noncompliant", 50, True, ["open_condition"]),
    "kiln, ultra-low is no limit by itself": (
        {}, 60, "2024-02-01", NOX, "undetermined", 400, False, ["too_few_valid_hours"]),
    # --- the permit
    "permit stricter": (
        {"permitted": [(NOX, 260, "mg/m3")]}, 300, "2022-01-01", NOX, "noncompliant", 260, False, []),
    "permit looser": (
        {"permitted": [(NOX, 500, "mg/m3")]}, 450, "2022-01-01", NOX, "noncompliant", 400, False, []),
    "permit before the regime": (
        {"permitted": [(NOX, 260, "mg/m3")]}, 300, "2016-12-31", NOX, "undetermined", 400, False, ["too_few_valid_hours"]),
    "permit in other units": (
        {"permitted": [(NOX, 0.26, "g/m3")]}, 300, "2022-01-01", NOX, "noncompliant", 260, False, []),
    "permit without a norm": (
        {"permitted": [("a21005", 100, "mg/m3")]}, 101, "2022-01-01", "a21005", "noncompliant", 100, True, ["permit_without_norm"]),
    # --- precedence and the strictest
    "smelter is also every process": (
        {"industry": "lead_zinc", "source": "熔炼"}, 81, "2017-06-01", PM, "noncompliant", 80, True, ["norm_not_verified"]),
    # --- coke: the successor's hole
    "coke, approved before": (
        {**COKE_OVEN, "approved_on": "2025-03-31"}, 501, "2025-10-01", NOX, "noncompliant", 500, True, ["norm_not_verified"]),
    "coke, approved on the day": (
        {**COKE_OVEN, "approved_on": "2025-04-01"}, 501, "2025-10-01", NOX, "undetermined", None, False, ["no_norm_in_force"]),
    "coke, approval unknown, before": (
        {**COKE_OVEN, "approved_on": None}, 501, "2025-03-31", NOX, "noncompliant", 500, True, ["norm_not_verified"]),
    "coke, approval unknown, after": (
        {**COKE_OVEN, "approved_on": None}, 501, "2025-04-01", NOX, "noncompliant", 500, True, ["condition_not_given", "norm_not_verified"]),
    "coke, last day": (
        {**COKE_OVEN, "approved_on": "2010-01-01"}, 501, "2026-12-31", NOX, "noncompliant", 500, True, ["marks_not_verified", "norm_not_verified"]),
    "coke, 2027": (
        {**COKE_OVEN, "approved_on": "2010-01-01"}, 501, "2027-01-01", NOX, "undetermined", None, False, ["no_norm_in_force"]),
    # --- amendment of the sinter standard: oxygen 16 %, start unknown
    "sinter 2017 as measured": (
        {"industry": "steel", "source": "烧结机机头"}, 199, "2017-10-01", SO2, "undetermined", 200, False, ["too_few_valid_hours"], 18.0),
    "sinter later, both above": (
        {"industry": "steel", "source": "烧结机机头"}, 201, "2019-01-01", SO2, "noncompliant", 200, False, [], 18.0),
    "sinter later, only folded above": (
        {"industry": "steel", "source": "烧结机机头"}, 150, "2019-01-01", SO2, "undetermined", 200, False, ["amendment_start_unknown", "too_few_valid_hours"], 18.0),
    "sinter later, only measured above": (
        {"industry": "steel", "source": "烧结机机头"}, 201, "2019-01-01", SO2, "undetermined", 200, False, ["amendment_start_unknown", "too_few_valid_hours"], 12.0),
    # --- excess air 1.7: C * 21 / (21 - 14) / 1.7
    "dryer folded by excess air": (
        {"industry": "silicon_carbide", "source": "干燥炉、窑", "conditions": {"zone_class": 2}}, 114, "2019-01-01", PM,
        "noncompliant", 200, False, [], 14.0),
    # --- what our record does not hold
    "pollutant without any row": (
        {}, 5, "2019-01-01", "a21005", "undetermined", None, False, ["no_limit_for_pollutant"]),
    "industry without any row": (
        {"industry": "leather"}, 5, "2019-01-01", NOX, "undetermined", None, False, ["no_limit_for_pollutant"]),
    "other standard named": (
        {"standard": "E-GB9078-1996"}, 900, "2019-01-01", NOX, "undetermined", None, False, ["no_limit_for_pollutant"]),
    "standard named by number": (
        {"standard": "GB 4915-2013"}, 900, "2019-01-01", NOX, "noncompliant", 400, False, []),
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    plants = []
    for name, (facts, value, day, pollutant, *rest) in CASES.items():
        oxygen = rest[4] if len(rest) > 4 else 10.0
        plants.append(plant(name.replace(" ", "_"), at(day, value, pollutant, o2=oxygen), **facts))
    return judge(*plants, on="2027-06-30")


@pytest.mark.parametrize("name", CASES)
def test_the_limit_of_an_hour(name: str, found: dict[str, Found]) -> None:
    _, _, day, _, verdict, limit, provisional, reasons, *_ = CASES[name]
    rows = found[name.replace(" ", "_")]
    [row] = [r for r in rows if r["period_start"] <= date.fromisoformat(day) <= r["period_end"]]
    assert (row["verdict"], row["limit_value"], row["provisional"], row["reasons"]) == (
        verdict,
        None if limit is None else Decimal(limit),
        provisional,
        reasons,
    )


def test_a_permit_that_governs_is_named_with_its_article() -> None:
    [row] = judge(
        plant("O", at("2022-01-01", 300, NOX), permitted=[(NOX, 260, "mg/m3")]), on="2022-06-30"
    )["O"]
    assert row["by_permit"]
    assert (row["source_id"], row["clause"]) == ("E-SC-736", "34")
    assert (row["standard_id"], row["standard_limit"]) == ("E-GB4915-2013", Decimal(400))


def test_special_limits_by_decision_hold_in_the_area_from_the_day() -> None:
    area = decision("area", "640100", "cement", "*", "2019-02-01")
    inside = plant("in", hours(350), division="640181")
    outside = plant("out", hours(350), division="640202")
    rows = judge(inside, outside, decisions=[area])
    before, after = rows["in"]
    assert (before["period_end"], before["limit_value"]) == (date(2019, 1, 31), 400)
    assert (after["period_start"], after["limit_value"]) == (date(2019, 2, 1), 320)
    assert after["verdict"] == "noncompliant" and after["area_document"] == area.document
    assert [row["verdict"] for row in rows["out"]] == ["compliant"]


def test_the_start_of_the_amendment_may_be_decided() -> None:
    start = decision("parameter", "o2_amendment_start", "E-GB28662-2012", "2019-02-01")
    sinter = plant("O", hours(150, pollutant=SO2, o2=18.0), industry="steel", source="烧结机机头")
    before, after = judge(sinter, decisions=[start])["O"]
    assert (before["verdict"], before["value"]) == ("compliant", 150)
    assert (after["verdict"], after["value"]) == ("noncompliant", 250)  # 150 * 5 / 3
    assert after["period_start"] == date(2019, 2, 1)


def test_a_condition_settled_by_an_officer_is_settled() -> None:
    row_id = "emission_limits/E-GB4915-2013/9"
    ammonia = plant("O", at("2019-01-01", 11, "a21001"))
    [row] = judge(ammonia)["O"]
    row_id = row["norm_row"]
    [yes] = judge(ammonia, decisions=[decision("condition", "O", row_id, "yes")])["O"]
    assert (yes["verdict"], yes["provisional"], yes["reasons"]) == ("noncompliant", False, [])
    [no] = judge(ammonia, decisions=[decision("condition", "O", row_id, "no")])["O"]
    assert (no["verdict"], no["reasons"]) == ("undetermined", ["no_norm_in_force"])


def test_serious_is_what_a_decision_says() -> None:
    days = [500.0] * 24 * 9 + [300.0] * 24 * 81
    share = decision("parameter", "serious_share_of_valid_days", "", "0.1")
    least = decision("parameter", "serious_min_valid_days", "", "90")
    [row] = judge(plant("O", hours(days)), decisions=[share, least])["O"]
    assert (row["share_of_exceeding_days"], row["serious"]) == (Decimal("0.1"), True)
    assert row["serious_document"] == share.document
    assert "serious_exceedance" in row["reasons"]
    [row] = judge(plant("O", hours(days)), decisions=[share])["O"]
    assert row["serious"] is None
    assert "serious_exceedance" not in row["reasons"]


def local_row(value: int, jurisdiction: str) -> NormBook:
    book = NormBook.load()
    kiln = book.row("emission_limits/E-GB4915-2013/3")
    local = replace(
        kiln,  # type: ignore[type-var]
        row_id="emission_limits/DB-TEST/1",
        source_id="DB-TEST",
        value=Decimal(value),
    )
    return book.with_rows(local, jurisdictions={"DB-TEST": jurisdiction})


@pytest.mark.parametrize(
    ("value", "jurisdiction", "limit"),
    [
        (200, "640000", 200),  # the province's stricter row
        (600, "640000", 400),  # a looser one does not help
        (200, "640100", 200),  # the city's
        (200, "640200", 400),  # another city's
        (200, "130000", 400),  # another province's
    ],
)
def test_a_local_row_holds_in_its_area_and_the_stricter_governs(
    value: int, jurisdiction: str, limit: int
) -> None:
    rows = judge(plant("O", at("2019-01-01", 900, NOX)), book=local_row(value, jurisdiction))
    assert [row["limit_value"] for row in rows["O"]] == [limit]


def test_direct_and_indirect_discharge_have_their_own_limits() -> None:
    works: dict[str, Any] = {
        "industry": "lead_zinc",
        "medium": "water",
        "source": "企业废水总排放口",
    }
    series = hours([100.0] * 90, pollutant=COD, unit="mg/L", averaging="day")
    rows = judge(
        plant("direct", series, **works, conditions={"discharge": "直接"}),
        plant("indirect", series, **works, conditions={"discharge": "indirect"}),
        plant("unknown", series, **works),
    )
    told = {
        name: [(r["verdict"], r["limit_value"], r["reasons"]) for r in found]
        for name, found in rows.items()
    }
    assert told == {
        "direct": [("noncompliant", 60, ["norm_not_verified"])],
        "indirect": [("compliant", 200, ["norm_not_verified"])],
        "unknown": [("undetermined", 60, ["condition_not_given", "norm_not_verified"])],
    }
    [why] = explain(rows["indirect"][0]).root.because[0].because  # why 200 holds and not 60
    assert why.zh.startswith("该限值的适用条件：间接排放")
    assert why.en.startswith("The limit holds for: discharge=indirect")

"""Quality: results against the row in force on the day, rounded as GB/T 8170 says."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.records import Confidence, ProductLimit, Source

LATER = "2026-11-01"
VERIFIED = Confidence.VERIFIED
LINE = {"line_id": "L1", "uscc": "U1", "industry": "cement", "division_code": "640100"}


def test_row(
    product: str, characteristic: str, value: Any, unit: str | None, day: str, **more: Any
):
    return {
        "sample_id": "S1",
        "line_id": "L1",
        "product": product,
        "characteristic": characteristic,
        "value": Decimal(str(value)),
        "unit": unit,
        "sampled_on": day,
        **more,
    }


test_row.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture
def answers(judged):
    def run(*tests: dict[str, Any], on: str = LATER) -> list[dict[str, Any]]:
        return judged(Dimension.QUALITY, on, {"lines": [LINE], "tests": tests})

    return run


@pytest.fixture
def batch(answers):
    """batch(cases) → for each (product, characteristic, value, unit, day) the rows it gave."""

    def run(cases: list[tuple[Any, ...]]) -> list[list[dict[str, Any]]]:
        tests = [test_row(*case, sample_id=f"S{at}") for at, case in enumerate(cases)]
        rows = answers(*tests)
        return [[row for row in rows if row["subject"] == f"S{at}"] for at in range(len(cases))]

    return run


CEMENT, LIME = "普通硅酸盐水泥 42.5", "普通硅酸盐水泥P·O"


ROUNDED = [
    # exactly at the limit passes: bounds are inside
    (CEMENT, "28天抗压强度", "42.5", "MPa", "2018-01-01", "compliant"),
    (CEMENT, "初凝时间", "45", "min", "2018-01-01", "compliant"),
    (CEMENT, "终凝时间", "600", "min", "2018-01-01", "compliant"),
    (CEMENT, "终凝时间", "601", "min", "2018-01-01", "noncompliant"),
    # rounded to the digits of the limit as printed, a tie to the even digit
    (CEMENT, "28天抗压强度", "42.44", "MPa", "2018-01-01", "noncompliant"),
    (CEMENT, "28天抗压强度", "42.45", "MPa", "2018-01-01", "noncompliant"),  # → 42.4
    (CEMENT, "28天抗压强度", "42.450001", "MPa", "2018-01-01", "compliant"),  # → 42.5
    (CEMENT, "氯离子", "0.065", "%", "2018-01-01", "compliant"),  # → 0.06
    (CEMENT, "氯离子", "0.065001", "%", "2018-01-01", "noncompliant"),  # → 0.07
    (CEMENT, "三氧化硫", "3.55", "%", "2018-01-01", "noncompliant"),  # → 3.6
    (CEMENT, "三氧化硫", "3.549999", "%", "2018-01-01", "compliant"),  # → 3.5
    (CEMENT, "初凝时间", "44.5", "min", "2018-01-01", "noncompliant"),  # → 44
    (CEMENT, "初凝时间", "44.500001", "min", "2018-01-01", "compliant"),  # → 45
    # a figure that must be one value, and one that must be there; no unit is needed for them
    (CEMENT, "沸煮安定性合格", "1", "-", "2018-01-01", "compliant"),
    (CEMENT, "沸煮安定性合格", "0", None, "2018-01-01", "noncompliant"),
    ("肥料", "标识内容齐全", "0", None, "2020-01-01", "noncompliant"),
    ("肥料", "标识内容齐全", "1", None, "2020-01-01", "compliant"),
]


def test_a_result_is_rounded_to_the_limit_as_printed_and_bounds_are_inside(batch):
    got = batch([case[:5] for case in ROUNDED])
    assert [(case, row["verdict"]) for case, (row,) in zip(ROUNDED, got, strict=True)] == [
        (case, case[5]) for case in ROUNDED
    ]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.decimals("0", "9", places=6), min_size=1, max_size=200, unique=True))
def test_rounding_in_the_engine_is_half_even_for_every_decimal(answers, values):
    rows = answers(
        *(
            test_row(LIME, "烧失量", value, "%", "2018-01-01", sample_id=f"S{at}")
            for at, value in enumerate(values)
        )
    )
    got = {row["subject"]: (row["rounded_value"], row["verdict"]) for row in rows}
    for at, value in enumerate(values):
        rounded = value.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
        expected = "compliant" if rounded <= Decimal("5.0") else "noncompliant"
        assert got[f"S{at}"] == (rounded, expected)


def test_the_value_shown_is_the_result_as_measured_in_the_unit_of_the_row(answers):
    (row,) = answers(test_row(CEMENT, "28天抗压强度", "42.44", "MPa", "2018-01-01"))
    assert (row["value"], row["rounded_value"]) == (Decimal("42.44"), Decimal("42.4"))
    assert (row["comparator"], row["limit_value"], row["unit"]) == (">=", Decimal("42.5"), "MPa")
    assert row["ratio"] == Decimal("0.9976")
    assert (row["source_id"], row["clause"]) == ("GB-175-2007", "7.3.3")


HB, E = "热轧带肋钢筋HRB400", "重量偏差"


STANDINGS = [
    # the clean-up of 2017 and the return of mandatory rebar standards
    (HB, "屈服强度", "390", "2017-03-22", "GB-1499.2-2007", "opens", None),
    (HB, "屈服强度", "390", "2017-03-23", "GBT-1499.2-2007", "warns", "recommended_standard_only"),
    (HB, "屈服强度", "390", "2018-10-31", "GBT-1499.2-2007", "warns", "recommended_standard_only"),
    (HB, "屈服强度", "390", "2018-11-01", "GBT-1499.2-2018", "warns", "recommended_standard_only"),
    (HB, "屈服强度", "390", "2024-09-24", "GBT-1499.2-2018", "warns", "recommended_standard_only"),
    (HB, "屈服强度", "390", "2024-09-25", "GB-1499.2-2024", "opens", None),
    # compound fertiliser: moisture was a recommended clause of a mandatory standard
    ("复混（合）肥料 高浓度", "总养分", "39", "2017-03-22", "GB-15063-2009", "opens", None),
    (
        "复混（合）肥料 高浓度",
        "水分",
        "3",
        "2017-03-22",
        "GB-15063-2009",
        "warns",
        "recommended_standard_only",
    ),
    (
        "复混（合）肥料 高浓度",
        "总养分",
        "39",
        "2017-03-23",
        "GBT-15063-2009",
        "warns",
        "recommended_standard_only",
    ),
    # calcium carbide: mandatory before the clean-up, not settled after it
    ("电石 合格品", "发气量", "250", "2017-03-22", "GB-10665-2004", "opens", None),
    (
        "电石 合格品",
        "发气量",
        "250",
        "2017-03-23",
        "GB-10665-2004",
        "warns",
        "mandatory_status_unsettled",
    ),
    # coal: a ministry order, no standard
    ("商品煤 其他煤种", "汞", "0.7", "2018-01-01", "NDRC-COALQ-16", "warns", "ministry_order_only"),
    # industries with recommended standards only
    (
        "冶金焦 一级",
        "灰分",
        "12.1",
        "2018-01-01",
        "GBT-1996-2017",
        "warns",
        "recommended_standard_only",
    ),
]
STANDING_REASONS = {
    "recommended_standard_only",
    "ministry_order_only",
    "mandatory_status_unsettled",
}


def test_only_a_mandatory_clause_of_the_day_may_open_a_case(batch):
    units = {"发气量": "L/kg", "汞": "ug/g", "屈服强度": "MPa"}
    cases = [(p, c, v, units.get(c, "%"), day) for p, c, v, day, *_ in STANDINGS]
    for case, rows in zip(STANDINGS, batch(cases), strict=True):
        (row,) = (row for row in rows if row["source_id"] == case[4])
        reason = {case[6]} if case[6] else set()
        assert (case, row["verdict"], row["effect"]) == (case, "noncompliant", case[5])
        assert (case, STANDING_REASONS & set(row["reasons"])) == (case, reason)
        if case[6] == "mandatory_status_unsettled":
            assert row["provisional"]


def test_a_recommended_row_that_is_met_needs_no_remark(answers):
    rows = answers(test_row(HB, "屈服强度", "400", "MPa", "2018-01-01"))
    assert [(r["verdict"], r["effect"], r["reasons"], r["provisional"]) for r in rows] == [
        ("compliant", "records", [], False)
    ]


HOLES = [
    ("玩具", "铅", "1", "mg/kg", "2018-01-01", "no_norm_for_product"),
    (CEMENT, "钾", "1", "%", "2018-01-01", "no_norm_for_characteristic"),
    (CEMENT, "三氧化硫", "3", "%", "2008-05-31", "no_norm_in_force"),
    (CEMENT, "三氧化硫", "3", "%", "2024-06-01", "no_norm_in_force"),
    ("热轧带肋钢筋HRB335", "屈服强度", "340", "MPa", "2018-11-01", "no_norm_in_force"),
    ("工业用皮革", "游离甲醛", "900", "mg/kg", "2018-01-01", "outside_scope"),
    (CEMENT, "三氧化硫", "3", "kWh", "2018-01-01", "unit_not_convertible"),
    (CEMENT, "三氧化硫", "3", None, "2018-01-01", "unit_not_given"),
]


def test_a_test_that_cannot_be_judged_says_why(batch):
    for case, (row,) in zip(HOLES, batch([case[:5] for case in HOLES]), strict=True):
        assert (case, row["verdict"], row["effect"]) == (case, "undetermined", "records")
        assert (case, row["reasons"][0]) == (case, case[5])


def test_the_hole_names_the_editions_around_it(answers):
    (row,) = answers(test_row("热轧带肋钢筋HRB335", "屈服强度", "340", "MPa", "2018-11-01"))
    assert str(row["earlier_to"]) == "2018-10-31"
    assert row["later_from"] is None


AUTOCLAVE = [
    ("5.0", None, "compliant"),
    ("5.05", None, "compliant"),  # → 5.0
    ("5.1", None, "undetermined"),
    ("6.0", None, "undetermined"),
    ("6.1", None, "noncompliant"),
    ("5.5", "1", "compliant"),
    ("5.5", "0", "noncompliant"),
    ("6.1", "1", "noncompliant"),
]


def test_magnesium_oxide_between_the_two_limits_hangs_on_the_autoclave_test(answers):
    tests = []
    for at, (value, extra, _) in enumerate(AUTOCLAVE):
        sample = {"sample_id": f"S{at}"}
        tests.append(test_row(CEMENT, "氧化镁", value, "%", "2018-01-01", **sample))
        if extra:
            tests.append(test_row(CEMENT, "压蒸安定性", extra, None, "2018-01-01", **sample))
    got = {r["subject"]: r for r in answers(*tests) if r["indicator"] == "氧化镁"}
    for at, case in enumerate(AUTOCLAVE):
        row = got[f"S{at}"]
        assert (case, row["verdict"]) == (case, case[2])
        assert ("condition_not_given" in row["reasons"]) == (case[2] == "undetermined")


CHLORIDE = [
    ("0.07", "2024-05-31", "noncompliant", None),
    ("0.06", "2024-06-01", "compliant", None),
    ("0.07", "2024-06-01", "undetermined", "chloride_limit_unsettled"),
    ("0.10", "2024-06-01", "undetermined", "chloride_limit_unsettled"),
    ("0.105", "2024-06-01", "undetermined", "chloride_limit_unsettled"),  # → 0.10
    ("0.11", "2024-06-01", "noncompliant", None),
]


def test_chloride_between_the_draft_and_our_row_is_no_finding(batch):
    got = batch([(CEMENT, "氯离子", value, "%", day) for value, day, *_ in CHLORIDE])
    for case, (row,) in zip(CHLORIDE, got, strict=True):
        assert (case, row["verdict"]) == (case, case[2])
        assert ("chloride_limit_unsettled" in row["reasons"]) == (case[3] is not None)


@pytest.mark.parametrize(
    ("value", "uncertainty", "borderline"),
    [("42.4", "0.2", True), ("42.4", "0.1", False), ("42.6", "0.2", True), ("42.4", None, False)],
)
def test_a_value_closer_to_the_limit_than_its_uncertainty_is_borderline(
    answers, value, uncertainty, borderline
):
    more = {"uncertainty": Decimal(uncertainty)} if uncertainty else {}
    (row,) = answers(test_row(CEMENT, "28天抗压强度", value, "MPa", "2018-01-01", **more))
    assert row["provisional"] == borderline
    assert ("borderline" in row["reasons"]) == borderline
    assert row["verdict"] == ("compliant" if value == "42.6" else "noncompliant")


def test_a_row_that_is_recalled_makes_the_finding_provisional(answers):
    (row,) = answers(test_row(CEMENT, "3天抗压强度", "16", "MPa", "2018-01-01"))
    assert (row["verdict"], row["effect"], row["provisional"]) == ("noncompliant", "opens", True)
    assert row["reasons"] == ["norm_not_verified"]


@pytest.mark.parametrize(("on", "count"), [("2017-12-31", 0), ("2018-01-01", 1)])
def test_a_sample_of_a_later_day_is_not_known_yet(answers, on, count):
    assert len(answers(test_row(CEMENT, "初凝时间", "50", "min", "2018-01-01"), on=on)) == count


def test_units_are_converted_before_rounding(judged):
    facts = {
        "lines": [LINE],
        "tests": [test_row(CEMENT, "初凝时间", "0.75", "h", "2018-01-01")],
        "unit_factors": [{"from_unit": "h", "to_unit": "min", "factor": 60}],
    }
    (row,) = judged(Dimension.QUALITY, LATER, facts)
    assert (row["value"], row["unit"], row["verdict"]) == (Decimal(45), "min", "compliant")


def test_a_huge_value_is_judged_and_breaks_nothing(judged):
    facts = {
        "lines": [LINE],
        "tests": [test_row(CEMENT, "初凝时间", "999999999999", "h", "2018-01-01")],
        "unit_factors": [{"from_unit": "h", "to_unit": "min", "factor": 60}],
    }
    (row,) = judged(Dimension.QUALITY, LATER, facts)
    assert row["verdict"] == "compliant"


def local_row(source_id, number, clause, limit):
    source = Source(source_id, number, "某标准", "a standard", "", "", "", "", "", "", VERIFIED)
    row = ProductLimit(
        f"product_standards/{source_id}/1",
        source_id,
        clause,
        "",
        VERIFIED,
        None,
        None,
        "cement",
        "水泥",
        "cement",
        "氟",
        "fluorine",
        "le",
        Decimal(limit),
        "%",
    )
    return row, source


@pytest.mark.parametrize(
    ("number", "clause", "effect"),
    [
        ("GB 99999-2010", "5", "opens"),
        ("GB 99999-2010", "表1（推荐性条款）", "warns"),
        ("GB/T 99999-2010", "5", "warns"),
        ("DB64 999-2010", "5", "opens"),
        ("DB64/T 999-2010", "5", "warns"),
        ("某部令第1号", "第五条", "warns"),
    ],
)
def test_the_number_of_the_standard_and_the_words_of_the_clause_say_what_it_is_worth(
    judged, number, clause, effect
):
    row, source = local_row("X-9", number, clause, "0.50")
    book = NormBook.load().with_rows(row, sources=(source,))
    facts = {"lines": [LINE], "tests": [test_row(CEMENT, "氟", "0.6", "%", "2018-01-01")]}
    (got,) = judged(Dimension.QUALITY, LATER, facts, book=book)
    assert (got["verdict"], got["effect"]) == ("noncompliant", effect)


@pytest.mark.parametrize(
    ("area", "division", "reaches"),
    [
        ("640000", "640100", True),
        ("640100", "640104", True),
        ("640100", "640200", False),
        ("130000", "640100", False),
        ("640000", None, False),
        ("000000", None, True),
    ],
)
def test_a_local_row_holds_in_its_own_area_only(judged, area, division, reaches):
    row, source = local_row("X-9", "DB64 999-2010", "5", "0.50")
    book = NormBook.load().with_rows(row, sources=(source,), jurisdictions={"X-9": area})
    line = {**LINE, "division_code": division}
    facts = {"lines": [line], "tests": [test_row(CEMENT, "氟", "0.6", "%", "2018-01-01")]}
    (got,) = judged(Dimension.QUALITY, LATER, facts, book=book)
    assert got["verdict"] == ("noncompliant" if reaches else "undetermined")
    if not reaches:
        unplaced = ["division_not_given"] if division is None else []
        assert got["reasons"] == [*unplaced, "no_norm_for_characteristic"]


def test_a_national_answer_is_provisional_where_a_local_row_could_hold(judged):
    row, source = local_row("X-9", "DB64 999-2010", "5", "0.50")
    row = replace(row, characteristic_zh="三氧化硫")
    book = NormBook.load().with_rows(row, sources=(source,), jurisdictions={"X-9": "640000"})
    tests = [test_row(CEMENT, "三氧化硫", "3", "%", "2018-01-01")]
    for division, provisional in ((None, True), ("130100", False)):
        lines = [{**LINE, "division_code": division}]
        (got,) = judged(Dimension.QUALITY, LATER, {"lines": lines, "tests": tests}, book=book)
        assert (got["verdict"], got["provisional"]) == ("compliant", provisional)
        assert ("division_not_given" in got["reasons"]) == provisional

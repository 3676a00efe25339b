"""Safety: a hazard meets a criterion of the edition in force for the industry on its day."""

from __future__ import annotations

from datetime import date

import pytest

from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.explain.safety import explain
from phaseout.law.norms import NormBook
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.records import Confidence, HazardCriterion, Source

LATER = "2026-11-01"
INDUSTRIES = ("coal", "cement", "ferroalloy", "silicon_carbide", "coke", "leather", "fertilizer")
LINES = [
    {"line_id": f"L-{name}", "uscc": f"U-{name}", "industry": name, "division_code": "640100"}
    for name in INDUSTRIES
]


@pytest.fixture
def found(judged):
    """found([(industry, source, clause, day), …]) → per case its row."""

    def run(cases, on=LATER, **more):
        hazards = [
            {
                "hazard_id": f"H{at:03}",
                "line_id": f"L-{industry}",
                "source_id": source,
                "clause": clause,
                "found_on": day,
            }
            for at, (industry, source, clause, day) in enumerate(cases)
        ]
        rows = judged(Dimension.SAFETY, on, {"lines": LINES, "hazards": hazards}, **more)
        by_id = {row["subject"]: row for row in rows if row["matter"] == "hazard"}
        return [by_id.get(f"H{at:03}") for at in range(len(cases))]

    return run


TRADE_2017, TRADE_2023 = "SAWS-IV-2017-129", "MEM-10"
BUILDING_1 = "行业类 建材第1项"
EDITIONS = [
    # coal: SAWS-85 to 2020-12-31, MEM-4 after
    ("coal", "SAWS-85", "第三条第1项", "2015-12-02", "undetermined", "SC-446"),
    ("coal", "SAWS-85", "第三条第1项", "2015-12-03", "noncompliant", "SAWS-85 SC-446"),
    ("coal", "SAWS-85", "第三条第1项", "2020-12-31", "noncompliant", "SAWS-85 SC-446"),
    ("coal", "SAWS-85", "第三条第1项", "2021-01-01", "undetermined", "MEM-4 SC-446"),
    ("coal", "MEM-4", "第三条第1项", "2020-12-31", "undetermined", "SAWS-85 SC-446"),
    ("coal", "MEM-4", "第三条第1项", "2021-01-01", "noncompliant", "MEM-4 SC-446"),
    ("coal", "SC-446", "第八条第二款第2项", "2024-04-30", "noncompliant", "MEM-4 SC-446"),
    ("coal", "SC-446", "第八条第二款第2项", "2024-05-01", "undetermined", "MEM-4 SC-COALREG-2024"),
    (
        "coal",
        "SC-COALREG-2024",
        "第三十六条第2项",
        "2024-05-01",
        "noncompliant",
        "MEM-4 SC-COALREG-2024",
    ),
    # trades: the list of 2017 to 2023-05-14, MEM-10 after
    ("cement", TRADE_2017, BUILDING_1, "2017-11-29", "undetermined", None),
    ("cement", TRADE_2017, BUILDING_1, "2017-11-30", "noncompliant", TRADE_2017),
    ("cement", TRADE_2017, BUILDING_1, "2023-05-14", "noncompliant", TRADE_2017),
    ("cement", TRADE_2017, BUILDING_1, "2023-05-15", "undetermined", TRADE_2023),
    ("cement", TRADE_2023, "第六条第1项", "2023-05-14", "undetermined", TRADE_2017),
    ("cement", TRADE_2023, "第六条第1项", "2023-05-15", "noncompliant", TRADE_2023),
]


def test_a_hazard_counts_only_by_the_edition_in_force_on_the_day_it_was_found(found):
    for case, row in zip(EDITIONS, found([case[:4] for case in EDITIONS]), strict=True):
        opens = "opens" if case[4] == "noncompliant" else "records"
        assert (case, row["verdict"], row["effect"]) == (case, case[4], opens)
        assert (case, row["editions_then"]) == (case, case[5])
        assert ("criterion_not_in_force" in row["reasons"]) == (case[4] == "undetermined")


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (("cement", "MEM-10", "第四条第1项", "2024-01-01"), "criterion_of_another_industry"),
        (("cement", "MEM-4", "第三条第1项", "2024-01-01"), "criterion_of_another_industry"),
        (("cement", "MEM-10", "第九十九条", "2024-01-01"), "criterion_unknown"),
        (("cement", "MEM-99", "第一条", "2024-01-01"), "criterion_source_unknown"),
        (("nowhere", "MEM-10", "第六条第1项", "2024-01-01"), "industry_not_given"),
    ],
)
def test_a_citation_that_does_not_fit_is_undetermined_and_says_why(found, case, reason):
    (row,) = found([case])
    assert (row["verdict"], row["reasons"]) == ("undetermined", [reason])


def test_blanks_in_a_clause_make_no_difference(found):
    spaced, plain = found(
        [("cement", TRADE_2017, clause, "2020-01-01") for clause in (BUILDING_1, "行业类建材第1项")]
    )
    assert spaced["norm_row"] == plain["norm_row"] is not None


def test_one_item_is_enough_and_is_not_yet_outdated_capacity(found):
    (row,) = found([("cement", "MEM-10", "第六条第1项", "2024-01-01")])
    assert (row["verdict"], row["effect"], row["provisional"]) == ("noncompliant", "opens", False)
    assert row["reasons"] == ["hazard_not_yet_outdated"]


INFERRED = [
    ("ferroalloy", "MEM-10", "第四条第1项", "sector_by_inference"),
    ("ferroalloy", "MEM-10", "第三条第3项", "sector_by_inference"),
    ("ferroalloy", "MEM-10", "第三条第1项", None),  # holds in every trade
    ("silicon_carbide", "MEM-10", "第六条第7项", "sector_by_inference"),
    ("coke", "SAWS-III-2017-121", "第1条", "sector_by_inference"),
    ("fertilizer", "SAWS-III-2017-121", "第1条", None),
    ("leather", "MEM-10", "第十三条第1项", "open_condition"),
    ("coal", "SC-COALREG-2024", "第三十六条第17项", "open_condition"),
]


def test_what_rests_on_inference_or_on_a_persons_answer_is_provisional(found):
    cases = [(industry, source, clause, "2025-01-01") for industry, source, clause, _ in INFERRED]
    open_reasons = {"sector_by_inference", "open_condition"}
    for case, row in zip(INFERRED, found(cases), strict=True):
        assert (case, row["verdict"]) == (case, "noncompliant")
        assert (case, open_reasons & set(row["reasons"])) == (case, {case[3]} if case[3] else set())
        assert row["provisional"] or case[3] is None


@pytest.mark.parametrize(("day", "asked"), [("2025-12-31", False), ("2026-01-01", True)])
def test_the_chemical_list_is_to_be_asked_for_after_2025(found, day, asked):
    (row,) = found([("fertilizer", "SAWS-III-2017-121", "第1条", day)])
    assert ("open_condition" in row["reasons"], row["provisional"]) == (asked, asked)


@pytest.mark.parametrize(
    ("value", "verdict", "provisional"),
    [("yes", "noncompliant", False), ("no", "compliant", False), (None, "noncompliant", True)],
)
@pytest.mark.parametrize("subject", ["H000", "L-ferroalloy"])
def test_the_authority_settles_an_inference_by_a_document(
    found, value, verdict, provisional, subject
):
    key = next(
        r.row_id
        for r in NormBook.load().hazard_criteria
        if (r.source_id, r.industry, r.clause) == ("MEM-10", "ferroalloy", "第四条第1项")
    )
    decisions = (
        [Decision("condition", subject, key, value, None, None, "宁应急〔2024〕1号",
                  date(2024, 1, 1), "厅", "")]
        if value
        else []
    )  # fmt: skip
    case = ("ferroalloy", "MEM-10", "第四条第1项", "2024-06-01")
    (row,) = found([case], decisions=decisions)
    assert (row["verdict"], row["provisional"]) == (verdict, provisional)
    if value:
        assert "宁应急〔2024〕1号" in explain(row).zh


def test_a_recalled_criterion_is_provisional(found):
    (row,) = found([("cement", TRADE_2017, BUILDING_1, "2020-01-01")])
    assert row["provisional"] is True
    assert "norm_not_verified" in row["reasons"]


@pytest.mark.parametrize(
    ("starts", "ends", "day", "verdict", "provisional"),
    [
        ("2017", "", "2016-12-31", "undetermined", False),
        ("2017", "", "2017-06-30", "noncompliant", True),
        ("2017", "", "2018-01-01", "noncompliant", False),
        ("2017-05", "2018-03", "2017-04-30", "undetermined", False),
        ("2017-05", "2018-03", "2017-05-31", "noncompliant", True),
        ("2017-05", "2018-03", "2018-03-31", "noncompliant", True),
        ("2017-05", "2018-03", "2018-04-01", "undetermined", False),
        ("", "", "2001-01-01", "noncompliant", False),
    ],
)
def test_a_source_dated_by_year_or_month_is_open_within_it(
    found, starts, ends, day, verdict, provisional
):
    source = Source("X-1", "X 1", "甲", "x", "", "", starts, ends, "", "", Confidence.VERIFIED)
    row = HazardCriterion(
        "hazard_criteria/X-1/1",
        "X-1",
        "第1项",
        "",
        Confidence.VERIFIED,
        "cement",
        "某项",
        "an item",
    )
    book = NormBook.load().with_rows(row, sources=(source,))
    (got,) = found([("cement", "X-1", "第1项", day)], book=book)
    assert (got["verdict"], got["provisional"]) == (verdict, provisional)


@pytest.mark.parametrize(("on", "known"), [("2023-12-31", False), ("2024-01-01", True)])
def test_a_hazard_found_later_is_not_known_yet(found, on, known):
    (row,) = found([("cement", "MEM-10", "第六条第1项", "2024-01-01")], on=on)
    assert (row is not None) == known


def test_the_explanation_cites_the_law_of_the_day_and_keeps_the_two_states_apart(found):
    before, after = found(
        [("cement", TRADE_2017, BUILDING_1, day) for day in ("2021-08-31", "2021-09-01")]
    )
    assert "（2014年修正）》第62条" in explain(before).zh
    assert "（2021年修正）》第65条" in explain(after).zh
    assert "重大事故隐患尚不等于落后产能" in explain(after).zh
    assert "not yet outdated capacity" in explain(after).en


def test_a_superseded_citation_is_told_which_edition_held(found):
    (row,) = found([("coal", "SAWS-85", "第三条第1项", "2021-01-01")])
    explanation = explain(row)
    assert "《煤矿重大事故隐患判定标准》（应急管理部令第4号）" in explanation.zh
    assert "2015年12月3日至2020年12月31日有效" in explanation.zh
    assert "MEM-4" in explanation.en
    assert "None" not in explanation.zh + explanation.en


def test_the_readings_name_criteria_of_the_store():
    criteria = {(c.source_id, c.industry, c.clause) for c in NormBook.load().hazard_criteria}
    pairs = {(source, industry) for source, industry, _ in criteria}
    for row in method_rows("hazard_readings"):
        if row.clause == "*":
            assert (row.source_id, row.industry) in pairs, row
        else:
            assert (row.source_id, row.industry, row.clause) in criteria, row

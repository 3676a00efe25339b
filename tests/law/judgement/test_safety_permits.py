"""Safety: permits missing, expired, not reported, due for renewal."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date

import pytest

from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.explain.safety import explain
from phaseout.law.norms import NormBook
from phaseout.law.norms.methods import method_rows


@pytest.fixture
def held(judged):
    """held(industry, product, permits, on) → rows by kind. A permit is (kind, from, to)."""

    def run(industry, product, permits, on, **more):
        line = {"line_id": "L1", "uscc": "U1", "industry": industry, "product": product}
        facts = {
            "enterprises": [{"uscc": "U1", "name": "甲厂", "industry": industry}],
            "lines": [line] if product != "no line" else [],
            "permits": [
                {"uscc": "U1", "kind": k, "number": f"N{at}", "valid_from": a, "valid_to": b}
                for at, (k, a, b) in enumerate(permits)
            ],
        }
        rows = judged(Dimension.SAFETY, on, facts, **more)
        assert all(row["line_id"] is None for row in rows)
        return {row["subject"]: row for row in rows}

    return run


SAFETY = "安全生产许可证"
MINE = ("coal", "原煤")


@pytest.mark.parametrize(
    ("on", "verdict", "reasons"),
    [
        ("2017-12-31", "noncompliant", ["permit_not_yet_valid"]),  # the day before it begins
        ("2018-01-01", "compliant", []),
        ("2020-09-29", "compliant", []),
        ("2020-09-30", "compliant", ["renewal_due"]),  # three months back: no 31 September
        ("2020-12-31", "compliant", ["renewal_due"]),  # its last day
        ("2021-01-01", "noncompliant", ["permit_expired"]),
    ],
)
def test_the_first_and_the_last_day_of_a_permit_are_inside(held, on, verdict, reasons):
    row = held(*MINE, [(SAFETY, "2018-01-01", "2020-12-31")], on)["safety_licence"]
    assert (row["verdict"], row["reasons"]) == (verdict, reasons)
    assert row["effect"] == ("opens" if verdict == "noncompliant" else "records")
    assert row["provisional"] is False
    assert (str(row["period_start"]), str(row["period_end"])) == ("2018-01-01", "2020-12-31")


@pytest.mark.parametrize(
    ("kind", "ends", "on", "due"),
    [
        ("工业产品生产许可证", "2018-08-31", "2018-02-27", False),  # six months: to 28 February
        ("工业产品生产许可证", "2018-08-31", "2018-02-28", True),
        ("工业产品生产许可证", "2024-12-15", "2024-06-14", False),
        ("工业产品生产许可证", "2024-12-15", "2024-06-15", True),
        ("排污许可证", "2024-12-15", "2024-10-15", False),  # sixty days
        ("排污许可证", "2024-12-15", "2024-10-16", True),
    ],
)
def test_the_renewal_is_due_by_the_term_of_the_kind(held, kind, ends, on, due):
    rows = held("cement", "水泥", [(kind, "2014-01-01", ends)], on)
    (row,) = (row for row in rows.values() if row["permit_number"] == "N0")
    assert ("renewal_due" in row["reasons"]) == due


def test_a_permit_already_renewed_is_not_due(held):
    permits = [(SAFETY, "2018-01-01", "2020-12-31"), (SAFETY, "2021-01-01", "2023-12-31")]
    row = held(*MINE, permits, "2020-12-01")["safety_licence"]
    assert (row["verdict"], row["reasons"]) == ("compliant", [])
    assert held(*MINE, permits, "2021-01-01")["safety_licence"]["permit_number"] == "N1"


def test_no_permit_of_any_kind_is_not_reported_and_one_of_another_kind_is_missing(held):
    nothing = held(*MINE, [], "2018-06-30")["safety_licence"]
    assert (nothing["verdict"], nothing["reasons"]) == ("undetermined", ["permits_not_reported"])
    assert (nothing["value"], nothing["effect"]) == (None, "records")
    other = held(*MINE, [("采矿许可证", "2015-01-01", "2025-01-01")], "2018-06-30")
    assert list(other) == ["safety_licence"]
    assert other["safety_licence"]["reasons"] == ["permit_missing"]
    assert other["safety_licence"]["verdict"] == "noncompliant"
    assert (other["safety_licence"]["value"], other["safety_licence"]["limit_value"]) == (0, 1)


def test_a_last_day_that_is_not_given_is_not_known(held):
    row = held(*MINE, [(SAFETY, "2018-01-01", None)], "2019-01-01")["safety_licence"]
    assert (row["verdict"], row["reasons"]) == ("undetermined", ["permit_end_not_given"])


def test_a_kind_nobody_knows_is_said_and_leaves_the_missing_one_provisional(held):
    rows = held(*MINE, [("安全生产许可", "2018-01-01", "2020-12-31")], "2019-01-01")
    assert rows["安全生产许可"]["verdict"] == "undetermined"
    assert "permit_kind_unknown" in rows["安全生产许可"]["reasons"]
    assert rows["safety_licence"]["provisional"] is True


@pytest.mark.parametrize(
    "name", ["安全生产许可证", "安全生产 许可证", "safety_licence", "Work safety licence"]
)
def test_a_kind_goes_by_its_chinese_and_english_names(held, name):
    assert held(*MINE, [(name, "2018-01-01", "2020-12-31")], "2019-01-01")["safety_licence"]


@pytest.mark.parametrize(
    ("industry", "on", "needed"),
    [
        ("pulp_paper", "2017-06-30", False),  # to hold one by this day
        ("pulp_paper", "2017-07-01", True),
        ("cement", "2017-12-31", False),
        ("cement", "2018-01-01", True),
        ("cement", "2019-12-20", True),
        ("cement", "2021-03-01", True),
        ("cement", "2026-08-15", True),
        ("silicon_carbide", "2020-12-31", False),
        ("silicon_carbide", "2021-01-01", True),
        ("coal", "2024-01-01", False),
    ],
)
def test_the_emission_permit_is_needed_industry_by_industry(held, industry, on, needed):
    rows = held(industry, "某产品", [], on)
    assert ("emission_permit" in rows) == needed
    if needed:
        row = rows["emission_permit"]
        assert (row["dimension"], row["provisional"]) == ("environment", True)


@pytest.mark.parametrize(
    ("industry", "product", "kind", "verdict", "reason"),
    [
        ("steel", "热轧带肋钢筋HRB400", "production_licence", "noncompliant", "permit_missing"),
        ("steel", "生铁", "production_licence", None, None),
        ("steel", None, "production_licence", "undetermined", "condition_not_given"),
        ("steel", "no line", "production_licence", "undetermined", "condition_not_given"),
        ("fertilizer", "合成氨", "safety_licence", "noncompliant", "permit_missing"),
        ("fertilizer", "尿素", "safety_licence", "undetermined", "condition_not_given"),
        ("fertilizer", "尿素", "production_licence", None, None),
        ("coal", "洗精煤", "safety_licence", "undetermined", "condition_not_given"),
        ("calcium_carbide", "电石", "safety_licence", "noncompliant", "permit_missing"),
        ("ferroalloy", "硅铁", "safety_licence", None, None),
    ],
)
def test_who_needs_a_licence_hangs_on_what_is_made(held, industry, product, kind, verdict, reason):
    permits = [("采矿许可证", "2015-01-01", "2030-01-01")]
    rows = held(industry, product, permits, "2018-12-01")
    if verdict is None:
        assert kind not in rows
    else:
        assert rows[kind]["verdict"] == verdict
        assert reason in rows[kind]["reasons"]


def test_a_test_of_rebar_shows_that_rebar_is_made(judged):
    facts = {
        "enterprises": [{"uscc": "U1", "name": "甲厂", "industry": "steel"}],
        "lines": [{"line_id": "L1", "uscc": "U1", "industry": "steel", "product": "粗钢"}],
        "tests": [{"sample_id": "S", "line_id": "L1", "product": "热轧带肋钢筋HRB400"}],
        "permits": [
            {
                "uscc": "U1",
                "kind": "排污许可证",
                "valid_from": "2018-01-01",
                "valid_to": "2030-01-01",
            }
        ],
    }
    rows = {row["subject"]: row for row in judged(Dimension.SAFETY, "2018-12-01", facts)}
    assert rows["production_licence"]["verdict"] == "noncompliant"
    assert rows["production_licence"]["dimension"] == "quality"


@pytest.mark.parametrize(
    ("value", "verdict"), [("yes", "noncompliant"), ("no", None), (None, "undetermined")]
)
def test_the_authority_says_whether_a_doubtful_enterprise_needs_it(held, value, verdict):
    keys = [
        row.row_id
        for row in method_rows("required_permits")
        if (row.industry, row.kind) == ("coke", "safety_licence")
    ]
    decisions = [
        Decision(
            "condition", "U1", key, value, None, None, "宁应急〔2018〕2号", date(2018, 1, 1), "局"
        )
        for key in keys
        if value
    ]
    permits = [("采矿许可证", "2015-01-01", "2030-01-01")]
    row = held("coke", "焦炭", permits, "2018-12-01", decisions=decisions).get("safety_licence")
    assert (row["verdict"] if row else None) == verdict


def test_an_expired_permit_that_nothing_requires_is_kept_and_not_judged(held):
    rows = held("ferroalloy", "硅铁", [(SAFETY, "2015-01-01", "2017-12-31")], "2018-06-30")
    assert rows["safety_licence"]["verdict"] == "undetermined"
    assert rows["safety_licence"]["reasons"] == ["no_requirement_recorded", "permit_expired"]


def test_the_order_of_permits_changes_nothing(judged):
    permits = [
        {"uscc": "U1", "kind": SAFETY, "number": n, "valid_from": a, "valid_to": b}
        for n, a, b in (
            ("A", "2018-01-01", "2020-12-31"),
            ("B", "2018-01-01", "2020-12-31"),
            ("C", "2012-01-01", "2014-12-31"),
            ("D", "2022-01-01", None),
        )
    ]
    facts = {"enterprises": [{"uscc": "U1", "name": "甲", "industry": "coal"}]}
    one = judged(Dimension.SAFETY, "2019-01-01", {**facts, "permits": permits})
    other = judged(Dimension.SAFETY, "2019-01-01", {**facts, "permits": permits[::-1]})
    assert one == other
    assert one[0]["permit_number"] == "A"


@pytest.mark.parametrize(
    ("on", "zh", "en"),
    [
        ("2019-01-01", "持有有效的安全生产许可证", "holds a valid work safety licence"),
        ("2020-12-01", "不迟于2020年9月30日，现已到期限", "by 2020-09-30; that day has come"),
        ("2021-01-01", "安全生产许可证已过期", "the work safety licence has expired"),
        ("2017-06-30", "安全生产许可证尚未生效", "the work safety licence is not valid yet"),
    ],
)
def test_the_explanation_tells_state_basis_and_renewal(held, on, zh, en):
    row = held(*MINE, [(SAFETY, "2018-01-01", "2020-12-31")], on)["safety_licence"]
    explanation = explain(row)
    assert zh in explanation.zh
    assert en in explanation.en
    assert "《安全生产许可证条例》" in explanation.zh
    assert "None" not in explanation.zh + explanation.en


# --- the tables


def test_requirements_of_one_kind_follow_each_other_without_overlap_or_gap():
    rows = method_rows("required_permits")
    spans: dict[tuple[str, str, str], list[tuple[date, date]]] = {}
    for row in rows:
        key = (row.kind, row.industry, row.product_word)
        spans.setdefault(key, []).append((row.effective_from, row.effective_to or date.max))
    for key, found in spans.items():
        found.sort()
        for (_, last), (first, _) in itertools.pairwise(found):
            assert (first - last).days == 1, key


def test_every_permit_row_names_a_known_kind_source_and_industry():
    sources = NormBook.load().sources
    kinds = {row.kind for row in method_rows("permit_kinds")}
    for table in ("permit_kinds", "permit_names", "required_permits", "permit_renewals",
                  "safety_articles", "hazard_readings"):  # fmt: skip
        for row in method_rows(table):
            assert row.source_id in sources, row
            assert getattr(row, "kind", "safety_licence") in kinds, row


def test_a_name_means_one_kind_of_permit():
    names = Counter(row.name.replace(" ", "").lower() for row in method_rows("permit_names"))
    assert [name for name, count in names.items() if count > 1] == []


def test_the_figures_of_renewal_are_those_of_the_statutes():
    found = {(r.source_id, r.kind): (r.length, r.unit) for r in method_rows("permit_renewals")}
    assert found["SC-SAFELIC-2014", "safety_licence"] == (3, "month")
    assert found["SC-PERMIT-2023", "production_licence"] == (6, "month")

"""Quality: the retest decides, nothing runs in circles, and a result is final only in time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from phaseout.law.judgement.dimensions import Dimension

LATER = "2026-11-01"
CEMENT, STRENGTH, SETTING = "普通硅酸盐水泥 42.5", "28天抗压强度", "初凝时间"
LINES = [
    {"line_id": line, "uscc": "U1", "industry": "cement", "division_code": "640100"}
    for line in ("L1", "L2")
]


def sample(sample_id, value, day="2018-01-01", retest_of=None, **more):
    return {
        "sample_id": sample_id,
        "line_id": "L1",
        "product": CEMENT,
        "characteristic": STRENGTH,
        "value": Decimal(str(value)),
        "unit": "MPa",
        "sampled_on": day,
        "retest_of": retest_of,
        **more,
    }


@pytest.fixture
def answers(judged):
    def run(*tests, on=LATER):
        rows = judged(Dimension.QUALITY, on, {"lines": LINES, "tests": tests})
        return {(row["subject"], row["indicator"]): row for row in rows}

    return run


@pytest.mark.parametrize(
    ("first", "retest", "verdicts", "effects"),
    [
        ("40", "45", ("noncompliant", "compliant"), ("records", "records")),
        ("40", "41", ("noncompliant", "noncompliant"), ("records", "opens")),
        ("45", "41", ("compliant", "noncompliant"), ("records", "opens")),
    ],
)
def test_the_retest_decides_and_the_first_result_is_kept(answers, first, retest, verdicts, effects):
    got = answers(sample("A", first), sample("B", retest, "2018-01-20", "A"))
    rows = [got["A", STRENGTH], got["B", STRENGTH]]
    assert tuple(row["verdict"] for row in rows) == verdicts
    assert tuple(row["effect"] for row in rows) == effects
    assert rows[0]["reasons"] == ["superseded_by_retest"]
    assert rows[1]["reasons"] == []


def test_a_retest_decides_only_what_it_tested(answers):
    got = answers(
        sample("A", 40),
        sample("A", 30, characteristic=SETTING, unit="min"),
        sample("B", 45, "2018-01-20", "A"),
    )
    assert got["A", STRENGTH]["effect"] == "records"
    assert got["A", SETTING]["effect"] == "opens"


def test_a_retest_under_another_name_of_the_characteristic_decides_too(answers):
    got = answers(sample("A", 40), sample("B", 45, "2018-01-20", "A", characteristic="28d抗压强度"))
    assert got["A", STRENGTH]["reasons"] == ["superseded_by_retest"]


def test_a_retest_is_judged_by_the_edition_of_the_first_sample(answers):
    bar = {"product": "热轧带肋钢筋HRB400", "characteristic": "屈服强度"}
    got = answers(sample("A", 390, "2017-03-22", **bar), sample("B", 391, "2017-03-30", "A", **bar))
    row = got["B", "屈服强度"]
    assert (row["source_id"], row["effect"]) == ("GB-1499.2-2007", "opens")
    assert str(row["period_start"]) == "2017-03-30"


@pytest.mark.parametrize(
    ("on", "still_open"),
    [("2018-01-01", True), ("2018-01-15", True), ("2018-01-16", True), ("2018-01-17", False)],
)
def test_a_failed_result_is_not_final_while_a_retest_may_be_asked_for(answers, on, still_open):
    row = answers(sample("A", 40), on=on)["A", STRENGTH]
    assert row["verdict"] == "noncompliant"
    assert row["provisional"] == still_open
    assert ("retest_period_open" in row["reasons"]) == still_open
    assert str(row["objection_until"]) == "2018-01-16"


def test_a_passed_result_does_not_wait_for_a_retest(answers):
    row = answers(sample("A", 45), on="2018-01-02")["A", STRENGTH]
    assert (row["provisional"], row["reasons"]) == (False, [])


def test_a_failed_retest_is_final_at_once(answers):
    got = answers(sample("A", 40), sample("B", 41, "2018-01-05", "A"), on="2018-01-06")
    assert got["B", STRENGTH]["provisional"] is False
    assert got["A", STRENGTH]["reasons"] == ["superseded_by_retest"]


def test_a_retest_still_to_come_decides_nothing_yet(answers):
    got = answers(sample("A", 40), sample("B", 45, "2018-03-01", "A"), on="2018-02-28")
    assert list(got) == [("A", STRENGTH)]
    assert got["A", STRENGTH]["effect"] == "opens"


def test_a_retest_of_a_retest_is_for_the_authority_to_settle(answers):
    got = answers(
        sample("A", 40), sample("B", 41, "2018-01-10", "A"), sample("C", 45, "2018-01-20", "B")
    )
    first, second, third = (got[s, STRENGTH] for s in "ABC")
    assert first["reasons"] == ["superseded_by_retest"]
    assert (second["verdict"], second["provisional"]) == ("noncompliant", True)
    assert (third["verdict"], third["reasons"]) == ("undetermined", ["retest_of_retest"])


@pytest.mark.parametrize(
    "links",
    [{"A": "A"}, {"A": "B", "B": "A"}, {"A": "B", "B": "C", "C": "A"}],
    ids=["itself", "each other", "a ring of three"],
)
def test_samples_that_retest_each_other_end_undetermined(answers, links):
    got = answers(*(sample(s, 40, retest_of=of) for s, of in links.items()))
    for row in got.values():
        assert row["verdict"] == "undetermined"
        assert set(row["reasons"]) & {"retest_cycle", "retest_of_retest"}


def test_a_retest_of_a_sample_we_do_not_have_is_marked(answers):
    row = answers(sample("B", 41, retest_of="X"))["B", STRENGTH]
    assert (row["verdict"], row["provisional"]) == ("noncompliant", True)
    assert row["reasons"] == ["retest_sample_unknown"]


@pytest.mark.parametrize(
    "other",
    [{"line_id": "L2"}, {"product": "普通硅酸盐水泥 52.5"}, {"sampled_on": "2017-12-31"}],
    ids=["another line", "another product", "an earlier day"],
)
def test_a_retest_that_does_not_fit_its_first_sample_decides_nothing(answers, other):
    got = answers(sample("A", 40), sample("B", 55, "2018-01-20", "A") | other)
    assert got["A", STRENGTH]["effect"] == "opens"
    assert got["B", STRENGTH]["verdict"] == "undetermined"
    assert got["B", STRENGTH]["reasons"] == ["retest_does_not_match"]


def test_two_retests_of_one_sample_are_both_provisional(answers):
    got = answers(
        sample("A", 40), sample("B", 45, "2018-01-20", "A"), sample("C", 41, "2018-01-21", "A")
    )
    for row in (got["B", STRENGTH], got["C", STRENGTH]):
        assert row["provisional"] is True
        assert "several_retests" in row["reasons"]


def test_the_order_of_the_facts_changes_nothing(judged):
    tests = [
        sample("A", 40),
        sample("B", 45, "2018-01-20", "A"),
        sample("A", 30, characteristic=SETTING, unit="min"),
        sample("C", 50, product="通用硅酸盐水泥 42.5", characteristic="氯离子", unit="%"),
    ]
    one = judged(Dimension.QUALITY, LATER, {"lines": LINES, "tests": tests})
    other = judged(Dimension.QUALITY, LATER, {"lines": LINES, "tests": tests[::-1]})
    assert one == other

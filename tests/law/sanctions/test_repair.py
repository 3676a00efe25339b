"""Publication and repair: the rule in force on the day, its shortest and longest periods."""

from __future__ import annotations

from datetime import date

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.sanctions.areas import areas
from phaseout.law.sanctions.bases import bases_on, list_required
from phaseout.law.sanctions.grounds import cause_words, ground_of, grounds
from phaseout.law.sanctions.repair import RepairRule, lacking, rule_on, terms
from phaseout.law.sanctions.tables import table


@pytest.mark.parametrize(
    ("day", "severity", "special", "rule"),
    [
        ("2019-06-30", "serious", "", None),
        ("2019-07-01", "serious", "", "2019"),
        ("2023-04-30", "slight", "", "2019"),
        ("2023-05-01", "slight", "", "2023"),
        ("2026-03-31", "general", "safety", "2023"),
        ("2026-04-01", "general", "safety", "2026"),
    ],
)
def test_the_rule_is_that_of_the_day(day, severity, special, rule) -> None:
    found = rule_on(date.fromisoformat(day), severity, special)
    assert (found.rule if found else None) == rule


@pytest.mark.parametrize(
    ("on", "severity", "special", "since", "repairable", "until"),
    [
        ("2020-01-01", "general", "", "2020-01-15", "2020-04-15", "2021-01-15"),
        ("2020-01-01", "serious", "", "2019-08-31", "2020-02-29", "2022-08-31"),
        ("2024-01-01", "serious", "", "2024-01-15", "2024-04-15", "2027-01-15"),
        ("2024-01-01", "general", "safety", "2024-01-15", "2025-01-15", "2027-01-15"),
        ("2026-05-01", "serious", "", "2026-05-01", "2027-05-01", "2029-05-01"),
        ("2026-05-01", "general", "", "2026-05-01", "2026-08-01", "2027-05-01"),
        ("2026-05-01", "slight", "", "2026-05-01", "2026-05-01", "2026-08-01"),
    ],
)  # fmt: skip
def test_the_shortest_and_the_longest_time(on, severity, special, since, repairable, until) -> None:
    rule = rule_on(date.fromisoformat(on), severity, special)
    assert rule is not None
    found = terms(rule, date.fromisoformat(since))
    assert (str(found.repairable_from), str(found.until)) == (repairable, until)


SINCE = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("on", "met", "missing"),
    [
        ("2026-07-31", (True, True, True), ["shortest_over"]),
        ("2026-08-01", (True, True, True), []),
        ("2026-08-02", (False, True, True), ["corrected"]),
        ("2026-08-02", (True, False, False), ["promise", "other_demands"]),
    ],
)
def test_a_record_is_repaired_when_every_condition_is_met(on, met, missing) -> None:
    rule = rule_on(SINCE, "general")
    assert rule is not None
    corrected, promised, other = met
    found = lacking(
        rule, SINCE, date.fromisoformat(on), corrected=corrected, promised=promised, other=other
    )
    assert [condition.condition for condition in found] == missing


def test_the_periods_are_those_of_the_norm_store() -> None:
    """What the received table of terms says, found again in ours."""
    terms_ = {(t.source_id, t.length, t.unit) for t in NormBook.load().procedural_terms if t.length}
    for rule in table("repair_rules", RepairRule):
        for length, unit in (
            (rule.shortest, rule.shortest_unit),
            (rule.longest, rule.longest_unit),
        ):
            assert not length or (rule.source_id, length, unit) in terms_, rule


def test_the_nine_areas_of_the_clause_are_there_and_each_ground_has_its_words() -> None:
    assert len(areas()) == 9
    assert all(ground_of(one.procedure, one.period) is one for one in grounds())
    assert cause_words("exited")[0] == "产能退出已确认"


@pytest.mark.parametrize(("day", "needed"), [("2020-12-06", False), ("2020-12-07", True)])
def test_the_national_list_is_needed_from_the_day_of_the_document(day, needed) -> None:
    assert list_required(date.fromisoformat(day)) is needed


def test_what_a_basis_cites_stands_in_the_norm_store_or_names_itself() -> None:
    sources = NormBook.load().sources
    for basis in bases_on(date(2026, 5, 1)):
        assert basis.source_id in sources or basis.confidence != "verified"

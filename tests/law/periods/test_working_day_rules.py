"""Which day terms are working days, by law and edition."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.periods import Direction, Unit, count_period, day_count, laws
from phaseout.law.periods.citations import counting_rules, source
from phaseout.law.periods.working_day_rules import (
    CountedAs,
    edition,
    working_day_rule,
    working_day_rules,
)
from phaseout.law.refusals import Refusal

WORKING, CALENDAR = Unit.WORKING_DAY, Unit.CALENDAR_DAY


@pytest.mark.parametrize(
    ("law", "on", "length", "unit", "source_id"),
    [
        # Penalty Law: 2, 3, 5, 7 since 2021-07-15
        *(("penalty", "2021-07-14", n, CALENDAR, "APL-1996") for n in (2, 3, 5, 7, 15, 60)),
        *(("penalty", "2021-07-15", n, WORKING, "APL-2021") for n in (2, 3, 5, 7)),
        *(("penalty", "2021-07-15", n, CALENDAR, "APL-2021") for n in (1, 4, 6, 8, 10, 15, 90)),
        # Coercion Law: ten days or less
        *(("coercion", "2012-01-01", n, WORKING, "ACL-2011") for n in (1, 3, 9, 10)),
        *(("coercion", "2012-01-01", n, CALENDAR, "ACL-2011") for n in (11, 15, 30)),
        # Reconsideration Law: 5 and 7; since 2024 also 3 and 10
        *(("reconsideration", "2023-12-31", n, WORKING, "ARL-2017") for n in (5, 7)),
        *(("reconsideration", "2023-12-31", n, CALENDAR, "ARL-2017") for n in (3, 10, 60)),
        *(("reconsideration", "2024-01-01", n, WORKING, "ARL-2023") for n in (3, 5, 7, 10)),
        *(("reconsideration", "2024-01-01", n, CALENDAR, "ARL-2023") for n in (15, 30, 60)),
        ("litigation", "2018-01-01", 15, CALENDAR, "ALL-2017"),
        ("civil_procedure", "2021-12-31", 60, CALENDAR, "CPL-2017"),
        ("civil_procedure", "2022-01-01", 30, CALENDAR, "CPL-2021"),
        ("environment_penalty", "2020-01-01", 180, CALENDAR, "E-MEP-8-2010"),
        ("daily_penalty", "2015-01-01", 3, WORKING, "MEP-28"),
        ("daily_penalty", "2015-01-01", 30, CALENDAR, "MEP-28"),
        ("seizure", "2015-01-01", 5, WORKING, "MEP-29"),
        ("limited_production", "2015-01-01", 15, WORKING, "MEP-30"),
        ("market_penalty", "2020-01-01", 10, WORKING, "SAMR-PEN-2"),
        ("market_penalty", "2020-01-01", 90, CALENDAR, "SAMR-PEN-2"),
        ("spot_check", "2020-01-01", 75, CALENDAR, "SAMR-18"),
    ],
)
def test_the_unit_of_a_day_term(law, on, length, unit, source_id):
    counted = day_count(law, date.fromisoformat(on), length)
    assert (counted.unit, counted.basis.citation.source_id) == (unit, source_id)


def test_seven_days_before_a_hearing_are_calendar_days_in_2020_and_working_days_in_2022():
    latest = {}
    for hearing in (date(2020, 6, 10), date(2022, 6, 10)):
        counted = day_count("penalty", hearing, 7)
        certificate = count_period(hearing, counted.unit, 7, direction=Direction.BACKWARD)
        latest[hearing.year] = certificate.due.isoformat()
    assert latest == {2020: "2020-06-02", 2022: "2022-05-30"}


def test_the_step_names_law_edition_day_and_unit():
    step = day_count("penalty", date(2021, 7, 15), 7).step
    assert "工作日" in step.says_zh and "2021年7月15日" in step.says_zh and "85" in step.says_zh
    assert "working days" in step.says_en and "2021-07-15" in step.says_en


@pytest.mark.parametrize(("length", "doubts"), [(7, []), (3, []), (5, ["law.recalled"])])
def test_a_rule_we_only_recall_makes_the_day_provisional(length, doubts):
    counted = day_count("penalty", date(2020, 1, 1), length)
    assert [doubt.code for doubt in counted.doubts] == doubts


@pytest.mark.parametrize(
    ("law", "on", "length", "printed", "code"),
    [
        ("environment_penalty", "2020-01-01", 7, False, "period.as-printed"),
        ("spot_check", "2020-01-01", 10, False, "period.as-printed"),
        ("penalty", "2021-07-14", 7, True, "period.not-working-days"),
        ("penalty", "2021-07-15", 15, True, "period.not-working-days"),
        ("penalty", "1996-09-30", 7, False, "period.no-edition"),
        ("coercion", "2011-12-31", 7, False, "period.no-edition"),
        ("environment_penalty", "2023-07-01", 30, False, "period.no-edition"),
    ],
)
def test_what_the_law_does_not_settle_is_refused(law, on, length, printed, code):
    with pytest.raises(Refusal) as refused:
        day_count(law, date.fromisoformat(on), length, printed=printed)
    assert refused.value.code == code


def test_a_term_printed_as_working_days_is_taken_where_the_law_goes_by_the_print():
    counted = day_count("environment_penalty", date(2020, 1, 1), 7, printed=True)
    assert counted.unit is WORKING


def test_the_refusal_of_an_unprinted_term_names_the_terms_of_that_length():
    with pytest.raises(Refusal) as refused:
        day_count("environment_penalty", date(2020, 1, 1), 7)
    assert "立案审查" in refused.value.zh and "decision whether to open a case" in refused.value.en


@pytest.mark.parametrize("law", laws())
def test_editions_follow_each_other_and_settle_every_length(law):
    starts = sorted({rule.effective_from for rule in working_day_rules() if rule.law == law})
    for start in starts:
        rules = edition(law, start)
        assert {rule.effective_from for rule in rules} == {start}
        assert sum(not rule.names_lengths for rule in rules) == 1
        for length in range(1, 200):
            assert sum(rule.names(length) for rule in rules) <= 1
    ends = sorted(
        {rule.effective_to or date.max for rule in working_day_rules() if rule.law == law}
    )
    for end, following in zip(ends, starts[1:], strict=False):
        assert end + timedelta(days=1) == following


def test_the_rules_agree_with_the_register_of_terms():
    """A term of the register and the rule of its own law never say different units."""
    compared = 0
    for rule in working_day_rules():
        for term in NormBook.load().procedural_terms:
            if term.source_id != rule.source_id or term.unit not in ("calendar_day", "working_day"):
                continue
            if term.length in ("0", "1"):  # a day of service, an amount a day: no day terms
                continue
            chosen = working_day_rule(rule.law, rule.effective_from, int(term.length))
            compared += 1
            if chosen.counted_as is not CountedAs.AS_PRINTED:
                assert chosen.counted_as.value == term.unit, term.row_id
    assert compared > 50


def test_every_cited_source_resolves():
    for row in (*working_day_rules(), *counting_rules()):
        assert source(row.source_id).title_zh, row


def test_the_counting_rules_leave_no_day_without_a_text_and_never_overlap():
    for rule in {row.rule for row in counting_rules()}:
        rows = [row for row in counting_rules() if row.rule == rule]
        spans = sorted((r.effective_from or date.min, r.effective_to or date.max) for r in rows)
        for (_, end), (start, _) in pairwise(spans):
            assert end + timedelta(days=1) == start, rule
        assert spans[-1][1] == date.max

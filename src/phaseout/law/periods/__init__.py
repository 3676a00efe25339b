"""On which day a statutory period ends, with a certificate that can be recomputed by hand.

Come in by one of these doors:

    count_period        from a trigger, a unit and a length to a certificate
    day_count           whether a term in days is in working days, by law and edition
    find_term           a term of the register; `term.period_from(day)` counts it
    shipped_calendar    the rest days we hold, with their version; `with_rows` adds the caller's
    as_json, as_text    a certificate for machines, and for people in Chinese or English

No clock: the trigger is an argument. Each step cites its rule, numbered as in docs/periods.md.

Words used in one sense only:
    trigger     the day (or moment) of the event a period runs from, or is counted back from
    rest day    a Saturday, Sunday or holiday that no notice has made a workday
    settled     said of a day which no notice still to come can change
    provisional a certificate with at least one doubt: its day may still move
"""

from phaseout.law.periods.certificate import (
    BEIJING,
    Basis,
    Bound,
    Certificate,
    Citation,
    Direction,
    Doubt,
    Step,
    StepKind,
    Unit,
)
from phaseout.law.periods.counting import count_period
from phaseout.law.periods.rendering import as_json, as_text
from phaseout.law.periods.rest_day_rows import read_rows
from phaseout.law.periods.rest_days import RestCalendar, shipped_calendar
from phaseout.law.periods.terms import Term, all_terms, find_term
from phaseout.law.periods.working_day_rules import day_count, laws
from phaseout.law.periods.written_dates import parse_day, parse_moment

__all__ = [
    "BEIJING",
    "Basis",
    "Bound",
    "Certificate",
    "Citation",
    "Direction",
    "Doubt",
    "RestCalendar",
    "Step",
    "StepKind",
    "Term",
    "Unit",
    "all_terms",
    "as_json",
    "as_text",
    "count_period",
    "day_count",
    "find_term",
    "laws",
    "parse_day",
    "parse_moment",
    "read_rows",
    "shipped_calendar",
]

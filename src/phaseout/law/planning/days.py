"""The days of the annual cycle, each a date of the calendar: clause (19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.opinions import SOURCE_ID
from phaseout.law.periods import Certificate, RestCalendar, find_term, shipped_calendar

CLAUSE = "十九"
PLAN, RETURNS, REPORT = "年度工作方案", "各市报送", "上报上年度情况"
"""The steps, by the names of their terms in the register."""


@dataclass(frozen=True, slots=True)
class AnnualDay:
    """The last day of a step, inside. `act_by`: the last working day on or before it; the same day
    where it is a working day. `settled`: no notice still to come can change `act_by`."""

    step: str
    due: date
    act_by: date
    settled: bool
    certificate: Certificate

    @property
    def on_rest_day(self) -> bool:
        return self.act_by != self.due

    def is_late(self, on: date) -> bool:
        """Whether `on` is after the last day."""
        return on > self.due


def annual_day(step: str, year: int, *, calendar: RestCalendar | None = None) -> AnnualDay:
    """The day of a step that falls in the calendar year `year` (the report on 2017: in 2018).

    A date is no period, so a rest day does not move it (periods rule R13): whoever meets one acts
    before. `annual_day(PLAN, 2017)`: due 30 April 2017, a Sunday of the May holiday; act by the
    28th, a Friday.

    Raises:
        Refusal: `term.unknown`; `term.not-in-force` for a year in which the Opinions are not.
    """
    known = calendar or shipped_calendar()
    term = find_term(SOURCE_ID, CLAUSE, step)
    certificate = term.period_from(date(year, 1, 1), calendar=known)
    due = date(certificate.due.year, certificate.due.month, certificate.due.day)
    act_by, settled = due, known.settles(due)
    while known.status(act_by).rest:
        act_by -= timedelta(days=1)
        settled = settled and known.settles(act_by)
    return AnnualDay(step, due, act_by, settled, certificate)

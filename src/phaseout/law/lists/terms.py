"""How long one may object before a list is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.lists.tables import table
from phaseout.law.norms import Confidence
from phaseout.law.periods import Certificate, Unit, count_period
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Term:
    """A period before a list is published, in working days, with its source."""

    term: str
    working_days: int
    source_id: str
    clause: str
    confidence: Confidence
    zh: str
    en: str
    note: str

    @property
    def words(self) -> Bilingual:
        return self.zh, self.en


def objection_term() -> Term:
    """The period in which a firm may object before publication."""
    return next(row for row in table("terms", Term) if row.term == "objection")


def objection_period(told_on: date) -> Certificate:
    """The period in which a firm told on a day may object; `due` is its last day, inside.

    Raises:
        Refusal: the calendar of rest days does not reach so far.
    """
    return count_period(told_on, Unit.WORKING_DAY, objection_term().working_days)

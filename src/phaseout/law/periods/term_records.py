"""A term of the register as a record: the row of the norm store and how its prose is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phaseout.law.norms import Confidence
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.records import ProceduralTerm
from phaseout.law.periods.certificate import Basis, Citation
from phaseout.law.periods.citations import citation
from phaseout.law.refusals import Bilingual


class TermUnit(StrEnum):
    """The column `unit` of the register."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"
    DATE_EACH_YEAR = "date_each_year"
    UNTIL_LIFTED = "until_lifted"
    RULE = "rule"


class Way(StrEnum):
    """Which way a term is counted; `none` and `fixed` are not counted at all."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BACKWARD_FROM_END = "backward_from_end"
    FIXED = "fixed"
    NONE = "none"


class Ends(StrEnum):
    """What stands at the end of a term."""

    LATEST = "latest"
    EARLIEST = "earliest"
    FIXED = "fixed"  # a date of the calendar, each year
    SAME_DAY = "same_day"  # length 0: the day of the event itself
    EACH_DAY = "each_day"  # an amount for each day, without an end
    EXTENSION = "extension"  # lengthens another term, no period of its own
    NONE = "none"


class Beyond(StrEnum):
    """What an extension longer than the longest meets."""

    REFUSED = "refused"
    PROVISIONAL = "provisional"  # the text knows a further way (collective discussion …)
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class TermReading:
    """How a row is counted. `longest_extension` in the row's unit: None says that our record
    names none, 0 that the text gives none."""

    row_id: str
    direction: Way
    bound: Ends
    start: str
    longest_extension: int | None
    beyond_longest: Beyond
    extends: str
    note: str


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A row of the register with its reading."""

    row: ProceduralTerm
    reading: TermReading

    @property
    def unit(self) -> TermUnit:
        return TermUnit(self.row.unit)

    @property
    def name(self) -> Bilingual:
        return (self.row.term_zh, self.row.term_en)

    @property
    def starts(self) -> Bilingual:
        """What it runs from, or that the register does not say."""
        said = self.row.starts_on
        return (in_chinese(said), said) if said else ("未载明", "not stated")

    @property
    def length(self) -> int | None:
        """Whole units; None for terms without a number (a rule, until lifted, a date)."""
        return int(self.row.length) if self.row.length.isdecimal() else None

    @property
    def month_day(self) -> tuple[int, int] | None:
        """Month and day of a date that returns each year; None for every other term."""
        found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", self.row.length)
        return (int(found[1]), int(found[2])) if found else None

    @property
    def citation(self) -> Citation:
        return citation(self.row.source_id, self.row.clause, self.row.confidence)

    @property
    def basis(self) -> Basis:
        return Basis(self.citation, self.name, self.row.row_id)

    @property
    def recalled(self) -> bool:
        return self.row.confidence is not Confidence.VERIFIED

    def date_in(self, year: int) -> date:
        """The fixed date of this term in `year`.

        Raises:
            ValueError: the term is not a date that returns each year.
        """
        if self.month_day is None:
            raise ValueError(f"{self.row.row_id} is not a date that returns each year")
        return date(year, *self.month_day)

"""The certificate of a period: what was counted, on what basis, step by step, to which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from phaseout.law.norms import Confidence
from phaseout.law.opinions import numeral
from phaseout.law.refusals import Bilingual

BEIJING = timezone(timedelta(hours=8), "UTC+08:00")
"""The clock of every moment on a certificate."""


class Unit(StrEnum):
    """What a period is counted in."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


class Direction(StrEnum):
    """Whether the period runs on from its trigger or is counted back.

    BACKWARD is counted back from an event whose day is not counted ("before the hearing");
    BACKWARD_FROM_END from the last day of another period ("before the period ends"): that day
    runs until 24:00 and is itself one of the days in between.
    """

    FORWARD = "forward"
    BACKWARD = "backward"
    BACKWARD_FROM_END = "backward_from_end"


class Bound(StrEnum):
    """What the day at the end means."""

    LATEST = "latest"  # the last day on which the act is still in time: moved over rest days
    EARLIEST = "earliest"  # the first day on which the act is lawful: never moved
    FIXED = "fixed"  # a date of the calendar or the day of an event itself: never moved


class StepKind(StrEnum):
    """What one step of the count does. The values are part of the JSON and do not change."""

    TRIGGER = "trigger"
    BASIS = "basis"
    DAY_UNIT = "day_unit"
    EXTENSION = "extension"
    START_NOT_COUNTED = "start_not_counted"
    COUNTED = "counted"
    SKIPPED = "skipped_rest_day"
    NOMINAL_END = "nominal_end"
    ROLLED = "rolled_over_rest_day"
    MAKEUP_WORKDAY = "makeup_workday"
    NOT_MOVED = "not_moved"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause a step rests on. `confidence` tells whether its text was seen."""

    source_id: str
    clause: str
    title_zh: str
    title_en: str
    confidence: Confidence

    @property
    def zh(self) -> str:
        return f"《{self.title_zh}》{_clause_zh(self.clause)}"

    @property
    def en(self) -> str:
        return f"{self.title_en}{_clause_en(self.clause)}"


def _clause_zh(clause: str) -> str:
    if not clause:
        return ""
    return f"第{clause}条" if clause[0].isdigit() else f"（{clause}）"


def _clause_en(clause: str) -> str:
    if not clause:
        return ""
    if clause[0].isdigit():
        return f" art. {clause}"
    return f" item {next((n for n in range(1, 30) if numeral(n) == clause), clause)}"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the count. `day` is the day (or moment) the step has reached or speaks of."""

    kind: StepKind
    day: date | datetime
    says: Bilingual
    cites: tuple[Citation, ...] = ()

    @property
    def says_zh(self) -> str:
        return self.says[0]

    @property
    def says_en(self) -> str:
        return self.says[1]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason why the day may still change. `code` is stable; the words may change."""

    code: str
    says: Bilingual


@dataclass(frozen=True, slots=True)
class Basis:
    """The clause that sets the period, where one was given; `term` is its name in the register."""

    citation: Citation
    term: Bilingual | None = None
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A period, counted.

    `due` is inside the period: with bound LATEST the last day on which the act is in time
    (until 24:00), with EARLIEST the first day on which it is lawful. It is a `datetime` (Beijing
    time) exactly when `unit` is HOUR. `length` excludes `extension`; both are in `unit`.
    `doubts` empty means final: nothing that is still to be published can move the day.
    """

    trigger: date | datetime
    direction: Direction
    bound: Bound
    unit: Unit
    length: int
    extension: int
    basis: Basis | None
    calendar_version: str
    steps: tuple[Step, ...]
    due: date | datetime
    doubts: tuple[Doubt, ...]

    @property
    def provisional(self) -> bool:
        return bool(self.doubts)

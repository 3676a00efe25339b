"""The periods calculator: on which day a statutory period ends, with its certificate."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Literal

from ninja import Schema
from pydantic import Field, model_validator

from phaseout.law.periods import (
    Basis,
    Certificate,
    Direction,
    Doubt,
    Step,
    Unit,
    count_period,
    day_count,
    find_term,
)
from phaseout.law.periods.working_day_rules import edition_basis, edition_step
from phaseout.web.api.fields import Word

UNITS = {
    "days": Unit.CALENDAR_DAY,
    "working_days": Unit.WORKING_DAY,
    "months": Unit.MONTH,
    "years": Unit.YEAR,
    "hours": Unit.HOUR,
}


class PeriodAsked(Schema):
    """A trigger, and either a length in a unit or a term of the register."""

    trigger: date = Field(description="day of service or other event, itself not counted")
    at: time | None = Field(None, description="time of day in Beijing, for hours")
    unit: Literal["", "days", "working_days", "months", "years", "hours"] = Field(
        "", examples=["months"]
    )
    length: int | None = Field(None, ge=1, le=100_000, examples=[6])
    extension: int = Field(0, ge=0, le=100_000, description="counted once from the start")
    direction: Literal["forward", "backward", "backward_from_end"] = "forward"
    law: Word = Field("", description="the law that says which days are meant")
    edition_on: date | None = Field(None, description="day by which the law's edition is chosen")
    source_id: Word = Field("", description="a term of the register: its source …")
    clause: Word = Field("", description="… its clause …")
    term: Word = Field("", description="… and its name or number where the clause sets several")

    @model_validator(mode="after")
    def _one_question(self) -> PeriodAsked:
        given = bool(self.unit or self.length is not None)
        if given == bool(self.source_id):
            raise ValueError("give unit and length, or source_id and clause of a term")
        if given and (not self.unit or self.length is None):
            raise ValueError("unit and length belong together")
        if bool(self.law) != (self.edition_on is not None) and given:
            raise ValueError("law and edition_on belong together")
        if self.extension and self.direction != "forward":
            raise ValueError("a period counted back has no extension")
        if self.unit == "hours" and self.at is None:
            raise ValueError("hours run from a moment: give the time `at`")
        return self

    @property
    def moment(self) -> date | datetime:
        return self.trigger if self.at is None else datetime.combine(self.trigger, self.at)


def certificate_for(asked: PeriodAsked) -> Certificate:
    """The period counted, step by step.

    Raises:
        Refusal: the term is unknown or has no length; no calendar or rule for the days.
    """
    if asked.source_id:
        return find_term(asked.source_id, asked.clause, asked.term or None).period_from(
            asked.moment, extension=asked.extension, edition_on=asked.edition_on
        )
    assert asked.length is not None
    unit, basis, opening, doubts = _by_law(asked, UNITS[asked.unit], asked.length)
    return count_period(
        asked.moment,
        unit,
        asked.length,
        extension=asked.extension,
        direction=Direction(asked.direction),
        basis=basis,
        opening=opening,
        doubts=doubts,
    )


def _by_law(
    asked: PeriodAsked, unit: Unit, length: int
) -> tuple[Unit, Basis | None, tuple[Step, ...], tuple[Doubt, ...]]:
    if not asked.law or asked.edition_on is None:
        return unit, None, (), ()
    if unit in (Unit.CALENDAR_DAY, Unit.WORKING_DAY):
        printed = unit is Unit.WORKING_DAY
        counted = day_count(asked.law, asked.edition_on, length, printed=printed)
        return counted.unit, counted.basis, (counted.step,), counted.doubts
    basis = edition_basis(asked.law, asked.edition_on)
    return unit, basis, (edition_step(basis, asked.edition_on),), ()


class CertificateShown(Schema):
    """A certificate that anyone can recompute by hand."""

    due: str = Field(description="the last day, itself inside; a moment for hours")
    provisional: bool
    provisional_because: list[dict[str, Any]]
    trigger: str
    direction: str
    bound: str
    unit: str
    length: int
    extension: int
    basis: dict[str, Any] | None
    calendar: str
    steps: list[dict[str, Any]]

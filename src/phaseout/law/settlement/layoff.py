"""裁员: whether art. 41 applies, and by when the staff must have been told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.judgement.explanation import Explanation
from phaseout.law.periods import Certificate, find_term
from phaseout.law.settlement.figures import figure, number, step


@dataclass(frozen=True, slots=True)
class Layoff:
    """Whether so many people are a mass lay-off; `told_by`: the last day to explain it."""

    mass: bool
    told_by: Certificate | None
    explanation: Explanation


def mass_layoff(people: int, staff: int, *, first_on: date) -> Layoff:
    """Whether laying off `people` of a staff of `staff` needs explaining and reporting beforehand.

    Args:
        first_on: the day of the first dismissal; the days of art. 41 are counted back from it.

    Raises:
        ValueError: more people than staff, or nobody.

    Source: Labour Contract Law art. 41: 20 people, or fewer but 10 % of the staff; both inside.
    """
    if not 0 < people <= staff:
        raise ValueError(f"{people} people of a staff of {staff}")
    many, share = figure("layoff_people", first_on), figure("layoff_share", first_on)
    by_people = people >= number("layoff_people", first_on)
    by_share = Decimal(people) * 100 >= number("layoff_share", first_on) * staff
    row = many if by_people else share
    mass = by_people or by_share
    says = (
        f"裁减{people}人，职工总数{staff}人，" + ("达到" if mass else "未达到") + "裁员标准",
        f"{people} of {staff} people: " + ("a mass lay-off" if mass else "no mass lay-off"),
    )
    term = find_term("LCL-2012", "41", "裁员说明")
    told_by = term.period_from(first_on) if mass else None
    return Layoff(mass, told_by, Explanation(step("verdict", says, row)))

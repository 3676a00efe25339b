"""Counting a period: from a trigger and a length to a certificate.

The period runs forward from its trigger, or is counted back from an event. Each way has its
file (`forward`, `backward`); here is the door they share.
"""

from __future__ import annotations

from datetime import date, datetime

from phaseout.law.periods.backward import count_back
from phaseout.law.periods.certificate import (
    BEIJING,
    Basis,
    Bound,
    Certificate,
    Direction,
    Doubt,
    Step,
    StepKind,
    Unit,
)
from phaseout.law.periods.citations import cite
from phaseout.law.periods.forward import count_on
from phaseout.law.periods.reckoning import Reckoning
from phaseout.law.periods.rest_days import RestCalendar, shipped_calendar
from phaseout.law.periods.wording import day_en, day_zh, length_en, length_zh
from phaseout.law.refusals import Refusal


def count_period(
    trigger: date | datetime,
    unit: Unit,
    length: int,
    *,
    extension: int = 0,
    direction: Direction = Direction.FORWARD,
    bound: Bound = Bound.LATEST,
    calendar: RestCalendar | None = None,
    basis: Basis | None = None,
    opening: tuple[Step, ...] = (),
    doubts: tuple[Doubt, ...] = (),
) -> Certificate:
    """Count a period and certify each step.

    Args:
        trigger: the day of the event that starts the period (day of service …), not counted; or,
            backward, the day of the event it is counted back from, not counted either. A moment
            for `Unit.HOUR`; a moment given with another unit counts as its day in Beijing.
        length: whole units, at least 1.
        extension: whole units added to the same period, counted once from the trigger.
        bound: LATEST moves an end on a rest day to the first day after the rest; EARLIEST does not.
        calendar: rest days; the shipped calendar when None.
        basis, opening, doubts: clause, steps and doubts found before counting.

    Raises:
        Refusal: `period.no-calendar` (working days through a year without data),
            `period.no-counting-rule`, `period.beyond-the-calendar`.
        ValueError: a length below 1, a negative or backward extension, hours from a day without
            a time: mistakes of the caller, not of law.

    Source: Civil Code arts 200-203 and, for the points it leaves open, docs/periods.md.
    """
    _check(trigger, unit, length, extension, direction)
    reckoning = Reckoning(
        trigger=_in_unit(trigger, unit),
        unit=unit,
        length=length,
        extension=extension,
        direction=direction,
        bound=bound,
        calendar=calendar if calendar is not None else shipped_calendar(),
    )
    count = count_on if direction is Direction.FORWARD else count_back
    try:
        counted = count(reckoning)
    except OverflowError:
        raise _beyond(trigger, reckoning.total, unit) from None
    steps = (_trigger_step(reckoning), *opening, *_extension_steps(reckoning))
    return Certificate(
        trigger=reckoning.trigger,
        direction=direction,
        bound=bound,
        unit=unit,
        length=length,
        extension=extension,
        basis=basis,
        calendar_version=reckoning.calendar.version,
        steps=steps + counted.steps,
        due=counted.due,
        doubts=doubts + counted.doubts,
    )


def _check(
    trigger: date | datetime, unit: Unit, length: int, extension: int, direction: Direction
) -> None:
    if length < 1:
        raise ValueError(f"a statutory period is at least one unit long, not {length}")
    if extension < 0:
        raise ValueError(f"an extension cannot be negative: {extension}")
    if extension and direction is not Direction.FORWARD:
        raise ValueError("a period counted back from an event has no extension")
    if unit is Unit.HOUR and not isinstance(trigger, datetime):
        raise ValueError("a period in hours starts at a moment, not on a day")


def _in_unit(trigger: date | datetime, unit: Unit) -> date | datetime:
    if not isinstance(trigger, datetime):
        return trigger
    moment = trigger.astimezone(BEIJING) if trigger.tzinfo else trigger.replace(tzinfo=BEIJING)
    return moment if unit is Unit.HOUR else moment.date()


def _trigger_step(reckoning: Reckoning) -> Step:
    day, unit, length = reckoning.trigger, reckoning.unit, reckoning.length
    if reckoning.direction is Direction.FORWARD:
        says = (
            f"起算：{day_zh(day)}；期间{length_zh(length, unit)}。",
            f"Trigger: {day_en(day)}; period of {length_en(length, unit)}.",
        )
    else:
        says = (
            f"事件：{day_zh(day)}；须提前{length_zh(length, unit)}，倒推计算。",
            f"Event: {day_en(day)}; {length_en(length, unit)} before it, counted back.",
        )
    return Step(StepKind.TRIGGER, day, says, cite("units", reckoning.begins))


def _extension_steps(reckoning: Reckoning) -> tuple[Step, ...]:
    if not reckoning.extension:
        return ()
    unit, total = reckoning.unit, reckoning.total
    longer = reckoning.extension
    says = (
        f"延长{length_zh(longer, unit)}：并入同一期间，共{length_zh(total, unit)}，"
        "自起算日一次计算，不从原届满日另行起算。",
        f"Extended by {length_en(longer, unit)}: the same period, now {length_en(total, unit)}, "
        "counted once from the trigger and not from the first end.",
    )
    return (Step(StepKind.EXTENSION, reckoning.trigger, says, cite("extension", reckoning.begins)),)


def _beyond(trigger: date | datetime, total: int, unit: Unit) -> Refusal:
    return Refusal(
        "period.beyond-the-calendar",
        what=(
            f"不能自{trigger}计算{length_zh(total, unit)}",
            f"cannot count {length_en(total, unit)} from {trigger}",
        ),
        why=("届满日超出公历1年至9999年。", "the end lies outside the years 1 to 9999."),
        instead=("请核对期间长度和起算日。", "Check the length and the trigger."),
    )

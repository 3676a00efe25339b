"""Periods counted back: "seven days before the hearing", "15 days before the period ends".

The answer is the latest day from which the full period still runs out in time: before the day
of the event, or by the end of the last day of the other period. The day of the answer is not
counted. So every unit is counted back by the same definition that counts it forward.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from phaseout.law.periods.arithmetic import ONE_DAY, last_start_for_months
from phaseout.law.periods.certificate import Direction, Step, StepKind, Unit
from phaseout.law.periods.citations import cite
from phaseout.law.periods.reckoning import Counted, Reckoning, doubts_about, known_status
from phaseout.law.periods.rest_days import DayStatus
from phaseout.law.periods.wording import day_en, day_zh, length_en, length_zh


def count_back(asked: Reckoning) -> Counted:
    """Count back from the event; the day reached is never moved."""
    if isinstance(asked.trigger, datetime):
        return _hours(asked, asked.trigger)
    event = Step(
        StepKind.START_NOT_COUNTED if _last_counted(asked) < asked.begins else StepKind.COUNTED,
        asked.trigger,
        _event_says(asked),
        cite("backward", asked.begins),
    )
    counted = _working_days(asked) if asked.unit is Unit.WORKING_DAY else _by_calendar(asked)
    return Counted(counted.due, (event, *counted.steps), counted.doubts)


def _last_counted(asked: Reckoning) -> date:
    """The last of the days in between: the eve of an event, or the last day of a period."""
    return (
        asked.begins if asked.direction is Direction.BACKWARD_FROM_END else asked.begins - ONE_DAY
    )


def _event_says(asked: Reckoning) -> tuple[str, str]:
    full = (length_zh(asked.total, asked.unit), length_en(asked.total, asked.unit))
    day = (day_zh(asked.trigger), day_en(asked.trigger))
    if asked.direction is Direction.BACKWARD_FROM_END:
        return (
            f"期间最后一日{day[0]}至24时届满，计入其间；其间须有完整的{full[0]}。",
            f"The last day of the period, {day[1]}, runs until 24:00 and is counted; "
            f"{full[1]} must lie in between in full.",
        )
    return (
        f"事件当日{day[0]}不计入，其间须有完整的{full[0]}。",
        f"The day of the event, {day[1]}, is not counted; {full[1]} must lie in between in full.",
    )


def _hours(asked: Reckoning, moment: datetime) -> Counted:
    due = moment - timedelta(hours=asked.total)
    says = (
        f"自该时刻倒推{asked.total}小时为{day_zh(due)}，最迟应在此时作出。",
        f"{length_en(asked.total, Unit.HOUR)} before that moment it is {day_en(due)}: the latest "
        "moment for the act.",
    )
    return Counted(due, (Step(StepKind.LAST_DAY, due, says, cite("hours", asked.begins)),))


def _by_calendar(asked: Reckoning) -> Counted:
    last_counted = _last_counted(asked)
    if asked.unit is Unit.CALENDAR_DAY:
        due = last_counted - timedelta(days=asked.total)
    else:
        months = asked.total * 12 if asked.unit is Unit.YEAR else asked.total
        due = last_start_for_months(last_counted, months)
    between = _between(due + ONE_DAY, last_counted, asked)
    return Counted(due, (between, *_latest(due, asked)))


def _between(first: date, last: date, asked: Reckoning) -> Step:
    length = (length_zh(asked.total, asked.unit), length_en(asked.total, asked.unit))
    says = (
        f"{day_zh(first)}至{day_zh(last)}为完整的{length[0]}。",
        f"{day_en(first)} to {day_en(last)} are the full {length[1]}.",
    )
    return Step(StepKind.COUNTED, first, says, cite("backward", asked.begins))


def _working_days(asked: Reckoning) -> Counted:
    consulted: list[DayStatus] = []
    counted, day = 0, _last_counted(asked) + ONE_DAY
    while counted < asked.total:
        day -= ONE_DAY
        consulted.append(known_status(day, asked.calendar))
        counted += not consulted[-1].rest
    skipped = [_skipped(status, asked) for status in consulted if status.rest]
    due = day - ONE_DAY
    steps = (*skipped, _between(day, _last_counted(asked), asked), *_latest(due, asked))
    return Counted(due, steps, doubts_about(consulted, asked.calendar))


def _skipped(status: DayStatus, asked: Reckoning) -> Step:
    says = (
        f"{day_zh(status.day)}是休息日（{status.name[0]}），不计入。",
        f"{day_en(status.day)} is a rest day ({status.name[1]}): not counted.",
    )
    return Step(StepKind.SKIPPED, status.day, says, cite("rest_calendar", asked.begins))


def _latest(due: date, asked: Reckoning) -> tuple[Step, ...]:
    # Moving the day forward over a rest would take days from the party, and nothing in the law
    # moves it back. An office that is closed that day acts before it.
    status = asked.calendar.status(due)
    last = Step(
        StepKind.LAST_DAY,
        due,
        (
            f"最迟应在{day_zh(due)}作出（当日含在内）。",
            f"The latest day for the act is {day_en(due)}, that day included.",
        ),
        cite("backward", asked.begins),
    )
    if not status.rest:
        return (last,)
    says = (
        f"{day_zh(due)}是休息日（{status.name[0]}）；倒推的期间不顺延，机关不办公的应提前作出。",
        f"{day_en(due)} is a rest day ({status.name[1]}); a period counted back is not moved: an "
        "office that is closed that day must act before it.",
    )
    return (Step(StepKind.NOT_MOVED, due, says, cite("backward", asked.begins)), last)

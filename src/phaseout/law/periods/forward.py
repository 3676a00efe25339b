"""Periods that run on from their trigger."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from phaseout.law.periods.arithmetic import ONE_DAY, add_months
from phaseout.law.periods.certificate import Bound, Step, StepKind, Unit
from phaseout.law.periods.citations import cite
from phaseout.law.periods.reckoning import Counted, Reckoning, doubts_about, known_status
from phaseout.law.periods.rest_days import DayKind, DayStatus
from phaseout.law.periods.wording import day_en, day_zh, length_en, length_zh


def count_on(asked: Reckoning) -> Counted:
    """Count forward: hours from the moment, working days one by one, the rest by the calendar."""
    if isinstance(asked.trigger, datetime):
        return _hours(asked, asked.trigger)
    first = asked.trigger + ONE_DAY
    start = Step(
        StepKind.START_NOT_COUNTED,
        first,
        (
            f"开始的当日不计入，自次日{day_zh(first)}开始计算。",
            f"The starting day is not counted; counting begins on {day_en(first)}.",
        ),
        cite("start", asked.begins),
    )
    counted = _working_days(asked) if asked.unit is Unit.WORKING_DAY else _by_calendar(asked)
    return Counted(counted.due, (start, *counted.steps), counted.doubts)


def end_by_calendar(trigger: date, unit: Unit, total: int) -> date:
    """The end of a period in days, months or years before any rest day is looked at."""
    if unit is Unit.CALENDAR_DAY:
        return trigger + timedelta(days=total)
    return add_months(trigger, total * 12 if unit is Unit.YEAR else total)


def _hours(asked: Reckoning, moment: datetime) -> Counted:
    due = moment + timedelta(hours=asked.total)
    steps = (
        Step(
            StepKind.NOMINAL_END,
            due,
            (
                f"按小时计算的期间自该时刻开始，{asked.total}小时后为{day_zh(due)}。",
                f"A period in hours starts at its moment; {length_en(asked.total, Unit.HOUR)} "
                f"later it is {day_en(due)}.",
            ),
            cite("hours", asked.begins),
        ),
        _not_moved(
            due,
            asked,
            ("按小时计算的期间不因休息日顺延。", "A period in hours is not moved over rest days."),
        ),
    )
    return Counted(due, steps)


def _by_calendar(asked: Reckoning) -> Counted:
    end = end_by_calendar(asked.begins, asked.unit, asked.total)
    nominal = _nominal_end(asked, end)
    if asked.bound is not Bound.LATEST:
        says = (
            "该日是可以开始行为的最早日期，不因休息日顺延。",
            "This is the earliest day for the act; it is not moved over rest days.",
        )
        return Counted(end, (nominal, _not_moved(end, asked, says)))
    consulted = [asked.calendar.status(end)]
    while consulted[-1].rest:
        consulted.append(asked.calendar.status(consulted[-1].day + ONE_DAY))
    rolled = [_rolled(status, asked) for status in consulted[:-1]]
    last = consulted[-1]
    kept = [_makeup(last, asked)] if last.kind is DayKind.MAKEUP_WORKDAY else []
    return Counted(
        last.day,
        (nominal, *rolled, *kept, _last_day(last.day, asked)),
        doubts_about(consulted, asked.calendar),
    )


def _nominal_end(asked: Reckoning, end: date) -> Step:
    total = asked.total
    length = (length_zh(total, asked.unit), length_en(total, asked.unit))
    if asked.unit is Unit.CALENDAR_DAY:
        says = (
            f"自次日起第{total}日为{day_zh(end)}；期间中的休息日照常计入。",
            f"Day {total} from the next day is {day_en(end)}; rest days on the way count.",
        )
        return Step(StepKind.NOMINAL_END, end, says, cite("middle", asked.begins))
    if end.day == asked.begins.day:
        says = (
            f"{length[0]}后的对应日为{day_zh(end)}。",
            f"The corresponding day {length[1]} later is {day_en(end)}.",
        )
    else:
        says = (
            f"{length[0]}后的月份没有{asked.begins.day}日，以该月末日{day_zh(end)}为期间最后一日。",
            f"The month {length[1]} later has no day {asked.begins.day}; the period ends on that "
            f"month's last day, {day_en(end)}.",
        )
    return Step(StepKind.NOMINAL_END, end, says, cite("corresponding_day", asked.begins))


def _rolled(status: DayStatus, asked: Reckoning) -> Step:
    says = (
        f"{day_zh(status.day)}是休息日（{status.name[0]}），顺延至次日。",
        f"{day_en(status.day)} is a rest day ({status.name[1]}): moved to the next day.",
    )
    return Step(StepKind.ROLLED, status.day, says, cite("rest_day", asked.begins))


def _makeup(status: DayStatus, asked: Reckoning) -> Step:
    says = (
        f"{day_zh(status.day)}因{status.name[0]}调休为工作日，不是休息日，不再顺延。",
        f"{day_en(status.day)} is a make-up workday ({status.name[1]}), not a rest day: not moved.",
    )
    return Step(StepKind.MAKEUP_WORKDAY, status.day, says, cite("rest_calendar", asked.begins))


def _not_moved(day: date, asked: Reckoning, says: tuple[str, str]) -> Step:
    return Step(StepKind.NOT_MOVED, day, says, cite("no_roll", asked.begins))


def _last_day(day: date, asked: Reckoning) -> Step:
    says = (
        f"期间最后一日为{day_zh(day)}，至24时止；有业务时间的，至停止业务活动的时间止。",
        f"The last day is {day_en(day)}, until 24:00, or until the end of business hours.",
    )
    return Step(StepKind.LAST_DAY, day, says, cite("end_of_day", asked.begins))


def _working_days(asked: Reckoning) -> Counted:
    """Working days one by one. Ends on a working day by itself, so nothing is rolled."""
    steps: list[Step] = []
    run: list[DayStatus] = []
    consulted: list[DayStatus] = []
    counted, day = 0, asked.begins
    while counted < asked.total:
        day += ONE_DAY
        consulted.append(known_status(day, asked.calendar))
        if consulted[-1].rest:
            steps += _counted_run(run, counted, asked)
            run = []
            steps.append(_skipped(consulted[-1], asked))
        else:
            counted += 1
            run.append(consulted[-1])
    steps += _counted_run(run, counted, asked)
    steps.append(_last_day(day, asked))
    return Counted(day, tuple(steps), doubts_about(consulted, asked.calendar))


def _counted_run(run: list[DayStatus], upto: int, asked: Reckoning) -> list[Step]:
    """One step for a run of working days without a break; `upto` is the number of the last."""
    if not run:
        return []
    first, last = run[0].day, run[-1].day
    if first == last:
        says = (
            f"{day_zh(last)}：第{upto}个工作日{_makeup_note(run, 0)}。",
            f"{day_en(last)}: working day {upto}{_makeup_note(run, 1)}.",
        )
    else:
        since = upto - len(run) + 1
        says = (
            f"{day_zh(first)}至{day_zh(last)}：第{since}至{upto}个工作日{_makeup_note(run, 0)}。",
            f"{day_en(first)} to {day_en(last)}: working days {since} to {upto}"
            f"{_makeup_note(run, 1)}.",
        )
    return [Step(StepKind.COUNTED, last, says, cite("rest_calendar", asked.begins))]


def _makeup_note(run: list[DayStatus], language: int) -> str:
    days = [f"{s.day:%m-%d} {s.name[language]}" for s in run if s.kind is DayKind.MAKEUP_WORKDAY]
    if not days:
        return ""
    return (
        f"（含调休上班：{'、'.join(days)}）" if language == 0 else f" (made up: {', '.join(days)})"
    )


def _skipped(status: DayStatus, asked: Reckoning) -> Step:
    says = (
        f"{day_zh(status.day)}是休息日（{status.name[0]}），不计入。",
        f"{day_en(status.day)} is a rest day ({status.name[1]}): not counted.",
    )
    return Step(StepKind.SKIPPED, status.day, says, cite("rest_calendar", asked.begins))

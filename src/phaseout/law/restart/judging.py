"""The judgement: was a line started again between two days, or can that not be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.refusals import Bilingual
from phaseout.law.restart.bases import Base, base_of
from phaseout.law.restart.load import Load
from phaseout.law.restart.parameters import Parameters
from phaseout.law.restart.signs import Kind, Signs, Thresholds, flagged, signs_of
from phaseout.law.restart.wording import listed, of_alarm, of_base, of_threshold, spans

ONE_DAY = timedelta(days=1)
APART = {Kind.SUSTAINED: 3, Kind.NIGHT: 7, Kind.RUN: 7, Kind.CREEP: 7}
"""Flagged days of one kind no further apart than this are one alarm."""

NO_METER: Bilingual = ("没有登记电表", "no meter is on record")
SHARED: Bilingual = (
    "电表计量整个厂区，其中还有其他生产线在生产",
    "the meter is of the whole site, where other lines are at work",
)


class Answer(StrEnum):
    """Three different things; what cannot be judged is never taken for no restart."""

    RESTARTED = "restarted"
    NOT_RESTARTED = "not_restarted"
    CANNOT_JUDGE = "cannot_judge"


@dataclass(frozen=True, slots=True)
class Day:
    """One day as it was judged; `signs` None: it could not be. `flag`: what sign it shows."""

    day: date
    signs: Signs | None
    flag: Kind | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A run of flagged days of one kind; `first` and `last` are flagged days, both inside."""

    kind: Kind
    first: date
    last: date
    days: tuple[date, ...]
    peak_kw: float
    excess_kwh: float
    why: Step


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer for the days from `first` to `last`, both inside, with all that it rests on."""

    answer: Answer
    first: date
    last: date
    base: Base | None
    days: tuple[Day, ...]
    alarms: tuple[Alarm, ...]
    unjudged: tuple[date, ...]
    why: Explanation


def judge(
    load: Load | None,
    *,
    cut_on: date,
    first: date,
    last: date,
    parameters: Parameters,
    cannot: Bilingual | None = None,
) -> Judgement:
    """Judge the days from `first` to `last`, both inside, of a line that was cut on `cut_on`.

    Args:
        load: readings from before the cut (where there are any) up to `last`; None: no meter.
        first: not before the day after the cut; days before it are left out.
        cannot: why the load says nothing of the line (`SHARED`); None: it does.
    """
    first = max(first, cut_on + ONE_DAY)
    asked = _days_between(first, last)
    if load is None or cannot is not None:
        return _nothing(first, last, asked, cannot or NO_METER)
    base = base_of(load, cut_on, parameters, last=last)
    if base is None:
        return _nothing(first, last, asked, _too_little(load, parameters))
    thresholds = Thresholds(base, parameters)
    every = _signs(load, cut_on, last, thresholds)
    flags = flagged(list(every.values()), base, parameters)
    days = tuple(Day(day, every.get(day), flags.get(day)) for day in asked)
    alarms = _alarms(days, parameters)
    unjudged = tuple(day.day for day in days if day.signs is None)
    answer = _answer(alarms, days, unjudged, parameters)
    root = Step(
        "verdict", *_verdict(answer, alarms, unjudged, first, last), "",
        (of_base(base), *_parts(thresholds, days, alarms, unjudged)),
    )  # fmt: skip
    return Judgement(answer, first, last, base, days, alarms, unjudged, Explanation(root))


def _signs(load: Load, cut_on: date, last: date, thresholds: Thresholds) -> dict[date, Signs]:
    """Every day since the cut that can be judged, in order: a slow rise is seen over weeks."""
    found = {}
    for day in _days_between(cut_on + ONE_DAY, last):
        slots = load.on(day)
        signs = signs_of(day, slots, thresholds) if slots is not None else None
        if signs is not None:
            found[day] = signs
    return found


def _alarms(days: Sequence[Day], parameters: Parameters) -> tuple[Alarm, ...]:
    found = []
    for kind in Kind:
        of_kind = [day for day in days if day.flag is kind]
        for run in _runs_of(of_kind, APART[kind]):
            signs = [day.signs for day in run if day.signs is not None]
            found.append(
                Alarm(
                    kind,
                    run[0].day,
                    run[-1].day,
                    tuple(day.day for day in run),
                    max(one.peak for one in signs),
                    sum(one.excess_kwh for one in signs),
                    of_alarm(kind, signs, parameters),
                )
            )
    return tuple(sorted(found, key=lambda alarm: (alarm.first, list(Kind).index(alarm.kind))))


def _runs_of(days: Sequence[Day], apart: int) -> list[list[Day]]:
    runs: list[list[Day]] = []
    for day in days:
        if runs and (day.day - runs[-1][-1].day).days <= apart:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _answer(
    alarms: Sequence[Alarm], days: Sequence[Day], unjudged: Sequence[date], parameters: Parameters
) -> Answer:
    """A sign of a restart stands whatever was not read; its absence only where enough was read."""
    if alarms:
        return Answer.RESTARTED
    if not days:
        return Answer.CANNOT_JUDGE
    longest = max(((b - a).days + 1 for a, b in spans(unjudged)), default=0)
    too_long = longest > parameters.whole("unjudged_days")
    too_many = len(unjudged) > parameters.number("unjudged_share") * len(days)
    # One missing day of a short period is no large share of a month: the run decides there.
    too_many = too_many and len(unjudged) > parameters.whole("unjudged_days")
    return Answer.CANNOT_JUDGE if too_long or too_many else Answer.NOT_RESTARTED


def _verdict(
    answer: Answer, alarms: Sequence[Alarm], unjudged: Sequence[date], first: date, last: date
) -> Bilingual:
    when = f"{first}至{last}", f"{first} to {last}"
    if answer is Answer.RESTARTED:
        return (
            f"{when[0]}：疑似恢复生产，{len(alarms)}次预警",
            f"{when[1]}: it seems to have been restarted, {_alarms_en(len(alarms))}",
        )
    if answer is Answer.CANNOT_JUDGE:
        missing = listed(unjudged)
        return (
            f"{when[0]}：无法判断（{missing[0]}没有足够的读数），其余各天未见恢复生产",
            f"{when[1]}: cannot be judged ({missing[1]} not read well enough); "
            "the other days show no restart",
        )
    return f"{when[0]}：未见恢复生产", f"{when[1]}: no sign of a restart"


def _alarms_en(count: int) -> str:
    return "1 alarm" if count == 1 else f"{count} alarms"


def _parts(
    thresholds: Thresholds, days: Sequence[Day], alarms: Sequence[Alarm], unjudged: Sequence[date]
) -> list[Step]:
    seen = [limit for heated in _seasons(days, thresholds) for limit in heated]
    parts = [of_threshold(min(seen), max(seen), thresholds.parameters)] if seen else []
    parts += [alarm.why for alarm in alarms]
    if unjudged:
        zh, en = listed(unjudged)
        parts.append(
            Step(
                "missing",
                f"没有足够读数、未作判断的天：{zh}",
                f"days not read well enough and not judged: {en}",
            )
        )
    return parts


def _seasons(days: Sequence[Day], thresholds: Thresholds) -> list[list[float]]:
    by_season = {thresholds.parameters.is_heated(day.day): day.day for day in days}
    return [thresholds.on(day)[0] for day in by_season.values()]


def _too_little(load: Load, parameters: Parameters) -> Bilingual:
    least = parameters.whole("base_least")
    return (
        f"读数太少：断电后有效读数不足{least}天，断电前也没有足够读数",
        f"too few readings: less than {least} days after the cut, and not enough before it",
    )


def _nothing(first: date, last: date, asked: Sequence[date], why: Bilingual) -> Judgement:
    root = Step(
        "verdict",
        f"{first}至{last}：无法判断",
        f"{first} to {last}: cannot be judged",
        "",
        (Step("missing", *why),),
    )
    days = tuple(Day(day, None, None) for day in asked)
    return Judgement(
        Answer.CANNOT_JUDGE, first, last, None, days, (), tuple(asked), Explanation(root)
    )


def _days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

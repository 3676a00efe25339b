"""What the kinds and answers are called, and the explanation of a judgement, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from phaseout.law.judgement.explanation import Step
from phaseout.law.refusals import Bilingual
from phaseout.law.restart.bases import Base
from phaseout.law.restart.parameters import Parameters
from phaseout.law.restart.signs import Kind, Signs

KINDS: Mapping[Kind, Bilingual] = {
    Kind.SUSTAINED: ("持续生产性负荷", "sustained load as of production"),
    Kind.NIGHT: ("夜间反复运行", "running by night, again and again"),
    Kind.RUN: ("短时试车", "short test run"),
    Kind.CREEP: ("负荷缓慢爬升", "slowly rising load"),
}

CITES = "ours"


def days_words(first: date, last: date) -> Bilingual:
    """From the first to the last day, both inside; one day is said once."""
    if first == last:
        return f"{first}", f"{first}"
    return f"{first}至{last}", f"{first} to {last}"


def spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days in order as runs of days after one another, both ends inside."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and (day - found[-1][1]).days == 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def listed(days: Sequence[date], most: int = 6) -> Bilingual:
    """Days in words, as runs; the first of them where there are many."""
    runs = [days_words(*run) for run in spans(days)]
    more = len(runs) - most
    zh = "、".join(zh for zh, _ in runs[:most])
    en = ", ".join(en for _, en in runs[:most])
    if more > 0:
        return f"{zh}等{len(days)}天", f"{en} and others, {len(days)} days in all"
    return zh, en


def of_base(base: Base) -> Step:
    """The base: what it is, from which days."""
    because = []
    if base.standby is not None and base.working is not None:
        because.append(
            Step(
                "measured",
                f"断电前{base.before_days}天：待机{base.standby:.1f} kW，生产{base.working:.1f} kW",
                f"{base.before_days} days before the cut: standby {base.standby:.1f} kW, "
                f"at work {base.working:.1f} kW",
            )
        )
    else:
        because.append(
            Step(
                "remark",
                "断电前读数不足，只能与断电后最初的负荷相比；从断电之日起一直未停的生产看不出来",
                "too few readings before the cut: it is compared with its own first days after it, "
                "and a line that never stopped cannot be told",
            )
        )
    if base.after is None:
        because.append(
            Step(
                "remark",
                f"断电后有效读数只有{base.after_days}天，暂以断电前的待机负荷为基准",
                f"only {base.after_days} days were read after the cut: the standby before it "
                "serves as the base",
            )
        )
    else:
        because.append(
            Step(
                "measured",
                f"断电后最初{base.after_days}个有效日的中位负荷{base.after:.1f} kW",
                f"median of the first {base.after_days} days read after the cut: "
                f"{base.after:.1f} kW",
            )
        )
    if base.distrusted:
        because.append(
            Step(
                "remark",
                "该负荷远高于断电前的待机负荷，不能作为基准，改用待机负荷",
                "that is far over the standby before the cut and is not believed; "
                "the standby is taken",
            )
        )
    return Step(
        "limit",
        f"基准（照明、值班、待机）平均{base.mean:.1f} kW",
        f"base (lighting, guards, standby): {base.mean:.1f} kW on average",
        CITES,
        tuple(because),
    )


def of_threshold(low: float, high: float, parameters: Parameters) -> Step:
    """What may come on top of the base."""
    number = parameters.number
    return Step(
        "limit",
        f"阈值{low:.1f}至{high:.1f} kW（因时段、采暖期而异）：基准之上容许偏差，"
        f"白天另加拆除机具{number('tools_kw'):g} kW，采暖期另加{number('heating_kw'):g} kW",
        f"threshold {low:.1f} to {high:.1f} kW by hour and season: a tolerance over the base, "
        f"{number('tools_kw'):g} kW more for tools by day, {number('heating_kw'):g} kW for heating",
        CITES,
    )


def of_alarm(kind: Kind, days: Sequence[Signs], parameters: Parameters) -> Step:
    """Why these days are an alarm: the rule, and the days with what was measured."""
    when = listed([one.day for one in days])
    peak = max(one.peak for one in days)
    excess = sum(one.excess_kwh for one in days)
    rule = _RULES[kind](parameters)
    shown = [
        Step(
            "measured",
            f"{one.day}：超过阈值{one.hours_over:g}小时（夜间{one.night_hours:g}小时），"
            f"平均{one.mean:.1f} kW，最高{one.peak:.1f} kW，阈值平均{one.threshold:.1f} kW",
            f"{one.day}: over the threshold for {one.hours_over:g} h ({one.night_hours:g} h by "
            f"night), mean {one.mean:.1f} kW, highest {one.peak:.1f} kW, threshold "
            f"{one.threshold:.1f} kW on average",
        )
        for one in days[:10]
    ]
    return Step(
        "verdict",
        f"{when[0]}：{KINDS[kind][0]}，最高{peak:.1f} kW，高出基准的电量{excess:.0f} kWh",
        f"{when[1]}: {KINDS[kind][1]}, highest {peak:.1f} kW, {excess:.0f} kWh over the base",
        "",
        (Step("limit", *rule, CITES), *shown),
    )


def _of_sustained(p: Parameters) -> Bilingual:
    return (
        f"{p.whole('sustained_within')}天内有{p.whole('sustained_days')}天，"
        f"每天超过阈值{p.number('sustained_hours'):g}小时以上，或全天平均高出基准"
        f"{p.number('mean_kw'):g} kW、其{p.number('mean_base') * 100:g}%和生产区间的"
        f"{p.number('mean_range') * 100:g}%",
        f"{p.whole('sustained_days')} of {p.whole('sustained_within')} days are over the "
        f"threshold for {p.number('sustained_hours'):g} hours or more, or their mean is over the "
        f"base by {p.number('mean_kw'):g} kW, {p.number('mean_base') * 100:g} % of it and "
        f"{p.number('mean_range') * 100:g} % of the range",
    )


def _of_nights(p: Parameters) -> Bilingual:
    return (
        f"{p.whole('nights_within')}天内有{p.whole('nights')}夜（{p.whole('night_from')}时至"
        f"{p.whole('night_to')}时）超过阈值{p.number('night_hours'):g}小时以上",
        f"{p.whole('nights')} of {p.whole('nights_within')} nights ({p.whole('night_from')}:00 to "
        f"{p.whole('night_to')}:00) are over the threshold for {p.number('night_hours'):g} hours "
        "or more",
    )


def _of_runs(p: Parameters) -> Bilingual:
    return (
        f"连续{p.whole('run_minutes')}分钟以上高出基准{p.number('run_kw'):g} kW且达到生产区间的"
        f"{p.number('run_range') * 100:g}%",
        f"for {p.whole('run_minutes')} minutes or more at least {p.number('run_kw'):g} kW and "
        f"{p.number('run_range') * 100:g} % of the range over the base",
    )


def _of_creep(p: Parameters) -> Bilingual:
    return (
        f"最近{p.whole('creep_days')}天的中位负荷逐周升高，比基准高出其"
        f"{p.number('creep_base') * 100:g}%且不少于{p.number('creep_kw'):g} kW",
        f"the median of the latest {p.whole('creep_days')} days has risen week by week, and is "
        f"over the base by {p.number('creep_base') * 100:g} % of it and {p.number('creep_kw'):g} "
        "kW at least",
    )


_RULES = {
    Kind.SUSTAINED: _of_sustained,
    Kind.NIGHT: _of_nights,
    Kind.RUN: _of_runs,
    Kind.CREEP: _of_creep,
}

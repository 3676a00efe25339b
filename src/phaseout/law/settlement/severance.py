"""经济补偿: the severance of art. 47, and the double of art. 87, with its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.norms.methods.settlement import SettlementFigure, SettlementGround
from phaseout.law.settlement.figures import figure, grounds, number, step, unsure
from phaseout.law.settlement.old_time import OldTime, for_old_time
from phaseout.law.settlement.refused import ground_unknown, wages_wrong
from phaseout.law.settlement.service import Length, Span, length

FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Wages:
    """What the monthly wage of a severance is made of, in yuan; None: not known.

    total: all due for the last `months` months (12, or as many as were worked), gross with
    bonuses. city_average: average monthly wage of the city of the year before, as published.
    minimum: the local minimum wage on the last day. firm_average: the enterprise's average
    monthly wage over the same months, which only the rules before 2008 ask for.
    """

    total: Decimal | None
    months: int = 12
    city_average: Decimal | None = None
    minimum: Decimal | None = None
    firm_average: Decimal | None = None

    def mean(self, most: int) -> Decimal | None:
        """The monthly mean, half-up to the fen.

        Raises:
            Refusal: `settlement.wages-wrong`.
        """
        if self.total is None:
            return None
        if not 1 <= self.months <= most or self.total < 0:
            raise wages_wrong(most)
        return (self.total / self.months).quantize(FEN, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Compensation:
    """What is owed for the end of a contract.

    `amount` in yuan; None: it cannot be told yet, `missing` says what for. Nothing due is an amount
    of nought whose explanation says why. `old`: service before 2008, which the amount leaves out;
    None: there is none. `old_amount`: what the rules of that time give for it; None: there is
    none, or it cannot be told and is settled apart (`missing` says why).
    """

    amount: Decimal | None
    months: Decimal
    wage: Decimal | None
    old: Length | None
    explanation: Explanation
    provisional: bool
    missing: tuple[str, ...]
    old_amount: Decimal | None = None


def severance(ground: str, service: Sequence[Span], wages: Wages, *, on: date) -> Compensation:
    """What is owed to somebody whose contract ends.

    Args:
        ground: a key of `grounds(on)`.
        service: all that counts, that here and that carried over unpaid; both days inside.
        on: the last day of the contract; the law of that day is asked.

    Raises:
        Refusal: `settlement.ground-unknown`, `settlement.not-on-record`,
            `settlement.wages-wrong`.

    Source: Labour Contract Law arts 46, 47, 87, 97; Regulations arts 10, 25, 27.
    """
    known = grounds(on)
    if ground not in known:
        raise ground_unknown(ground, sorted(known))
    rule = known[ground]
    if rule.pays == "none":
        return _nothing(rule)
    counted, old, kept = _counted(rule, service, on)
    months, by_months = _months(counted, on)
    wage, capped, by_wage, missing = _wage(wages, on)
    months, by_cap = _capped(months, capped, on)
    before = _before(ground, old, wages, on)
    steps = (*kept, *by_months, *by_wage, *by_cap, *([before.step] if before else []))
    if before is not None and before.missing:
        missing = (*missing, *({before.missing} - set(missing)))
    past = before.amount if before else None
    if wage is None:
        root = _cannot(rule, steps)
        return Compensation(None, months, None, old, Explanation(root), True, missing, past)
    amount, root, rows = _amount(rule, months, wage, steps, on)
    doubts = unsure(rule, *rows) or (before is not None and before.provisional)
    return Compensation(amount, months, wage, old, Explanation(root), doubts, missing, past)


def _before(ground: str, old: Length | None, wages: Wages, on: date) -> OldTime | None:
    """What the rules before this law give for the service before it; None: there was none."""
    since = figure("counted_from", on).day
    if old is None or since is None:
        return None
    mean = wages.mean(int(number("mean_months", on)))
    return for_old_time(ground, old, mean, wages.firm_average, since - timedelta(days=1))


def _nothing(rule: SettlementGround) -> Compensation:
    says = (
        f"{rule.zh}（{rule.ended_by}），不在应当支付经济补偿的情形之内",
        f"{rule.en}: no severance is due",
    )
    root = step("verdict", says, rule)
    return Compensation(
        Decimal("0.00"), Decimal(0), None, None, Explanation(root), unsure(rule), ()
    )


def _counted(
    rule: SettlementGround, service: Sequence[Span], on: date
) -> tuple[Length, Length | None, list[Step]]:
    """What counts by this law, what lies before it, and the steps that say so."""
    whole = length(service)
    says = f"工作年限{whole.says()[0]}", f"service of {whole.says()[1]}"
    steps = [step("period", says)]
    if len(service) > 1:
        carried = figure("carried_over", on)
        steps.append(step("remark", (carried.meaning_zh, carried.meaning_en), carried))
    if rule.pays == "double":
        hire = figure("double_replaces", on)
        return whole, None, [*steps, step("remark", (hire.meaning_zh, hire.meaning_en), hire)]
    since = figure("counted_from", on)
    assert since.day is not None
    old = [part for one in service if (part := one.before(since.day))]
    if not old:
        return whole, None, steps
    counted = length([part for one in service if (part := one.since(since.day))])
    before = length(old)
    steps.append(
        step(
            "remark",
            (
                f"其中{since.day}前的{before.says()[0]}按当时的规定执行，不计入本数额。"
                f"依本法计算的年限为{counted.says()[0]}",
                f"of it {before.says()[1]} before {since.day} go by the rules of that time and are "
                f"left out of this amount. By this law count {counted.says()[1]}",
            ),
            since,
        )
    )
    return counted, before, steps


def _months(counted: Length, on: date) -> tuple[Decimal, list[Step]]:
    """Monthly wages for the service, before any cap."""
    years, rest = divmod(counted.months, 12)
    full, half = figure("full_year", on), figure("half_year", on)
    below = number("below_half_year", on)
    months = years * number("full_year", on)
    steps = [step("arithmetic", (f"满{years}年，{years}个月工资", f"{years} full years"), full)]
    enough = number("half_year", on)
    if rest >= enough:
        months += number("full_year", on)
        says = (
            f"余{rest}个月，{enough}个月以上按一年计",
            f"{Length(rest, 0).says()[1]} over count as a year",
        )
        steps.append(step("arithmetic", says, half))
    elif rest or counted.days:
        months += below
        over = Length(rest, counted.days).says()
        says = (
            f"余{over[0]}，不满{enough}个月，计{below}个月工资",
            f"{over[1]} over count {below} of a month",
        )
        steps.append(step("arithmetic", says, figure("below_half_year", on)))
    return months, steps


def _wage(
    wages: Wages, on: date
) -> tuple[Decimal | None, SettlementFigure | None, list[Step], tuple[str, ...]]:
    """The monthly wage that counts, the row that capped it, the steps, what is missing."""
    most = figure("mean_months", on)
    mean = wages.mean(int(number("mean_months", on)))
    absent = {
        "wage_total": mean is None,
        "city_average": wages.city_average is None,
        "minimum_wage": wages.minimum is None,
    }
    missing = tuple(key for key, lacking in absent.items() if lacking)
    if mean is None or wages.city_average is None or wages.minimum is None:
        return None, None, [step("missing", MISSING[key]) for key in missing], missing
    says = (
        f"终止前{wages.months}个月应得工资合计{wages.total}元，月平均{mean}元",
        f"{wages.total} yuan over the last {wages.months} months, {mean} a month",
    )
    steps = [step("measured", says, most)]
    cap, floor = figure("wage_cap", on), figure("minimum_wage_floor", on)
    times = number("wage_cap", on)
    top = times * wages.city_average
    if mean > top:
        says = (
            f"高于当地上年度职工月平均工资{wages.city_average}元的{times}倍{top}元，按{top}元计",
            f"above {times} times the city's average of {wages.city_average}: {top} counts",
        )
        return top, cap, [*steps, step("limit", says, cap)], ()
    if mean < wages.minimum:
        says = (
            f"低于当地最低工资标准，按{wages.minimum}元计",
            f"below the minimum wage: {wages.minimum} counts",
        )
        return wages.minimum, None, [*steps, step("limit", says, floor)], ()
    return mean, None, steps, ()


MISSING = {
    "wage_total": ("缺少终止前各月的工资", "the wages of the last months are missing"),
    "city_average": (
        "缺少当地上年度职工月平均工资，不能判断是否封顶",
        "the city's average wage of the year before is missing: whether the cap applies cannot be "
        "told",
    ),
    "minimum_wage": (
        "缺少当地最低工资标准，不能判断是否低于下限",
        "the local minimum wage is missing: whether the floor applies cannot be told",
    ),
}


def _capped(
    months: Decimal, capped: SettlementFigure | None, on: date
) -> tuple[Decimal, list[Step]]:
    if capped is None:
        return months, []
    cap, most = figure("years_cap", on), number("years_cap", on)
    if months <= most:
        return months, []
    says = f"月工资封顶的，年限最高{most}年", f"where the wage is capped, at most {most} years"
    return most, [step("limit", says, cap)]


def _amount(
    rule: SettlementGround, months: Decimal, wage: Decimal, steps: Sequence[Step], on: date
) -> tuple[Decimal, Step, list[SettlementFigure]]:
    amount = (months * wage).quantize(FEN, ROUND_HALF_UP)
    if rule.pays != "double":
        says = (
            f"{rule.zh}（{rule.ended_by}），应付经济补偿{months}×{wage}＝{amount}元",
            f"{rule.en}: severance of {months} x {wage} = {amount} yuan",
        )
        return amount, step("verdict", says, rule, *steps), []
    twice, once = figure("double", on), figure("double_replaces", on)
    times = number("double", on)
    doubled = (amount * times).quantize(FEN, ROUND_HALF_UP)
    says = (
        f"{rule.zh}，应付赔偿金{times}×{amount}＝{doubled}元，不再支付经济补偿",
        f"{rule.en}: {times} x {amount} = {doubled} yuan, instead of a severance",
    )
    return doubled, step("verdict", says, twice, *steps), [twice, once]


def _cannot(rule: SettlementGround, steps: Sequence[Step]) -> Step:
    says = f"{rule.zh}，经济补偿尚不能计算", f"{rule.en}: the severance cannot be computed yet"
    return step("missing", says, rule, *steps)

"""Service before 2008, by the rules of that time (Labour Contract Law art. 97).

The rules of 1994 gave a month's wage a year for an end by agreement, by dismissal or by lay-off,
not capped by the city's average. For a closing or a term that expired they gave nothing for the
whole country; what the State or a place gave beside them is not on record. So it is not nought:
the human-resources office settles it apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from phaseout.law.judgement.explanation import Step
from phaseout.law.norms.methods.settlement import OldRule
from phaseout.law.settlement.figures import old_rules, step, unsure
from phaseout.law.settlement.service import Length

FEN = Decimal("0.01")
NO_RULE, NO_AVERAGE, TWO_RULES = "old_rule", "firm_average", "old_ground"


@dataclass(frozen=True, slots=True)
class OldTime:
    """What is owed for the service before; `amount` None: it cannot be told, `missing` says why."""

    amount: Decimal | None
    missing: str
    step: Step
    provisional: bool


def for_old_time(
    ground: str, service: Length, mean: Decimal | None, firm_average: Decimal | None, last: date
) -> OldTime:
    """What the rules that held on the `last` day of the old time give.

    Args:
        mean: the employee's own monthly mean, in yuan; None: not known.
        firm_average: the enterprise's average monthly wage over the same months; None: not known.
    """
    rules = old_rules(ground, last)
    if not rules:
        return _untold(NO_RULE)
    if mean is None:
        return _untold("wage_total")
    if firm_average is None and any(rule.firm_average == "yes" for rule in rules):
        return _untold(NO_AVERAGE, rules[-1])
    found = {_owed(rule, service, mean, firm_average): rule for rule in rules}
    if len(found) > 1:
        return _untold(TWO_RULES, rules[-1])
    (months, wage), rule = next(iter(found.items()))
    amount = (months * wage).quantize(FEN, ROUND_HALF_UP)
    says = (
        f"{last.year + 1}年前的{service.says()[0]}按当时的规定（{rule.zh}）计{months}个月工资，"
        f"不足一年的按一年，不封顶：{months}×{wage}＝{amount}元",
        f"{service.says()[1]} before {last.year + 1} by the rules of that time ({rule.en}): "
        f"{months} months, a part year as a year, no cap: {months} x {wage} = {amount} yuan",
    )
    return OldTime(amount, "", step("arithmetic", says, rule), unsure(*rules))


def _owed(
    rule: OldRule, service: Length, mean: Decimal, firm_average: Decimal | None
) -> tuple[Decimal, Decimal]:
    years, rest = divmod(service.months, 12)
    months = (years + (1 if rest or service.days else 0)) * rule.months_a_year
    if rule.most_months is not None:
        months = min(months, rule.most_months)
    if rule.firm_average == "yes" and firm_average is not None:
        return months, max(mean, firm_average)
    return months, mean


def _untold(missing: str, rule: OldRule | None = None) -> OldTime:
    return OldTime(None, missing, step("missing", UNTOLD[missing], rule), False)


UNTOLD = {
    NO_RULE: (
        "当时的国家规定没有为这一终止事由规定经济补偿，国家或地方另有规定的从其规定；未在记录中，须另行核定",
        "the national rules of that time gave nothing for such an end; what was given beside them "
        "is not on record: to be settled apart",
    ),
    NO_AVERAGE: (
        "按当时的规定，本人月平均工资低于企业月平均工资的按企业月平均工资计；缺少企业月平均工资",
        "by the rules of that time the enterprise's average wage counts where it is higher; it is "
        "missing",
    ),
    TWO_RULES: (
        "按当时的规定，不能胜任与客观情况变化的补偿不同，本事由不能分辨属于哪一种，须另行核定",
        "by the rules of that time it depends on why the employee was dismissed, which this ground "
        "does not say: to be settled apart",
    ),
    "wage_total": ("缺少终止前各月的工资", "the wages of the last months are missing"),
}

"""法定退休年龄: the day on which somebody reaches it, and whether that day is near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.judgement.explanation import Explanation
from phaseout.law.periods.arithmetic import add_months
from phaseout.law.settlement.figures import ages, number, step, unsure
from phaseout.law.settlement.refused import group_unknown


@dataclass(frozen=True, slots=True)
class Retirement:
    """The day on which the legal age is reached, as the law of `on` has it."""

    day: date
    explanation: Explanation
    provisional: bool


def retirement(born_on: date, group: str, *, on: date) -> Retirement:
    """The day on which somebody reaches the legal retirement age.

    Args:
        group: a key of `figures.ages`: man, woman_worker, woman_cadre.
        on: the day whose law is asked. Before 2025-01-01 the ages are fixed; from then on they
            rise step by step for those who had not reached them.

    Raises:
        Refusal: `settlement.group-unknown`.
    """
    known = ages(on)
    if group not in known:
        raise group_unknown(group, sorted(known))
    rule = known[group]
    months = rule.age * 12
    old = add_months(born_on, months)
    begins = rule.effective_from
    if rule.months_a_step and begins and old >= begins and rule.highest_age:
        passed = (old.year - begins.year) * 12 + old.month - begins.month
        months = min(months + passed // rule.months_a_step + 1, rule.highest_age * 12)
    day = add_months(born_on, months)
    years, over = divmod(months, 12)
    says = (
        f"{rule.zh}，法定退休年龄{years}周岁" + (f"{over}个月" if over else "") + f"，{day}到龄",
        f"{rule.en}: legal age of {years} years"
        + (f" {over} months" if over else "")
        + f", reached on {day}",
    )
    return Retirement(day, Explanation(step("period", says, rule)), unsure(rule))


def within_internal_retirement(born_on: date, group: str, *, on: date) -> bool:
    """Whether the day lies within the years before the legal age in which internal retirement is
    open (exactly so many years before is inside); not once the age is reached.

    Raises: as `retirement`; `settlement.not-on-record` before the rule was made.
    """
    years = int(number("internal_retirement", on))
    day = retirement(born_on, group, on=on).day
    return add_months(day, -12 * years) <= on < day


def near_retirement(born_on: date, group: str, *, on: date) -> bool:
    """Whether fewer years than those of art. 42(5) are left: exactly so many is not fewer."""
    years = int(number("near_retirement", on))
    day = retirement(born_on, group, on=on).day
    return add_months(day, -12 * years) < on < day

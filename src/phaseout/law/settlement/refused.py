"""Why a settlement is not computed at all."""

from __future__ import annotations

from datetime import date

from phaseout.law.refusals import Bilingual, Refusal

_WHAT: Bilingual = ("不能计算职工安置", "the settlement of the employee cannot be computed")


def not_on_record(key: str, on: date) -> Refusal:
    return Refusal(
        "settlement.not-on-record",
        what=_WHAT,
        why=(
            f"{on}的规定（{key}）不在本系统记录中，没有记录不等于没有规定。",
            f"the rule of {on} ({key}) is not on record; that is not the same as no rule.",
        ),
        instead=(
            "请核对终止日期；确属当时的，按当时规定另行核定。",
            "Check the day; if it is right, settle it by the rules of that time.",
        ),
    )


def ground_unknown(ground: str, known: list[str]) -> Refusal:
    return Refusal(
        "settlement.ground-unknown",
        what=_WHAT,
        why=(f"没有终止事由“{ground}”。", f"there is no ground {ground!r}."),
        instead=(f"可用的有：{'、'.join(known)}。", f"Known are: {', '.join(known)}."),
    )


def group_unknown(group: str, known: list[str]) -> Refusal:
    return Refusal(
        "settlement.group-unknown",
        what=_WHAT,
        why=(f"没有人员类别“{group}”。", f"there is no group of people {group!r}."),
        instead=(f"可用的有：{'、'.join(known)}。", f"Known are: {', '.join(known)}."),
    )


def ends_before_it_begins(first: date, last: date) -> Refusal:
    return Refusal(
        "settlement.ends-before-it-begins",
        what=_WHAT,
        why=(
            f"终止日{last}早于起始日{first}。",
            f"the last day, {last}, is before the first, {first}.",
        ),
        instead=("请核对两个日期。", "Check both days."),
    )


def wages_wrong(most: int) -> Refusal:
    """`most`: the months before the end over which the wage is averaged."""
    return Refusal(
        "settlement.wages-wrong",
        what=_WHAT,
        why=(
            f"月工资按终止前{most}个月的平均数计算，月数应为1至{most}，工资合计不为负"
            "（第四十七条）。",
            f"the wage is averaged over the {most} months before the end: 1 to {most} months, no "
            "negative sum (art. 47).",
        ),
        instead=("请核对工资合计和月数。", "Check the sum and the months."),
    )

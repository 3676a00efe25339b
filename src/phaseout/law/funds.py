"""The arithmetic of the funds of clause (10): shares, factors, caps, what the money may pay.

    parts(total)            the base and the step part of a year's money of the award fund
    allocate(base, claims)  the base part among those who left capacity, to the fen
    private_cap(…)          the most that a private firm may get
    early_exit(year)        how much of capacity that left in a year counts
    uses(fund), may_pay     what the money of a fund may pay
    fits(fund, industry)    whether a fund is for an industry

Figures are dated records (`law.norms.methods.funds`). What is not on record (the coefficients of
the step part, a rate per tonne of the region, a year of exit outside 2016 to 2020) is refused by
name, never taken for nought.

Source: 财建〔2016〕253号, 财建〔2018〕462号; the formula is our reading of the weights
(docs/decisions/0037-funds.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar, cast

from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.norms import Confidence
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.funds import EarlyExit, FundFigure, FundIndustry, FundUse
from phaseout.law.norms.records import DatedRow
from phaseout.law.refusals import Bilingual, Refusal

AWARD = "award"
FEN = Decimal("0.01")
R = TypeVar("R", bound=DatedRow)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one applicant brings to the division.

    capacity: the task in the fund's unit, as it really left; exit_year: the year it left.
    employees: to resettle. difficulty: the degree that finance has set (no text we saw defines
    it), in any unit, the same for all.
    """

    key: str
    capacity: Decimal
    exit_year: int
    employees: int
    difficulty: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """What one applicant gets, in yuan, with its steps."""

    key: str
    amount: Decimal
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Allocation:
    """The shares in the order of the claims; they add up to `total` to the fen."""

    total: Decimal
    shares: tuple[Share, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """The base and the step part; together the total, to the fen."""

    base: Decimal
    step: Decimal
    provisional: bool


def parts(total: Decimal, *, on: date) -> Parts:
    """The parts of a year's money of the award fund. Raises: `funds.not-on-record`."""
    row = _figure(AWARD, "base_share", on)
    base = (total * _value(row, on) / 100).quantize(FEN, ROUND_HALF_UP)
    return Parts(base, total - base, _unsure(row))


def step_part(*, on: date) -> Refusal:
    """The division of the step part: refused, its coefficients are not on record."""
    return _not_on_record("step_coefficient", on)


def allocate(base: Decimal, claims: Sequence[Claim], *, on: date) -> Allocation:
    """Divide the base part by capacity, employees and difficulty.

    Capacity counts with the coefficient of the year in which it left. The rest of a fen goes to
    the largest fraction, the earlier claim first among equals.

    Args:
        base: yuan, at most two decimals, not negative.
        on: the day of the division; the rules of that day are asked.

    Raises:
        Refusal: `funds.not-on-record` (the rules, a year of exit), `funds.no-claim`,
            `funds.no-factor` (nobody brings any of a factor: its money has no owner).
    """
    if not claims:
        raise _no_claim()
    weights = {key: _figure(AWARD, f"weight_{key}", on) for key in FACTORS}
    early = [early_exit(claim.exit_year, on=on) for claim in claims]
    brought = {
        "capacity": [c.capacity * e.percent / 100 for c, e in zip(claims, early, strict=True)],
        "employees": [Decimal(c.employees) for c in claims],
        "difficulty": [c.difficulty for c in claims],
    }
    totals = {key: sum(values, Decimal(0)) for key, values in brought.items()}
    for key, total in totals.items():
        if total <= 0 or any(value < 0 for value in brought[key]):
            raise _no_factor(key)
    exact = [
        sum(
            (_fraction(weights[key], on) * Fraction(brought[key][at]) / Fraction(totals[key]))
            for key in FACTORS
        )
        for at in range(len(claims))
    ]
    amounts = _to_the_fen(base, [Fraction(share) for share in exact])
    shares = [
        Share(
            claim.key,
            amount,
            Explanation(_told(base, amount, early[at], claim, weights, totals, brought, at)),
        )
        for at, (claim, amount) in enumerate(zip(claims, amounts, strict=True))
    ]
    return Allocation(base, tuple(shares), _unsure(*weights.values(), *early))


def private_cap(industry: str, quantity: Decimal, *, on: date) -> Decimal:
    """The most a private firm may get from the award fund, in yuan.

    Args:
        quantity: tonnes of steel capacity, or coal mines.

    Raises:
        Refusal: `funds.not-on-record`: no cap is on record for the industry.
    """
    row = _figure(AWARD, f"private_{industry}", on)
    return (_value(row, on) * quantity).quantize(FEN, ROUND_HALF_UP)


def uses(fund: str, *, on: date) -> Mapping[str, FundUse]:
    """What the money of the fund may pay on a day, by key; empty where nothing is on record."""
    return {row.use: row for row in _rows("fund_uses", FundUse, on) if row.fund == fund}


def may_pay(fund: str, use: str, *, on: date) -> FundUse:
    """The record that lets the fund pay for this.

    Raises:
        Refusal: `funds.may-not-pay`.
    """
    known = uses(fund, on=on)
    if use not in known:
        raise may_not_pay(use, [row.zh for row in known.values()], [r.en for r in known.values()])
    return known[use]


def fits(fund: str, industry: str, *, on: date) -> bool | None:
    """Whether the fund is for the industry; None: no record says for which it is."""
    known = {row.industry for row in _rows("fund_industries", FundIndustry, on) if row.fund == fund}
    return industry in known if known else None


FACTORS: Mapping[str, Bilingual] = {
    "capacity": ("退出产能任务量", "capacity task"),
    "employees": ("需安置职工人数", "employees to resettle"),
    "difficulty": ("困难程度", "degree of difficulty"),
}


def _to_the_fen(base: Decimal, shares: Sequence[Fraction]) -> list[Decimal]:
    """Parts of `base` by shares that add up to one; the rest to the largest fraction."""
    fen = int((base * 100).to_integral_exact())
    exact = [share * fen for share in shares]
    whole = [int(one) for one in exact]  # towards nought: shares are not negative
    rest = fen - sum(whole)
    order = sorted(range(len(shares)), key=lambda at: (whole[at] - exact[at], at))
    for at in order[:rest]:
        whole[at] += 1
    return [Decimal(one) / 100 for one in whole]


def _told(
    base: Decimal,
    amount: Decimal,
    early: EarlyExit,
    claim: Claim,
    weights: Mapping[str, FundFigure],
    totals: Mapping[str, Decimal],
    brought: Mapping[str, Sequence[Decimal]],
    at: int,
) -> Step:
    because = []
    for key, (zh, en) in FACTORS.items():
        own, total, weight = _plain(brought[key][at]), _plain(totals[key]), weights[key]
        counted = (
            (
                f"（{claim.exit_year}年退出，实际{_plain(claim.capacity)}按{early.percent}%计）",
                f" ({_plain(claim.capacity)} of {claim.exit_year} counts at {early.percent} %)",
            )
            if key == "capacity"
            else ("", "")
        )
        because.append(
            Step(
                "arithmetic",
                f"{zh}{own}/{total}，权重{weight.value}%{counted[0]}",
                f"{en} {own}/{total}, weight {weight.value} %{counted[1]}",
                weight.row_id,
            )
        )
    because.append(
        Step(
            "arithmetic",
            f"{early.year}年退出的系数{early.percent}%",
            f"{early.percent} % for {early.year}",
            early.row_id,
        )
    )
    zh = f"基础奖补资金{_plain(base)}元中分得{amount}元"
    return Step(
        "verdict", zh, f"{amount} yuan of a base part of {_plain(base)}", "", tuple(because)
    )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _rows(table: str, kind: type[R], on: date) -> list[R]:
    return [row for row in cast(tuple[R, ...], method_rows(table)) if row.holds_on(on)]


def _figure(fund: str, key: str, on: date) -> FundFigure:
    for row in _rows("fund_figures", FundFigure, on):
        if (row.fund, row.key) == (fund, key):
            return row
    raise _not_on_record(key, on)


def _value(row: FundFigure, on: date) -> Decimal:
    if row.value is None:
        raise _not_on_record(row.key, on)
    return row.value


def _fraction(row: FundFigure, on: date) -> Fraction:
    return Fraction(_value(row, on)) / 100


def early_exit(year: int, *, on: date) -> EarlyExit:
    """How much of capacity that left in a year counts. Raises: `funds.not-on-record`."""
    for row in _rows("fund_early_exits", EarlyExit, on):
        if row.year == year:
            return row
    raise _not_on_record(f"early_exit {year}", on)


def _unsure(*rows: DatedRow) -> bool:
    return any(row.confidence is not Confidence.VERIFIED for row in rows)


_WHAT: Bilingual = ("不能计算奖补资金", "the award cannot be computed")


def _not_on_record(key: str, on: date) -> Refusal:
    return Refusal(
        "funds.not-on-record",
        what=_WHAT,
        why=(
            f"{on}的规则（{key}）不在记录中：只凭回忆的数字不用于计算。",
            f"the rule of {on} ({key}) is not on record; a figure only recalled is not used.",
        ),
        instead=(
            "请由有权机关以文件确定数额，按文件登记。",
            "Let the competent body decide the amount by a document, and record that.",
        ),
    )


def _no_claim() -> Refusal:
    return Refusal(
        "funds.no-claim",
        what=_WHAT,
        why=("没有符合条件的申请。", "there is no eligible application."),
        instead=("请先审核申请。", "Examine the applications first."),
    )


def _no_factor(key: str) -> Refusal:
    zh, en = FACTORS[key]
    return Refusal(
        "funds.no-factor",
        what=_WHAT,
        why=(
            f"各申请的“{zh}”合计为零或有负数，该因素的资金无从分配（财建〔2018〕462号因素法）。",
            f"the {en} of all applications is nought, or one is negative: the money of that factor "
            "has no owner.",
        ),
        instead=("请补充各申请的该项数据。", "Complete it in the applications."),
    )


def may_not_pay(use: str, known_zh: Sequence[str], known_en: Sequence[str]) -> Refusal:
    """The refusal of a use that the fund does not allow; `known_zh`, `known_en`: those it does."""
    listed = "；".join(known_zh) or "（无记录）", "; ".join(known_en) or "(none on record)"
    return Refusal(
        "funds.may-not-pay",
        what=("不能支付", "it cannot be paid"),
        why=(
            f"“{use}”不在该资金的使用范围内。可用于：{listed[0]}。",
            f"the money may not pay for {use!r}. It may pay: {listed[1]}.",
        ),
        instead=("请改用规定的用途，或从其他资金支付。", "Name a use it allows, or another fund."),
    )

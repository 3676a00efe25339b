"""The daily continuous fine (按日连续处罚): days counted times the first fine.

    total = original fine × days, from the day after service of the order to correct to the day
    on which the re-check finds the violation, both inside; further re-checks add their days.

Source: Environmental Protection Law art. 59 and Order 28 arts 12, 17, 19, 20; from 2026-08-15 the
Ecological and Environmental Code art. 1060.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from phaseout.law.norms import Confidence
from phaseout.law.periods.certificate import Citation
from phaseout.law.procedures.rows import citation
from phaseout.law.refusals import Refusal

CODE_FROM = date(2026, 8, 15)


@dataclass(frozen=True, slots=True)
class Cycle:
    """One order to correct and the re-check that found the discharge going on."""

    served: date
    found: date

    @property
    def first(self) -> date:
        """The first day counted."""
        return self.served + timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.found - self.served).days


@dataclass(frozen=True, slots=True)
class DailyFine:
    """The fine with what it was made of; a person can multiply it out again."""

    original: Decimal
    cycles: tuple[Cycle, ...]
    days: int
    total: Decimal
    basis: tuple[Citation, ...]

    def says(self) -> tuple[str, str]:
        """The arithmetic in one line, Chinese and English."""
        zh = "＋".join(f"{c.days}日（{c.first}至{c.found}）" for c in self.cycles)
        en = " + ".join(f"{c.days} days ({c.first} to {c.found})" for c in self.cycles)
        return (
            f"{self.original}元×（{zh}）＝{self.total}元",
            f"{self.original} yuan x ({en}) = {self.total} yuan",
        )


def daily_fine(original: Decimal, *, served: date, found: date) -> DailyFine:
    """The fine of one cycle. See `daily_fines`."""
    return daily_fines(original, [(served, found)])


def daily_fines(original: Decimal, cycles: Sequence[tuple[date, date]]) -> DailyFine:
    """The fine over one or more cycles of order and re-check.

    Args:
        original: the first fine, in yuan, at most two decimals.
        cycles: (service of the order to correct, day the re-check found the violation), in order.
            Only re-checks that found it: corrected, stopped or closed starts no daily fine.

    Raises:
        Refusal: `daily-fine.amount`, `daily-fine.no-day` (found on or before the day of service),
            `daily-fine.overlap` (a day would be counted twice), `daily-fine.no-cycle`.
    """
    if not original.is_finite() or original <= 0 or original != round(original, 2):
        raise _amount(original)
    counted = tuple(Cycle(served, found) for served, found in cycles)
    if not counted:
        raise _no_cycle()
    for cycle in counted:
        if cycle.days < 1:
            raise _no_day(cycle)
    for earlier, later in pairwise(counted):
        if later.first <= earlier.found:
            raise _overlap(earlier, later)
    days = sum(cycle.days for cycle in counted)
    return DailyFine(original, counted, days, original * days, _basis(counted[-1].found))


def _basis(on: date) -> tuple[Citation, ...]:
    if on >= CODE_FROM:
        return (citation("E-ECOCODE-2026", "1060", Confidence.VERIFIED),)
    return (
        citation("EPL-2014", "59", Confidence.VERIFIED),
        citation("MEP-28", "17", Confidence.VERIFIED),
        citation("MEP-28", "19", Confidence.VERIFIED),
    )


_WHAT = ("不能计算按日连续处罚", "cannot compute the daily continuous fine")


def _amount(original: Decimal) -> Refusal:
    return Refusal(
        "daily-fine.amount",
        what=_WHAT,
        why=(
            f"原处罚数额应为大于零、至多两位小数的金额，给出的是{original}。",
            f"the first fine is more than nothing, in yuan and fen, not {original}.",
        ),
        instead=("请核对原处罚决定书。", "Check the first decision."),
    )


def _no_cycle() -> Refusal:
    return Refusal(
        "daily-fine.no-cycle",
        what=_WHAT,
        why=(
            "没有复查发现继续违法排放的记录；已改正、停产或关闭的不启动（办法第12条）。",
            "no re-check found the discharge going on; corrected, stopped or closed starts none "
            "(Order 28 art. 12).",
        ),
        instead=("请先复查。", "Re-check first."),
    )


def _no_day(cycle: Cycle) -> Refusal:
    return Refusal(
        "daily-fine.no-day",
        what=_WHAT,
        why=(
            f"自责令改正送达（{cycle.served}）的次日起算，复查发现日为{cycle.found}，不足一日。",
            f"days count from the day after service ({cycle.served}); found on {cycle.found}, "
            "there is none.",
        ),
        instead=("请核对送达日和复查日。", "Check both days."),
    )


def _overlap(earlier: Cycle, later: Cycle) -> Refusal:
    return Refusal(
        "daily-fine.overlap",
        what=_WHAT,
        why=(
            f"自{later.first}起的日数与截至{earlier.found}的日数重叠。",
            f"days from {later.first} would count again up to {earlier.found}.",
        ),
        instead=(
            "再次责令改正应在上次复查之后送达。",
            "The next order is served after the re-check before it.",
        ),
    )

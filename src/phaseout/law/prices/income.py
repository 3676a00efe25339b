"""Late payment, and who gets the money: by the documents, or said to be unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from phaseout.law.prices.charging import EXACT, exact_product, to_cents
from phaseout.law.prices.readings import area_of, table
from phaseout.law.refusals import Refusal

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """How the income is shared: percent that stays with the grid company, the rest is the
    treasury's; the document, and how sure we are."""

    grid_percent: Decimal
    source_id: str
    confidence: str
    zh: str
    en: str

    def of(self, amount: Decimal) -> tuple[Decimal, Decimal]:
        """(grid company, treasury), CNY: the grid's part half up, the rest to the treasury."""
        grid = to_cents(exact_product(amount, self.grid_percent) / HUNDRED)
        return grid, amount - grid


def share_on(day: date, division: str) -> Share:
    """The rule of sharing in a place on a day: that of the narrowest area."""
    found = [
        cells
        for cells in table("shares")
        if division.startswith(area_of(cells["division_code"]))
        and date.fromisoformat(cells["effective_from"]) <= day
        and (not cells["effective_to"] or day <= date.fromisoformat(cells["effective_to"]))
    ]
    if not found:
        raise Refusal(
            "price.no-share",
            what=("不能分配加价收入", "the income cannot be shared"),
            why=(f"没有{day}适用于{division}的规定。", f"no rule holds in {division} on {day}."),
            instead=("请先补录文件。", "Enter the document first."),
        )
    cells = max(found, key=lambda one: len(area_of(one["division_code"])))
    return Share(
        Decimal(cells["grid_percent"]),
        cells["source_id"],
        cells["confidence"],
        cells["zh"],
        cells["en"],
    )


def late_payment(amount: Decimal, days: int, percent_a_day: Decimal) -> Decimal:
    """What a contract asks for unpaid electricity: so many percent a day, CNY half up to 0.01.

    Args:
        days: since the day after the last day of payment, 0 or more.
        percent_a_day: as the contract says.

    Raises:
        Refusal: `price.late-rate`: outside what the regulations allow.
    """
    (cells,) = table("late")
    low, high = Decimal(cells["percent_a_day_from"]), Decimal(cells["percent_a_day_to"])
    if not low <= percent_a_day <= high:
        raise Refusal(
            "price.late-rate",
            what=("不能计算滞纳金", "late payment cannot be computed"),
            why=(
                f"《电力供应与使用条例》第三十九条：每日{low}%至{high}%，所给为{percent_a_day}%。",
                f"Power Supply and Use Regulations art. 39: {low} to {high} % a day, "
                f"not {percent_a_day} %.",
            ),
            instead=("请按供用电合同填写。", "Enter the rate of the contract."),
        )
    with localcontext(EXACT):
        return to_cents(amount * percent_a_day * max(0, days) / HUNDRED)

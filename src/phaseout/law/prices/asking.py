"""What is asked: a consumption, and what is known of who consumed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

REGION = "640000"


class Measure(StrEnum):
    """The price measures of clause (12), in the order in which one kWh takes them."""

    DIFFERENTIAL = "differential"
    TIERED = "tiered"
    PUNITIVE = "punitive"
    WATER = "water"


MEASURE_WORDS = {
    Measure.DIFFERENTIAL: ("差别电价", "differential electricity price"),
    Measure.TIERED: ("阶梯电价", "tiered electricity price"),
    Measure.PUNITIVE: ("惩罚性电价", "punitive electricity price"),
    Measure.WATER: ("超定额用水累进加价", "progressive surcharge of water above quota"),
}


class PriceClass(StrEnum):
    """The class of equipment in the catalogue of the year; `overdue`: on the list, not gone in
    time."""

    ELIMINATE = "eliminate"
    LIMIT = "limit"
    OVERDUE = "overdue"


CLASS_WORDS = {
    PriceClass.ELIMINATE: ("淘汰类", "eliminated class"),
    PriceClass.LIMIT: ("限制类", "restricted class"),
    PriceClass.OVERDUE: ("未按期淘汰", "not eliminated in time"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """The consumption from `first` to `last` (both inside) and what is known; None: not known.

    Args:
        indicator: of the year: kWh/t (tiered, punitive), or water used, in the unit of `limit`.
        limit: the energy limit (punitive) or the quota (water).
        tier: where a document knows tiers but not their edges (steel): 1, 2, 3.
        subject: clinker, cement or grinding (cement).
        renewable_share: percent of non-hydro renewable electricity in all that was used.
        incentive_value: the province's, percent, for the same.
        unpaid_days: days since the notice of payment was received.
        source_id: ask this one document, whether or not it holds in the place.
    """

    measure: Measure
    industry: str
    first: date
    last: date
    division: str = REGION
    price_class: PriceClass | None = None
    indicator: Decimal | None = None
    limit: Decimal | None = None
    tier: str = ""
    subject: str = ""
    commissioned_on: date | None = None
    product: str | None = None
    kiln: str | None = None
    renewable_share: Decimal | None = None
    incentive_value: Decimal | None = None
    unpaid_days: int | None = None
    source_id: str = ""

    @classmethod
    def of_year(cls, measure: Measure, industry: str, year: int, **known: object) -> Question:
        """A question of a whole consumption year."""
        whole = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
        return cls(measure, industry, **{**whole, **known})  # type: ignore[arg-type]

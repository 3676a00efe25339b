"""Method of the award funds: shares, weights, coefficients, caps, what the money may pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class FundFigure(DatedRow):
    """One figure of a fund's rules by its key. No value: the figure is not on record."""

    fund: str
    key: str
    value: Decimal | None
    unit: str
    meaning_zh: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class EarlyExit(DatedRow):
    """Of capacity that left in a year so many per cent count."""

    fund: str
    year: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class FundUse(DatedRow):
    """What the money of a fund may pay."""

    fund: str
    use: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FundIndustry(DatedRow):
    """An industry that a fund is for."""

    fund: str
    industry: str


TABLES: Mapping[str, type[Row]] = {
    "fund_figures": FundFigure,
    "fund_early_exits": EarlyExit,
    "fund_uses": FundUse,
    "fund_industries": FundIndustry,
}

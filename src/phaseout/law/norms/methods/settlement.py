"""Method of the settlement of employees: figures, grounds, protected people, ages, ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class SettlementFigure(DatedRow):
    """One figure, or one day, by its key; what it is for stands in `meaning`."""

    key: str
    value: Decimal | None
    day: date | None
    unit: str
    meaning_zh: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class SettlementGround(DatedRow):
    """How a contract ends, and what is owed for it.

    `clause` is the article of the severance (or that none is due); `ended_by` the article by which
    the contract ends. `pays`: severance, double (art. 87), none. `bars_protected`: yes where nobody
    of `protected_groups` may be dismissed on this ground.
    """

    ground: str
    zh: str
    en: str
    ended_by: str
    pays: str
    bars_protected: str


@dataclass(frozen=True, slots=True)
class OldRule(DatedRow):
    """What the rules of the time before 2008 gave for an end on a ground.

    `months_a_year`: monthly wages for each year, a part year as a whole one; `most_months`: no more
    than these; `firm_average`: yes where the enterprise's average wage counts if it is higher.
    """

    ground: str
    months_a_year: Decimal
    most_months: Decimal | None
    firm_average: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ProtectedGroup(DatedRow):
    """Whom art. 42 protects from dismissal by arts 40 and 41."""

    group: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class RetirementAge(DatedRow):
    """The legal age of a group of people while the row holds.

    `age`: in full years. Where `months_a_step` is given the age rises: by one month for each such
    many months, begun, by which the old age is reached after `effective_from`; not beyond
    `highest_age`.
    """

    group: str
    zh: str
    en: str
    age: int
    months_a_step: int | None
    highest_age: int | None


@dataclass(frozen=True, slots=True)
class UnemploymentSpan(DatedRow):
    """Years of contributions, first inside, last outside, and the term of the register that says
    for how long the benefit is paid."""

    years_from: int
    years_below: int | None
    term: str


@dataclass(frozen=True, slots=True)
class SettlementWay(DatedRow):
    """A way of settling an employee; `industries` it was made for, `|` between them."""

    way: str
    zh: str
    en: str
    industries: str


TABLES: Mapping[str, type[Row]] = {
    "settlement_figures": SettlementFigure,
    "settlement_grounds": SettlementGround,
    "protected_groups": ProtectedGroup,
    "retirement_ages": RetirementAge,
    "unemployment_spans": UnemploymentSpan,
    "settlement_ways": SettlementWay,
    "settlement_old_rules": OldRule,
}

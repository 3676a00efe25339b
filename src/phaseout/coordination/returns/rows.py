"""A row of a return as plain data: in the columns of the form, before it is a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from phaseout.accounts.organisations import place_words
from phaseout.coordination.returns.models import Columns
from phaseout.evidence.digests import digest_of
from phaseout.findings.export import plain as plain_number
from phaseout.law.annual import form_units
from phaseout.law.capacity import account
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.saying import shown, unit_said
from phaseout.registry.models import Enterprise, ProductionLine
from phaseout.reporting.words import DIMENSIONS

C = TypeVar("C", bound=Columns)
NONE = Decimal(0)
DAYS = ("cut_on", "sealed_on", "dismantled_on", "accepted_on")


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `amount` is in `unit`, a unit of the ledger; zero: the city says that it does not
    count. `line_id` and `uscc` may name what the register does not know; `case_id` is what the
    ledger rests on."""

    division_code: str
    industry: str
    enterprise: str
    uscc: str
    way: str
    dimension: str
    equipment: str
    quantity: int | None
    amount: Decimal
    unit: str
    cut_on: date | None = None
    sealed_on: date | None = None
    dismantled_on: date | None = None
    accepted_on: date | None = None
    document: str = ""
    remarks: str = ""
    line_id: str = ""
    reason: str = ""
    case_id: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What is told apart: the line, or the equipment of a firm outside the register; and the
        unit it is counted in."""
        return self.line_id or f"{self.uscc} {self.equipment}", self.unit

    @property
    def plain(self) -> dict[str, Any]:
        """The row as JSON takes it: texts, whole numbers and nulls."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @property
    def digest(self) -> str:
        """Of all that it says: who changes a row, changes what was looked at."""
        return digest_of(self.plain)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Row:
        """The row that `plain` gave."""
        days = {name: date.fromisoformat(told[name]) if told[name] else None for name in DAYS}
        return cls(**{**told, **days, "amount": Decimal(told["amount"])})

    @classmethod
    def kept(cls, one: Columns) -> Row:
        """The row of a table."""
        same: dict[str, Any] = {
            f.name: getattr(one, f.name, "") for f in fields(cls) if f.name != "line_id"
        }
        return cls(**same, line_id=one.line_id or "")

    def columns(self, known: Known) -> dict[str, Any]:
        """The row as columns of a table; what the register does not know stays a text."""
        same = {f.name: getattr(self, f.name) for f in fields(self)}
        del same["line_id"], same["reason"]
        return {
            **same,
            "line_id": self.line_id if self.line_id in known.lines else None,
            "firm_id": self.uscc if self.uscc in known.firms else None,
        }

    @property
    def shown(self) -> Decimal:
        """The amount in the unit in which people write it."""
        return shown(self.amount, self.unit)

    @property
    def words(self) -> dict[str, Bilingual | str]:
        """Cell by cell as people read it, by the key of the column; empty where nothing is told."""
        industry = INDUSTRIES.get(self.industry)
        return {
            "city": place_words(f"{self.division_code[:4]}00"),
            "county": county_words(self.division_code),
            "industry": (industry.zh, industry.en) if industry else self.industry,
            "enterprise": self.enterprise,
            "uscc": self.uscc,
            "way": account(self.way).name if self.way else "",
            "dimension": DIMENSIONS[self.dimension] if self.dimension else "",
            "equipment": self.equipment,
            "quantity": "" if self.quantity is None else str(self.quantity),
            "capacity": plain_number(self.shown) or "0",
            "unit": form_unit(self.unit),
            **{name: _plain(getattr(self, name)) or "" for name in DAYS},
            "document": self.document,
            "remarks": self.remarks,
            "line_id": self.line_id,
            "reason": self.reason,
        }

    def differs(self, other: Row) -> list[str]:
        """The columns in which it says something else than `other`; remarks and reasons aside."""
        aside = ("remarks", "reason", "case_id", "line_id")
        return [
            field.name
            for field in fields(self)
            if field.name not in aside and getattr(self, field.name) != getattr(other, field.name)
        ]

    def corrected(self, **given: Any) -> Row:
        return replace(self, **given)


@dataclass(frozen=True, slots=True)
class Known:
    """What of the rows the register knows."""

    lines: frozenset[str]
    firms: frozenset[str]


def form_unit(unit: str) -> Bilingual:
    """The unit in which an amount is shown, as the form writes it."""
    zh, en = unit_said(unit)
    return form_units().get(unit, zh), en


def county_words(code: str) -> Bilingual:
    """A county without the name of its city, which has a column of its own."""
    (zh, en), city = place_words(code), place_words(f"{code[:4]}00")
    return zh.removeprefix(city[0]) or zh, en.removesuffix(f", {city[1]}")


def known_of(rows: Iterable[Row]) -> Known:
    """Which lines and enterprises of these rows are in the register. Two queries."""
    told = list(rows)
    lines = ProductionLine.objects.filter(pk__in={row.line_id for row in told if row.line_id})
    firms = Enterprise.objects.filter(pk__in={row.uscc for row in told})
    return Known(
        frozenset(lines.values_list("pk", flat=True)),
        frozenset(firms.values_list("pk", flat=True)),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return plain_number(value) if isinstance(value, Decimal) else value

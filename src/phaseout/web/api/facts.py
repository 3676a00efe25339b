"""Versions of facts as they travel: the columns of their table, and which import brought them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from phaseout.facts.tables import FACT_TABLES
from phaseout.findings.export import plain
from phaseout.registry.models import VERSIONS, Enterprise, ProductionLine, Version
from phaseout.web.api.paging import Page, Turning, turn

OfEnterprise = Literal["permits", "allowances"]
OfLine = Literal[
    "equipment", "energy", "energy_inputs", "outputs", "outlets", "permitted", "conditions",
    "monitoring", "tests", "hazards",
]  # fmt: skip

Cell = str | int | bool | None


class Fact(Schema):
    """A row of a table of facts as somebody brought it. Decimals are text; times are Beijing's."""

    version: int
    known_on: date
    taken_by: int = Field(description="the import that brought it")
    replaced_on: date | None
    replaced_by: int | None = Field(description="the import that ended it")
    values: dict[str, Cell]


class Facts(Page):
    """A page of facts of one table."""

    items: list[Fact]


def facts_of_line(
    request: HttpRequest,
    line: ProductionLine,
    table: str,
    known_on: date | None,
    outlet: str,
    turning: Turning,
) -> dict[str, Any]:
    """The rows of a table that are the line's own, or its outlets'."""
    whose = _of_line(line, table, outlet)
    order = ("outlet_id", "pollutant_code", "time", "id") if table == "monitoring" else ("id",)
    rows = VERSIONS[table].objects.filter(_known(known_on), whose)  # type: ignore[attr-defined]
    return turn(request, rows, order, turning, lambda version: fact(table, version))


def facts_of_enterprise(
    request: HttpRequest,
    enterprise: Enterprise,
    table: str,
    known_on: date | None,
    turning: Turning,
) -> dict[str, Any]:
    """The rows of a table that are the enterprise's own."""
    rows = VERSIONS[table].objects.filter(_known(known_on), uscc=enterprise.pk)  # type: ignore[attr-defined]
    return turn(request, rows, ("id",), turning, lambda version: fact(table, version))


def history(request: HttpRequest, table: str, whose: Q, turning: Turning) -> dict[str, Any]:
    """Every version of one key, the newest first."""
    rows = VERSIONS[table].objects.filter(whose)  # type: ignore[attr-defined]
    return turn(request, rows, ("-id",), turning, lambda version: fact(table, version))


def fact(table: str, version: Version) -> dict[str, Any]:
    """A version as it travels."""
    return {
        "version": version.pk,
        "known_on": version.known_on,
        "taken_by": version.taken_by_id,
        "replaced_on": version.replaced_on,
        "replaced_by": version.replaced_by_id,
        "values": {name: cell(getattr(version, name)) for name in FACT_TABLES[table]},
    }


def cell(value: Any) -> Cell:
    """A value as it travels: decimals and measured numbers as text, days and times as ISO."""
    if isinstance(value, float):
        return plain(Decimal(repr(value)))
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


def _known(day: date | None) -> Q:
    if day is None:
        return Q(replaced_by=None)
    return Q(known_on__lte=day) & (Q(replaced_on=None) | Q(replaced_on__gt=day))


def _of_line(line: ProductionLine, table: str, outlet: str) -> Q:
    if table in ("permitted", "monitoring"):
        outlets = _ids("outlets", "outlet_id", line)
        return Q(outlet_id__in=[o for o in outlets if outlet in ("", o)])
    if table == "conditions":
        return Q(owner_kind="outlet", owner_id__in=_ids("outlets", "outlet_id", line)) | Q(
            owner_kind="energy", owner_id__in=_ids("energy", "fact_id", line)
        )
    return Q(line_id=line.pk)


def _ids(table: str, column: str, line: ProductionLine) -> Collection[str]:
    rows = VERSIONS[table].objects.filter(line_id=line.pk)  # type: ignore[attr-defined]
    return set(rows.values_list(column, flat=True))

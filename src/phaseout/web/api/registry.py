"""The registry: enterprises, lines, their equipment and permits, every fact with its history."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from phaseout.accounts.requests import scope_of_request
from phaseout.registry.models import Enterprise, ProductionLine
from phaseout.web.api.answers import LISTS, READS, answers
from phaseout.web.api.facts import (
    Facts,
    OfEnterprise,
    OfLine,
    facts_of_enterprise,
    facts_of_line,
    history,
)
from phaseout.web.api.fields import Figure, LineId, Uscc, Word
from phaseout.web.api.paging import Page, Turn, turn

router = Router(tags=["registry"])

City = Literal["", "6401", "6402", "6403", "6404", "6405"]


class EnterpriseRow(Schema):
    """An enterprise as it is registered now."""

    uscc: str
    name: str
    division_code: str
    industry: str
    employees: int | None
    address: str | None
    merged_into: str | None = Field(description="USCC of the entry kept, where this is a duplicate")


class Enterprises(Page):
    """A page of enterprises."""

    items: list[EnterpriseRow]


class LineRow(Schema):
    """A production line as it is registered now."""

    line_id: str
    uscc: str
    name: str
    industry: str
    division_code: str
    product: str | None
    capacity: Figure | None
    capacity_unit: str | None
    commissioned_on: date | None
    approved_on: date | None
    status: str | None


class Lines(Page):
    """A page of lines."""

    items: list[LineRow]


class EnterpriseQuery(Schema):
    """What enterprises can be narrowed by."""

    q: Word = Field("", description="part of the name, or the USCC")
    city: City = Field("", description="first four digits of the division code")
    industry: Word = ""


class LineQuery(EnterpriseQuery):
    """What lines can be narrowed by."""

    enterprise: Word = Field("", description="USCC")


class Known(Schema):
    """As of when facts are read."""

    known_on: date | None = Field(
        None, description="what was known at the end of that day; none: what stands now"
    )


class LineFacts(Known):
    """Which facts of a line: readings are many, an outlet narrows them."""

    outlet: Word = Field("", description="of permitted and monitoring: this outlet only")


@router.get(
    "/enterprises",
    operation_id="list_enterprises",
    summary="List enterprises",
    response=answers(Enterprises, *LISTS),
)
def list_enterprises(
    request: HttpRequest, asked: Annotated[EnterpriseQuery, Query()], turning: Turn
) -> Any:
    """Enterprises within one's territory, or with a line there, by USCC; without duplicates that a
    person has merged into another entry."""
    rows = Enterprise.objects.filter(_reach(request), _narrowed(asked), merged_into=None)
    if asked.q:
        rows = rows.filter(Q(name__icontains=asked.q) | Q(uscc=asked.q))
    return turn(request, rows, ("uscc",), turning, _enterprise)


@router.get(
    "/enterprises/{uscc}",
    operation_id="get_enterprise",
    summary="One enterprise",
    response=answers(EnterpriseRow, *READS),
)
def get_enterprise(request: HttpRequest, uscc: Uscc) -> Any:
    """An enterprise as it is registered now; its lines are `/lines?enterprise=…`."""
    return _enterprise(_enterprise_of(request, uscc))


@router.get(
    "/enterprises/{uscc}/history",
    operation_id="list_enterprise_history",
    summary="What was said of an enterprise, version by version",
    response=answers(Facts, *READS),
)
def list_enterprise_history(request: HttpRequest, uscc: Uscc, turning: Turn) -> Any:
    """Every version, the newest first, with the import that brought and the one that ended it."""
    enterprise = _enterprise_of(request, uscc)
    return history(request, "enterprises", Q(uscc=enterprise.pk), turning)


@router.get(
    "/enterprises/{uscc}/facts/{table}",
    operation_id="list_enterprise_facts",
    summary="Permits and yearly ceilings of an enterprise",
    response=answers(Facts, *READS),
)
def list_enterprise_facts(
    request: HttpRequest,
    uscc: Uscc,
    table: OfEnterprise,
    asked: Annotated[Known, Query()],
    turning: Turn,
) -> Any:
    """Rows as they stand, or as they were known on a day."""
    return facts_of_enterprise(
        request, _enterprise_of(request, uscc), table, asked.known_on, turning
    )


@router.get(
    "/lines", operation_id="list_lines", summary="List lines", response=answers(Lines, *LISTS)
)
def list_lines(request: HttpRequest, asked: Annotated[LineQuery, Query()], turning: Turn) -> Any:
    """Production lines within one's territory, by id."""
    rows = ProductionLine.objects.filter(scope_of_request(request).lines(), _narrowed(asked))
    if asked.q:
        rows = rows.filter(Q(name__icontains=asked.q) | Q(line_id=asked.q))
    if asked.enterprise:
        rows = rows.filter(enterprise_id=asked.enterprise)
    return turn(request, rows, ("line_id",), turning, _line)


@router.get(
    "/lines/{path:line_id}/history",
    operation_id="list_line_history",
    summary="What was said of a line, version by version",
    response=answers(Facts, *READS),
)
def list_line_history(request: HttpRequest, line_id: LineId, turning: Turn) -> Any:
    """Every version, the newest first, with the import that brought and the one that ended it."""
    line = _line_of(request, line_id)
    return history(request, "lines", Q(line_id=line.pk), turning)


@router.get(
    "/lines/{path:line_id}/facts/{table}",
    operation_id="list_line_facts",
    summary="Facts of a line: equipment, energy, outlets, readings, samples, hazards",
    response=answers(Facts, *READS),
)
def list_line_facts(
    request: HttpRequest,
    line_id: LineId,
    table: OfLine,
    asked: Annotated[LineFacts, Query()],
    turning: Turn,
) -> Any:
    """Rows as they stand, or as they were known on a day; the columns are those of the table of
    facts of that name."""
    return facts_of_line(
        request, _line_of(request, line_id), table, asked.known_on, asked.outlet, turning
    )


@router.get(
    "/lines/{path:line_id}",
    operation_id="get_line",
    summary="One line",
    response=answers(LineRow, *READS),
)
def get_line(request: HttpRequest, line_id: LineId) -> Any:
    """A production line as it is registered now."""
    return _line(_line_of(request, line_id))


def _narrowed(asked: EnterpriseQuery) -> Q:
    condition = Q()
    if asked.city:
        condition &= Q(division_code__startswith=asked.city)
    if asked.industry:
        condition &= Q(industry=asked.industry)
    return condition


def _reach(request: HttpRequest) -> Q:
    """Enterprises one may see: there themselves, or with a line there."""
    scope = scope_of_request(request)
    line = ProductionLine.objects.filter(scope.lines(), enterprise=OuterRef("pk"))
    return scope.enterprises() | Q(Exists(line))


def _enterprise_of(request: HttpRequest, uscc: str) -> Enterprise:
    return get_object_or_404(Enterprise.objects.filter(_reach(request)), pk=uscc)


def _line_of(request: HttpRequest, line_id: str) -> ProductionLine:
    within = ProductionLine.objects.filter(scope_of_request(request).lines())
    return get_object_or_404(within, pk=line_id)


def _enterprise(one: Enterprise) -> dict[str, Any]:
    names = ("uscc", "name", "division_code", "industry", "employees", "address")
    return {name: getattr(one, name) for name in names} | {"merged_into": one.merged_into_id}


def _line(line: ProductionLine) -> dict[str, Any]:
    names = (
        "line_id", "name", "industry", "division_code", "product", "capacity", "capacity_unit",
        "commissioned_on", "approved_on", "status",
    )  # fmt: skip
    return {name: getattr(line, name) for name in names} | {"uscc": line.enterprise_id}

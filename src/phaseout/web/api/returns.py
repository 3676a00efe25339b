"""Returns (clause 19): what each city reports to each department for a year. A bureau's own system
reads what the ledger has filled in, and reports: rows as JSON, or the form as a workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of, ways
from phaseout.coordination.returns import acts
from phaseout.coordination.returns.drafting import drafted
from phaseout.coordination.returns.models import CountedRow
from phaseout.coordination.returns.reading import MOST_ROWS, read, read_cells
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.seats import cities, city_seat, departments, sees
from phaseout.coordination.returns.standing import Place, place, places, years
from phaseout.law.annual import columns
from phaseout.web.api.acts import Key
from phaseout.web.api.answers import ACTS, LISTS, READS, answers
from phaseout.web.api.fields import NO_NUL, Figure, Word
from phaseout.web.api.keys import held, of_an_office
from phaseout.web.api.paging import Page, Turn, turn_list

router = Router(tags=["returns"])
Cell = Annotated[str, StringConstraints(max_length=400, pattern=NO_NUL)]
Said = Annotated[str, StringConstraints(max_length=acts.LONGEST, pattern=NO_NUL)]
ColumnKey = Literal[
    "county", "industry", "enterprise", "uscc", "way", "dimension", "equipment", "quantity",
    "capacity", "unit", "cut_on", "sealed_on", "dismantled_on", "accepted_on", "document",
    "remarks", "line_id", "reason",
]  # fmt: skip


class ReturnPlace(Schema):
    """One city's return to one department for a year. `state`: open, late, filed, sent_back,
    accepted; `version` counts what was reported, null: nothing yet."""

    year: int
    department: str
    city: str
    state: str
    due: date
    act_by: date = Field(description="the last working day on or before it")
    days_late: int
    version: int | None
    filed_on: date | None
    nil: bool | None = Field(description="the city says that nothing exited; null: it says nothing")


class ReturnPlaces(Page):
    """A page of returns."""

    items: list[ReturnPlace]


class ReturnedRow(Schema):
    """A row in the columns of the form; `amount` in `unit`, a unit of the ledger. `line` is empty
    for what the register does not know."""

    place: int
    division_code: str
    industry: str
    enterprise: str
    uscc: str
    way: str
    dimension: str
    equipment: str
    quantity: int | None
    amount: Figure
    unit: str
    cut_on: date | None
    sealed_on: date | None
    dismantled_on: date | None
    accepted_on: date | None
    document: str
    remarks: str
    line: str
    reason: str


class FilledRow(ReturnedRow):
    """A row of the draft; `cells` is the same in the words of the form, as they can be sent."""

    cells: dict[str, str]


class ReturnShown(ReturnPlace):
    """What was reported. `counted`: what the department took over, empty until it accepts."""

    reason: str
    rows: list[ReturnedRow]
    counted: list[ReturnedRow]


class ReturnDraft(Schema):
    """What would be reported now: as the ledger and the cases have it, with what was corrected."""

    digest: str
    rows: list[FilledRow]
    wrong: list[str] = Field(description="what hinders the report, in Chinese")


class ReturnAsked(Schema):
    """A return. Each row is its cells as the form has them, by the key of the column; what the
    ledger has and does not count is sent with a capacity of 0 and the reason."""

    rows: list[dict[ColumnKey, Cell]] = Field(
        default_factory=list,
        max_length=MOST_ROWS,
        examples=[[{"county": "贺兰县", "industry": "水泥", "capacity": "20", "unit": "万吨/年"}]],
    )
    nil: bool = Field(False, description="nothing exited in the year (零报告)")
    reason: Said = Field("", description="why it is late, or reported anew")


class WorkbookAsked(Schema):
    """What goes with the workbook."""

    reason: Said = Field("", description="why it is late, or reported anew")


class ReturnFiled(Schema):
    """What was reported: its version, how late it is, the digest of the act."""

    year: int
    department: str
    city: str
    version: int
    nil: bool
    days_late: int
    rows: int
    digest: str


Year = Annotated[int, Field(ge=1, le=9999)]


class ReturnsAsked(Schema):
    """Which returns; all that is empty narrows nothing."""

    year: Annotated[int | None, Field(ge=1, le=9999)] = None
    department: Annotated[str, StringConstraints(max_length=32, pattern=NO_NUL)] = ""
    city: Annotated[str, StringConstraints(max_length=6, pattern=NO_NUL)] = ""


@router.get(
    "/returns",
    operation_id="list_returns",
    summary="Where the returns of a year stand, city by city and department by department",
    response=answers(ReturnPlaces, *LISTS),
)
def list_returns(request: HttpRequest, asked: Query[ReturnsAsked], turning: Turn) -> Any:
    """Of the year of the business day unless another is asked for; the cities one may see."""
    scope, today = of_an_office(request), today_of(request)
    year = asked.year or today.year
    of = [c for c in cities() if sees(scope, c) and asked.city in ("", c)]
    to = [d for d in departments() if asked.department in ("", d)]
    known = year in years(today) and of and to
    rows = places(year, today, of=of, to=to) if known else []
    return turn_list(request, rows, lambda one: one.about, turning, place_shown)


@router.get(
    "/returns/{year}/{department}/{city}",
    operation_id="get_return",
    summary="One city's return: what was reported, what was counted",
    response=answers(ReturnShown, *READS),
)
def get_return(request: HttpRequest, year: Year, department: Word, city: Word) -> Any:
    """The newest version that was reported, and what the department counts of it."""
    here = here_of(request, year, department, city)
    told = list(here.filed.rows.order_by("place")) if here.filed else []
    counted = CountedRow.objects.filter(act=here.last).order_by("place") if here.last else []
    return {
        **place_shown(here),
        "reason": here.filed.reason if here.filed else "",
        "rows": [row_shown(one.place, Row.kept(one)) for one in told],
        "counted": [row_shown(one.place, Row.kept(one)) for one in counted],
    }


@router.get(
    "/returns/{year}/{department}/{city}/draft",
    operation_id="get_return_draft",
    summary="What the ledger has filled in, for who reports",
    response=answers(ReturnDraft, *READS),
)
def get_return_draft(request: HttpRequest, year: Year, department: Word, city: Word) -> Any:
    """For the bureau that reports: correct the cells and send them back; 404 for others."""
    here = here_of(request, year, department, city)
    if city_seat(scope_of_request(request), department, here.city) is None:
        raise Http404
    now = drafted(here)
    return {
        "digest": now.digest,
        "rows": [
            {**row_shown(at, row), "cells": cells_of(row)} for at, row in enumerate(now.rows, 1)
        ],
        "wrong": [one.words[0] for one in now.wrong],
    }


@router.post(
    "/returns/{year}/{department}/{city}",
    operation_id="file_return",
    summary="Report a city's return (报送), rows as JSON",
    response=answers(ReturnFiled, *ACTS, status=201),
    auth=held(Power.ACT),
)
def file_return(
    request: HttpRequest,
    year: Year,
    department: Word,
    city: Word,
    asked: ReturnAsked,
    idempotency_key: Key,
) -> Any:
    """All rows or none: what is wrong is named by row, column, value and expectation. After the
    last day a reason is asked for, and it is marked late."""
    here = here_of(request, year, department, city)
    cells = [{str(key): cell for key, cell in row.items()} for row in asked.rows]
    rows = read_cells(enumerate(cells, 1), "", here.city)
    return _file(request, here, rows, asked.nil, asked.reason, idempotency_key)


@router.post(
    "/returns/{year}/{department}/{city}/workbook",
    operation_id="file_return_workbook",
    summary="Report a city's return (报送), the form as XLSX",
    response=answers(ReturnFiled, *ACTS, status=201),
    auth=held(Power.ACT),
)
def file_return_workbook(
    request: HttpRequest,
    year: Year,
    department: Word,
    city: Word,
    idempotency_key: Key,
    file: Annotated[UploadedFile, File(description="XLSX, as multipart/form-data")],
    asked: Form[WorkbookAsked],
) -> Any:
    """The form as the page gives it out, filled in; all of it or none."""
    here = here_of(request, year, department, city)
    rows = read(file.read(), file.name or "", here.city)
    return _file(request, here, rows, False, asked.reason, idempotency_key)


def _file(
    request: HttpRequest, here: Place, rows: Any, nil: bool, reason: str, key: Any
) -> Status[Any]:
    told = (here.year, here.department, here.city)
    filed = acts.file_return(*told, rows=rows, nil=nil, reason=reason, **ways(request, key))
    return Status(
        201,
        {
            "year": filed.year,
            "department": filed.department,
            "city": filed.division_code,
            "version": filed.version,
            "nil": filed.nil,
            "days_late": filed.days_late,
            "rows": filed.rows.count(),
            "digest": filed.act.digest,
        },
    )


def here_of(request: HttpRequest, year: int, department: Word, city: Word) -> Place:
    """The place of an address, where the reader may look; 404 else."""
    scope, today = of_an_office(request), today_of(request)
    known = year in years(today) and department in departments() and city in cities()
    if not known or not sees(scope, city):
        raise Http404
    return place(year, department, city, today)


def place_shown(one: Place) -> dict[str, Any]:
    """A return as `ReturnPlace` tells it."""
    return {
        "year": one.year,
        "department": one.department,
        "city": one.city,
        "state": str(one.state),
        "due": one.due.due,
        "act_by": one.due.act_by,
        "days_late": one.days_late,
        "version": one.filed.version if one.filed else None,
        "filed_on": one.filed.act.done_on if one.filed else None,
        "nil": one.filed.nil if one.filed else None,
    }


def row_shown(at: int, row: Row) -> dict[str, Any]:
    """A row under its place, as `ReturnedRow` tells it."""
    plain = {**row.plain, "place": at, "line": row.line_id, "amount": Decimal(row.amount)}
    return {name: plain[name] for name in ReturnedRow.model_fields}


def cells_of(row: Row) -> dict[str, str]:
    """The row as texts by the key of the column, as `file_return` takes them."""
    words = row.words
    asked = [one.key for one in columns() if one.key not in ("no", "city")]
    return {key: told if isinstance(told := words[key], str) else told[0] for key in asked}

"""The annual report (clause 19), to be read: how far it is, its figures, the rows behind them, its
numbered errata. What is done about it: `annual_acts`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from phaseout.accounts.requests import today_of
from phaseout.coordination.annual.figures import BY, Against, Reported, Sum, against, narrowed, sums
from phaseout.coordination.annual.lasting import corrected, report_of
from phaseout.coordination.annual.models import Erratum
from phaseout.coordination.annual.shown import sees
from phaseout.coordination.annual.standing import Standing, standing
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.standing import years
from phaseout.web.api.answers import LISTS, READS, answers
from phaseout.web.api.fields import NO_NUL, Figure
from phaseout.web.api.keys import of_an_office
from phaseout.web.api.paging import Page, Turn, turn_list
from phaseout.web.api.returns import ReturnedRow, Year, cells_of, row_shown

router = Router(tags=["annual"])


class AnnualRow(Schema):
    """The report on a year. `stage`: running, open, frozen, signed, declined, approved, sent;
    `digest` is over the frozen figures, null: nothing is frozen."""

    year: int
    stage: str
    due: date
    days_late: int
    version: int | None
    digest: str | None
    errata: int
    sent_on: date | None
    number: str | None = Field(description="of the letter, once it was sent")


class AnnualReports(Page):
    """A page of reports."""

    items: list[AnnualRow]


class AnnualSum(Schema):
    """Counted by one thing, in one unit of the ledger; units are never added up."""

    key: str
    unit: str
    enterprises: int
    lines: int
    amount: Figure


class AnnualIndustry(AnnualSum):
    """An industry with its task, its rate (whole per cent) and last year; null is unknown: no plan
    adopted, no report of last year. Nought is nought."""

    task: Figure | None
    rate: int | None
    last: Figure | None


class AnnualShown(AnnualRow):
    """The figures, with the errata until now."""

    industries: list[AnnualIndustry]
    by_city: list[AnnualSum]
    by_way: list[AnnualSum]
    by_dimension: list[AnnualSum]
    files: dict[str, str] = Field(description="name → SHA-256 of what was sent")


class AnnualReportRow(ReturnedRow):
    """A row of the report. `origin`: return, ledger (no return was accepted), erratum; `erratum`:
    the number of the last one that corrects it; struck off, the amount is 0. `cells` is the same in
    the words of the form and `digest` is over it, as an erratum takes them."""

    department: str
    origin: str
    erratum: int | None
    cells: dict[str, str]
    digest: str


class AnnualReportRows(Page):
    """A page of rows."""

    items: list[AnnualReportRow]


class AnnualErratum(Schema):
    """A numbered correction. `place`: of the row, null: one was added; both rows stay."""

    number: int
    place: int | None
    on: date
    document: str
    reason: str
    before: ReturnedRow | None
    after: ReturnedRow


class AnnualErrata(Page):
    """A page of corrections."""

    items: list[AnnualErratum]


class Behind(Schema):
    """Whose rows: those a figure counts."""

    by: Literal["", "industry", "city", "way", "dimension", "department", "unit", "origin"] = ""
    key: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)] = ""


@router.get(
    "/annual",
    operation_id="list_annual_reports",
    summary="The reports of all years",
    response=answers(AnnualReports, *LISTS),
)
def list_annual_reports(request: HttpRequest, turning: Turn) -> Any:
    """The newest first. For who reads over the whole region, as the report does."""
    today = _of_the_region(request)
    rows = [standing(year, today) for year in years(today)]
    return turn_list(request, rows, lambda one: str(one.year), turning, report_shown)


@router.get(
    "/annual/{year}",
    operation_id="get_annual_report",
    summary="The figures of a year's report",
    response=answers(AnnualShown, *READS),
)
def get_annual_report(request: HttpRequest, year: Year) -> Any:
    """As frozen, with the errata until now. 404: the figures of that year are not frozen."""
    now, rows = _frozen(request, year)
    whole = corrected(report_of(now.freeze), now.errata) if now.freeze else None
    sent = now.sent.content["files"] if now.sent else {}
    return {
        **report_shown(now),
        "industries": [_industry(one) for one in (against(whole) if whole else ())],
        "by_city": [_sum(one) for one in sums(rows, "city")],
        "by_way": [_sum(one) for one in sums(rows, "way")],
        "by_dimension": [_sum(one) for one in sums(rows, "dimension")],
        "files": sent,
    }


@router.get(
    "/annual/{year}/rows",
    operation_id="list_annual_rows",
    summary="The rows behind a figure",
    response=answers(AnnualReportRows, *READS),
)
def list_annual_rows(request: HttpRequest, year: Year, asked: Query[Behind], turning: Turn) -> Any:
    """All rows, or those that a sum counts: `by=industry&key=cement`."""
    _, rows = _frozen(request, year)
    found = narrowed(rows, {asked.by: asked.key}) if asked.by in BY else rows
    return turn_list(request, found, lambda one: str(one.place), turning, _reported)


@router.get(
    "/annual/{year}/errata",
    operation_id="list_annual_errata",
    summary="The numbered corrections of a report",
    response=answers(AnnualErrata, *READS),
)
def list_annual_errata(request: HttpRequest, year: Year, turning: Turn) -> Any:
    """In their order. The report as it was sent stays as it is."""
    now, _ = _frozen(request, year)
    return turn_list(request, now.errata, lambda one: str(one.number), turning, erratum_shown)


def _of_the_region(request: HttpRequest) -> date:
    if not sees(of_an_office(request)):
        raise PermissionDenied("region")
    return today_of(request)


def of_a_year(request: HttpRequest, year: int) -> date:
    """The business day, where who asks reads over the region and there is a report on the year: 403
    and 404 else."""
    today = _of_the_region(request)
    if year not in years(today):
        raise Http404
    return today


def _frozen(request: HttpRequest, year: int) -> tuple[Standing, list[Reported]]:
    """The report of a year that has a freeze, and its rows with the errata."""
    now = standing(year, of_a_year(request, year))
    if now.freeze is None:
        raise Http404
    return now, list(corrected(report_of(now.freeze), now.errata).rows)


def report_shown(now: Standing) -> dict[str, Any]:
    """A report as `AnnualRow` tells it."""
    return {
        "year": now.year,
        "stage": str(now.stage),
        "due": now.due.due,
        "days_late": now.days_late,
        "version": now.freeze.version if now.freeze else None,
        "digest": now.freeze.digest if now.freeze else None,
        "errata": len(now.errata),
        "sent_on": now.sent.done_on if now.sent else None,
        "number": now.sent.content["number"] if now.sent else None,
    }


def _sum(one: Sum) -> dict[str, Any]:
    names = ("key", "unit", "enterprises", "lines", "amount")
    return {name: getattr(one, name) for name in names}


def _industry(one: Against) -> dict[str, Any]:
    return {
        **_sum(one.done),
        "key": one.industry,
        "unit": one.unit,
        "task": one.task,
        "rate": one.rate,
        "last": one.last,
    }


def _reported(one: Reported) -> dict[str, Any]:
    return {
        **row_shown(one.place, one.row),
        "department": one.department,
        "origin": one.origin,
        "erratum": one.erratum,
        "cells": cells_of(one.row),
        "digest": one.row.digest,
    }


def erratum_shown(one: Erratum) -> dict[str, Any]:
    """A correction as `AnnualErratum` tells it."""
    place = one.place or 0
    return {
        "number": one.number,
        "place": one.place,
        "on": one.act.done_on,
        "document": one.document,
        "reason": one.reason,
        "before": row_shown(place, Row.of(one.before)) if one.before else None,
        "after": row_shown(place, Row.of(one.after)),
    }

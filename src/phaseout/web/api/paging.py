"""Pages of lists: `limit` rows, and the address of the next page until there is none.

A page is found by the key of the last row of the page before: rows that come or go meanwhile
neither repeat nor hide others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from phaseout.pages import keyset
from phaseout.web.api.answers import not_understood
from phaseout.web.api.fields import NO_NUL

R = TypeVar("R")


class Page(Schema):
    """A page of a list. `next` is the address of the next page, null on the last."""

    next: str | None = None


class Turning(Schema):
    """How much of a list, and from where."""

    limit: int = Field(50, ge=1, le=200, description="rows a page")
    cursor: Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)] = Field(
        "", description="from `next` of the page before; empty for the first page"
    )


Turn = Annotated[Turning, Query()]


def turn(
    request: HttpRequest,
    rows: QuerySet[Any],
    order: tuple[str, ...],
    turning: Turning,
    shown: Callable[[Any], Any],
) -> dict[str, Any]:
    """A page of a queryset, each row as `shown` makes it."""
    return turn_together(request, rows, order, turning, lambda page: [shown(row) for row in page])


def turn_together(
    request: HttpRequest,
    rows: QuerySet[Any],
    order: tuple[str, ...],
    turning: Turning,
    shown: Callable[[Sequence[Any]], list[Any]],
) -> dict[str, Any]:
    """A page of a queryset whose rows are made together: what they need is read at once."""
    page = keyset.page(rows, order, turning.cursor, turning.limit)
    return {"items": shown(page.rows), "next": _next(request, page.after)}


def turn_list(
    request: HttpRequest,
    rows: Sequence[R],
    key: Callable[[R], str],
    turning: Turning,
    shown: Callable[[R], Any],
) -> dict[str, Any]:
    """A page of rows in memory; `key` tells them apart, the cursor is that of the last one seen."""
    start = 0
    if turning.cursor:
        places = [at for at, row in enumerate(rows) if key(row) == turning.cursor]
        if not places:
            raise not_understood([{"where": "query.cursor", "says": "of another list"}])
        start = places[0] + 1
    some = rows[start : start + turning.limit]
    more = start + turning.limit < len(rows)
    return {
        "items": [shown(row) for row in some],
        "next": _next(request, key(some[-1]) if more else None),
    }


def turn_numbered(
    request: HttpRequest,
    read: Callable[[int, int], Sequence[R]],
    place: Callable[[R], int],
    turning: Turning,
    shown: Callable[[R], Any],
) -> dict[str, Any]:
    """A page of rows that bear a number: `read(after, limit)` gives those after a number."""
    cursor = turning.cursor or "0"
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise not_understood([{"where": "query.cursor", "says": "of another list"}])
    rows = read(int(cursor), turning.limit + 1)
    some = rows[: turning.limit]
    more = len(rows) > turning.limit
    return {
        "items": [shown(row) for row in some],
        "next": _next(request, str(place(some[-1])) if more else None),
    }


def _next(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    parts = request.GET.copy()
    parts["cursor"] = cursor
    return f"{request.path}?{parts.urlencode()}"

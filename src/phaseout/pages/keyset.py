"""Pages of a long list by the key of the last row seen: page 1,000 costs what page 1 costs."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from phaseout.law.refusals import Refusal

LAST_OF_ALL = "last"
_NO_KEY = (ValidationError, ValueError, TypeError, ArithmeticError, DataError)
"""What a key made up by somebody else can run into, here or in the database."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page; `after` and `before` are cursors for the next and the previous page."""

    rows: list[Any]
    after: str | None
    before: str | None


def page(
    rows: QuerySet[Any],
    order: tuple[str, ...],
    cursor: str,
    size: int = 50,
    shown: QuerySet[Any] | None = None,
) -> Page:
    """A page of `rows` in `order` (field names, `-` for descending; the last must be unique).

    Nulls come last in either direction. `cursor` is "" for the first page, else one that a `Page`
    gave. `shown`: the rows with what other tables tell of them; those of the page are taken from
    it, so that the database looks for them first and for their company afterwards. Otherwise it may
    go through the other table in its order.

    Raises:
        Refusal: `cursor_unreadable`.
    """
    backwards, key = _read(cursor, order)
    fields = _reversed(order) if backwards else order
    if key is not None:
        try:
            rows = rows.filter(
                _beyond_in_index(rows.model, fields, key)
                or _beyond(fields, key, nulls_first=backwards)
            )
        except _NO_KEY:
            raise _unreadable() from None
    try:
        rows = rows.order_by(*_order(fields, nulls_first=backwards))
        if shown is not None:
            first = rows.values("pk")[: size + 1]
            rows = shown.filter(pk__in=first).order_by(*rows.query.order_by)
        found = list(rows[: size + 1])
    except _NO_KEY:
        raise _unreadable() from None
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_after = bool(found) and (backwards or more)
    has_before = bool(found) and (more if backwards else key is not None)
    return Page(
        found,
        _write(False, found[-1], order) if has_after else None,
        _write(True, found[0], order) if has_before else None,
    )


def _order(fields: tuple[str, ...], *, nulls_first: bool) -> list[Any]:
    """The ordering; nulls are mentioned only where PostgreSQL would put them elsewhere."""
    return [
        F(name.lstrip("-")).desc(
            nulls_first=nulls_first or None, nulls_last=not nulls_first or None
        )
        if name.startswith("-")
        else F(name).asc(nulls_first=nulls_first or None, nulls_last=not nulls_first or None)
        for name in fields
    ]


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _beyond_in_index(model: type[Model], fields: tuple[str, ...], key: list[Any]) -> Any:
    """`(a, b) < (x, y)` where no column can be null and all go one way: the database finds the
    place in the index at once, however many rows share the first value. None: not such an order."""
    descending = {name.startswith("-") for name in fields}
    columns = [_not_null(model, name.lstrip("-")) for name in fields]
    if len(descending) > 1 or None in columns or None in key:
        return None
    values = tuple(column.to_python(value) for column, value in zip(columns, key, strict=True))
    names = Tuple(*(F(name.lstrip("-")) for name in fields))
    compare = TupleLessThan if descending.pop() else TupleGreaterThan
    return compare(
        names, tuple(Value(v, output_field=c) for v, c in zip(values, columns, strict=True))
    )


def _not_null(model: type[Model], name: str) -> Any:
    try:
        column: Any = model._meta.get_field(name)
    except FieldDoesNotExist:  # a path to another table, or something computed
        return None
    column = getattr(column, "output_field", column)  # of a generated one
    return None if column.null else getattr(column, "target_field", column)


def _beyond(fields: tuple[str, ...], key: list[Any], *, nulls_first: bool) -> Q:
    """Rows strictly after `key` in the order of `fields`."""
    beyond = Q(pk__in=[])
    same = Q()
    for name, value in zip(fields, key, strict=True):
        plain = name.lstrip("-")
        beyond |= same & _further(plain, value, name.startswith("-"), nulls_first)
        same &= Q(**{f"{plain}__isnull": True}) if value is None else Q(**{plain: value})
    return beyond


def _further(name: str, value: Any, descending: bool, nulls_first: bool) -> Q:
    if value is None:
        return Q(**{f"{name}__isnull": False}) if nulls_first else Q(pk__in=[])
    further = Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
    return further if nulls_first else further | Q(**{f"{name}__isnull": True})


def _write(backwards: bool, row: Any, order: tuple[str, ...]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    key = [None if value is None else str(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps([backwards, key]).encode()).decode().rstrip("=")


def _read(cursor: str, order: tuple[str, ...]) -> tuple[bool, list[Any] | None]:
    if not cursor:
        return False, None
    if cursor == LAST_OF_ALL:
        return True, None
    try:
        backwards, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise _unreadable() from None
    texts = isinstance(key, list) and all(v is None or isinstance(v, str) for v in key)
    if not texts or len(key) != len(order):
        raise _unreadable()
    return bool(backwards), key


def _unreadable() -> Refusal:
    return Refusal(
        "cursor_unreadable",
        what=("不能翻到这一页", "this page cannot be shown"),
        why=(
            "页码标记不完整或不属于这个列表。",
            "the mark of the page is damaged or of another list.",
        ),
        instead=("请从列表第一页重新查看。", "Start again from the first page of the list."),
    )

"""A kind of open work, as the matrix counts it: what each room says of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value

from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work as a row of the list; `office` has it."""

    words: str
    about: str
    due: date | None
    late: bool
    url: str
    office: Bilingual = ("", "")


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of work. `found(scope, today)` gives rows with `of_clause`, `held_by` (the office),
    `last_day` (or nothing) and `is_late`; `shown` turns one into an `Item`."""

    key: str
    words: Bilingual
    found: Callable[[Scope, date], QuerySet[Any]]
    shown: Callable[[Any], Item]
    whole: bool = False
    """Evaluated over all rows: the query itself is narrowed to the scope."""


def told(rows: QuerySet[Any], *, clause: Any, holder: Any, last: Any, today: date) -> QuerySet[Any]:
    """The rows with what every kind of work has.

    Args:
        clause: a number, or an expression for one.
        holder: the name of the column that has the office, or an expression for it.
        last: an expression for the last day; null: none is set, and nothing is late. None: the
            rows have a column `last_day` of their own.
    """
    whole = clause if hasattr(clause, "resolve_expression") else Value(clause)
    late = ExpressionWrapper(
        Q(last_day__isnull=False) & Q(last_day__lt=today), output_field=BooleanField()
    )
    found: QuerySet[Any] = rows.annotate(
        of_clause=ExpressionWrapper(whole, output_field=IntegerField()),
        held_by=F(holder) if isinstance(holder, str) else holder,
        **({} if last is None else {"last_day": last}),
    ).annotate(is_late=late)
    return found

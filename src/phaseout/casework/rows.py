"""Rows of models by plain SQL: the statements of an act are put together once, not at every act.

    Read(Case)              the columns of a model, and a row of theirs as an object
    fetched(statement, …)   the rows that a statement gives
    insert(row, …)          rows of one model, written in one statement; their ids are set

An act reads and writes the same few tables every time, and the case is locked meanwhile: to have
the ORM compose the same statements anew takes longer than the database needs to answer them. What
comes of it is the same: columns and conversions are those of the models.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)
Values = Sequence[Any] | Mapping[str, Any]


class Read(Generic[M]):
    """The columns of a model, all but those left out, which the object reads when asked for."""

    def __init__(self, model: type[M], *, without: Collection[str] = ()) -> None:
        self.model = model
        fields = [one for one in model._meta.concrete_fields if one.name not in without]
        self._names = [one.attname for one in fields]
        self._columns = [one.column for one in fields]
        self._converted = [
            (place, one) for place, one in enumerate(fields) if hasattr(one, "from_db_value")
        ]

    def __len__(self) -> int:
        return len(self._names)

    def columns(self, alias: str) -> str:
        return ", ".join(f'{alias}."{column}"' for column in self._columns)

    def row(self, values: Iterable[Any]) -> M:
        """The object of a row of these columns, in their order."""
        given = list(values)
        for place, field in self._converted:
            given[place] = field.from_db_value(given[place], None, connection)
        return self.model.from_db(connection.alias, self._names, given)


def fetched(statement: str, values: Values) -> list[tuple[Any, ...]]:
    """The rows that the statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def insert(*rows: Model) -> None:
    """Write rows of one model, as `bulk_create` would; their ids are set."""
    if not rows:
        return
    into, fields = _into(type(rows[0]))
    marks = f"({', '.join(['%s'] * len(fields))})"
    statement = f"{into} VALUES {', '.join([marks] * len(rows))} RETURNING id"
    values = [_written(row, field) for row in rows for field in fields]
    for row, (pk,) in zip(rows, fetched(statement, values), strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, connection.alias


@cache
def _into(model: type[Model]) -> tuple[str, tuple[Field[Any, Any], ...]]:
    fields = tuple(one for one in model._meta.concrete_fields if not one.primary_key)
    columns = ", ".join(f'"{one.column}"' for one in fields)
    return f"INSERT INTO {model._meta.db_table} ({columns})", fields


def _written(row: Model, field: Field[Any, Any]) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)

"""Rows of models by plain SQL: the statements of an act are put together once, not at every act.

    Read(Case)              the columns of a model, and a row of theirs as an object
    fetched(statement, …)   the rows that a statement gives
    fetched_at_once(…)      the same of several statements, in one journey to the database
    insert(row)             one row, written at once; its id is set
    Changes()               rows added, changed and taken away, all in one journey to the database

An act reads and writes the same few tables every time, and the case is locked meanwhile: to have
the ORM compose the same statements anew takes longer than the database needs to answer them. What
comes of it is the same: columns and conversions are those of the models. Values go beside the
statement, so the server keeps those that come often prepared (`prepare_threshold` of the settings).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model
from psycopg import Cursor

M = TypeVar("M", bound=Model)
Values = Sequence[Any] | Mapping[str, Any]
Given = Mapping[str, Any]
"""Values of a model's fields, by the names of the fields."""


class Read(Generic[M]):
    """The columns of a model: all, all `without` some, or `only` these. Of the columns left out an
    object reads what it is asked for."""

    def __init__(
        self, model: type[M], *, without: Collection[str] = (), only: Collection[str] = ()
    ) -> None:
        self.model = model
        fields = [
            one
            for one in model._meta.concrete_fields
            if one.name not in without and (not only or one.name in only)
        ]
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
    with connection.wrap_database_errors:
        return _sent_by(_cursor(), statement, values).fetchall()


def fetched_at_once(*asked: tuple[str, Values]) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement. One that waits for a lock is over before the next one looks."""
    with connection.wrap_database_errors:
        cursors = _sent(asked)
        return [cursor.fetchall() for cursor in cursors]


def _cursor() -> Cursor[tuple[Any, ...]]:
    """A cursor that sends the values beside the statement. (Django's own writes them into it.)"""
    connection.ensure_connection()
    return Cursor(connection.connection)


def _sent(asked: Iterable[tuple[str, Values]]) -> list[Cursor[tuple[Any, ...]]]:
    connection.ensure_connection()
    with connection.connection.pipeline():
        return [_sent_by(_cursor(), statement, values) for statement, values in asked]


def _sent_by(
    cursor: Cursor[tuple[Any, ...]], statement: str, values: Values
) -> Cursor[tuple[Any, ...]]:
    if connection.queries_logged:  # as Django notes its own
        connection.queries_log.append({"sql": statement, "time": "0.000"})
    return cursor.execute(statement, values)


def insert(row: Model) -> None:
    """Write a new row now; its id is set."""
    into, fields = _into(type(row))
    ((row.pk,),) = fetched(f"{into} RETURNING id", _values(row, fields))
    row._state.adding, row._state.db = False, connection.alias


class Changes:
    """Changes of rows that go to the database in one journey, in the order in which they came.

    Each statement sees what those before it did. New rows get their ids there, not here.
    """

    def __init__(self) -> None:
        self._changes: list[tuple[str, list[Any]]] = []

    def insert(self, *rows: Model) -> None:
        for row in rows:
            into, fields = _into(type(row))
            self._changes.append((into, _values(row, fields)))

    def update(self, model: type[Model], new: Given, where: Given) -> None:
        """Set the fields `new` of the rows in which the fields `where` are as given."""
        to, values = _pairs(model, new, ", ")
        which, there = _where(model, where)
        self._changes.append((f"UPDATE {model._meta.db_table} SET {to} {which}", values + there))

    def delete(self, model: type[Model], where: Given) -> None:
        which, there = _where(model, where)
        self._changes.append((f"DELETE FROM {model._meta.db_table} {which}", there))

    def write(self) -> None:
        """Send them, if there are any."""
        if self._changes:
            with connection.wrap_database_errors:
                _sent(self._changes)
        self._changes = []


@cache
def _into(model: type[Model]) -> tuple[str, tuple[Field[Any, Any], ...]]:
    fields = tuple(one for one in model._meta.concrete_fields if not one.primary_key)
    columns = ", ".join(f'"{one.column}"' for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", fields


def _values(row: Model, fields: Iterable[Field[Any, Any]]) -> list[Any]:
    return [one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in fields]


def _pairs(model: type[Model], given: Given, between: str) -> tuple[str, list[Any]]:
    fields = [_field(model, name) for name in given]
    said = between.join(f'"{one.column}" = %s' for one in fields)
    values = zip(fields, given.values(), strict=True)
    return said, [one.get_db_prep_save(value, connection) for one, value in values]


def _where(model: type[Model], given: Given) -> tuple[str, list[Any]]:
    none = [name for name, value in given.items() if value is None]
    some = {name: value for name, value in given.items() if value is not None}
    which, values = _pairs(model, some, " AND ")
    empty = [f'"{_field(model, name).column}" IS NULL' for name in none]
    return f"WHERE {' AND '.join([which, *empty])}", values


@cache
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return next(one for one in model._meta.concrete_fields if name in (one.name, one.attname))

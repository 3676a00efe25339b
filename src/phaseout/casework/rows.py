"""Rows of models by plain SQL: the statements of an act are put together once, not at every act.

    Read(Case)              the columns of a model, and a row of theirs as an object
    fetched(statement, …)   the rows that a statement gives
    fetched_at_once(…)      the same of several statements, in one journey to the database
    Changes(row)            a new row, and rows added, changed and taken away with it, all in one
                            journey to the database; its id is set

An act reads and writes the same few tables every time, and the case is locked meanwhile: to have
the ORM compose the same statements anew takes longer than the database needs to answer them. What
comes of it is the same: columns and conversions are those of the models. Values go beside the
statement, so the server keeps those that come often prepared (`prepare_threshold` of the settings).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
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
            given[place] = field.from_db_value(given[place], None, _here())
        return self.model.from_db(DEFAULT_DB_ALIAS, self._names, given)


def fetched(statement: str, values: Values) -> list[tuple[Any, ...]]:
    """The rows that the statement gives."""
    here = _here()
    with here.wrap_database_errors:
        return _sent_by(here, statement, values).fetchall()


def fetched_at_once(*asked: tuple[str, Values]) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement. One that waits for a lock is over before the next one looks."""
    here = _here()
    with here.wrap_database_errors:
        cursors = _sent(here, asked)
        return [cursor.fetchall() for cursor in cursors]


def _here() -> BaseDatabaseWrapper:
    """The connection itself: `django.db.connection` looks it up anew with every attribute."""
    return connections[DEFAULT_DB_ALIAS]


def _sent(
    here: BaseDatabaseWrapper, asked: Iterable[tuple[str, Values]]
) -> list[Cursor[tuple[Any, ...]]]:
    here.ensure_connection()
    with here.connection.pipeline():
        return [_sent_by(here, statement, values) for statement, values in asked]


def _sent_by(here: BaseDatabaseWrapper, statement: str, values: Values) -> Cursor[tuple[Any, ...]]:
    """Sent with the values beside the statement. (Django's own cursor writes them into it.)"""
    here.ensure_connection()
    if here.queries_logged:  # as Django notes its own
        here.queries_log.append({"sql": statement, "time": "0.000"})
    return Cursor(here.connection).execute(statement, values)


class Changes:
    """Changes of rows that go to the database in one journey, in the order in which they came.

    Each statement sees what those before it did. New rows get their ids there, not here: the id of
    `first` is known here once all is written, and rows that refer to it take it there.

    Args:
        first: a new row, written before all else. Its id is not taken beforehand: whoever holds the
            table (`audit.checkpoints`) must find no lower id coming later.
    """

    def __init__(self, first: Model | None = None) -> None:
        self._first = first
        self._changes: list[tuple[str, Values]] = []
        self._questions: list[int] = []
        self._referred: list[tuple[Model, str]] = []
        if first is not None:
            into, fields = _into(type(first))
            self._changes.append((f"{into} RETURNING id", _values(first, fields)))

    def insert(self, *rows: Model) -> None:
        for row in rows:
            referring = self._referring(row)
            into, fields = _into(type(row), referring)
            self._changes.append((into, _values(row, fields)))
            self._referred += [(row, name) for name in referring]

    def _referring(self, row: Model) -> tuple[str, ...]:
        """The fields of a row that hold the first row, which has no id yet."""
        if self._first is None:
            return ()
        known = row._state.fields_cache
        return tuple(name for name, one in known.items() if one is self._first)

    def ask(self, statement: str, values: Values) -> None:
        """Ask for rows, which `write` returns: as they are after the changes so far."""
        self._questions.append(len(self._changes))
        self._changes.append((statement, values))

    def update(self, model: type[Model], new: Given, where: Given) -> None:
        """Set the fields `new` of the rows in which the fields `where` are as given. A field may be
        set to the first row itself."""
        first = self._first
        referring = [name for name, one in new.items() if one is not None and one is first]
        to, values = _pairs(model, {k: v for k, v in new.items() if k not in referring}, ", ")
        latest = [
            f'"{_field(model, name).column}" = {_id_of_latest(type(first))}'  # type: ignore[arg-type]
            for name in referring
        ]
        which, there = _where(model, where)
        to = ", ".join([*filter(None, [to]), *latest])
        self._changes.append((f"UPDATE {model._meta.db_table} SET {to} {which}", values + there))

    def delete(self, model: type[Model], where: Given) -> None:
        which, there = _where(model, where)
        self._changes.append((f"DELETE FROM {model._meta.db_table} {which}", there))

    def write(self) -> list[list[tuple[Any, ...]]]:
        """Send them, if there are any; returns the rows that were asked for, by question."""
        changes, self._changes = self._changes, []
        questions, self._questions = self._questions, []
        if not changes:
            return []
        here = _here()
        with here.wrap_database_errors:
            cursors = _sent(here, changes)
            self._written(cursors[0])
            return [cursors[place].fetchall() for place in questions]

    def _written(self, cursor: Cursor[tuple[Any, ...]]) -> None:
        """The first row is there: it has its id here too, and so have those that refer to it."""
        first, self._first = self._first, None
        if first is None:
            return
        ((first.pk,),) = cursor.fetchall()
        first._state.adding, first._state.db = False, DEFAULT_DB_ALIAS
        for row, name in self._referred:
            setattr(row, name, first)


@cache
def _into(
    model: type[Model], referring: tuple[str, ...] = ()
) -> tuple[str, tuple[Field[Any, Any], ...]]:
    """The statement that inserts a row, and the fields whose values it wants.

    Args:
        referring: foreign keys to the row of their table that came in last on this connection.
    """
    fields = tuple(one for one in model._meta.concrete_fields if not one.primary_key)
    columns = ", ".join(f'"{one.column}"' for one in fields)
    marks = ", ".join(
        _id_of_latest(one.related_model) if one.name in referring else "%s"  # type: ignore[arg-type]
        for one in fields
    )
    given = tuple(one for one in fields if one.name not in referring)
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", given


def _id_of_latest(model: type[Model]) -> str:
    """The id that the last new row of a table got on this connection, as the database says it."""
    return f"currval(pg_get_serial_sequence('{model._meta.db_table}', 'id'))"


def _values(row: Model, fields: Iterable[Field[Any, Any]]) -> list[Any]:
    here = _here()
    return [one.get_db_prep_save(one.pre_save(row, add=True), here) for one in fields]


def _pairs(model: type[Model], given: Given, between: str) -> tuple[str, list[Any]]:
    fields = [_field(model, name) for name in given]
    said = between.join(f'"{one.column}" = %s' for one in fields)
    values, here = zip(fields, given.values(), strict=True), _here()
    return said, [one.get_db_prep_save(value, here) for one, value in values]


def _where(model: type[Model], given: Given) -> tuple[str, list[Any]]:
    none = [name for name, value in given.items() if value is None]
    some = {name: value for name, value in given.items() if value is not None}
    which, values = _pairs(model, some, " AND ")
    empty = [f'"{_field(model, name).column}" IS NULL' for name in none]
    return f"WHERE {' AND '.join([which, *empty])}", values


@cache
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return next(one for one in model._meta.concrete_fields if name in (one.name, one.attname))

"""A registry filled with the small province, as an import would fill it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from phaseout.facts import take
from phaseout.law.norms import NormBook

FIRST_DAY = date(2018, 3, 15)


@pytest.fixture(scope="session")
def book() -> NormBook:
    return NormBook.load()


@pytest.fixture(scope="session")
def small_facts(small_province: Path, book: NormBook) -> Any:
    """The facts of the small province as `facts.take` leaves them."""
    with duckdb.connect() as engine:
        take(small_province, engine, book, bad_rows="leave_out")
        yield engine


@pytest.fixture
def registered(db: None, small_facts: Any, django_user_model: Any) -> int:
    """The small province is registered; the number of the import that brought it."""
    from phaseout.registry.imports.staging import clear, stage
    from phaseout.registry.imports.writing import Writing, in_order
    from phaseout.registry.models import Import

    by = django_user_model.objects.create(username="officer")
    brought = Import.objects.create(by=by, received_on=FIRST_DAY)
    rows = stage(small_facts, brought.pk)
    Writing(brought.pk, FIRST_DAY, in_order(rows)).write()
    clear(brought.pk)
    return brought.pk


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Any, str], list[tuple[Any, ...]]]:
    """All rows of a table of facts, in an order of their own."""

    def rows(engine: Any, table: str) -> list[tuple[Any, ...]]:
        found = engine.execute(f"SELECT * FROM facts.{table}").fetchall()
        return sorted(found, key=repr)

    return rows

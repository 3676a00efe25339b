"""A registry, people who may import into it, and the small province in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from phaseout.facts import take
from phaseout.law.norms import NormBook

TODAY = date(2018, 3, 15)


@pytest.fixture(scope="session")
def book() -> NormBook:
    return NormBook.load()


@pytest.fixture(autouse=True)
def book_read_once(book: NormBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs load the norms anew; one book serves all tests."""
    monkeypatch.setattr(NormBook, "load", classmethod(lambda cls, *args: book))


@pytest.fixture(scope="session")
def small_facts(small_province: Path, book: NormBook) -> Iterator[Any]:
    """The facts of the small province as `facts.take` leaves them."""
    with duckdb.connect() as engine:
        take(small_province, engine, book, bad_rows="leave_out")
        yield engine


@pytest.fixture
def person(db: None, django_user_model: Any) -> Callable[..., Any]:
    """Somebody who holds a post: `person("640100")`, `person("640000", "reviewer")`."""
    from phaseout.accounts.models import Post

    def made(division: str, role: str = "officer", name: str = "") -> Any:
        user = django_user_model.objects.create_user(username=name or f"{role}-{division}")
        Post.objects.create(user=user, role=role, function="eic", division_code=division)
        return user

    return made


@pytest.fixture
def officer(person: Callable[..., Any]) -> Any:
    """An officer of the region, who may import for all of it."""
    return person("640000")


@pytest.fixture
def take_in(officer: Any, book: NormBook) -> Callable[..., Any]:
    """Receive, check and take files at once, as the region's officer unless another is named."""
    from phaseout.registry.imports import check, receive, take_import

    def taken(files: Any, *, by: Any = None, today: date = TODAY, bad_rows: str = "refuse") -> Any:
        brought = receive(files, by=by or officer, today=today, check=False)
        check(brought.pk, book=book)
        return take_import(brought.pk, by=by or officer, today=today, bad_rows=bad_rows, book=book)

    return taken


@pytest.fixture
def check_in(officer: Any, book: NormBook) -> Callable[..., Any]:
    """Receive and check files, not taking them."""
    from phaseout.registry.imports import check, receive

    def checked(files: Any, *, by: Any = None, today: date = TODAY) -> Any:
        brought = receive(files, by=by or officer, today=today, check=False)
        check(brought.pk, book=book)
        brought.refresh_from_db()
        return brought

    return checked


@pytest.fixture
def registered(officer: Any, small_province: Path, book: NormBook) -> Any:
    """The small province is registered; the import that brought it."""
    from phaseout.registry.imports import take_folder

    return take_folder(small_province, by=officer, today=TODAY, bad_rows="leave_out", book=book)


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Any, str], list[tuple[Any, ...]]]:
    """All rows of a table of facts, in an order of their own."""

    def rows(engine: Any, table: str) -> list[tuple[Any, ...]]:
        found = engine.execute(f"SELECT * FROM facts.{table}").fetchall()
        return sorted(found, key=repr)

    return rows

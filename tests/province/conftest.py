"""A small province, made once for all tests that only read it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from phaseout.province.making import Made, Wish, make

SMALL = Wish(seed=1, enterprises=120, months=1)

Table = list[dict[str, str]]


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Path]:
    folder = tmp_path_factory.mktemp("province")
    return make(SMALL, folder), folder


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    make(Wish(seed=1, enterprises=120, months=1, messy=False), folder)
    return folder


@pytest.fixture(scope="session")
def table(clean: Path) -> Callable[[str], Table]:
    """Reads a table of the clean province."""
    return lambda name: _read(clean / f"{name}.csv")


def _read(path: Path, encoding: str = "utf-8-sig") -> Table:
    with path.open(encoding=encoding, newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="session")
def read() -> Callable[..., Table]:
    """Reads a CSV file into dicts; the encoding may be named."""
    return _read


@pytest.fixture(scope="session")
def small() -> Wish:
    return SMALL

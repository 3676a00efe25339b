"""The tables of this package as rows."""

from __future__ import annotations

import csv
from importlib import resources
from io import StringIO


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `tables/<name>.csv`, cells as written."""
    file = resources.files(__package__) / "tables" / f"{name}.csv"
    return list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))

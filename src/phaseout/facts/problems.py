"""What is wrong with a cell: where it stands, what it says, what was expected, in both languages.

`wording.csv` holds one line for each code. Codes never change once released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from phaseout.facts.schema import Table
from phaseout.law.norms.book import read_csv

Details = tuple[str, str]
"""What a wording needs beside code and column, in Chinese and in English."""


class Severity(StrEnum):
    """`REFUSED` keeps the row out; `NOTICE` takes it and tells."""

    REFUSED = "refused"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that breaks the schema, or one notice.

    Attributes:
        file: name of the file, without its folder.
        sheet: name of the sheet of a workbook, else empty.
        row: as a spreadsheet shows it, the head of a CSV file being 1; 0 is the file as a whole.
        column: the English name of the column; empty for the row as a whole.
        value: the cell as it was written; empty where it is missing.
        count: how many rows say the same (notices are told once for each value).
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    expected_zh: str
    expected_en: str
    code: str
    severity: Severity
    count: int = 1
    table: str = ""
    head: str = ""
    """The head of the column as it is written in the file."""
    place: int = -1
    """Where the column stands in the file, from 0; -1 where the problem is no cell's."""

    def as_json(self) -> dict[str, Any]:
        """The problem as plain data."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def severity(code: str) -> Severity:
    """Whether a problem of that code keeps the row out."""
    return Severity(_wordings()[code]["severity"])


def expected(code: str, label: Details, details: Details = ("", "")) -> Details:
    """What was expected, in Chinese and English; `label` names the column."""
    wording = _wordings()[code]
    return (
        wording["zh"].format(column=label[0], detail=details[0]),
        wording["en"].format(column=label[1], detail=details[1]),
    )


def bad_cell(
    table: Table,
    place: tuple[str, str],
    row: int,
    column: str,
    value: str,
    code: str,
    *,
    details: Details = ("", ""),
    count: int = 1,
    head: str = "",
    at: int = -1,
) -> BadCell:
    """A problem with its wording; `place` is (file, sheet)."""
    zh, en = expected(code, _label(table, column), details)
    file, sheet = place
    return BadCell(
        file, sheet, row, column, value, zh, en, code, severity(code), count, table.name, head, at
    )


def refused(problems: Iterable[BadCell]) -> list[BadCell]:
    """Only the problems that keep rows out."""
    return [problem for problem in problems if problem.severity is Severity.REFUSED]


def _label(table: Table, column: str) -> Details:
    for known in table.columns:
        if known.name == column:
            return known.zh, known.name
    return column, column


@cache
def _wordings() -> Mapping[str, Mapping[str, str]]:
    file = resources.files(__package__) / "wording.csv"
    return {cells["code"]: cells for _, cells in read_csv(file)}

"""A panel: a table whose figures open what they count, and the chart of the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaseout.documents.charts import Bar, Chart, Group, Series
from phaseout.pages.templatetags.phaseout import number

Figure = Decimal | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; drawn in the chart where it has a look (`documents.charts.LOOKS`)."""

    head: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as it is shown: None is unknown, nought is nought. `url` opens what it counts;
    nought opens nothing."""

    value: Figure
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name, the unit of its figures where rows differ, a figure for each column."""

    name: str
    cells: tuple[Cell, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A table with its chart. `first` heads the names; `total` is the last row, where figures can
    be added; `unit` is that of all figures, where it is one; `notes` say what is not in it. `known`
    is no where it cannot be told as of the day asked: then it has no rows, which is not nought."""

    key: str
    title: str
    first: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    unit: str = ""
    stacked: bool = True
    notes: tuple[str, ...] = field(default_factory=tuple)
    known: bool = True

    @property
    def by_unit(self) -> bool:
        """Whether rows are in units of their own."""
        return any(row.unit for row in self.rows)

    @property
    def headed(self) -> list[tuple[Row, list[tuple[Column, Cell]]]]:
        """Rows with each figure's column, for the page."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    @property
    def summed(self) -> list[tuple[Column, Cell]]:
        """The last row with each figure's column."""
        return list(zip(self.columns, self.total.cells, strict=True)) if self.total else []

    def as_rows(self) -> list[list[Any]]:
        """The table as a file holds it: the head first."""
        head = [self.first, pgettext("产能", "单位"), *(column.head for column in self.columns)]
        last = [self.total] if self.total else []
        return [
            head,
            *(
                [row.name, row.unit or self.unit, *(cell.value for cell in row.cells)]
                for row in (*self.rows, *last)
            ),
        ]

    def chart(self, *notes: str) -> Chart:
        """The drawn columns as bars; rows of different units on scales of their own."""
        units = dict.fromkeys(row.unit for row in self.rows)
        groups = tuple(self._group(unit) for unit in units)
        title = f"{self.title}（{self.unit}）" if self.unit else self.title
        return Chart(title, groups, self.stacked, (*self.notes, *notes))

    def _group(self, unit: str) -> Group:
        rows = [row for row in self.rows if row.unit == unit]
        drawn = [at for at, column in enumerate(self.columns) if column.look]
        series = tuple(
            Series(
                self.columns[at].head,
                self.columns[at].look,
                tuple(_bar(row.cells[at]) for row in rows),
            )
            for at in drawn
        )
        totals = tuple(number(_sum(row.cells[at].value for at in drawn)) for row in rows)
        return Group(unit, tuple(row.name for row in rows), series, totals if self.stacked else ())


def _bar(cell: Cell) -> Bar | None:
    if cell.value is None:
        return None
    return Bar(Decimal(cell.value), number(cell.value), cell.url)


def _sum(values: Iterable[Figure]) -> Decimal:
    return sum((Decimal(value) for value in values if value is not None), Decimal(0))


def counted(value: Figure, url_name: str, **parts: Any) -> Cell:
    """A figure with the list behind it; nought and the unknown open none. Parts that are empty or
    None are left out of the address."""
    if not value:
        return Cell(value)
    asked = {name: str(part) for name, part in parts.items() if part not in (None, "")}
    query = urlencode(asked)
    return Cell(value, f"{reverse(url_name)}?{query}" if query else reverse(url_name))


def till(day: date) -> str:
    """The year up to a day, as a row is named."""
    return _("%(year)s（截至 %(day)s）") % {"year": day.year, "day": f"{day:%m-%d}"}


def add_up(rows: Sequence[Row]) -> list[Figure]:
    """Column by column; unknown where nothing of a column is known."""
    found: list[Figure] = []
    for at in range(len(rows[0].cells) if rows else 0):
        values = [row.cells[at].value for row in rows]
        known = [value for value in values if value is not None]
        found.append(sum(known[1:], known[0]) if known else None)
    return found

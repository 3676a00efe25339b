"""The head of a table: which column stands where, whatever language and order it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phaseout.facts.schema import Column, Table, folded
from phaseout.law.refusals import Refusal

LOOKED_THROUGH = 10
"""A head is looked for in so many rows: officials put a title above their tables."""


@dataclass(frozen=True, slots=True)
class Head:
    """`at` gives for each column name its place (from 0); `written` the cells of the head;
    `unknown` the places of cells that name no column of the table."""

    at: dict[str, int]
    written: tuple[str, ...]
    unknown: tuple[int, ...]


def read_head(table: Table, cells: Sequence[str]) -> Head:
    """The head that `cells` are. The first of two cells that name one column counts, unless the
    other is its English name exactly."""
    at: dict[str, int] = {}
    unknown = []
    for place, cell in enumerate(cells):
        column = _column(table, cell)
        if column is None:
            unknown += [place] if cell.strip() else []
        elif column.name not in at or folded(cell) == folded(column.name):
            at[column.name] = place
    return Head(at, tuple(cells), tuple(unknown))


def missing(table: Table, head: Head) -> list[Column]:
    """The required columns that the head lacks."""
    return [column for column in table.columns if column.required and column.name not in head.at]


def absent(table: Table, head: Head) -> tuple[str, ...]:
    """The optional columns that the head lacks."""
    return tuple(c.name for c in table.columns if not c.required and c.name not in head.at)


def looks_like_head(table: Table, cells: Sequence[str]) -> bool:
    """Whether more than half of the required columns are named."""
    required = [column for column in table.columns if column.required]
    return 2 * len(missing(table, read_head(table, cells))) < len(required)


def check_head(table: Table, head: Head, file: str, sheet: str = "") -> None:
    """Refuse a file that lacks a required column, or names one twice.

    Raises:
        Refusal: `missing_column`, naming file and columns.
    """
    lacking = missing(table, head)
    if not lacking:
        return
    place_zh = file + (f"的工作表“{sheet}”" if sheet else "")
    place_en = file + (f", sheet {sheet}," if sheet else "")
    raise Refusal(
        "missing_column",
        what=(
            f"{place_zh}缺少必需的列："
            + "、".join(f"{column.name}（{column.zh}）" for column in lacking),
            f"{place_en} lacks required columns: " + ", ".join(c.name for c in lacking),
        ),
        why=(
            f"表“{table.zh}”没有这些列就无法判定。",
            f"the table {table.name} cannot be judged without them.",
        ),
        instead=(
            "请在表头补上这些列（中文或英文名均可）；现有表头：" + "、".join(head.written) + "。",
            "Add them to the head, in Chinese or English; the head now reads: "
            + ", ".join(head.written)
            + ".",
        ),
    )


def _column(table: Table, cell: str) -> Column | None:
    bare = folded(cell)
    for column in table.columns:
        if bare in column.written:
            return column
    return None

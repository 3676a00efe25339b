"""The blocks a document's text is made of. All plain text: none of it is ever read as markup."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its number (一、) is counted where the document is filled."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its first line indented by two characters unless `flush`."""

    text: str
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list: 1. 2. 3."""

    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; `widths` are shares of the line. Every row has as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.head)
        if not columns or any(len(row) != columns for row in self.rows):
            raise ValueError(f"a row of the table has not {columns} cells as its head has")
        if self.widths and len(self.widths) != columns:
            raise ValueError(f"{len(self.widths)} widths for {columns} columns")


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a sheet. `sign` is the line at its foot for a signature and a day."""

    text: str
    span: int = 1
    label: bool = False
    lines: int = 1
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The grid of a sheet, such as a filing form: every row spans the same number of columns."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Box, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if sum(box.span for box in row) != len(self.widths):
                raise ValueError(f"the row of {row[0].text!r} does not span {len(self.widths)}")


Piece = Heading | Paragraph | Items | Table | Boxes

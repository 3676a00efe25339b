"""Confirmation of a recalled row against the official text: an act of two people, beside the row.

A row is never edited. Once one officer has read the official print and a second has countersigned,
the row counts as verified, as long as it still is the row they saw (its digest). An officer may
also find that the print says otherwise: then it does not count, whoever has signed for it.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from phaseout.law.norms.records import Row
from phaseout.law.refusals import Refusal

COLUMNS = (
    "row_id",
    "row_digest",
    "document",
    "page",
    "confirmed_by",
    "confirmed_on",
    "countersigned_by",
    "countersigned_on",
    "note",
)
OPTIONAL = ("differs",)
"""Columns that a file may leave out."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Two people's word that a row says what page `page` of `document` says.

    `countersigned_by` is empty until the second person has signed; both days are Beijing dates.
    With `differs` it is the contrary: the word of one person, from `confirmed_on`, that the page
    says otherwise; it stands as long as it is among the confirmations of a run.
    """

    row_id: str
    row_digest: str
    document: str
    page: str
    confirmed_by: str
    confirmed_on: date
    countersigned_by: str = ""
    countersigned_on: date | None = None
    note: str = ""
    differs: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.countersigned_by) and not self.differs

    def holds_for(self, row: Row, on: date) -> bool:
        """Whether `row` counts as verified on `on` by this confirmation."""
        return (
            not self.differs
            and self.countersigned_on is not None
            and self.countersigned_on <= on
            and self.row_id == row.row_id
            and self.row_digest == digest(row)
        )

    def doubts(self, row: Row, on: date) -> bool:
        """Whether on `on` it stands that the official print says otherwise than `row`."""
        return (
            self.differs
            and self.confirmed_on <= on
            and self.row_id == row.row_id
            and self.row_digest == digest(row)
        )


def digest(row: Row) -> str:
    """SHA-256 over every field of the row, in the order of the record."""
    text = "\x1f".join(f"{name}={value}" for name, value in asdict(row).items())
    return hashlib.sha256(text.encode()).hexdigest()


def confirm(row: Row, *, document: str, page: str, by: str, on: date) -> Confirmation:
    """The first signature.

    Raises:
        Refusal: `confirmation_without_place` (no document or page named).
    """
    if not (document.strip() and page.strip()):
        raise Refusal(
            "confirmation_without_place",
            what=(f"不能核对{row.row_id}", f"{row.row_id} cannot be confirmed"),
            why=("没有写明正式文本及页码。", "the official print and its page are not named."),
            instead=("请写明文件名称和页码。", "Name the document and the page."),
        )
    return Confirmation(row.row_id, digest(row), document, page, by, on)


def countersign(first: Confirmation, row: Row, *, by: str, on: date) -> Confirmation:
    """The second signature.

    Raises:
        Refusal: `countersigned_by_same_person`, `row_changed_since`, `countersigned_too_early`.
    """
    if by == first.confirmed_by:
        raise Refusal(
            "countersigned_by_same_person",
            what=(f"不能复核{row.row_id}", f"{row.row_id} cannot be countersigned"),
            why=("核对和复核须由两人分别作出。", "two different people must sign."),
            instead=("请由另一名工作人员复核。", "Ask another officer."),
        )
    if first.row_digest != digest(row):
        raise Refusal(
            "row_changed_since",
            what=(f"不能复核{row.row_id}", f"{row.row_id} cannot be countersigned"),
            why=("核对之后该记录已不同。", "the row is not the one that was confirmed."),
            instead=("请重新核对。", "Confirm it anew."),
        )
    if on < first.confirmed_on:
        raise Refusal(
            "countersigned_too_early",
            what=(f"不能复核{row.row_id}", f"{row.row_id} cannot be countersigned"),
            why=("复核日早于核对日。", "the day lies before the confirmation."),
            instead=("请核对日期。", "Check the day."),
        )
    return Confirmation(
        **{**asdict(first), "countersigned_by": by, "countersigned_on": on},
    )


def read_confirmations(path: Path) -> tuple[Confirmation, ...]:
    """Confirmations from a CSV file with the columns `COLUMNS`, and `OPTIONAL` if it has them.

    Raises:
        ValueError: a column is missing or a day cannot be read; names file and line.
    """
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name}: columns {sorted(missing)} are missing")
        return tuple(_confirmation(path, line, cells) for line, cells in enumerate(reader, 2))


def _confirmation(path: Path, line: int, cells: dict[str, str]) -> Confirmation:
    if None in cells.values():
        raise ValueError(f"{path.name} line {line}: fewer cells than columns")
    try:
        return Confirmation(
            cells["row_id"],
            cells["row_digest"],
            cells["document"],
            cells["page"],
            cells["confirmed_by"],
            date.fromisoformat(cells["confirmed_on"]),
            cells["countersigned_by"],
            date.fromisoformat(cells["countersigned_on"]) if cells["countersigned_on"] else None,
            cells["note"],
            cells.get("differs", "") == "yes",
        )
    except ValueError as problem:
        raise ValueError(f"{path.name} line {line}: {problem}") from None


def settled_rows(rows: Iterable[Row], confirmations: Iterable[Confirmation], on: date) -> set[str]:
    """Ids of the rows that count as verified on `on`: seen in a source, or confirmed by two; none
    of which it stands that the print says otherwise."""
    by_row: dict[str, list[Confirmation]] = defaultdict(list)
    for confirmation in confirmations:
        by_row[confirmation.row_id].append(confirmation)
    return {row.row_id for row in rows if _settled(row, by_row.get(row.row_id, ()), on)}


def _settled(row: Row, said: Iterable[Confirmation], on: date) -> bool:
    if any(c.doubts(row, on) for c in said):
        return False
    return row.confidence == "verified" or any(c.holds_for(row, on) for c in said)

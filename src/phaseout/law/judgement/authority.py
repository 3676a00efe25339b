"""What an authority has decided, by a document with a number, where the norms leave it open.

    kind        decides                                       subject, key, value
    edition     the edition by which a period is judged       source replaced, –, source taken
    parameter   a figure that only an authority can set       name, –, figure
    area        special limits hold in an area                division, industry, source or *
    condition   an open condition of a row is settled         line, outlet or equipment, row, yes|no
    exception   a catalogue exception is proven               equipment, row, yes|no

A decision holds for facts dated within [valid_from, valid_to]; an empty end is open. It counts
only from the day it was made (`decided_on`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

KINDS = ("edition", "parameter", "area", "condition", "exception")
COLUMNS = (
    "kind",
    "subject",
    "key",
    "value",
    "valid_from",
    "valid_to",
    "document",
    "decided_on",
    "decided_by",
    "note",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an authority has decided of a condition or a fact, by which document; days inside."""

    kind: str
    subject: str
    key: str
    value: str
    valid_from: date | None
    valid_to: date | None
    document: str
    decided_on: date
    decided_by: str
    note: str = ""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Decisions from a CSV file with the columns `COLUMNS`.

    Raises:
        ValueError: a column is missing, a kind is unknown, a document number or a day is not
            given; names file and line.
    """
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name}: columns {sorted(missing)} are missing")
        return tuple(_decision(path, line, cells) for line, cells in enumerate(reader, 2))


def _decision(path: Path, line: int, cells: dict[str, str]) -> Decision:
    at = f"{path.name} line {line}"
    if cells["kind"] not in KINDS:
        raise ValueError(f"{at}: kind {cells['kind']!r}; expected one of {', '.join(KINDS)}")
    if not cells["document"].strip():
        raise ValueError(f"{at}: a decision needs the number of its document")
    try:
        days = {name: _day(cells[name]) for name in ("valid_from", "valid_to", "decided_on")}
    except ValueError as problem:
        raise ValueError(f"{at}: {problem}") from None
    if days["decided_on"] is None:
        raise ValueError(f"{at}: decided_on is empty")
    texts = {name: cells[name] for name in COLUMNS if name not in days}
    return Decision(**texts, **days)  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""The register of confirmations: a CSV file to which two people append, and nobody else.

    record_confirmation(path, row, …)        the first signature, one line
    record_countersignature(path, row, …)    the second signature, a line of its own

Lines are only ever added. A line is written beside the file and put in its place in one step, so
that a reader sees either the old or the new register; writers wait for one another.
"""

from __future__ import annotations

import csv
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.confirmation import (
    COLUMNS,
    Confirmation,
    confirm,
    countersign,
    digest,
    read_confirmations,
)
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.records import Row
from phaseout.law.refusals import Bilingual, Refusal


def find_row(book: NormBook, row_id: str) -> Row:
    """The row of that id, of a norm table or of a table of method.

    Raises:
        Refusal: `row_unknown`, with the nearest ids.
    """
    rows = {row.row_id: row for row in book.rows()}
    for table in method_tables():
        rows |= {row.row_id: row for row in method_rows(table)}
    if row_id in rows:
        return rows[row_id]
    near = get_close_matches(row_id, rows, n=5, cutoff=0.6)
    raise Refusal(
        "row_unknown",
        what=(f"没有编号为{row_id}的记录", f"no row {row_id!r}"),
        why=("标准库中没有这个编号。", "the norm store has no row of that id."),
        instead=(
            f"相近的有：{'、'.join(near)}。" if near else "用 phaseout norms show 查看编号。",
            f"Near to it: {', '.join(near)}." if near else "Look it up with phaseout norms show.",
        ),
    )


def record_confirmation(
    path: Path, row: Row, *, document: str, page: str, by: str, on: date, note: str = ""
) -> Confirmation:
    """Append the first signature to the register at `path`, which is made if it is not there.

    Raises:
        Refusal: as `confirm`; `signature_without_name`; `already_confirmed` (the row as it stands
            has a first or both signatures).
        ValueError: the register cannot be read.
    """
    first = confirm(row, document=document.strip(), page=page.strip(), by=_name(by, row), on=on)
    with _locked(path):
        signed = _of_row(path, row)
        _no_doubt(path, row, signed)
        if any(c.row_digest == first.row_digest for c in signed):
            raise _refused(
                "already_confirmed",
                row,
                ("不能再次核对", "cannot be confirmed again"),
                ("该记录已有人核对。", "somebody has already confirmed it."),
                ("请由另一名工作人员复核。", "Have another officer countersign it."),
            )
        _append(path, Confirmation(**{**asdict(first), "note": note.strip()}))
    return first


def record_countersignature(path: Path, row: Row, *, by: str, on: date) -> Confirmation:
    """Append the second signature, after which the row counts as verified from `on`.

    Raises:
        Refusal: as `countersign`; `signature_without_name`; `nothing_to_countersign`;
            `already_countersigned`.
        ValueError: the register cannot be read.
    """
    with _locked(path):
        signed = _of_row(path, row)
        _no_doubt(path, row, signed)
        if any(c.complete and c.row_digest == digest(row) for c in signed):
            raise _refused(
                "already_countersigned",
                row,
                ("不能再次复核", "cannot be countersigned again"),
                ("该记录已由两人核对、复核。", "two people have already signed."),
                ("无须再办。", "Nothing is left to do."),
            )
        waiting = [c for c in signed if not c.complete]
        if not waiting:
            raise _refused(
                "nothing_to_countersign",
                row,
                ("不能复核", "cannot be countersigned"),
                (f"{path.name}中没有该记录的核对。", f"{path.name} has no first signature for it."),
                ("请先核对。", "Confirm it first."),
            )
        second = countersign(waiting[-1], row, by=_name(by, row), on=on)
        _append(path, second)
    return second


def _no_doubt(path: Path, row: Row, signed: list[Confirmation]) -> None:
    doubt = next((c for c in signed if c.differs and c.row_digest == digest(row)), None)
    if doubt is not None:
        raise _refused(
            "print_says_otherwise",
            row,
            ("不能签署", "cannot be signed for"),
            (
                f"{path.name}中{doubt.confirmed_by}登记：正式文本（{doubt.page}）所载不同。",
                f"{doubt.confirmed_by} recorded in {path.name} that the print ({doubt.page}) "
                "says otherwise.",
            ),
            ("请先复查。", "Have another person look again."),
        )


def _name(by: str, row: Row) -> str:
    if not by.strip():
        raise _refused(
            "signature_without_name",
            row,
            ("不能签署", "cannot be signed for"),
            ("没有写明签署人。", "nobody is named."),
            ("请写明姓名。", "Name the person."),
        )
    return " ".join(by.split())


def _refused(code: str, row: Row, what: Bilingual, why: Bilingual, instead: Bilingual) -> Refusal:
    named = (f"{row.row_id}{what[0]}", f"{row.row_id} {what[1]}")
    return Refusal(code, what=named, why=why, instead=instead)


def _of_row(path: Path, row: Row) -> list[Confirmation]:
    if not path.exists():
        return []
    return [c for c in read_confirmations(path) if c.row_id == row.row_id]


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one writer at a time into the folder of the register; released when the process ends."""
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _append(path: Path, line: Confirmation) -> None:
    path = path.resolve()
    before = path.read_bytes() if path.exists() else b""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    if not before.strip():
        writer.writeheader()
    elif not before.endswith(b"\n"):
        before += b"\n"
    cells = asdict(line)
    writer.writerow({name: "" if cells[name] is None else str(cells[name]) for name in COLUMNS})
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(before + text.getvalue().encode())
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise

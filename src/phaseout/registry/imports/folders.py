"""A folder of facts taken at once, by the same acts as a person's upload."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from phaseout.facts.sources import find
from phaseout.law.norms import NormBook
from phaseout.law.refusals import Refusal
from phaseout.registry.imports.checking import check
from phaseout.registry.imports.receiving import Arriving, receive
from phaseout.registry.imports.taking import BadRows, take_import
from phaseout.registry.imports.unpacking import CHUNK
from phaseout.registry.models import Import


def take_folder(
    folder: Path,
    *,
    by: Any,
    today: date,
    bad_rows: BadRows = "refuse",
    book: NormBook | None = None,
) -> Import:
    """Receive, check and take the facts in a folder (or a workbook), one after the other.

    Raises:
        Refusal: what the three acts refuse, and what the files themselves are refused for.
    """
    book = book or NormBook.load()
    brought = receive(_files(folder), by=by, today=today, check=False)
    check(brought.pk, book=book)
    brought.refresh_from_db()
    if brought.state == Import.State.REFUSED:
        raise _as_refusal(brought.refusal)
    return take_import(brought.pk, by=by, today=today, bad_rows=bad_rows, book=book)


def _files(folder: Path) -> Iterator[Arriving]:
    found = find(folder)
    paths = [found.workbook] if found.workbook else []
    for path in (*paths, *found.files.values()):
        for file in sorted(path.rglob("*.parquet")) if path.is_dir() else [path]:
            yield Arriving(file.name, _chunks(file))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _as_refusal(told: Any) -> Refusal:
    parts = {name: (told[name]["zh"], told[name]["en"]) for name in ("what", "why", "instead")}
    return Refusal(told["refused"], **parts)

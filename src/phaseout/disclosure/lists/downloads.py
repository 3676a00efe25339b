"""The files of an edition: CSV, JSON, XLSX, and the official notice as PDF.

    made(edition, "csv")    bytes, media type, name of the file

All are made from the edition's content alone; the same edition gives the same bytes. The JSON is
the content in the canonical words that the digest goes over: SHA-256 of the file is the digest.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from phaseout.disclosure.lists.models import Edition
from phaseout.disclosure.lists.notice import document_of
from phaseout.disclosure.lists.saying import value_words
from phaseout.documents import render
from phaseout.evidence.digests import canonical
from phaseout.facts.export_safety import put_text, safe_text
from phaseout.law.lists.columns import columns_of
from phaseout.reporting.steady import without_clock


@dataclass(frozen=True, slots=True)
class File:
    content: bytes
    media_type: str
    name: str


def made(edition: Edition, form: str) -> File:
    """The edition as a file; `form` is one of `FORMATS`.

    Raises:
        KeyError: there is no such form.
        Refusal: `document.character_missing`, no typeface can print a character (PDF).
    """
    media_type, make = _FORMS[form]
    name = f"{edition.list_kind}-{edition.number}.{form}"
    return File(make(edition), media_type, name)


def _json(edition: Edition) -> bytes:
    return canonical(edition.content).encode()


def _csv(edition: Edition) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(edition):
        writer.writerow([safe_text(text) for text in row])
    # With a mark in front, or the office's spreadsheet takes it for another encoding.
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(edition: Edition) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.freeze_panes = "B2"
    for at, row in enumerate(_rows(edition)):
        sheet.append([_cell(sheet, text, bold=at == 0) for text in row])
    about = book.create_sheet("说明")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 18, 90
    for pair in _about(edition):
        about.append([_cell(about, text) for text in pair])
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _pdf(edition: Edition) -> bytes:
    return render(document_of(edition, demo=settings.DEMO))


def _rows(edition: Edition) -> Iterator[list[str]]:
    """The head and the entries, in words."""
    columns = columns_of(edition.list_kind)
    yield ["序号", *(column.words[0] for column in columns)]
    for entry in edition.content["entries"]:
        yield [
            str(entry["place"]),
            *(value_words(column, entry.get(column.key))[0] for column in columns),
        ]


def _about(edition: Edition) -> list[tuple[str, str]]:
    content = edition.content
    said = [
        ("名单", content["title"]["zh"]),
        ("文号", edition.document),
        ("公布机关", content["publisher"]["zh"]),
        ("公布日", content["published_on"]),
        ("截至", content["as_of"]),
        ("条数", str(edition.count)),
        ("摘要（SHA-256）", edition.digest),
    ]
    return [*said, ("更正说明", content["reason"])] if content["reason"] else said


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    if bold:
        cell.font = Font(bold=True)
    return cell


_FORMS: dict[str, tuple[str, Callable[[Edition], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json", _json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "pdf": ("application/pdf", _pdf),
}
FORMATS = tuple(_FORMS)

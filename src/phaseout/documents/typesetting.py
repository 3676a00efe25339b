"""A document to a PDF, by typst in this process: PDF/A-2a and PDF/UA-1, tagged, with its text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from phaseout.documents import saying
from phaseout.documents.characters import check_visible, missing, no_glyph
from phaseout.documents.pieces import Piece, Table
from phaseout.documents.records import Layout, OfficialDocument
from phaseout.documents.typefaces import Typefaces, characters, loaded

_LAYOUT = Path(__file__).parent / "layout"
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_UNDATED = date(2000, 1, 1)
"""The day in the metadata of a draft without one: not the clock, so that bytes stay the same."""

SHIPPED_FACES = Typefaces()
NO_NUMBER = "〔文号待定〕"
NO_DAY = "〔日期待定〕"
DRAFT_MARK = "草稿　未签发"
DEMO_MARK = "（演示，不具法律效力）"
SEAL_PLACE = "〔此处加盖印章〕"


def render(document: OfficialDocument, faces: Typefaces = SHIPPED_FACES) -> bytes:
    """The document as PDF. The same document and typefaces give the same bytes.

    Raises:
        Refusal: `document.character_hidden` or `document.character_missing`.
    """
    made = _compile(document, faces, "pdf")
    assert isinstance(made, bytes)
    return made


def pictures(
    document: OfficialDocument, faces: Typefaces = SHIPPED_FACES, *, dots_per_inch: int = 96
) -> list[bytes]:
    """The pages as PNG, for a preview. Raises as `render`."""
    made = _compile(document, faces, "png", ppi=float(dots_per_inch))
    return [made] if isinstance(made, bytes) else list(made)


def _compile(
    document: OfficialDocument,
    faces: Typefaces,
    form: Literal["pdf", "png"],
    ppi: float | None = None,
) -> bytes | Sequence[bytes]:
    installed = _needs_installed(document, faces)
    made_on = document.imprint.dated or _UNDATED
    made: bytes | Sequence[bytes] = typst.compile(
        _LAYOUT / "official.typ",
        root=_LAYOUT,
        font_paths=loaded(faces.folder, installed=installed),
        ignore_system_fonts=not installed,
        format=form,
        ppi=ppi,
        sys_inputs={"document": json.dumps(as_data(document, faces), ensure_ascii=False)},
        pdf_standards=_STANDARDS if form == "pdf" else [],
        timestamp=datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC),
    )
    return made


def _needs_installed(document: OfficialDocument, faces: Typefaces) -> bool:
    """Whether a character of the document is only in an installed typeface."""
    check_visible(document)
    lacking = missing(document, characters(faces, installed=False))
    if not lacking:
        return False
    if unprintable := missing(document, characters(faces, installed=True)):
        raise no_glyph(unprintable)
    return True


def as_data(document: OfficialDocument, faces: Typefaces = SHIPPED_FACES) -> dict[str, Any]:
    """The document as the layout reads it: plain data."""
    imprint = document.imprint
    dated = imprint.dated
    made_on = dated or _UNDATED
    office = imprint.office
    return {
        "layout": document.layout.value,
        "faces": {
            "body": faces.families(faces.body),
            "title": faces.families(faces.title),
            "heading": faces.families(faces.heading),
        },
        "title": document.title,
        "description": f"{office.name} {imprint.number}".strip(),
        "office": office.name,
        "number": imprint.number or (NO_NUMBER if document.layout is Layout.LETTER else ""),
        "case_line": f"案号：{imprint.case}" if imprint.case else "",
        "date": {"year": made_on.year, "month": made_on.month, "day": made_on.day},
        "dated": saying.day(dated) if dated else NO_DAY,
        "draft": not imprint.signed,
        "draft_mark": DRAFT_MARK,
        "demo": DEMO_MARK if imprint.demo else "",
        "seal": SEAL_PLACE,
        "addressee": document.addressee,
        "contact": office.says,
        "copies": "，".join(imprint.copies),
        "printed": f"{saying.day(imprint.printed)}印发" if imprint.printed else "",
        "body": [_piece(piece) for piece in document.body],
        "annexes": [
            {
                "title": annex.title,
                "body": [_piece(piece) for piece in annex.body],
                "wide": annex.wide,
            }
            for annex in document.annexes
        ],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    data = {"kind": type(piece).__name__.lower(), **asdict(piece)}
    if isinstance(piece, Table) and not piece.widths:
        data["widths"] = [1] * len(piece.head)
    return data

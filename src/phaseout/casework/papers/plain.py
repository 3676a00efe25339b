"""A filled document as plain data, and back: what is kept, and what PDF and DOCX are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from phaseout.documents import (
    Annex,
    Box,
    Boxes,
    Heading,
    Imprint,
    Items,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Piece,
    Table,
)

FORM = 1
"""The form of the plain data; a later form is read beside it, an earlier one never rewritten."""


def as_plain(document: OfficialDocument) -> dict[str, Any]:
    """The document as JSON data. Its rights are in its text."""
    return {
        "schema": FORM,
        "form": document.form,
        "layout": document.layout.value,
        "title": document.title,
        "addressee": document.addressee,
        "imprint": _plain(document.imprint),
        "body": [_piece(piece) for piece in document.body],
        "annexes": [
            {"title": annex.title, "body": [_piece(piece) for piece in annex.body]}
            for annex in document.annexes
        ],
    }


def of_plain(data: Mapping[str, Any]) -> OfficialDocument:
    """The document again, as it was when it was issued."""
    imprint = data["imprint"]
    return OfficialDocument(
        form=data["form"],
        layout=Layout(data["layout"]),
        title=data["title"],
        imprint=Imprint(
            office=Office(**imprint["office"]),
            number=imprint["number"],
            dated=_day(imprint["dated"]),
            signed=imprint["signed"],
            demo=imprint["demo"],
            copies=tuple(imprint["copies"]),
            case=imprint["case"],
            printed=_day(imprint["printed"]),
        ),
        addressee=data["addressee"],
        body=tuple(_piece_of(one) for one in data["body"]),
        annexes=tuple(
            Annex(one["title"], tuple(_piece_of(piece) for piece in one["body"]))
            for one in data["annexes"]
        ),
    )


def _piece(piece: Piece) -> dict[str, Any]:
    return {"piece": type(piece).__name__.lower(), **_plain(piece)}


def _plain(value: Any) -> Any:
    if value.__class__ is str or value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    return {name: _plain(getattr(value, name)) for name in _names(kind)}


@cache
def _names(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


_PIECES: Mapping[str, Callable[[Mapping[str, Any]], Piece]] = {
    "heading": lambda data: Heading(data["text"]),
    "paragraph": lambda data: Paragraph(data["text"], data["flush"]),
    "items": lambda data: Items(tuple(data["entries"])),
    "table": lambda data: Table(
        tuple(data["head"]), tuple(tuple(row) for row in data["rows"]), tuple(data["widths"])
    ),
    "boxes": lambda data: Boxes(
        tuple(data["widths"]), tuple(tuple(Box(**box) for box in row) for row in data["rows"])
    ),
}


def _piece_of(data: Mapping[str, Any]) -> Piece:
    return _PIECES[data["piece"]](data)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

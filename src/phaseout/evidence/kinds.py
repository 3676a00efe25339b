"""What a file is, by its bytes: its name and what a browser says of it do not count.

media_type_of(stream)    the type of a kind that is taken, or None
kind_of(beginning)       what the first bytes alone tell
what_it_looks_like(…)    what it seems to be instead, for the words of a refusal
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import BinaryIO

import puremagic

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
PDF = "application/pdf"

MP4 = "video/mp4"
MOV = "video/quicktime"

IMAGES = frozenset({"image/png", "image/jpeg"})
"""Shown on the page; everything else is taken away or read as text."""

_PACKAGE = "application/zip"
_BEGINNINGS: Mapping[bytes, str] = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": _PACKAGE,
}
"""No SVG and no HTML: they may carry scripts."""

_PLAIN = frozenset({PDF, *IMAGES})
_PACKAGES: Mapping[str, str] = {
    "OFD.xml": OFD,  # GB/T 33190
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
}
"""What a ZIP package holds that is a document we take."""
_HEAD = 4096


def media_type_of(stream: BinaryIO) -> str | None:
    """The media type, where the bytes are of a kind that is taken; the stream stands at 0 after."""
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    kind = kind_of(head)
    if kind == _PACKAGE:
        return _package(stream)
    if kind in (MP4, MOV):
        return kind
    if kind is None:
        return None  # the library also knows files by their ends; those are not what they show
    return next((one for one in _seen(head) if one in _PLAIN), None)


def kind_of(beginning: bytes) -> str | None:
    """The media type that the first bytes of a file tell; None where it is not one we take."""
    if beginning[4:8] == b"ftyp":  # ISO 14496-12: a box of that type comes first
        return MOV if beginning[8:12] == b"qt  " else MP4
    return next((kind for mark, kind in _BEGINNINGS.items() if beginning.startswith(mark)), None)


def what_it_looks_like(stream: BinaryIO) -> str:
    """What the bytes seem to be, as an ending; empty where nothing is known."""
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return str(found[0].extension).lstrip(".").upper() if found else ""


def _seen(head: bytes) -> list[str]:
    try:
        return [str(one.mime_type) for one in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return []


def _package(stream: BinaryIO) -> str | None:
    """A package by its list of contents; nothing is unpacked."""
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    finally:
        stream.seek(0)
    return next((kind for mark, kind in _PACKAGES.items() if mark in names), None)

"""Files that demo people attach: a short text or a picture, each marked as a demonstration."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from phaseout.accounts.models import User
from phaseout.casework.models import Case
from phaseout.casework.proceeding.facts import item_names
from phaseout.evidence.attaching import attach
from phaseout.evidence.models import EvidenceFile

MARK = "（演示，虚构）"
_SIDE = 96


def file_for(item: str, case: Case, *, by: User, on: date) -> EvidenceFile:
    """A file for an item of an act, brought by the door that every upload comes through."""
    name = item_names()[item][0]
    if item == "photos":
        body, ending = picture(case.pk), "png"
    else:
        body, ending = _text(name, case, on), "docx"
    serial = f"-{case.serial}" if case.serial else ""  # an application comes before its case
    called = f"{name}{serial}-{on:%m%d}（演示）.{ending}"
    return attach(SimpleUploadedFile(called, body), by=by, dated_on=on)


def _text(name: str, case: Case, on: date) -> bytes:
    made = Document()
    made.add_heading(f"{name}{MARK}", level=1)
    if case.number:
        made.add_paragraph(f"案号：{case.number}")
    made.add_paragraph(f"企业：{case.enterprise.name}；生产线：{case.line.name}")
    made.add_paragraph(f"日期：{on.year}年{on.month}月{on.day}日")
    made.add_paragraph("本文件为演示而作，内容虚构，不具法律效力。")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def picture(seed: int) -> bytes:
    """A plain pattern as PNG, another one for each case; a photograph it is not."""
    rows = b"".join(
        b"\0" + bytes((x * 2 + seed * 31) % 200 + (y // 12 % 2) * 40 for x in range(_SIDE))
        for y in range(_SIDE)
    )
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

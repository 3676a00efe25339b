"""A file is what its bytes are; its name does not count."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phaseout.evidence import attaching
from phaseout.evidence.attaching import attach
from phaseout.evidence.kinds import DOCX, media_type_of
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Refusal

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


def test_kinds_are_told_by_their_bytes(pdf, docx):
    told = {
        "application/pdf": pdf,
        "image/png": PNG,
        DOCX: docx,
        "application/ofd": packed("OFD.xml"),
        "video/mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
        "video/quicktime": b"\0\0\0\x14ftypqt  \0\0\2\0qt  ",
    }
    for media_type, body in told.items():
        assert media_type_of(io.BytesIO(body)) == media_type


@pytest.mark.parametrize(
    ("body", "name", "seems"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, "报告.pdf", "EXE"),
        (b"<html><script>alert(1)</script></html>", "照片.png", "HTML"),
        (packed("payload.bin"), "合同.docx", ""),
        (b"PK\x03\x04broken", "合同.docx", ""),
        ("只有文字".encode(), "说明.pdf", ""),
    ],
)
def test_a_file_in_disguise_is_refused_by_name_and_nothing_is_kept(desk, body, name, seems):
    with pytest.raises(Refusal) as refusal:
        attach(SimpleUploadedFile(name, body), by=desk.person())
    assert refusal.value.code == "evidence.kind-not-taken"
    assert name in refusal.value.zh
    assert seems in refusal.value.zh
    assert not EvidenceFile.objects.exists()


def test_a_file_over_the_limit_is_refused(desk, monkeypatch, pdf):
    monkeypatch.setattr(attaching, "LARGEST", 10)
    with pytest.raises(Refusal) as refusal:
        attach(SimpleUploadedFile("报告.pdf", pdf), by=desk.person())
    assert refusal.value.code == "evidence.too-large"


def test_the_name_of_a_kept_file_says_nothing_of_its_type(desk):
    kept = attach(SimpleUploadedFile("现场.pdf", PNG), by=desk.person())
    assert (kept.media_type, kept.is_image) == ("image/png", True)

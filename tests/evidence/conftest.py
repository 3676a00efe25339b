from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from casebook import Desk
from phaseout.documents import render, sample

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture(scope="session")
def pdf() -> bytes:
    return render(sample("order_rectification"))


@pytest.fixture(scope="session")
def docx() -> bytes:
    made = Document()
    made.add_paragraph("余热发电改造合同，交货推迟至十月。")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def uploaded(body: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)

"""The text of a file, so that it can be searched: PDF and DOCX are read by a job.

defer_reading(file)    a job reads it, in the transaction that kept it
read_text(digest)      read it now; again at any time
containing(query)      digests of the files whose text has these words
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from pypdf import PdfReader

from phaseout.evidence.kinds import DOCX, PDF
from phaseout.evidence.models import EvidenceFile, FileText

READ = "evidence.read_text"
MOST_SIGNS = 400_000
MOST_PAGES = 500
MOST_XML = 50_000_000
LONGEST_WORD = 40
_CHINESE = r"[\u3400-\u9fff\uf900-\ufaff]"
_PIECES = re.compile(rf"{_CHINESE}+|[A-Za-z0-9]+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def defer_reading(file: EvidenceFile) -> None:
    """Have a job read the text of a file that can have one."""
    if file.media_type not in _READERS:
        return
    lock = f"{READ}.{file.digest}"
    # A savepoint: that it waits already must not undo what was done before it.
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(READ, queueing_lock=lock).defer(digest=file.digest)


def read_text(digest: str) -> FileText | None:
    """Read the text of a file and keep it; None where no file of a readable kind has the digest."""
    file = EvidenceFile.objects.filter(digest=digest, media_type__in=list(_READERS)).first()
    if file is None:
        return None
    text, problem = "", ""
    try:
        text = _joined(_READERS[file.media_type](file.path))
    except Exception as error:  # whatever a broken or hostile file does to its reader
        problem = f"{type(error).__name__}: {error}"[:200]
    kept, _ = FileText.objects.update_or_create(
        digest=digest, defaults={"text": text, "grams": sorted(grams(text)), "problem": problem}
    )
    return kept


def containing(query: str) -> QuerySet[FileText]:
    """The texts that have every word of the query; Chinese as it stands, others as whole words."""
    found = FileText.objects.all()
    for word in query.split():
        found = found.filter(text__icontains=word)
        wanted = sorted(grams(word))
        if wanted:  # the index narrows, the text decides
            found = found.filter(grams__contains=wanted)
    return found


def grams(text: str) -> set[str]:
    """What the index knows of a text.

    >>> sorted(grams("超过限值 GB21258"))
    ['gb21258', '超过', '过限', '限值']
    """
    found: set[str] = set()
    for piece in _PIECES.findall(text):
        if re.match(_CHINESE, piece):
            found |= {piece[at : at + 2] for at in range(len(piece) - 1)}
        else:
            found.add(piece.lower()[:LONGEST_WORD])
    return found


def around(text: str, query: str, *, signs: int = 60) -> str:
    """The text around the first word of the query, for a list of hits."""
    word = next(iter(query.split()), "")
    at = text.lower().find(word.lower())
    if at < 0:
        return ""
    start, end = max(0, at - signs), at + len(word) + signs
    cut = text[start:end].replace("\n", " ")
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"


def _joined(parts: Iterable[str]) -> str:
    said, length = [], 0
    for part in parts:
        said.append(part[: MOST_SIGNS - length])
        length += len(part)
        if length >= MOST_SIGNS:
            break
    return "\n".join(said).replace("\x00", "")


def _of_pdf(path: Path) -> Iterator[str]:
    reader = PdfReader(path)
    for page in reader.pages[:MOST_PAGES]:
        yield page.extract_text()


def _of_docx(path: Path) -> Iterator[str]:
    """The paragraphs of the text; a package that swells beyond reason is not unpacked."""
    with zipfile.ZipFile(path) as package:
        if package.getinfo("word/document.xml").file_size > MOST_XML:
            raise ValueError("the text of the document is too large")
        xml = package.read("word/document.xml")
    if b"<!DOCTYPE" in xml[:2000]:
        raise ValueError("the document declares a type of its own")
    for paragraph in ElementTree.fromstring(xml).iter(f"{_W}p"):
        yield "".join(run.text or "" for run in paragraph.iter(f"{_W}t"))


_READERS = {PDF: _of_pdf, DOCX: _of_docx}

"""PDF and DOCX of an issued paper, from the plain data kept with it."""

from __future__ import annotations

import hashlib

from phaseout.casework.models import IssuedPaper
from phaseout.casework.papers.plain import of_plain
from phaseout.documents import editable, render


def pdf(paper: IssuedPaper) -> bytes:
    """The paper as PDF. Its digest is kept the first time; later ones are the same bytes.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    made = render(of_plain(paper.content))
    if not paper.pdf_digest:
        digest = hashlib.sha256(made).hexdigest()
        # Two readers at once write the same; the database refuses another value later.
        IssuedPaper.objects.filter(pk=paper.pk, pdf_digest="").update(pdf_digest=digest)
        paper.pdf_digest = digest
    return made


def docx(paper: IssuedPaper) -> bytes:
    """The paper as DOCX, to be worked on."""
    return editable(of_plain(paper.content))


def file_name(paper: IssuedPaper, ending: str) -> str:
    """What the download is called: number and title."""
    return f"{paper.number}{paper.title_zh}.{ending}"

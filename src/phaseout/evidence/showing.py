"""A file of evidence as an answer to a browser: never run, never framed, never guessed at."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, HttpResponse

from phaseout.evidence.kinds import IMAGES
from phaseout.evidence.models import EvidenceFile

UNKNOWN = "application/octet-stream"


def as_answer(file: EvidenceFile, kind: str | None = None, *, kept: bool = True) -> HttpResponse:
    """An image to look at, anything else to take away.

    Args:
        kind: its media type by its bytes; None: not known, to be taken away.
        kept: whether the browser may keep it for an hour (for this person alone).
    """
    answer = FileResponse(
        file.open(),
        content_type=kind or UNKNOWN,
        as_attachment=kind not in IMAGES,
        filename=file.name,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if kept:
        answer["Cache-Control"] = "private, max-age=3600"
    return cast(HttpResponse, answer)

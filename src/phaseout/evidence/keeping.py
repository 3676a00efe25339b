"""Keep a file: its bytes under their digest, then its row."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, When

from phaseout.evidence.models import EvidenceFile
from phaseout.evidence.scanning import scan

NAMES = "SELECT digest, name FROM evidence_evidencefile WHERE digest = ANY(%s) ORDER BY id DESC"


def keep(
    chunks: Iterable[bytes],
    *,
    name: str,
    by: Any,
    media_type: str = "",
    dated_on: date | None = None,
    expires_on: date | None = None,
) -> EvidenceFile:
    """Write the bytes to disk (whole or not at all), then record who brought them.

    Args:
        name: what the user's machine called the file; folders in it are dropped.
        media_type: what the bytes are, where somebody looked; else guessed from the name.
        dated_on, expires_on: the file's own date, and the last day on which it is valid.

    Raises:
        Refusal: `evidence.infected`, `evidence.scanner-silent`.
    """
    plain = safe_name(name)
    digest, size = _write(chunks, plain)
    return EvidenceFile.objects.create(
        digest=digest,
        name=plain,
        size=size,
        media_type=media_type or mimetypes.guess_type(plain)[0] or "application/octet-stream",
        kept_by=by,
        dated_on=dated_on,
        expires_on=expires_on,
    )


def names_of(digests: Iterable[str]) -> dict[str, str]:
    """Digest → the name under which the file was first brought; nothing of files not kept."""
    wanted = list(dict.fromkeys(digests))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [wanted])
        return dict(cursor.fetchall())


def by_digest(digests: Iterable[str]) -> dict[str, EvidenceFile]:
    """Digest → the file as it was brought first; where somebody stated its last valid day, as it
    was brought first with one, so that bringing the bytes again does not make them valid."""
    stated = Case(When(expires_on=None, then=0), default=1)
    kept = EvidenceFile.objects.filter(digest__in=set(digests)).order_by(stated, "-pk")
    return {file.digest: file for file in kept}


def safe_name(name: str) -> str:
    """The last part of a path of either kind, without control characters, at most 200 long.

    >>> safe_name("..\\\\..\\\\etc/pass\\x00wd")
    'passwd'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-200:] or "unnamed"


def _write(chunks: Iterable[bytes], name: str) -> tuple[str, int]:
    root = Path(settings.EVIDENCE_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o750)
    sha, size = hashlib.sha256(), 0
    handle, beside = tempfile.mkstemp(dir=root, prefix=".arriving-")
    try:
        with os.fdopen(handle, "w+b") as file:
            for chunk in chunks:
                sha.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            scan(file, name=name)
            os.fsync(file.fileno())
        digest = sha.hexdigest()
        place = root / digest[:2] / digest[2:]
        place.parent.mkdir(exist_ok=True, mode=0o750)
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return digest, size

"""Keep a file: its bytes under their digest, then its row."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from phaseout.evidence.models import EvidenceFile


def keep(chunks: Iterable[bytes], *, name: str, by: Any) -> EvidenceFile:
    """Write the bytes to disk (whole or not at all), then record who brought them.

    `name` is what the user's machine called the file; folders in it are dropped.
    """
    digest, size = _write(chunks)
    plain = safe_name(name)
    media_type = mimetypes.guess_type(plain)[0] or "application/octet-stream"
    return EvidenceFile.objects.create(
        digest=digest, name=plain, size=size, media_type=media_type, kept_by=by
    )


def safe_name(name: str) -> str:
    """The last part of a path of either kind, without control characters, at most 200 long.

    >>> safe_name("..\\\\..\\\\etc/pass\\x00wd")
    'passwd'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-200:] or "unnamed"


def _write(chunks: Iterable[bytes]) -> tuple[str, int]:
    root = Path(settings.EVIDENCE_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o750)
    sha, size = hashlib.sha256(), 0
    handle, beside = tempfile.mkstemp(dir=root, prefix=".arriving-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                sha.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        digest = sha.hexdigest()
        place = root / digest[:2] / digest[2:]
        place.parent.mkdir(exist_ok=True, mode=0o750)
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return digest, size

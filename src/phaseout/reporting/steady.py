"""A workbook without the clock: the same sheets give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def without_clock(saved: bytes) -> bytes:
    """What openpyxl saved, with one fixed time in the archive and none inside the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(name)
            new.writestr(
                entry, _TIMES.sub(b"", content) if name == "docProps/core.xml" else content
            )
    return out.getvalue()

"""A file that somebody attaches to an act: known by its bytes, of a kind and a size that we take.

file = attach(uploaded, by=user)       the kept `EvidenceFile`, or a Refusal
file = look_at(uploaded, by=user)      the same, not kept: for who wants to see what it would make
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from phaseout.evidence.keeping import by_digest, keep, safe_name
from phaseout.evidence.kinds import media_type_of, what_it_looks_like
from phaseout.evidence.models import EvidenceFile
from phaseout.evidence.text import defer_reading
from phaseout.law.refusals import Bilingual, Refusal

LARGEST = int(getattr(settings, "EVIDENCE_LARGEST_MB", 20)) * 1024 * 1024
ACCEPT = ".pdf,.png,.jpg,.jpeg,.ofd,.docx,.xlsx"
_WHAT: Bilingual = ("不能附上该文件", "the file cannot be attached")


def attach(
    uploaded: UploadedFile[Any],
    *,
    by: Any,
    dated_on: date | None = None,
    expires_on: date | None = None,
) -> EvidenceFile:
    """Keep the file as evidence; its text is read by a job, so that it can be searched.

    Raises:
        Refusal: `evidence.empty`, `evidence.too-large`, `evidence.kind-not-taken`,
            `evidence.expires-before-it-begins`, `evidence.days-stated`; and of the scanner, as
            `keep`.
    """
    media_type = _taken(uploaded)
    if dated_on and expires_on and expires_on < dated_on:
        raise expires_first(uploaded.name or "")
    if expires_on is not None:
        _not_anew(uploaded, expires_on)
    file = keep(
        uploaded.chunks(),
        name=uploaded.name or "",
        by=by,
        media_type=media_type,
        dated_on=dated_on,
        expires_on=expires_on,
    )
    defer_reading(file)
    return file


def look_at(uploaded: UploadedFile[Any], *, by: Any) -> EvidenceFile:
    """The file as it would be kept: its digest, its name, its kind. Nothing is written.

    Raises:
        Refusal: as `attach`, but nobody looks for malware in what is not kept.
    """
    media_type = _taken(uploaded)
    return EvidenceFile(
        digest=_digest(uploaded),
        name=safe_name(uploaded.name or ""),
        size=uploaded.size or 0,
        media_type=media_type,
        kept_by=by,
    )


def _digest(uploaded: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in uploaded.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _not_anew(uploaded: UploadedFile[Any], expires_on: date) -> None:
    """Bytes that are kept have the last valid day that was stated of them, or none. Another is
    stated by who brought them, with the reason and only until an act rests on them (`restating`);
    to bring them once more is no way around that."""
    digest = _digest(uploaded)
    known = by_digest([digest]).get(digest)
    if known is None or known.expires_on == expires_on:
        return
    zh, en = ("未填有效期", "no last valid day")
    if known.expires_on is not None:
        zh, en = f"有效期至{known.expires_on}", f"{known.expires_on} as its last valid day"
    raise _refused(
        "evidence.days-stated",
        (
            f"同一文件此前已经提交，{zh}；再次提交不能另定有效期。",
            f"the same file was brought before, with {en}; bringing it again sets no other.",
        ),
        (
            "请不填有效期再提交；有效期有误的，由原提交人在该文件的页面写明理由更正。",
            "Bring it without that day; a wrong one is restated, with the reason, by who brought "
            "the file first, on its page.",
        ),
    )


def _taken(uploaded: UploadedFile[Any]) -> str:
    """The media type of a file that we take; else a Refusal."""
    if not uploaded.size:
        raise _refused(
            "evidence.empty",
            (f"“{uploaded.name}”是空文件。", f"{uploaded.name!r} is empty."),
            ("请核对后重新上传。", "Check it and bring it again."),
        )
    if uploaded.size > LARGEST:
        most = LARGEST // 1024 // 1024
        raise _refused(
            "evidence.too-large",
            (f"“{uploaded.name}”超过{most} MB。", f"{uploaded.name!r} is over {most} MB."),
            ("请压缩或分成几份上传。", "Compress it, or bring it in parts."),
        )
    stream = cast(BinaryIO, uploaded)
    media_type = media_type_of(stream)
    if media_type is None:
        raise _not_taken(uploaded.name or "", what_it_looks_like(stream))
    return media_type


def expires_first(name: str) -> Refusal:
    return _refused(
        "evidence.expires-before-it-begins",
        (
            f"“{name}”的有效期截止日早于其日期。",
            f"{name!r} would expire before its own date.",
        ),
        ("请核对两个日期。", "Check both days."),
    )


def _not_taken(name: str, seems: str) -> Refusal:
    zh = f"，而像是 {seems}" if seems else ""
    en = f"; it looks like {seems}" if seems else ""
    return _refused(
        "evidence.kind-not-taken",
        (
            f"“{name}”的内容不是 PDF、PNG、JPEG、MP4、OFD、DOCX 或 XLSX{zh}。",
            f"the content of {name!r} is no PDF, PNG, JPEG, MP4, OFD, DOCX or XLSX{en}.",
        ),
        ("请转换为其中一种格式。", "Bring it as one of these."),
    )


def _refused(code: str, why: Bilingual, instead: Bilingual) -> Refusal:
    return Refusal(code, what=_WHAT, why=why, instead=instead)

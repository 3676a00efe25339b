"""The chain of what was stated of a file's days: recomputed from the rows alone. No Django.

    digest = SHA-256(previous digest, as 64 hex digits, then `said`, as UTF-8)

The database computes it when a row comes in (migration 0003); `problems` computes it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from phaseout.law.refusals import Bilingual

FIRST = "0" * 64


class Stated(NamedTuple):
    """A file as it stands, with one statement of its days; `place` None: there is none."""

    file: int
    sha256: str
    now_dated_on: date | None
    now_expires_on: date | None
    place: int | None
    was_dated_on: date | None
    was_expires_on: date | None
    dated_on: date | None
    expires_on: date | None
    by: int | None
    stated_on: date | None
    key: object
    recorded_at: datetime | None
    reason: str | None
    previous: str | None
    digest: str | None


def said(one: Stated) -> str:
    """All that a statement says, as the text that is hashed."""
    at = one.recorded_at.astimezone(UTC) if one.recorded_at else None
    parts = (
        str(one.file),
        one.sha256,
        str(one.place),
        *(_day(day) for day in (one.was_dated_on, one.was_expires_on, one.dated_on)),
        _day(one.expires_on),
        str(one.by),
        _day(one.stated_on),
        str(one.key or ""),
        f"{at:%Y-%m-%dT%H:%M:%S.%f}" if at else "",
        one.reason or "",
    )
    return "\n".join(parts)


def problems(rows: Iterable[Stated]) -> Iterator[tuple[int, str, Bilingual]]:
    """What is wrong, as (file, code, words); rows by file, then by place."""
    last: Stated | None = None
    for one in rows:
        if last is None or last.file != one.file:
            if last is not None:
                yield from _stands(last)
            last = None
        if one.place is not None:
            yield from _follows(one, last)
        last = one
    if last is not None:
        yield from _stands(last)


def _follows(one: Stated, before: Stated | None) -> Iterator[tuple[int, str, Bilingual]]:
    wanted = (1, FIRST, None, None)
    if before is not None and before.place is not None:
        wanted = (before.place + 1, before.digest or "", before.dated_on, before.expires_on)  # type: ignore[assignment]
    if (one.place, one.previous, one.was_dated_on, one.was_expires_on) != wanted:
        words = "文件日期的记录前后不相接", "a statement of its days does not follow from the last"
        yield one.file, "file_days_do_not_follow", words
    made = hashlib.sha256(((one.previous or "") + said(one)).encode()).hexdigest()
    if made != one.digest:
        words = "文件日期的记录与摘要不符", "a statement of its days and its digest differ"
        yield one.file, "file_days_altered", words


def _stands(last: Stated) -> Iterator[tuple[int, str, Bilingual]]:
    if (last.now_dated_on, last.now_expires_on) != (last.dated_on, last.expires_on):
        words = "文件日期与最后的记录不符", "its days are not those stated last"
        yield last.file, "file_days_differ", words


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

"""Stating the days of a file anew: an act, appended with who, when, from what to what, and why.

    stated = restate(file, days, reason="…", by=user, today=day, key=uuid)

Nothing is overwritten: `StatedDays` keeps each statement, chained to the one before, and
`phaseout audit verify` recomputes the chain. The first statement came with the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from phaseout.evidence.attaching import expires_first
from phaseout.evidence.models import EvidenceFile, StatedDays
from phaseout.evidence.relying import relies_on, seeing_all, tell
from phaseout.law.refusals import Bilingual, Refusal

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Days:
    """A file's own date, and the last day on which it is valid, inside; None: not stated."""

    dated_on: date | None
    expires_on: date | None


@transaction.atomic
def restate(
    file: EvidenceFile,
    days: Days,
    *,
    reason: str,
    by: Any,
    today: date,
    key: UUID,
) -> StatedDays:
    """更正文件日期: by who brought the file, as long as no act rests on it. Once under its key.

    Raises:
        Refusal: `evidence.not-yours`, `evidence.days-relied-on`, `evidence.days-same`,
            `evidence.reason-missing`, `evidence.dated-later`,
            `evidence.expires-before-it-begins`, `evidence.key-used`.
    """
    held = EvidenceFile.objects.select_for_update().get(pk=file.pk)
    before = StatedDays.objects.filter(key=key).first()
    if before is not None:
        if (before.file_id, before.by_id) != (held.pk, by.pk):
            raise _key_used()
        return before
    _may_be_stated(held, days, reason.strip(), by, today)
    with seeing_all():
        resting = relies_on(held)
        if resting is not None:
            raise _relied_on(held, resting)
        stated = StatedDays.objects.create(
            file=held,
            place=0,  # the database counts, and seals
            dated_on=days.dated_on,
            expires_on=days.expires_on,
            reason=reason.strip(),
            by_id=by.pk,
            stated_on=today,
            key=key,
            recorded_at=timezone.now(),
        )
        stated.refresh_from_db()
        tell(stated)
    return stated


def _may_be_stated(file: EvidenceFile, days: Days, reason: str, by: Any, today: date) -> None:
    if file.kept_by_id != by.pk:
        raise _refused(
            "evidence.not-yours",
            ("文件由他人提交。", "somebody else brought the file."),
            ("请由提交人更正。", "Ask who brought it to do so."),
        )
    if Days(file.dated_on, file.expires_on) == days:
        raise _refused(
            "evidence.days-same",
            ("两个日期都没有变。", "both days are as they were."),
            ("无须更正。", "Nothing is to be done."),
        )
    if days.dated_on and days.expires_on and days.expires_on < days.dated_on:
        raise expires_first(file.name)
    if days.dated_on and days.dated_on > today:
        raise _refused(
            "evidence.dated-later",
            (f"文件日期{days.dated_on}晚于今天。", f"its date {days.dated_on} is after today."),
            ("请核对文件日期；有效期另填。", "Check that date; the last valid day is apart."),
        )
    if not 0 < len(reason) <= LONGEST_REASON:
        raise _refused(
            "evidence.reason-missing",
            (
                f"须写明理由，不超过{LONGEST_REASON}字。",
                "a reason is wanted, 500 signs at most.",
            ),
            ("请写明为何更正、依据什么。", "Say why, and by what you know it."),
        )


def _relied_on(file: EvidenceFile, resting: Bilingual) -> Refusal:
    return _refused(
        "evidence.days-relied-on",
        (
            f"{resting[0]}已经以“{file.name}”为依据，其日期不再更改。",
            f"{resting[1]} rests on {file.name!r}: its days stand.",
        ),
        (
            "日期确有错误的，请另行提交正确的文件，并由承办机关以新的行为更正。",
            "If they are wrong, bring the right file, and have the office correct it by an act.",
        ),
    )


def _key_used() -> Refusal:
    return _refused(
        "evidence.key-used",
        ("该一次性标识已用于另一次更正。", "the key was used for another statement."),
        ("请重新打开页面。", "Open the page anew."),
    )


def _refused(code: str, why: Bilingual, instead: Bilingual) -> Refusal:
    what = ("不能更正文件日期", "the days of the file are not restated")
    return Refusal(code, what=what, why=why, instead=instead)

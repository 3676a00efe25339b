"""A file of readings arrives: kept as evidence, its taking deferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import hold
from phaseout.evidence.keeping import keep, safe_name
from phaseout.evidence.models import EvidenceFile
from phaseout.exits.restart import refusing
from phaseout.exits.restart.models import Batch
from phaseout.facts.sources import TEXT, WORKBOOKS

TAKE = "restart.take_readings"
MOST_BYTES = 2_000_000_000
ENDINGS = (*TEXT, *WORKBOOKS)


@transaction.atomic(durable=True)
def receive(
    chunks: Iterable[bytes],
    *,
    name: str,
    times: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    corrects: bool = False,
    defer: bool = True,
) -> Batch:
    """收到读数文件: kept as it came; a job takes it. The same key again gives the same batch.

    Args:
        times: whether its times are the starts or the ends of their steps (`Batch.Times`).
        corrects: readings that differ from those taken before are corrections of them; without it
            they are refused.
        defer: False where the caller takes it at once.

    Raises:
        Refusal: `restart.not-yours`, `restart.file-kind`, `restart.file-empty`,
            `restart.file-too-large`, `key_used_for_another_act`; of the scanner, as `keep`.
    """
    hold(key)
    before = Batch.objects.filter(key=key).first()
    if before is not None:
        return before
    place = reach_of(scope)
    if place is None:
        raise refusing.may_not_bring()
    batch = Batch.objects.create(
        evidence=_kept(chunks, safe_name(name), by),
        by=by,
        division_code=place,
        received_on=today,
        times=times,
        corrects=corrects,
        key=key,
    )
    if defer:
        app.configure_task(TAKE).defer(batch_id=batch.pk)
    return batch


def _kept(chunks: Iterable[bytes], name: str, by: User) -> EvidenceFile:
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise refusing.file_kind(name)
    kept = keep(_no_more(chunks, name), name=name, by=by)
    if not kept.size:
        raise refusing.file_empty(name)
    return kept


def reach_of(scope: Scope) -> str | None:
    """The widest territory for which the person may bring facts; None: nowhere."""
    prefixes = sorted(
        (grant.prefix for grant in scope.grants if Power.IMPORT in grant.powers and not grant.uscc),
        key=len,
    )
    return prefixes[0].ljust(6, "0") if prefixes else None


def _no_more(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    left = MOST_BYTES
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise refusing.file_too_large(name, MOST_BYTES)
        yield chunk

"""The first act: files arrive, are kept as evidence, and wait for their check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from phaseout.evidence.keeping import keep, safe_name
from phaseout.registry.imports import refusals
from phaseout.registry.imports.reach import common, must_cover, prefixes_of
from phaseout.registry.imports.unpacking import ENDINGS, MOST_BYTES, MOST_FILES, ending_of
from phaseout.registry.models import Import, ImportFile

CHECK = "registry.check_import"


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file on its way in: what the sender calls it, and its bytes."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic(durable=True)
def receive(files: Iterable[Arriving], *, by: Any, today: date, check: bool = True) -> Import:
    """收到文件: keep the files as they came, and defer their check.

    Args:
        check: False where the caller checks at once (`take_folder`).

    Raises:
        Refusal: `not_allowed`, `no_files`, `too_many_files`, `wrong_ending`, `file_too_large`,
            `same_name_twice`.
    """
    brought = Import.objects.create(
        by=by, received_on=today, reach=common(prefixes_of(by, today)), stage="waiting"
    )
    left, names = MOST_BYTES, set[str]()
    for position, file in enumerate(files):
        name = safe_name(file.name)
        if position >= MOST_FILES:
            raise refusals.too_many_files(MOST_FILES)
        if ending_of(name) not in ENDINGS:
            raise refusals.wrong_ending(name)
        if name in names:
            raise refusals.same_name_twice(name)
        names.add(name)
        evidence = keep(_no_more_than(left, name, file.chunks), name=name, by=by)
        if not evidence.size:
            raise refusals.no_files()
        left -= evidence.size
        ImportFile.objects.create(of_import=brought, evidence=evidence, position=position)
    if not names:
        raise refusals.no_files()
    if check:
        app.configure_task(CHECK).defer(import_id=brought.pk)
    return brought


def _no_more_than(left: int, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise refusals.too_large(name, MOST_BYTES)
        yield chunk


@transaction.atomic(durable=True)
def ask_to_check(import_id: int, *, by: Any, today: date) -> Import:
    """重新核对: defer the check again, of files that wait or were refused.

    Raises:
        Refusal: `not_allowed`, `import_not_checked` where it was taken or given up.
    """
    brought = Import.objects.select_for_update().get(pk=import_id)
    must_cover(by, today, brought.reach)
    if brought.state in (Import.State.TAKEN, Import.State.ABANDONED):
        raise refusals.not_checked(brought.get_state_display())
    brought.state, brought.stage, brought.attempts = Import.State.RECEIVED, "waiting", 0
    brought.refusal = brought.taking_asked = None
    brought.save()
    app.configure_task(CHECK).defer(import_id=brought.pk)
    return brought

"""The last act: an import is taken into the registry, whole or not at all, or given up."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from phaseout.law.norms import NormBook
from phaseout.registry.imports import refusals
from phaseout.registry.imports.checking import check, last_taken
from phaseout.registry.imports.kept_rows import Kept, forget_kept
from phaseout.registry.imports.progress import progress_of
from phaseout.registry.imports.reach import must_cover
from phaseout.registry.imports.staging import clear, is_whole
from phaseout.registry.imports.writing import NotWhole, Writing, in_order
from phaseout.registry.judging import ask_for_judgement
from phaseout.registry.locking import alone_with_the_registry
from phaseout.registry.models import Import

BadRows = Literal["refuse", "leave_out"]

TAKE = "registry.take_import"


@transaction.atomic(durable=True)
def ask_to_take(import_id: int, *, by: Any, today: date, bad_rows: BadRows = "refuse") -> Import:
    """请求入库: defer the taking; the row shows how far it is. Asking twice asks once.

    Raises:
        Refusal: `not_allowed`, `import_not_checked`, `rows_refused`.
    """
    brought = _held(import_id)
    _must_be_ready(brought, by, today, bad_rows)
    if brought.taking_asked is None:
        brought.taking_asked = {"by": by.pk, "on": today.isoformat(), "bad_rows": bad_rows}
        brought.stage = "queued"
        brought.refusal = None
        brought.save(update_fields=["taking_asked", "stage", "refusal"])
        app.configure_task(TAKE).defer(import_id=import_id)
    return brought


def take_import(
    import_id: int,
    *,
    by: Any,
    today: date,
    bad_rows: BadRows = "refuse",
    book: NormBook | None = None,
) -> Import:
    """入库: write what the preview says, in one transaction.

    Where the registry has changed since the check the import is checked again first; if it would
    then do something else than its preview said, nothing is taken and the new preview stands. An
    import that was taken already stays as it is: a job that runs twice does no harm.

    Args:
        bad_rows: `refuse` takes nothing when any row was refused; `leave_out` takes the good rows.

    Raises:
        Refusal: `not_allowed`, `import_not_checked`, `rows_refused`, `registry_changed`,
            `check_again`.
    """
    with alone_with_the_registry():
        brought = Import.objects.get(pk=import_id)
        if brought.state == Import.State.TAKEN:
            return brought
        _must_be_ready(brought, by, today, bad_rows)
        if brought.seen != last_taken():
            _check_again(brought, book)
        elif not _is_whole(brought):
            check(import_id, book=book)
            raise refusals.check_again()
        try:
            return _write(import_id, by, today)
        except NotWhole:
            check(import_id, book=book)
            raise refusals.check_again() from None


def _is_whole(brought: Import) -> bool:
    """Whether all that the check left for the taking is still there."""
    kept = Kept.of(brought.pk, brought.kept)
    rows = {table: count for table, count in brought.staged.items() if table not in kept}
    return kept.is_there() and is_whole(brought.pk, rows)


def _check_again(brought: Import, book: NormBook | None) -> None:
    before = brought.fingerprint
    check(brought.pk, book=book)
    brought.refresh_from_db()
    if brought.state != Import.State.CHECKED or brought.fingerprint != before:
        raise refusals.registry_changed()


@transaction.atomic(durable=True)
def _write(import_id: int, by: Any, today: date) -> Import:
    with progress_of(import_id) as progress:
        brought = Import.objects.get(pk=import_id)
        total, done = sum(brought.staged.values()), 0
        progress.tell("writing", 0, total)

        def told(table: str, _begun: int) -> None:
            nonlocal done
            done += brought.staged[table]
            progress.tell("writing", done, total)

        kept = Kept.of(import_id, brought.kept)
        tables = in_order(brought.staged)
        Writing(import_id, today, tables, kept, by.pk, brought.absent).write(told)
        clear(import_id)
        forget_kept(import_id)
    # Held only now: until here the row was free for telling how far the writing is.
    brought = _held(import_id)
    if brought.state != Import.State.CHECKED:
        raise refusals.not_checked(brought.get_state_display())
    brought.state = Import.State.TAKEN
    brought.taken_no = next_place()
    brought.stage, brought.done, brought.total = "", 0, 0
    brought.taking_asked = None
    brought.decided_by, brought.decided_on, brought.decided_at = by, today, timezone.now()
    brought.save()
    ask_for_judgement()
    return brought


@transaction.atomic(durable=True)
def abandon(import_id: int, *, by: Any, today: date) -> Import:
    """放弃: the import is not taken; its files stay as evidence.

    Raises:
        Refusal: `not_allowed`, `import_not_checked` where it was taken or given up already.
    """
    brought = _held(import_id)
    must_cover(by, today, brought.reach)
    if brought.state in (Import.State.TAKEN, Import.State.ABANDONED):
        raise refusals.not_checked(brought.get_state_display())
    brought.state = Import.State.ABANDONED
    brought.stage = ""
    brought.decided_by, brought.decided_on, brought.decided_at = by, today, timezone.now()
    brought.save()
    clear(import_id)
    forget_kept(import_id)
    return brought


def next_place() -> int:
    """The place in their order of the change that is being written now."""
    return last_taken() + 1


def _held(import_id: int) -> Import:
    return Import.objects.select_for_update().get(pk=import_id)


def _must_be_ready(brought: Import, by: Any, today: date, bad_rows: BadRows) -> None:
    must_cover(by, today, brought.reach)
    if brought.state != Import.State.CHECKED:
        raise refusals.not_checked(brought.get_state_display())
    refused = sum(count["refused"] for count in brought.counts.values())
    if refused and bad_rows == "refuse":
        raise refusals.rows_refused(refused)

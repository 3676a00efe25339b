"""The registry's jobs. Each can be killed at any statement and run again."""

from __future__ import annotations

from datetime import date

import structlog
from django.contrib.auth import get_user_model
from procrastinate.contrib.django import app

from phaseout.database.storage import of_storage
from phaseout.desk.day import today
from phaseout.law.refusals import Refusal
from phaseout.registry.imports.checking import MOST_ATTEMPTS, check
from phaseout.registry.imports.receiving import CHECK
from phaseout.registry.imports.taking import TAKE, take_import
from phaseout.registry.imports.telling import NOT_TAKEN, tell_of
from phaseout.registry.models import Import

logger = structlog.get_logger(__name__)


@app.task(name=CHECK, retry=MOST_ATTEMPTS)
def check_import(import_id: int) -> None:
    """Check an import that was received, and tell who brought it."""
    check(import_id)
    tell_of(Import.objects.get(pk=import_id), today())


@app.task(name=TAKE, retry=MOST_ATTEMPTS)
def take_checked_import(import_id: int) -> None:
    """Take an import as somebody asked; a refusal is written down for that person."""
    brought = Import.objects.get(pk=import_id)
    asked = brought.taking_asked
    if asked is None:
        return
    try:
        take_import(
            import_id,
            by=get_user_model().objects.get(pk=asked["by"]),
            today=date.fromisoformat(asked["on"]),
            bad_rows=asked["bad_rows"],
        )
    except Refusal as refusal:
        _not_taken(brought, refusal)
        return
    except Exception as fault:
        full = of_storage(fault)
        if full is None:
            raise
        logger.exception("storage_failed")
        _not_taken(brought, full)
        return
    tell_of(Import.objects.get(pk=import_id), today())


def _not_taken(brought: Import, refusal: Refusal) -> None:
    Import.objects.filter(pk=brought.pk, taking_asked__isnull=False).update(
        taking_asked=None, stage="", refusal=refusal.as_json()
    )
    tell_of(brought, today(), NOT_TAKEN)

"""What every act of these rooms does alike: append its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from phaseout.accounts.models import User
from phaseout.coordination.offices import Seat
from phaseout.evidence.digests import digest_of

A = TypeVar("A", bound=models.Model)


def append(
    kept: type[A],
    kind: str,
    seat: Seat,
    *,
    by: User,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    **about: Any,
) -> A:
    """The row of an act in the table `kept`: who for which office on which day, what, its digest.
    `about` are further columns of that table."""
    zh, en = seat.name(today)
    return kept._default_manager.create(
        kind=kind,
        office=seat.office,
        organisation_zh=zh,
        organisation_en=en,
        division_code=seat.division_code,
        by=by,
        done_on=today,
        content=content,
        digest=digest_of(content),
        key=key,
        **about,
    )

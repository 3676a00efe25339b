"""测算: all lines of the region for a consumption year."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.measures.prices import assessing, refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.prices.models import PriceAct, Run
from phaseout.measures.prices.seats import LEADS, seat

EARLIEST = 2008
"""The first year of which the norm store has a rate."""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def assess(year: int, *, by: User, scope: Scope, today: date, key: UUID) -> Run:
    """What every line would pay for its consumption of the year, as things are known now.

    Raises:
        Refusal: `prices.not-yours`, `prices.year-wrong`.
    """
    about = f"year:{year}"
    before = done_before(key, PriceAct.Kind.ASSESS, by, about)
    if before is not None:
        return before.run
    seated = seat(scope, *LEADS)
    if seated is None:
        raise refusing.not_yours(today, *LEADS)
    if not EARLIEST <= year <= today.year:
        raise refusing.year_wrong(year, today)
    hold_all(about)
    # Classes and limits are findings of other departments: figures are for all, not for a reach.
    with whole_reach(), assessing.laid(year, today) as engine:
        counts = assessing.counted(engine)
        act = append(
            PriceAct.Kind.ASSESS,
            seated,
            by=by,
            today=today,
            key=key,
            about=about,
            content={"year": year, **counts},
        )
        run = Run.objects.create(act=act, year=year, on_day=today, **counts)
        assessing.keep(engine, run)
    return run


def latest_run(year: int) -> Run | None:
    """The run that speaks for a year now."""
    return Run.objects.filter(year=year).select_related("act__by").order_by("-pk").first()

"""What every act does alike: hold its key and its case, seal the row, write it, derive the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from phaseout.accounts.models import User
from phaseout.casework.acts import following
from phaseout.casework.cases.refusing import key_used
from phaseout.casework.models import Act, Case
from phaseout.casework.papers import issuing
from phaseout.casework.proceeding import preparing
from phaseout.casework.proceeding.chain import sealed
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.deriving import keep
from phaseout.casework.proceeding.preparing import Prepared

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3


def again_after_a_deadlock(act: Callable[P, R]) -> Callable[P, R]:
    """A judgement may hold the same findings in another order. PostgreSQL then undoes one of the
    two; nothing of it stands, so the act is simply done again.

    A key that another act has used already is refused by the database; here that gets its words.
    """

    @wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        for left in reversed(range(TRIES)):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                if not left or not isinstance(error.__cause__, DeadlockDetected):
                    raise
            except IntegrityError as error:
                if "_key_" in _constraint(error):
                    raise key_used() from error
                raise
        raise AssertionError("a last try returns or raises")

    return done


def _constraint(error: IntegrityError) -> str:
    told = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return str(told or "")


def hold(key: UUID) -> None:
    """The same act sent twice at once: the second waits for the first and finds it done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])


def held_case(case_id: int) -> tuple[Case, list[Act]]:
    """The case, locked: who comes second waits here, then sees what the first has done."""
    case = (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("enterprise", "line")
        .get(pk=case_id)
    )
    return case, acts_in_brief(case)


def acts_in_brief(case: Case) -> list[Act]:
    """All acts of the case, in order, with what the procedure and the chain ask of them."""
    long = ("record", "basis", "reason")
    return list(case.acts.defer(*long).order_by("place"))


def done_with(key: UUID, acts: list[Act]) -> Act | None:
    """The act that was done under the key before: acts of one case wait for each other, so it is
    among them. A key that was used in another case is refused by the database."""
    return next((act for act in acts if act.key == key), None)


def covered(case: Case, ready: Prepared, by: User) -> str:
    return preparing.digest_of(
        case, ready.rule.kind, ready.facts, ready.act.served_on, ready.reason, by
    )


def act_of(
    case: Case, acts: list[Act], ready: Prepared, *, by: User, today: date, key: UUID
) -> Act:
    return Act(
        case=case,
        place=len(acts) + 1,
        kind=ready.rule.kind,
        done_on=today,
        served_on=ready.act.served_on,
        by=by,
        function=ready.holder.function,
        office=ready.holder.office,
        organisation_zh=ready.holder.name[0],
        organisation_en=ready.holder.name[1],
        basis=bases(ready.rule),
        facts=ready.facts,
        reason=ready.reason,
        key=key,
    )


def append(act: Act, acts: list[Act], signed: str = "") -> Act:
    """Seal the act to the one before it, write it, keep what it makes of the case, and let the
    rooms above do what follows from it."""
    act.recorded_at = timezone.now()
    paper = issuing.drawn_up(act, acts)
    sealed(act, after=acts[-1] if acts else None, signed=signed)
    act.save(force_insert=True)
    issuing.kept(paper, act, acts)
    keep(act.case, [*acts, act])
    following.done(act)
    return act

"""What every act does alike: hold its key and its case, seal the row, write it, derive the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from phaseout.accounts.models import User
from phaseout.casework import booking
from phaseout.casework.acts import following
from phaseout.casework.cases.refusing import key_used
from phaseout.casework.models import Act, Case
from phaseout.casework.papers import issuing
from phaseout.casework.proceeding import preparing
from phaseout.casework.proceeding.chain import sealed
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.deriving import keep
from phaseout.casework.proceeding.facts import digests_in
from phaseout.casework.proceeding.preparing import Prepared
from phaseout.casework.rows import Changes, Read, fetched_at_once
from phaseout.evidence.keeping import NAMES
from phaseout.law.procedures import Replay
from phaseout.registry.models import Enterprise, ProductionLine

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3

OF_CASE, OF_FIRM, OF_LINE = Read(Case), Read(Enterprise), Read(ProductionLine)
OF_ACT = Read(Act, without=("record", "reason"))
CASE = f"{OF_CASE.columns('c')}, {OF_FIRM.columns('e')}, {OF_LINE.columns('l')}"
"""The columns of a case with its enterprise and its line, as `case_of` reads them."""
TABLES = """casework_case AS c JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
JOIN registry_productionline AS l ON l.line_id = c.line_id"""
HOLD = f"SELECT {CASE} FROM {TABLES} WHERE c.id = %s FOR NO KEY UPDATE OF c"
ACTS = (
    f"SELECT {OF_ACT.columns('a')} FROM casework_act AS a WHERE a.case_id = {{}} ORDER BY a.place"
)
ACTS_OF_CASE = ACTS.format("%s")


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
    """The case, locked: who comes second waits here, then sees what the first has done.

    Raises:
        Case.DoesNotExist
    """
    case, acts, _ = held_with_files(case_id, {})
    return case, acts


def held_with_files(
    case_id: int, facts: Mapping[str, Any]
) -> tuple[Case, list[Act], dict[str, str]]:
    """The same, with the names of the files that these facts of an act name, by digest, as far as
    they are kept.

    Raises:
        Case.DoesNotExist
    """
    asked: list[tuple[str, list[Any]]] = [(HOLD, [case_id]), (ACTS_OF_CASE, [case_id])]
    if digests := digests_in(facts):
        asked.append((NAMES, [digests]))
    rows, acts, *names = fetched_at_once(*asked)
    if not rows:
        raise Case.DoesNotExist(f"no case {case_id}")
    case = case_of(rows[0])
    return case, acts_of_rows(case, acts), dict(names[0] if names else ())


def case_of(values: Sequence[Any]) -> Case:
    """The case of a row of `CASE`, with its enterprise and its line."""
    firm, line = len(OF_CASE), len(OF_CASE) + len(OF_FIRM)
    case = OF_CASE.row(values[:firm])
    case.enterprise = OF_FIRM.row(values[firm:line])
    case.line = OF_LINE.row(values[line:])
    return case


def acts_of_rows(case: Case, rows: Iterable[Sequence[Any]]) -> list[Act]:
    """The acts of the rows of `ACTS`: all of the case, in order, with what the procedure, the
    papers and the chain ask of them."""
    acts = [OF_ACT.row(values) for values in rows]
    for act in acts:
        act.case = case
    return acts


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


def append(
    act: Act,
    acts: list[Act],
    signed: str = "",
    replay: Replay | None = None,
    *,
    names: Mapping[str, str] | None = None,
    settle: Callable[[Changes], None] | None = None,
) -> Act:
    """Seal the act to the one before it, write it, keep what it makes of the case, and let the
    rooms above do what follows from it.

    Args:
        replay: the acts before it as they were gone through to judge it (`Prepared.replay`).
        names: of files kept as evidence, by digest, as far as they are known already.
        settle: adds what else is written with the act.
    """
    act.recorded_at = timezone.now()
    booking.booked(act, acts)
    paper = issuing.drawn_up(act, acts, names or {})
    sealed(act, after=acts[-1] if acts else None, signed=signed)
    changes = Changes(act)
    issuing.kept(paper, act, acts, changes)
    keep(act.case, [*acts, act], changes, replay)
    if settle is not None:
        settle(changes)
    asked = following.ask(act, changes)
    answers = changes.write()
    issuing.taken_back(act, acts)
    following.done(act, [one for one, rows in zip(asked, answers, strict=True) if not rows])
    return act

"""From the tables to a procedure: blocks are embedded, rows are chosen by the version's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from phaseout.law.procedures.embedding import Owner, owners
from phaseout.law.procedures.parts import acts_of, periods_of, stages_of, tasks_of
from phaseout.law.procedures.records import Block, Procedure, by_id
from phaseout.law.procedures.refused import no_procedure, no_version
from phaseout.law.procedures.rows import (
    BasisRow,
    Dated,
    NotGivenRow,
    PeriodTermRow,
    ProcedureRow,
    rows,
)

_DAY = timedelta(days=1)


def procedure(name: str, *, on: date | None = None, version: str | None = None) -> Procedure:
    """A procedure in the version in force on a day, or in the version of that name.

    Raises:
        Refusal: `procedure.unknown`; `procedure.no-version`, our record does not reach that day,
            or there is no such version.
        ValueError: neither `on` nor `version` is given, or both.
    """
    if (on is None) == (version is None):
        raise ValueError("give either the day or the version")
    known = versions(name)
    for first, last in known:
        if version == first.isoformat():
            return _assembled(name, first, last)
        if on is not None and first <= on and (last is None or on <= last):
            return _assembled(name, first, last)
    raise no_version(name, version or str(on), known[0][0])


@cache
def versions(name: str) -> tuple[tuple[date, date | None], ...]:
    """First and last day of each version, oldest first; the last is None where it still holds.

    Raises:
        Refusal: `procedure.unknown`.
    """
    first = _head(name).first_day
    starts = {first}
    for row in _dated_rows(name):
        if row.effective_from is not None:
            starts.add(row.effective_from)
        if row.effective_to is not None:
            starts.add(row.effective_to + _DAY)
    ordered = sorted(day for day in starts if day >= first)
    ends: list[date | None] = [later - _DAY for later in ordered[1:]]
    return tuple(zip(ordered, [*ends, None], strict=True))


def newer(procedure: Procedure, on: date) -> tuple[str, ...]:
    """The versions, each by its first day as YYYY-MM-DD, that a case under `procedure` may be moved
    to on a day: later ones that have begun by then."""
    begun = (first for first, _last in versions(procedure.name))
    return tuple(first.isoformat() for first in begun if procedure.first < first <= on)


def _head(name: str) -> ProcedureRow:
    for row in rows(ProcedureRow, "procedures"):
        if row.procedure == name:
            return row
    raise no_procedure(name, [row.procedure for row in rows(ProcedureRow, "procedures")])


def _dated_rows(name: str) -> Iterator[Dated]:
    """The rows with dates that some version of the procedure uses."""
    mine = {owner.name for owner in owners(name)}
    for basis in rows(BasisRow, "bases"):
        if basis.owner in mine and basis.procedure in ("*", name):
            yield basis
    special = {
        (term.owner, term.period)
        for term in rows(PeriodTermRow, "period_terms")
        if term.procedure == name
    }
    for term in rows(PeriodTermRow, "period_terms"):
        if term.owner not in mine:
            continue
        own = term.procedure.partition(":")[0] == name
        if own or (term.procedure == "*" and (term.owner, term.period) not in special):
            yield term


@cache
def _assembled(name: str, first: date, last: date | None) -> Procedure:
    head = _head(name)
    parts = owners(name)
    stages = by_id(stage for owner in parts for stage in stages_of(owner))
    return Procedure(
        name=name,
        title=(head.zh, head.en),
        clause=head.clause,
        punishes=head.punishes == "yes",
        version=first.isoformat(),
        first=first,
        last=last,
        stages=stages,
        acts={act.kind: act for owner in parts for act in acts_of(owner, stages, first)},
        periods={p.id: p for owner in parts for p in periods_of(owner, first)},
        tasks=tuple(task for owner in parts for task in tasks_of(owner)),
        blocks=tuple(_block(owner) for owner in parts if owner.prefix),
        not_given={row.act: row for row in rows(NotGivenRow, "not_given") if row.procedure == name},
    )


def _block(owner: Owner) -> Block:
    return Block(
        name=owner.name,
        prefix=owner.prefix,
        track=owner.track,
        title=owner.title,
        decision=owner.act("decide"),
        closes=owner.closes,
        options=owner.options,
    )

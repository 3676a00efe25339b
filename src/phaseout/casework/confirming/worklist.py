"""Which rows wait for a signature, those first on which most findings wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.unsettled import SAYS
from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Dimension, Verdict
from phaseout.law.norms.records import Row
from phaseout.library.shelf import all_rows, dimension_of
from phaseout.library.standing import Standing, State, standings
from phaseout.registry.models import ProductionLine

NOT_VERIFIED = ["norm_not_verified", "product_reading_not_verified", "marks_not_verified"]
"""Reasons that a signature under a row may take away."""


class Pile(StrEnum):
    """The lists that one may work through."""

    WAITING = "waiting"
    """findings wait, nobody has signed"""
    SECOND = "second"
    """another person has signed; mine is the second signature"""
    DOUBTED = "doubted"
    """somebody has recorded that the print differs"""
    ALL = "all"
    """every recalled row of my dimensions that is not settled"""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many standing findings wait on a row within the scope, and of how many lines; `alone`
    are those that wait for confirmations only, of this row or of others they rest on as well."""

    findings: int = 0
    alone: int = 0
    noncompliant: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """One row of the list."""

    row: Row
    dimension: Dimension | None
    standing: Standing
    weight: Weight


@dataclass(frozen=True, slots=True)
class Worklist:
    """A pile in the order of work, and what it leaves out.

    `behind_methods`: findings that wait although the row they name is settled, so on another that
    nobody has confirmed: a figure of method (a name, a factor, a regime), or an item of the
    catalogue that their equipment was compared with as well.
    """

    works: Sequence[Work]
    behind_methods: int


def worklist(pile: Pile, scope: Scope, user: Any, today: date) -> Worklist:
    """The rows of the pile, those with most findings first, then in the order of the store."""
    rows = _mine(scope)
    known = standings(rows, today)
    weights = waiting_findings(scope)
    works = [
        Work(row, dimension_of(row), known[row.row_id], weights.get(row.row_id, Weight()))
        for row in rows
        if _belongs(known[row.row_id], weights.get(row.row_id), pile, user)
    ]
    behind = sum(
        weight.findings
        for row_id, weight in weights.items()
        if row_id in known and known[row_id].settled
    )
    return Worklist(sorted(works, key=lambda work: -work.weight.findings), behind)


def next_of(pile: Pile, scope: Scope, user: Any, today: date, *, after: str) -> str | None:
    """The row to offer after one was signed: the first of the pile that is another one."""
    works = worklist(pile, scope, user, today).works
    return next((work.row.row_id for work in works if work.row.row_id != after), None)


def waiting_findings(scope: Scope) -> Mapping[str, Weight]:
    """Standing findings that wait on a row, by the row; one query over an index of rows."""
    counted = (
        _waiting(scope)
        .order_by()
        .values_list("norm_row")
        .annotate(
            findings=Count("pk"),
            alone=Count("pk", filter=Q(reasons__contained_by=[*NOT_VERIFIED, *sorted(SAYS)])),
            noncompliant=Count("pk", filter=Q(verdict=Verdict.NONCOMPLIANT)),
            lines=Count("line_id", distinct=True),
        )
    )
    return {row_id: Weight(*counts) for row_id, *counts in counted if row_id}


def waited_on(row_ids: Iterable[str], scope: Scope) -> set[str]:
    """Those of the rows on which a standing finding waits. Nothing is counted: each row is asked
    for one such finding, by an index."""
    some = _waiting(scope).filter(norm_row=RawSQL("asked.row_id", [])).order_by().values("pk")[:1]
    try:
        statement, values = some.query.sql_with_params()
    except EmptyResultSet:  # a scope that confirms nothing: Django knows without asking
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT row_id FROM unnest(%s::text[]) AS asked(row_id) WHERE EXISTS ({statement})",
            [list(row_ids), *values],
        )
        return {row_id for (row_id,) in cursor.fetchall()}


def capacities(row_ids: Iterable[str], scope: Scope) -> Mapping[str, list[tuple[Decimal, str]]]:
    """Capacity of the lines whose findings wait, by row and unit; unreported ones left out."""
    lines: dict[str, set[str]] = {}
    pairs = _waiting(scope).filter(norm_row__in=list(row_ids), line__capacity__isnull=False)
    for row_id, line_id in pairs.order_by().values_list("norm_row", "line_id").distinct():
        lines.setdefault(row_id or "", set()).add(line_id or "")
    wanted = {line_id for some in lines.values() for line_id in some}
    known = ProductionLine.objects.in_bulk(wanted)
    found: dict[str, list[tuple[Decimal, str]]] = {}
    for row_id, some in lines.items():
        sums: dict[str, Decimal] = {}
        for line in (known[line_id] for line_id in some):
            unit = line.capacity_unit or ""
            sums[unit] = sums.get(unit, Decimal(0)) + (line.capacity or Decimal(0))
        found[row_id] = [(amount, unit) for unit, amount in sorted(sums.items())]
    return found


def _waiting(scope: Scope) -> QuerySet[Finding]:
    return Finding.objects.standing().filter(
        scope.findings(power=Power.CONFIRM), reasons__overlap=NOT_VERIFIED
    )


def _mine(scope: Scope) -> Sequence[Row]:
    """All rows of the dimensions in which I confirm; those of no dimension are everybody's."""
    mine = {None, *scope.dimensions(Power.CONFIRM)}
    return [row for row in all_rows().values() if dimension_of(row) in mine]


def _belongs(standing: Standing, weight: Weight | None, pile: Pile, user: Any) -> bool:
    if standing.state is State.DOUBTED:
        return pile is Pile.DOUBTED
    if standing.settled or pile is Pile.DOUBTED:
        return False
    signer = standing.confirmation.confirmed_by_id if standing.confirmation else None
    if pile is Pile.SECOND:
        return signer is not None and signer != user.pk
    if pile is Pile.WAITING:
        return signer is None and weight is not None
    return True

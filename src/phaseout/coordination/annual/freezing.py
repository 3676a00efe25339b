"""The figures of a year, of one database snapshot: read, written down, digested.

What an accepted return counts stands as the department took it over. Where a city's return was not
accepted, its lines stand as the ledger has them, and say so: the report is due, whoever is late. So
does what exited after a return was accepted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import connection
from django.db.models import Q, Sum
from django.db.models.functions import Left

from phaseout.coordination.annual.lasting import last_of
from phaseout.coordination.annual.models import Freeze, FrozenBalance, FrozenRow
from phaseout.coordination.annual.tasks import task_of
from phaseout.coordination.returns.exited import exited
from phaseout.coordination.returns.models import CountedRow
from phaseout.coordination.returns.reconciling import standing_rows
from phaseout.coordination.returns.rows import Known, Row, known_of
from phaseout.coordination.returns.standing import Place, State
from phaseout.evidence.digests import canonical
from phaseout.findings.export import plain
from phaseout.registry.models import CapacityPosting

Origin = FrozenRow.Origin
Told = tuple[str, Origin, CountedRow | None, Row]
"""(department, where from, what was counted, row)."""


@contextmanager
def alone(year: int) -> Iterator[None]:
    """Who freezes a year at once comes second, and what is being accepted is finished first.

    Held by the session and not the transaction: a snapshot is taken with its first statement, so
    who waited inside it would not see what the first has done.
    """
    keys = [
        str(uuid5(NAMESPACE_URL, f"phaseout:{room}:{what}"))
        for room, what in (("annual", f"freeze:{year}"), ("returns", f"counting:{year}"))
    ]
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for key in reversed(keys):
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def one_snapshot() -> None:
    """All that the transaction reads from now on is of one moment. Its first statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def head_of(
    year: int, today: date, told: Sequence[Told], stands: Sequence[Place]
) -> dict[str, Any]:
    """What the figures rest on."""
    return {
        "year": year,
        "frozen_on": today.isoformat(),
        "plan": task_of(year),
        "last": last_of(year),
        "rows": len(told),
        "returns": [
            {
                "department": one.department,
                "city": one.city,
                "state": str(one.state),
                "days_late": one.days_late,
                "version": one.filed.version if one.filed else None,
                "act": one.last.digest if one.last else None,
            }
            for one in stands
        ],
    }


def rows_of(year: int, stands: Sequence[Place]) -> list[Told]:
    """The rows of the report: what was accepted, and of the rest what the ledger says."""
    accepted = {(one.department, one.city) for one in stands if one.state is State.ACCEPTED}
    counted: list[Told] = [
        (one.department, Origin.RETURN, one, Row.kept(one))
        for one in standing_rows(Q(year=year))
        if (one.department, one.act.division_code) in accepted
    ]
    settled = _settled(year, stands)
    told = counted + [
        (department, Origin.LEDGER, None, row)
        for department, row in exited(year)
        if (department, f"{row.division_code[:4]}00") not in accepted
        or (department, *row.key) not in settled
    ]
    return sorted(told, key=lambda one: _order(one[3]))


def _settled(year: int, stands: Sequence[Place]) -> set[tuple[str, str, str]]:
    """(department, line, unit) that an acceptance which stands has settled: also what it took not
    to count."""
    acts = [one.last for one in stands if one.state is State.ACCEPTED]
    rows = CountedRow.objects.filter(year=year, act__in=acts).order_by()
    told = rows.values_list("department", "line_id", "uscc", "equipment", "unit")
    return {(to, line or f"{uscc} {made}", unit) for to, line, uscc, made, unit in told.iterator()}


def since_accepted(told: Sequence[Told], stands: Sequence[Place]) -> list[tuple[str, Row]]:
    """(department, row) of what the ledger has of accepted returns, and they have not: it exited
    afterwards."""
    accepted = {(one.department, one.city) for one in stands if one.state is State.ACCEPTED}
    return [
        (department, row)
        for department, origin, _, row in told
        if origin is Origin.LEDGER and (department, f"{row.division_code[:4]}00") in accepted
    ]


def _order(row: Row) -> tuple[str, ...]:
    return row.division_code, row.industry, row.uscc, row.line_id, row.equipment, row.unit


def balances_of(year: int) -> list[tuple[str, str, str, str, Decimal]]:
    """(industry, city, unit, account, amount) at the end of the year."""
    rows = (
        CapacityPosting.objects.filter(effective_on__lte=date(year, 12, 31))
        .exclude(account="origin")
        .annotate(city=Left("division_code", 4))
        .order_by()
        .values_list("industry", "city", "unit", "account")
        .annotate(stock=Sum("amount"))
    )
    return sorted((i, f"{c}00", u, a, stock) for i, c, u, a, stock in rows if stock)


def write(freeze: Freeze, told: Sequence[Told], balances: Sequence[Any]) -> None:
    """Write rows and balances of a freeze that is written."""
    known = known_of(row for _, _, _, row in told) if told else Known(frozenset(), frozenset())
    FrozenRow.objects.bulk_create(
        (
            FrozenRow(
                freeze=freeze,
                place=at,
                department=department,
                origin=origin,
                counted=counted,
                **row.columns(known),
            )
            for at, (department, origin, counted, row) in enumerate(told, 1)
        ),
        batch_size=5_000,
    )
    FrozenBalance.objects.bulk_create(
        FrozenBalance(freeze=freeze, industry=i, division_code=c, unit=u, account=a, amount=amount)
        for i, c, u, a, amount in balances
    )


def data(freeze: Freeze) -> Iterator[str]:
    """The freeze as lines of canonical JSON: head, rows in their order, balances in theirs. What
    the digest is over, and what `freeze.jsonl` holds: anyone can compute it again."""
    yield canonical({"head": freeze.head})
    for one in freeze.rows.order_by("place").iterator(2_000):
        yield _line_of_row(one.place, one.department, one.origin, Row.kept(one))
    order = ("industry", "division_code", "unit", "account")
    for told in freeze.balances.order_by(*order).values_list(*order, "amount"):
        yield _line_of_balance(told)


def _line_of_row(place: int, department: str, origin: str, row: Row) -> str:
    content = {**row.plain, "place": place, "department": department, "origin": str(origin)}
    del content["reason"]  # is in the return
    return canonical({"row": content})


def _line_of_balance(told: Sequence[Any]) -> str:
    *key, amount = told
    return canonical({"balance": [*key, plain(amount)]})


def digest(lines: Iterator[str]) -> str:
    """SHA-256 over the lines, each with its line feed."""
    sha = hashlib.sha256()
    for line in lines:
        sha.update(f"{line}\n".encode())
    return sha.hexdigest()


def digest_before(head: dict[str, Any], told: Sequence[Told], balances: Sequence[Any]) -> str:
    """The digest of a freeze before it is written: of the same lines."""

    def lines() -> Iterator[str]:
        yield canonical({"head": head})
        for at, (department, origin, _, row) in enumerate(told, 1):
            yield _line_of_row(at, department, origin, row)
        for one in balances:
            yield _line_of_balance(one)

    return digest(lines())


def is_whole(freeze: Freeze) -> bool:
    """Whether what is stored still gives the digest."""
    return digest(data(freeze)) == freeze.digest

"""What is owed and done: per employee for who may see it, in numbers for everybody.

An employee's claims are open while any of these is not done: severance (what the law owes and what
was settled for service before 2008) paid in full, arrears of wages and insurance paid, file and
insurance transferred where the contract ended, a place found where it goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from django.db import connection

from phaseout.accounts.rows import whole_reach

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Claim:
    """One employee's standing. `severance` None: what is owed cannot be told yet."""

    employee: int
    settlement: int
    number: str
    ended: bool
    severance: Decimal | None
    severance_paid: Decimal
    wages: Decimal
    wages_paid: Decimal
    insurance: Decimal
    insurance_paid: Decimal
    old_open: bool
    transferred: bool
    placed: bool
    listed: bool
    reemployed: bool
    open: bool

    def left(self, what: str) -> Decimal | None:
        """What is still to be paid of severance, wages or insurance; None: not known."""
        owed: Decimal | None = getattr(self, what)
        paid: Decimal = getattr(self, f"{what}_paid")
        return None if owed is None else owed - paid


@dataclass(frozen=True, slots=True)
class Numbers:
    """A settlement without names. Money in yuan; `unpaid` is of what is known."""

    people: int = 0
    ended: int = 0
    open: int = 0
    undetermined: int = 0
    severance: Decimal = NOUGHT
    arrears: Decimal = NOUGHT
    paid: Decimal = NOUGHT
    unpaid: Decimal = NOUGHT
    transferred: int = 0
    placed: int = 0
    reemployed: int = 0


def claims(settlement: int) -> list[Claim]:
    """Every employee of the list that stands, in the order of the list. Shows what the person
    behind the request may see: nothing to other offices."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_sql()} SELECT * FROM claim ORDER BY employee", {"ids": [settlement]})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [Claim(**{field.name: row[field.name] for field in fields(Claim)}) for row in rows]


def numbers(settlements: Collection[int]) -> Mapping[int, Numbers]:
    """The settlements in numbers; those without a list have none. Gives no name, no person's
    figures: so it may be asked by whoever may see the settlement."""
    if not settlements:
        return {}
    # Other offices see no row of any person: what they are given is counted over all of them.
    with whole_reach(), connection.cursor() as cursor:
        cursor.execute(f"{_sql()} {_COUNTED}", {"ids": list(settlements)})
        names = [column.name for column in cursor.description or ()]
        found: dict[int, Numbers] = {}
        for row in cursor.fetchall():
            values: dict[str, Any] = dict(zip(names, row, strict=True))
            of = values.pop("settlement")
            found[of] = Numbers(**values)
    return found


@cache
def _sql() -> str:
    return (resources.files(__package__) / "claims.sql").read_text(encoding="utf-8")


_COUNTED = """
SELECT settlement,
  count(*) AS people,
  count(*) FILTER (WHERE ended) AS ended,
  count(*) FILTER (WHERE open) AS open,
  count(*) FILTER (WHERE severance IS NULL OR old_open) AS undetermined,
  coalesce(sum(severance), 0) AS severance,
  sum(wages + insurance) AS arrears,
  sum(severance_paid + wages_paid + insurance_paid) AS paid,
  sum(coalesce(greatest(severance - severance_paid, 0), 0) + greatest(wages - wages_paid, 0)
    + greatest(insurance - insurance_paid, 0)) AS unpaid,
  count(*) FILTER (WHERE transferred) AS transferred,
  count(*) FILTER (WHERE placed) AS placed,
  count(*) FILTER (WHERE reemployed) AS reemployed
FROM claim GROUP BY settlement
"""

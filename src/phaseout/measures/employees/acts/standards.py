"""登记工资标准: the published figures that a severance is measured by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.measures.employees import refusing
from phaseout.measures.employees.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
)
from phaseout.measures.employees.models import EmployeeAct, WageStandard
from phaseout.measures.employees.seats import hr_seat

Kind = EmployeeAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_standard(
    kind: WageStandard.Kind,
    division_code: str,
    amount: Decimal,
    *,
    document: str,
    year: int | None = None,
    valid_from: date | None = None,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> WageStandard:
    """Record a published wage: the average of a city in a year, or a place's minimum from a day on.

    Args:
        amount: yuan a month, above nought, at most two decimals.
        document: the notice or yearbook that says so.

    Raises:
        Refusal: `employees.not-yours`, `employees.standard-wrong`.
    """
    about = f"wage:{division_code}"
    before = done_before(key, Kind.STANDARD, by, about)
    if before is not None:
        return before.standard
    acting = hr_seat(scope, division_code, today, Role.OFFICER, Role.LEADER)
    if acting is None:
        raise refusing.not_yours()
    made = WageStandard(
        kind=kind,
        division_code=division_code,
        year=year,
        valid_from=valid_from,
        amount=amount,
        document=document.strip()[:200],
    )
    _examine(made)
    content = {**_said(made), "document": document.strip()}
    where = {"division_code": division_code, "about": about}
    made.act = append(Kind.STANDARD, acting, **where, by=by, today=today, key=key, content=content)
    made.save(force_insert=True)
    return made


def _examine(made: WageStandard) -> None:
    average = made.kind == WageStandard.Kind.AVERAGE
    timed = (made.year is not None, made.valid_from is not None) == (average, not average)
    placed = _is_city(made.division_code) or not average
    if made.amount <= 0 or not made.document or not timed or not placed:
        raise refusing.standard_wrong()


def _said(made: WageStandard) -> dict[str, Any]:
    return {
        "kind": str(made.kind),
        "year": made.year,
        "valid_from": made.valid_from.isoformat() if made.valid_from else None,
        "amount": str(made.amount),
    }


def _is_city(division_code: str) -> bool:
    """The average is that of a city with districts (art. 47)."""
    return division_code.endswith("00") and not division_code.endswith("0000")

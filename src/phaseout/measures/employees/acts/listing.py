"""导入职工名册、计算经济补偿."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.evidence.models import EvidenceFile
from phaseout.facts.problems import BadCell
from phaseout.measures.employees import refusing
from phaseout.measures.employees.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
    of,
)
from phaseout.measures.employees.assessing import Standards, assessed
from phaseout.measures.employees.lists import Checked, check, read
from phaseout.measures.employees.models import (
    Assessment,
    Employee,
    EmployeeAct,
    EmployeeList,
    Settlement,
)
from phaseout.measures.employees.standing import latest_list

Kind = EmployeeAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def take_list(
    settlement_id: int,
    file: EvidenceFile,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> EmployeeList:
    """Take a list of employees whole, with what each is owed, or nothing of it.

    Where a row is refused the list is kept with all its problems and does not count; the list that
    stood before goes on standing.

    Raises:
        Refusal: `employees.not-yours`, `employees.more-than-staff`, and what `lists.read` refuses.
    """
    about = f"settlement:{settlement_id}"
    before = done_before(key, Kind.TAKE_LIST, by, about)
    if before is not None:
        return before.list
    settlement, acting = held(settlement_id, scope, today)
    sheet = read(Path(file.path), file.name)
    if len(sheet.rows) > settlement.staff:
        raise refusing.too_many_people(len(sheet.rows), settlement.staff)
    checked = check(sheet, today=today, paid=_recorded(settlement))
    content = {"file": file.digest, "rows": len(sheet.rows), "problems": len(checked.problems)}
    act = append(
        Kind.TAKE_LIST, acting, **of(settlement), by=by, today=today, key=key, content=content
    )
    listed = EmployeeList.objects.create(
        act=act,
        settlement=settlement,
        version=1 + settlement.lists.count(),
        file=file,
        taken=not checked.problems,
        rows=len(sheet.rows),
        problems=[_plain(problem) for problem in checked.problems],
    )
    if listed.taken:
        _assess(_kept(listed, checked), act)
    return listed


def _recorded(settlement: Settlement) -> set[str]:
    paid = settlement.payments.values_list("number", flat=True)
    done = settlement.steps.values_list("number", flat=True)
    return {*paid, *done}


def _plain(problem: BadCell) -> dict[str, Any]:
    return {
        field.name: str(getattr(problem, field.name))
        if field.name == "severity"
        else getattr(problem, field.name)
        for field in fields(problem)
    }


def _kept(listed: EmployeeList, checked: Checked) -> list[Employee]:
    settlement = listed.settlement
    return Employee.objects.bulk_create(
        Employee(
            roster=listed,
            settlement=settlement,
            uscc=settlement.enterprise_id,
            division_code=settlement.division_code,
            row=row,
            **_filled(values),
        )
        for row, values in checked.rows
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Months of wages left out are twelve, as the template says; other empty cells stay empty."""
    return {**values, "wage_months": values["wage_months"] or 12}


@again_after_a_deadlock
@transaction.atomic(durable=True)
def assess(settlement_id: int, *, by: User, scope: Scope, today: date, key: UUID) -> EmployeeAct:
    """Compute again what each employee of the list is owed: a wage standard may have come.

    Raises:
        Refusal: `employees.not-yours`, `employees.no-list`.
    """
    about = f"settlement:{settlement_id}"
    before = done_before(key, Kind.ASSESS, by, about)
    if before is not None:
        return before
    settlement, acting = held(settlement_id, scope, today)
    listed = latest_list(settlement)
    if listed is None:
        raise refusing.no_list()
    act = append(
        Kind.ASSESS,
        acting,
        **of(settlement),
        by=by,
        today=today,
        key=key,
        content={"list": listed.pk},
    )
    _assess(listed.employees.order_by("pk"), act)
    return act


def _assess(employees: Iterable[Employee], act: EmployeeAct) -> None:
    standards = Standards(act.division_code)
    Assessment.objects.bulk_create(
        Assessment(act=act, employee=one, **assessed(one, standards))
        for one in employees
        if one.ended_on is not None
    )

"""建立安置方案、记录民主程序、确认方案、安置未了准予结案."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case
from phaseout.evidence.models import EvidenceFile
from phaseout.law.settlement import mass_layoff
from phaseout.measures.employees import refusing
from phaseout.measures.employees.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
    hold_all,
    of,
)
from phaseout.measures.employees.claims import claims, numbers
from phaseout.measures.employees.models import EmployeeAct, EmployeeList, Procedure, Settlement
from phaseout.measures.employees.seats import Seat, hr_seat, seat
from phaseout.measures.employees.standing import confirmed_on, latest_list, latest_procedure
from phaseout.registry.models import Enterprise

Kind = EmployeeAct.Kind
EXITS = ("exit", "technology")
"""Procedures in which capacity leaves: the cases a settlement may belong to."""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def open_settlement(
    uscc: str,
    *,
    staff: int,
    case_number: str = "",
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Settlement:
    """Begin the settlement of an enterprise's employees, for one of its exits if there is a case.

    Args:
        staff: all who work there, whether they are settled or not.

    Raises:
        Refusal: `employees.no-enterprise`, `employees.not-yours`, `employees.case-of-another`,
            `employees.settlement-there`.
    """
    about = f"firm:{uscc}"
    before = done_before(key, Kind.OPEN, by, about)
    if before is not None:
        return before.settlement
    hold_all(about)
    firm, acting = _firm(uscc, scope, today)
    case = _exit(firm, case_number)
    if Settlement.objects.filter(enterprise=firm, case=case).exists():
        raise refusing.settlement_there()
    where = {"division_code": firm.division_code, "uscc": uscc, "about": about}
    content = {"uscc": uscc, "case": case.number if case else "", "staff": staff}
    act = append(Kind.OPEN, acting, **where, by=by, today=today, key=key, content=content)
    return Settlement.objects.create(
        act=act,
        enterprise=firm,
        case=case,
        division_code=firm.division_code,
        staff=staff,
        opened_on=today,
    )


def _firm(uscc: str, scope: Scope, today: date) -> tuple[Enterprise, Seat]:
    firm = Enterprise.objects.filter(pk=uscc).first()
    if firm is None:
        raise refusing.no_enterprise(uscc)
    acting = seat(scope, firm, today)
    if acting is None:
        raise refusing.not_yours()
    return firm, acting


def _exit(firm: Enterprise, number: str) -> Case | None:
    if not number.strip():
        return None
    found = Case.objects.filter(number=number.strip(), enterprise=firm, procedure__in=EXITS).first()
    if found is None:
        raise refusing.case_of_another(number.strip())
    return found


@dataclass(frozen=True, slots=True)
class Meeting:
    """The workers' congress, or the meeting of all staff, as its minutes have it."""

    form: str
    explained_on: date
    held_on: date
    entitled: int
    present: int
    in_favour: int
    reported_on: date | None = None
    opinions: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_procedure(
    settlement_id: int,
    meeting: Meeting,
    minutes: EvidenceFile,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Procedure:
    """Record how the plan was put to the staff. A later record succeeds it.

    Raises:
        Refusal: `employees.not-yours`, `employees.procedure-wrong`.
    """
    about = f"settlement:{settlement_id}"
    before = done_before(key, Kind.PROCEDURE, by, about)
    if before is not None:
        return before.procedure
    settlement, acting = held(settlement_id, scope, today)
    _examine(meeting, today)
    content: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(meeting).items()
    }
    act = append(
        Kind.PROCEDURE,
        acting,
        **of(settlement),
        by=by,
        today=today,
        key=key,
        content={**content, "minutes": minutes.digest},
    )
    return Procedure.objects.create(
        act=act, settlement=settlement, minutes=minutes, **asdict(meeting)
    )


def _examine(meeting: Meeting, today: date) -> None:
    if meeting.form not in Procedure.Form.values:
        raise refusing.procedure_wrong(("会议形式不明。", "the form of the meeting is unknown."))
    if not 0 <= meeting.in_favour <= meeting.present <= meeting.entitled or not meeting.entitled:
        raise refusing.procedure_wrong(
            (
                "赞成人数不应多于实到人数，实到人数不应多于应到人数。",
                "no more are in favour than present, and no more present than entitled.",
            )
        )
    days = (meeting.explained_on, meeting.held_on, meeting.reported_on or meeting.held_on)
    if meeting.explained_on > meeting.held_on or max(days) > today:
        raise refusing.procedure_wrong(
            (
                "说明日不应晚于会议日，各日期不应晚于今天。",
                "it is explained before the meeting, and nothing lies in the future.",
            )
        )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def confirm_plan(
    settlement_id: int, *, by: User, scope: Scope, today: date, key: UUID
) -> EmployeeAct:
    """The human-resources office confirms the plan: procedure held, list taken, all amounts known,
    and, where art. 41 applies, the staff told 30 days before and the plan reported.

    Raises:
        Refusal: `employees.not-yours`, `employees.no-procedure`, `employees.not-adopted`,
            `employees.no-list`, `employees.undetermined`, `employees.told-too-late`,
            `employees.not-reported`, `employees.confirmed-already`.
    """
    about = f"settlement:{settlement_id}"
    before = done_before(key, Kind.CONFIRM, by, about)
    if before is not None:
        return before
    settlement, _ = held(settlement_id, scope, today)
    acting = hr_seat(scope, settlement.division_code, today, Role.OFFICER, Role.LEADER)
    if acting is None:
        raise refusing.not_yours()
    procedure, listed = latest_procedure(settlement), latest_list(settlement)
    if procedure is None:
        raise refusing.no_procedure()
    if not procedure.adopted:
        raise refusing.not_adopted()
    if listed is None:
        raise refusing.no_list()
    if (on := confirmed_on(listed)) is not None:
        raise refusing.confirmed_already(on)
    unknown = sum(one.severance is None for one in claims(settlement.pk))
    if unknown:
        raise refusing.undetermined(unknown)
    _told_in_time(settlement, listed, procedure)
    return append(
        Kind.CONFIRM,
        acting,
        **of(settlement),
        by=by,
        today=today,
        key=key,
        content={"list": listed.pk, "procedure": procedure.pk, "file": listed.file.digest},
    )


def _told_in_time(settlement: Settlement, listed: EmployeeList, procedure: Procedure) -> None:
    days = list(
        listed.employees.filter(ground="laid_off")
        .order_by("ended_on")
        .values_list("ended_on", flat=True)
    )
    if not days or days[0] is None:
        return
    found = mass_layoff(len(days), settlement.staff, first_on=days[0])
    if found.told_by is None:
        return
    due = found.told_by.due
    told_by = date(due.year, due.month, due.day)
    if procedure.explained_on > told_by:
        raise refusing.told_too_late(len(days), told_by, procedure.explained_on)
    if procedure.reported_on is None:
        raise refusing.not_reported(len(days))


@again_after_a_deadlock
@transaction.atomic(durable=True)
def override_claims(
    settlement_id: int, *, reason: str, by: User, scope: Scope, today: date, key: UUID
) -> EmployeeAct:
    """A leader of the human-resources office lets the exit be closed though claims are open. The
    claims stay: who is owed is still owed.

    Raises:
        Refusal: `employees.not-yours`, `employees.no-reason`, `employees.nothing-open`.
    """
    about = f"settlement:{settlement_id}"
    before = done_before(key, Kind.OVERRIDE, by, about)
    if before is not None:
        return before
    settlement, _ = held(settlement_id, scope, today)
    acting = hr_seat(scope, settlement.division_code, today, Role.LEADER)
    if acting is None:
        raise refusing.not_yours(leader=True)
    if not 0 < len(reason.strip()) <= 2000:
        raise refusing.no_reason()
    found = numbers([settlement.pk]).get(settlement.pk)
    if found is None or not found.open:
        raise refusing.nothing_open()
    return append(
        Kind.OVERRIDE,
        acting,
        **of(settlement),
        by=by,
        today=today,
        key=key,
        content={"reason": reason.strip(), "open": found.open, "unpaid": str(found.unpaid)},
    )

"""提出申请、审核通过、审核不通过."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.measures.funds import refusing
from phaseout.measures.funds.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.funds.eligible import reasons
from phaseout.measures.funds.models import Application, FundAct, Programme
from phaseout.measures.funds.seats import LEADING, Seat, applicant_seat, office_seat
from phaseout.measures.funds.standing import settled_by
from phaseout.registry.models import Enterprise

Kind = FundAct.Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """What an enterprise says of itself. capacity: in `capacity_unit`, as it left."""

    year: int
    ownership: str
    capacity: Decimal
    capacity_unit: str
    exit_year: int
    employees: int
    mines: int | None = None
    purpose: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def apply(
    programme_id: int,
    uscc: str,
    asked: Asked,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Application:
    """An enterprise applies for a programme's money of a year; an office enters it from paper.

    Raises:
        Refusal: `funds.not-yours`, `funds.not-running`, `funds.application-wrong`,
            `funds.applied-already`.
    """
    about = f"programme:{programme_id}"
    before = done_before(key, Kind.APPLY, by, about)
    if before is not None:
        return before.application
    hold_all(f"{about}:{uscc}")
    programme = Programme.objects.get(pk=programme_id)
    firm, acting = _applicant(uscc, scope, today)
    _examine(programme, asked, today)
    made = Application.objects.filter(programme=programme, enterprise=firm, year=asked.year)
    if (known := made.select_related("act").first()) is not None:
        raise refusing.applied_already(known.act.done_on)
    application = Application(
        programme=programme, enterprise=firm, division_code=firm.division_code, **asdict(asked)
    )
    application.act = append(
        Kind.APPLY,
        acting,
        by=by,
        today=today,
        key=key,
        about=about,
        application=application,
        content={**asdict(asked), "capacity": str(asked.capacity)},
    )
    application.save(force_insert=True)
    return application


def _applicant(uscc: str, scope: Scope, today: date) -> tuple[Enterprise, Seat]:
    firm = Enterprise.objects.filter(pk=uscc).first()
    if firm is None:
        raise refusing.application_wrong((f"没有企业{uscc}。", f"there is no enterprise {uscc}."))
    acting = applicant_seat(scope, firm, today)
    if acting is None:
        raise refusing.not_yours(refusing.APPLICANT)
    return firm, acting


def _examine(programme: Programme, asked: Asked, today: date) -> None:
    if today < programme.runs_from or (programme.runs_to and today > programme.runs_to):
        raise refusing.not_running(programme.name, today)
    if asked.ownership not in Application.Ownership.values:
        raise refusing.application_wrong(("企业性质不明。", "who owns it is unknown."))
    if asked.capacity <= 0 or asked.capacity != round(asked.capacity, 3):
        raise refusing.application_wrong(
            (
                "退出产能应大于零、至多三位小数。",
                "capacity is above nought, to three decimals.",
            )
        )
    if asked.exit_year > today.year or asked.year < asked.exit_year:
        raise refusing.application_wrong(
            (
                "退出年度不应晚于今年和资金年度。",
                "the year of exit lies after today or the year of the money.",
            )
        )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def accept_application(
    application_id: int,
    *,
    in_plan: bool,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> FundAct:
    """Finance or industry finds an application eligible; the reasons are kept with the act.

    Args:
        in_plan: the examiner found the exit in the year's plan and tasks.

    Raises:
        Refusal: `funds.not-yours`, `funds.settled-already`, `funds.not-eligible`.
    """
    about = f"application:{application_id}"
    before = done_before(key, Kind.ACCEPT, by, about)
    if before is not None:
        return before
    application, acting = _open(application_id, scope, today)
    found = reasons(application, on=today, in_plan=in_plan)
    against = [one.says for one in found if not one.met]
    if against:
        raise refusing.not_eligible(against)
    return append(
        Kind.ACCEPT,
        acting,
        by=by,
        today=today,
        key=key,
        about=about,
        application=application,
        content={"reasons": [[one.key, *one.says] for one in found]},
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def decline_application(
    application_id: int, *, reason: str, by: User, scope: Scope, today: date, key: UUID
) -> FundAct:
    """Finance or industry declines an application, with the reason.

    Raises:
        Refusal: `funds.not-yours`, `funds.settled-already`, `funds.no-reason`.
    """
    about = f"application:{application_id}"
    before = done_before(key, Kind.DECLINE, by, about)
    if before is not None:
        return before
    application, acting = _open(application_id, scope, today)
    if not 0 < len(reason.strip()) <= 2000:
        raise refusing.no_reason()
    return append(
        Kind.DECLINE,
        acting,
        by=by,
        today=today,
        key=key,
        about=about,
        application=application,
        content={"reason": reason.strip()},
    )


def _open(application_id: int, scope: Scope, today: date) -> tuple[Application, Seat]:
    hold_all(f"application:{application_id}")
    application = Application.objects.select_related("programme", "enterprise").get(
        pk=application_id
    )
    acting = office_seat(scope, today, LEADING, Role.OFFICER, Role.LEADER)
    if acting is None:
        raise refusing.not_yours(refusing.LEADING)
    settled = settled_by(application)
    if settled is not None:
        raise refusing.settled_already(str(settled.by), settled.done_on)
    return application, acting

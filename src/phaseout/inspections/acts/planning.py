"""拟定、批准检查计划."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.evidence.digests import digest_of
from phaseout.inspections import refusing
from phaseout.inspections.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.inspections.models import InspectionAct, Plan, PlanLine
from phaseout.inspections.pressure import firms_by_industry
from phaseout.inspections.standing import approval_of, is_latest
from phaseout.inspections.subjects import Seat, seat_in
from phaseout.law.industries import INDUSTRIES

Kind = InspectionAct.Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of a plan: so many firms of an industry, visited by a day."""

    industry: str
    firms: int
    due: date


@again_after_a_deadlock
@transaction.atomic(durable=True)
def make_plan(
    office: str,
    dimension: str,
    year: int,
    lines: Sequence[Wanted],
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    reason: str = "",
) -> Plan:
    """An officer makes a version of the department's plan of a year.

    Raises:
        Refusal: `inspection.not-yours`, `plan.nothing-planned`, `plan.line-wrong`.
    """
    before = done_before(key, Kind.MAKE_PLAN, by)
    if before is not None:
        return before.plan
    seat = seat_in(scope, office, dimension, Role.OFFICER)
    if seat is None:
        raise refusing.not_yours(Role.OFFICER)
    _examine(seat, year, lines, today)
    hold_all(f"plan:{office}:{dimension}:{year}")
    plan = Plan(
        office=office,
        dimension=dimension,
        division_code=seat.division_code,
        year=year,
        version=1 + Plan.objects.filter(office=office, dimension=dimension, year=year).count(),
        reason=reason.strip(),
    )
    content = _content(plan, lines)
    plan.digest = digest_of(content)
    plan.act = append(Kind.MAKE_PLAN, plan, by=by, today=today, key=key, content=content)
    plan.save(force_insert=True)
    PlanLine.objects.bulk_create(
        PlanLine(plan=plan, place=at, industry=one.industry, firms=one.firms, due=one.due)
        for at, one in enumerate(lines, 1)
    )
    return plan


def _content(plan: Plan, lines: Sequence[Wanted]) -> dict[str, Any]:
    """All that the plan says, as its digest covers it and a leader approves it."""
    return {
        "office": plan.office,
        "dimension": plan.dimension,
        "division_code": plan.division_code,
        "year": plan.year,
        "version": plan.version,
        "reason": plan.reason,
        "lines": [
            {"industry": one.industry, "firms": one.firms, "due": one.due.isoformat()}
            for one in lines
        ],
    }


def _examine(seat: Seat, year: int, lines: Sequence[Wanted], today: date) -> None:
    if not lines:
        raise refusing.nothing_planned()
    there = firms_by_industry(seat.grant.prefix)
    for at, one in enumerate(lines, 1):
        most = there.get(one.industry, 0)
        if one.industry not in INDUSTRIES or one.industry in {x.industry for x in lines[: at - 1]}:
            raise refusing.line_wrong(
                at, ("行业不存在或重复", "the industry is unknown or stands twice")
            )
        if not 1 <= one.firms <= most:
            raise refusing.line_wrong(
                at,
                (f"该行业有企业{most}家", f"there are {most} firms of that industry"),
            )
        if one.due.year != year or one.due < today:
            raise refusing.line_wrong(
                at,
                (
                    "完成期限应在计划年度内，且不早于今天",
                    "the last day lies in the year of the plan and not before today",
                ),
            )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def approve_plan(
    plan_id: int, *, digest: str, by: User, scope: Scope, today: date, key: UUID
) -> InspectionAct:
    """A leader of the department approves the plan as read; another than who made it.

    The approval publishes a random number, from which draws may take their seed.

    Raises:
        Refusal: `inspection.not-yours`, `plan.changed`, `plan.own`, `plan.approved`,
            `plan.succeeded`.
    """
    about = f"plan:{plan_id}"
    before = done_before(key, Kind.APPROVE_PLAN, by, about)
    if before is not None:
        return before
    plan = Plan.objects.select_related("act").get(pk=plan_id)
    hold_all(f"plan:{plan.office}:{plan.dimension}:{plan.year}")
    if seat_in(scope, plan.office, plan.dimension, Role.LEADER) is None:
        raise refusing.not_yours(Role.LEADER)
    if plan.digest != digest:
        raise refusing.plan_changed()
    if plan.act.by_id == by.pk:
        raise refusing.plan_own()
    if (approval := approval_of(plan)) is not None:
        raise refusing.plan_approved(approval)
    if not is_latest(plan):
        raise refusing.plan_succeeded()
    return append(
        Kind.APPROVE_PLAN,
        plan,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"plan": plan.digest, "nonce": secrets.token_hex(32)},
    )

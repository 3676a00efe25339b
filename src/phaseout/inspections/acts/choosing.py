"""申报回避; 随机抽取."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.evidence.digests import digest_of
from phaseout.facts.identifiers import compact
from phaseout.inspections import drawing, refusing
from phaseout.inspections.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.inspections.candidates import beacon_of, sheet_for
from phaseout.inspections.models import Draw, InspectionAct, PlanLine, Recusal
from phaseout.inspections.standing import drawn_before, in_force
from phaseout.inspections.subjects import seat_in, seats
from phaseout.registry.models import Enterprise

Kind = InspectionAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def recuse(
    uscc: str, *, by: User, scope: Scope, today: date, key: UUID, reason: str
) -> InspectionAct:
    """An inspector declares a conflict of interest with a firm. It holds for draws from now on.

    Raises:
        Refusal: `inspection.not-yours`, `inspection.no-reason`, `inspection.no-such-firm`,
            `inspection.recused`.
    """
    uscc = compact(uscc)
    about = f"firm:{uscc}"
    before = done_before(key, Kind.RECUSE, by, about)
    if before is not None:
        return before
    seat = next(seats(scope, Role.INSPECTOR), None)
    if seat is None:
        raise refusing.not_yours(Role.INSPECTOR)
    if not 0 < len(reason.strip()) <= 400:
        raise refusing.no_reason()
    if not Enterprise.objects.filter(scope.enterprises(), pk=uscc).exists():
        raise refusing.no_such_firm(uscc)
    if Recusal.objects.filter(inspector=by, uscc=uscc).exists():
        raise refusing.recused()
    act = append(
        Kind.RECUSE,
        seat,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"uscc": uscc, "reason": reason.strip()},
    )
    Recusal.objects.create(act=act, inspector=by, uscc=uscc, reason=reason.strip())
    return act


@again_after_a_deadlock
@transaction.atomic(durable=True)
def draw(line_id: int, wanted: int, *, by: User, scope: Scope, today: date, key: UUID) -> Draw:
    """Draw firms for a line of an approved plan, and two inspectors for each.

    Raises:
        Refusal: `inspection.not-yours`, `draw.plan-not-in-force`, `draw.number-wrong`,
            `draw.too-few`.
    """
    about = f"plan-line:{line_id}"
    before = done_before(key, Kind.DRAW, by, about)
    if before is not None:
        return before.draw
    line = PlanLine.objects.select_related("plan").get(pk=line_id)
    plan = line.plan
    hold_all(f"draw:{plan.office}:{plan.dimension}:{plan.year}")
    if seat_in(scope, plan.office, plan.dimension, Role.OFFICER, Role.LEADER) is None:
        raise refusing.not_yours(Role.OFFICER)
    if not in_force(plan):
        raise refusing.plan_not_in_force()
    earlier = drawn_before(line)
    left = line.firms - sum(len(one.drawn) for one in earlier)
    if not 1 <= wanted <= left:
        raise refusing.number_wrong(left)
    sheet = sheet_for(line, wanted, earlier, beacon_of(plan, today), today)
    try:
        drawn = drawing.as_data(drawing.draw(drawing.sheet_from(sheet)))
    except drawing.TooFew as few:
        raise refusing.too_few(few.there, few.wanted, few.uscc) from None
    return _kept(line, len(earlier) + 1, sheet, drawn, by, today, key)


def _kept(
    line: PlanLine,
    place: int,
    sheet: dict[str, Any],
    drawn: list[dict[str, Any]],
    by: User,
    today: date,
    key: UUID,
) -> Draw:
    plan, digest = line.plan, digest_of(sheet)
    act = append(
        Kind.DRAW,
        plan,
        by=by,
        today=today,
        key=key,
        about=f"plan-line:{line.pk}",
        content={"sheet": digest, "seed": sheet["seed"], "drawn": drawn},
    )
    return Draw.objects.create(
        act=act,
        plan_line=line,
        place=place,
        dimension=plan.dimension,
        division_code=plan.division_code,
        on=today,
        algorithm=drawing.ALGORITHM,
        sheet=sheet,
        digest=digest,
        drawn=drawn,
    )

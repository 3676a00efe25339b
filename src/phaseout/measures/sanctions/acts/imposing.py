"""作出联合惩戒."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.sanctions.areas import area, carriers
from phaseout.law.sanctions.bases import Basis, edition_on, examine, list_required
from phaseout.law.sanctions.clocks import last_day
from phaseout.law.sanctions.grounds import SEVERITIES
from phaseout.law.sanctions.repair import SAFETY, RepairRule, rule_on, terms
from phaseout.measures.sanctions import refusing
from phaseout.measures.sanctions.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
    said,
)
from phaseout.measures.sanctions.acts.releasing import withdraw_support_of
from phaseout.measures.sanctions.found import Proposal, proposals
from phaseout.measures.sanctions.models import Sanction, SanctionAct, SanctionTask
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seat_of

STAYED = "stay_on"


@again_after_a_deadlock
@transaction.atomic(durable=True)
def impose(
    case_id: int,
    period: str,
    *,
    areas: Sequence[str],
    bases: Collection[str],
    severity: str,
    publish: bool,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Sanction:
    """A named officer of the lead of clause (17) makes a sanction on a ground that was found.

    Args:
        period: the period of the case that ran out.
        areas: codes of `law.sanctions.areas`; each becomes a task of who carries it.
        bases: ids of `law.sanctions.bases`.
        publish: whether it is published, from today to the last day of the rule in force.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.not-overdue`, `sanction.already`,
            `sanction.stayed`, `sanction.severity-unknown`, `sanction.no-reason`; what
            `law.sanctions.bases.examine` raises.
    """
    done = done_before(key, SanctionAct.Kind.IMPOSE, by)
    if done is not None:
        return done.imposed
    hold_all(f"case:{case_id}")
    office = seat_of(scope, leads(SANCTIONS), today)
    ground = _ground(case_id, period, today)
    if severity not in SEVERITIES:
        raise refusing.unknown_severity()
    ordered = tuple(dict.fromkeys(area_ for area_ in areas))
    resting = examine(bases, ordered, today)
    rule = rule_on(today, severity, SAFETY if ground.dimension == "safety" else "")
    sanction = _made(ground, ordered, resting, severity, publish, rule, today)
    _append(sanction, office, said(reason), by=by, today=today, key=key)
    SanctionTask.objects.bulk_create(_tasks(sanction, ground.industry, today))
    withdraw_support_of(sanction, today)
    return sanction


def _ground(case_id: int, period: str, today: date) -> Proposal:
    found = next(proposals(today, Q(case_id=case_id, period=period)), None)
    if found is None:
        made = Sanction.objects.filter(case_id=case_id, period=period).order_by("-opened_by")
        there = made.first()
        raise refusing.already(there.begins) if there else refusing.not_overdue(today)
    case = Case.objects.get(pk=case_id)
    now = standing_of(case, acts_of(case), on=today)
    if any(stage.id.rpartition(".")[2] == STAYED for stage in now.stages.values()):
        raise refusing.stayed()
    return found


def _made(
    ground: Proposal,
    areas: tuple[str, ...],
    bases: Sequence[Basis],
    severity: str,
    publish: bool,
    rule: RepairRule | None,
    today: date,
) -> Sanction:
    edition = edition_on(today) if list_required(today) else None
    return Sanction(
        case_id=ground.case_id,
        enterprise_id=ground.uscc,
        line_id=ground.line_id,
        division_code=ground.division_code,
        dimension=ground.dimension,
        period=ground.period,
        opened_by=ground.opened_by,
        due=ground.due,
        ground=ground.ground.code,
        severity=severity,
        facts=ground.facts(today),
        bases=[basis.basis for basis in bases],
        list_edition=edition.edition if edition else "",
        areas=list(areas),
        begins=today,
        repair_rule=rule.rule if rule else "",
        publish_from=today if publish else None,
        publish_until=terms(rule, today).until if publish and rule else None,
    )


def _append(sanction: Sanction, office: str, reason: str, **how: Any) -> None:
    sanction.act = append(
        SanctionAct.Kind.IMPOSE,
        office,
        content=_content(sanction, reason),
        division_code=sanction.division_code,
        enterprise_id=sanction.enterprise_id,
        **how,
    )
    sanction.save(force_insert=True)


def _content(sanction: Sanction, reason: str) -> dict[str, Any]:
    """All that the sanction says, as its digest covers it."""
    return {
        "enterprise": sanction.enterprise_id,
        "facts": sanction.facts,
        "ground": sanction.ground,
        "severity": sanction.severity,
        "areas": sanction.areas,
        "bases": sanction.bases,
        "list_edition": sanction.list_edition,
        "publish_from": _day(sanction.publish_from),
        "publish_until": _day(sanction.publish_until),
        "reason": reason,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _tasks(sanction: Sanction, industry: str, today: date) -> list[SanctionTask]:
    due = last_day("answer_task", today)
    return [
        SanctionTask(sanction=sanction, area=code, office=office, arisen_on=today, due=due)
        for code in sanction.areas
        for office in carriers(area(code), industry)
    ]

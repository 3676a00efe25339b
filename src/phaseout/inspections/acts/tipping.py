"""举报投诉: received, accepted into a visit, or declined with a reason."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.organisations import divisions
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope, prefix_of
from phaseout.evidence.digests import digest_of
from phaseout.inspections import refusing
from phaseout.inspections.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.inspections.acts.assigning import working_day
from phaseout.inspections.checklist import checklist
from phaseout.inspections.models import (
    AssignedInspector,
    Assignment,
    InspectionAct,
    Knock,
    Recusal,
    Tip,
    TipPerson,
)
from phaseout.inspections.pressure import next_deadlines, working_lines
from phaseout.inspections.subjects import SUBJECTS, duty_of, seat_in, seats
from phaseout.law.inspecting import people
from phaseout.law.opinions import CITIES
from phaseout.registry.models import Enterprise, ProductionLine

Kind = InspectionAct.Kind
A_DAY = 5
"""Tips that one network address may bring a day."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells, and apart from it who: `name` and `contact` may be left out."""

    dimension: str
    division_code: str
    firm: str
    text: str
    uscc: str = ""
    name: str = ""
    contact: str = ""
    matter: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def receive_tip(
    told: Told,
    *,
    today: date,
    key: UUID,
    by: User | None = None,
    scope: Scope | None = None,
    address: str = "",
) -> Tip:
    """A tip by the public (nobody signed in; counted by its address), or noted by an official.

    Raises:
        Refusal: `tip.incomplete`, `tip.too-often`, `inspection.not-yours`.
    """
    before = done_before(key, Kind.RECEIVE_TIP, by)
    if before is not None:
        return before.tip
    _complete(told)
    _may_tell(by, scope, address, today)
    tip = Tip(
        office=duty_of(told.dimension).lead[0],
        dimension=told.dimension,
        matter=told.matter,
        division_code=told.division_code,
        uscc=told.uscc,
        firm=told.firm.strip(),
        text=told.text.strip(),
        received_on=today,
        public=by is None,
        receipt=secrets.token_hex(8),
    )
    # Who told is left out: the row of the act is seen by more than the office.
    content = {"firm": tip.firm, "uscc": tip.uscc, "text": tip.text}
    if tip.matter:
        content["matter"] = tip.matter
    tip.act = append(Kind.RECEIVE_TIP, tip, by=by, today=today, key=key, content=content)
    tip.save(force_insert=True)
    _keep_person(tip, told)
    return tip


def _may_tell(by: User | None, scope: Scope | None, address: str, today: date) -> None:
    if by is None:
        _knock(address, today)
    elif not any(seats(scope or Scope(()), Role.OFFICER, Role.LEADER, Role.INSPECTOR)):
        raise refusing.not_yours(Role.OFFICER)


def _keep_person(tip: Tip, told: Told) -> None:
    if told.name.strip() or told.contact.strip():
        TipPerson.objects.create(
            tip=tip,
            office=tip.office,
            division_code=told.division_code,
            name=told.name.strip(),
            contact=told.contact.strip(),
        )


def _complete(told: Told) -> None:
    known = told.dimension in SUBJECTS and told.matter in Tip.Matter.values
    if not known or told.division_code not in divisions():
        raise refusing.tip_incomplete(("未选择事项或地点", "matter or place is not chosen"))
    if not told.firm.strip() or len(told.firm) > 200:
        raise refusing.tip_incomplete(("未写明企业", "the firm is not named"))
    if not 5 <= len(told.text.strip()) <= LONGEST:
        raise refusing.tip_incomplete(
            (f"内容应为5至{LONGEST}字", f"the text has 5 to {LONGEST} characters")
        )


def _knock(address: str, today: date) -> None:
    """Count the address, as a digest with the day; what is of earlier days goes."""
    text = f"{settings.SECRET_KEY}\n{today}\n{address}"
    source = hashlib.sha256(text.encode()).hexdigest()
    hold_all(f"knock:{source}")
    Knock.objects.exclude(on=today).delete()
    if Knock.objects.filter(source=source).count() >= A_DAY:
        raise refusing.too_often()
    Knock.objects.create(source=source, on=today)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def accept_tip(
    tip_id: int,
    *,
    uscc: str,
    inspectors: list[str],
    begins: date,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    reason: str,
) -> Assignment:
    """Accept a tip: a visit to the firm by two inspectors at least, none with a conflict.

    Raises:
        Refusal: `inspection.not-yours`, `inspection.no-reason`, `tip.settled`, `tip.incomplete`.
    """
    about = f"tip:{tip_id}"
    before = done_before(key, Kind.ACCEPT_TIP, by, about)
    if before is not None:
        return before.assignments.get()
    tip = _open_tip(tip_id, scope, reason)
    line = _line_of(uscc, scope, tip.matter)
    team = _team(inspectors, uscc, tip.dimension, today)
    visit = _visit(tip, line, working_day(max(begins, today)), today)
    content = {"reason": reason.strip(), "uscc": uscc, "checklist": visit.digest}
    visit.act = append(
        Kind.ACCEPT_TIP, tip, by=by, today=today, key=key, about=about, content=content
    )
    visit.save(force_insert=True)
    AssignedInspector.objects.bulk_create(
        AssignedInspector(assignment=visit, inspector=one, place=at)
        for at, one in enumerate(team, 1)
    )
    return visit


def _line_of(uscc: str, scope: Scope, matter: str) -> ProductionLine:
    """The line of the firm that the visit goes to: the first one registered that works; for a
    restart the first that must not."""
    firm = Enterprise.objects.filter(scope.enterprises(), pk=uscc, merged_into=None).first()
    if firm is not None:
        lines = ProductionLine.objects.filter(scope.lines(), enterprise=firm)
        at_rest = lines.exclude(watched=None) if matter == Tip.Matter.RESTART else lines.none()
        found = at_rest if at_rest.exists() else lines.filter(working_lines(""))
        line = found.select_related("enterprise").order_by("pk").first()
        if line is not None:
            return line
    raise refusing.tip_incomplete(
        ("登记库中没有该企业或其生产线", "the registry has no such firm, or no line of it")
    )


def _visit(tip: Tip, line: ProductionLine, begins: date, today: date) -> Assignment:
    """The visit that the tip leads to, not yet written."""
    firm = line.enterprise
    listed = checklist(firm, tip.dimension, prefix_of(line.division_code)[:4], begins)
    return Assignment(
        tip=tip,
        enterprise=firm,
        office=tip.office,
        dimension=tip.dimension,
        division_code=line.division_code,
        industry=line.industry,
        place=1,
        begins=begins,
        ends=begins,
        pressing=next_deadlines([firm.pk], today).get(firm.pk),
        checklist=listed,
        digest=digest_of(listed),
    )


def _team(inspectors: list[str], uscc: str, dimension: str, today: date) -> list[User]:
    found = list(
        User.objects.filter(
            username__in=inspectors,
            is_active=True,
            posts__role=Role.INSPECTOR,
            posts__function__in=[*duty_of(dimension).lead, CITIES],
        ).distinct()
    )
    officers = people("officers", today)
    if len(found) < officers.least:
        raise refusing.tip_incomplete(
            (
                f"检查人员不得少于{officers.least}名（{officers.zh}）",
                f"at least {officers.least} inspectors are needed ({officers.en})",
            )
        )
    barred = Recusal.objects.filter(uscc=uscc, inspector__in=found).first()
    if barred is not None:
        raise refusing.tip_incomplete(
            ("所选人员中有人已申报回避", "one of them declared a conflict of interest")
        )
    return found


@again_after_a_deadlock
@transaction.atomic(durable=True)
def decline_tip(
    tip_id: int, *, by: User, scope: Scope, today: date, key: UUID, reason: str
) -> InspectionAct:
    """Decline a tip, with the reason. Raises as `accept_tip`."""
    about = f"tip:{tip_id}"
    before = done_before(key, Kind.DECLINE_TIP, by, about)
    if before is not None:
        return before
    tip = _open_tip(tip_id, scope, reason)
    return append(
        Kind.DECLINE_TIP,
        tip,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"reason": reason.strip()},
    )


def settled_by(tip: Tip) -> InspectionAct | None:
    """The act that accepted or declined the tip."""
    kinds = (Kind.ACCEPT_TIP, Kind.DECLINE_TIP)
    return (
        InspectionAct.objects.filter(kind__in=kinds, about=f"tip:{tip.pk}")
        .select_related("by")
        .first()
    )


def _open_tip(tip_id: int, scope: Scope, reason: str) -> Tip:
    hold_all(f"tip:{tip_id}")
    tip = Tip.objects.get(pk=tip_id)
    if seat_in(scope, tip.office, tip.dimension, Role.OFFICER, Role.LEADER) is None:
        raise refusing.not_yours(Role.OFFICER)
    if not 0 < len(reason.strip()) <= 1000:
        raise refusing.no_reason()
    settled = settled_by(tip)
    if settled is not None:
        raise refusing.tip_settled(str(settled.by), settled.done_on)
    return tip

"""Before publication the firm is told and may object; while it stands on a list it may, too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.disclosure.lists import refusing
from phaseout.disclosure.lists.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_list,
    said,
)
from phaseout.disclosure.lists.acts.ending import OBJECTION, end
from phaseout.disclosure.lists.acts.signing import open_draft
from phaseout.disclosure.lists.log.heads import hold_log
from phaseout.disclosure.lists.models import (
    Answer,
    Draft,
    ListAct,
    Listing,
    Notice,
    Objection,
)
from phaseout.disclosure.lists.seats import check, known
from phaseout.disclosure.lists.standing import about, hindrances
from phaseout.law.lists.grounds import Ended
from phaseout.law.lists.terms import objection_period

Kind = ListAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def open_objections(draft_id: int, *, by: User, scope: Scope, today: date, key: UUID) -> ListAct:
    """Tell every firm that would enter and was not told yet.

    Raises:
        Refusal: `lists.not-yours`, `lists.overtaken`, `lists.returned`, `lists.published`,
            `lists.signed`, `lists.nobody-to-tell`; the calendar does not reach so far.
    """
    draft = Draft.objects.select_related("act").get(pk=draft_id)
    before = done_before(key, Kind.OPEN_OBJECTIONS, by, about(draft))
    if before is not None:
        return before
    of = known(draft.list_kind)
    check(scope, of, today, Role.OFFICER, Role.LEADER)
    hold_list(of)
    with whole_reach():
        open_draft(draft)
        entries = hindrances(draft, today).not_told
        if not entries:
            raise refusing.nobody_to_tell()
        due = objection_period(today).due
        last_day = date(due.year, due.month, due.day)
        act = append(
            Kind.OPEN_OBJECTIONS, of, by=by, today=today, key=key, about=about(draft),
            content={"last_day": last_day.isoformat(), "grounds": [str(e.ground) for e in entries]},
        )  # fmt: skip
        Notice.objects.bulk_create(
            Notice(
                act=act, list_kind=of.key, ground=entry.ground, case_id=entry.case_id,
                enterprise_id=entry.enterprise_id, division_code=entry.columns["division_code"],
                columns=entry.columns, told_on=today, last_day=last_day,
            )
            for entry in entries
        )  # fmt: skip
        return act


@again_after_a_deadlock
@transaction.atomic(durable=True)
def object_to(
    ground: UUID,
    *,
    statement: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    files: Collection[str] = (),
) -> Objection:
    """The firm objects: until the last day of the notice, the day inside; or while it is listed.

    Raises:
        Refusal: `lists.not-listed`, `lists.no-reason`, `lists.objection-late`, `lists.pending`,
            `lists.over`.
    """
    before = done_before(key, Kind.OBJECT, by, f"g:{ground}")
    if before is not None:
        return before.objection
    text = said(statement)
    with whole_reach():
        told = Notice.objects.filter(ground=ground).select_related("enterprise").first()
        listing = Listing.objects.filter(ground=ground).select_related("enterprise").first()
        concerned = listing or told
        if concerned is None or not scope.may(Power.ACT, uscc=concerned.enterprise_id):
            raise refusing.not_listed()
        of = known(concerned.list_kind)
        hold_list(of)
        listing = Listing.objects.filter(ground=ground).first()
        _in_time(ground, told, listing, today)
        firm = concerned.enterprise
        act = append(
            Kind.OBJECT, of, by=by, today=today, key=key, about=f"g:{ground}",
            content={"statement": text, "files": sorted(set(files))},
            division_code=concerned.division_code, name=(firm.name, firm.name),
            enterprise_id=firm.pk,
        )  # fmt: skip
        return Objection.objects.create(
            act=act, list_kind=of.key, ground=ground, case_id=concerned.case_id, enterprise=firm,
            division_code=concerned.division_code, before=listing is None, statement=text,
            files=sorted(set(files)),
        )  # fmt: skip


def _in_time(ground: UUID, told: Notice | None, listing: Listing | None, today: date) -> None:
    if Objection.objects.filter(ground=ground, answer=None).exists():
        raise refusing.pending()
    if listing is not None:
        if hasattr(listing, "ending"):
            raise refusing.over()
    elif told is not None and today > told.last_day:
        raise refusing.too_late(told.last_day)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer(
    objection_id: int,
    *,
    upheld: bool,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Answer:
    """The department answers. Upheld before publication, the ground is left out of every draft to
    come; upheld while it is listed, it is cancelled at once, which is for a leader.

    Raises:
        Refusal: `lists.not-yours`, `lists.no-reason`, `lists.answered`.
    """
    before = done_before(key, Kind.ANSWER, by, f"objection:{objection_id}")
    if before is not None:
        return before.answer
    why = said(reason)
    with whole_reach():
        objection = Objection.objects.select_related("enterprise").get(pk=objection_id)
        of = known(objection.list_kind)
        hold_list(of)
        hold_log()  # an act of the case may end it at this moment
        listing = Listing.objects.filter(ground=objection.ground, ending=None).first()
        roles = (Role.LEADER,) if upheld and listing else (Role.OFFICER, Role.LEADER)
        check(scope, of, today, *roles)
        if hasattr(objection, "answer"):
            raise refusing.answered()
        act = append(
            Kind.ANSWER, of, by=by, today=today, key=key, about=f"objection:{objection_id}",
            content={"upheld": upheld, "reason": why}, division_code=objection.division_code,
            enterprise_id=objection.enterprise_id,
        )  # fmt: skip
        made = Answer.objects.create(act=act, objection=objection, upheld=upheld, reason=why)
        if upheld and listing is not None:
            end(listing, Ended.CANCELLED, OBJECTION, today, by=by)
        return made

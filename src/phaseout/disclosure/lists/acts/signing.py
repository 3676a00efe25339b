"""签发、退回: a leader of the department, other than who drafted, signs what was read."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
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
from phaseout.disclosure.lists.models import Draft, ListAct
from phaseout.disclosure.lists.moving import moved_since
from phaseout.disclosure.lists.seats import check, known
from phaseout.disclosure.lists.standing import (
    about,
    act_on,
    hindrances,
    latest,
    newest_edition,
)

Kind = ListAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def sign(draft_id: int, *, digest: str, by: User, scope: Scope, today: date, key: UUID) -> ListAct:
    """Raises:
    Refusal: `lists.not-yours`, `lists.own-draft`, `lists.digest`, `lists.overtaken`,
        `lists.returned`, `lists.published`, `lists.signed`, `lists.behind`, `lists.not-told`,
        `lists.objections-run`, `lists.unanswered`, `lists.moved`.
    """
    draft = Draft.objects.select_related("act").get(pk=draft_id)
    before = done_before(key, Kind.SIGN, by, about(draft))
    if before is not None:
        return before
    of = known(draft.list_kind)
    check(scope, of, today, Role.LEADER)
    if draft.act.by_id == by.pk:
        raise refusing.own_draft()
    if draft.digest != digest:
        raise refusing.other_digest()
    hold_list(of)
    with whole_reach():
        open_draft(draft)
        _unhindered(draft, today)
        return append(
            Kind.SIGN, of, by=by, today=today, key=key, about=about(draft),
            content={"digest": digest},
        )  # fmt: skip


@again_after_a_deadlock
@transaction.atomic(durable=True)
def return_(
    draft_id: int, *, reason: str, by: User, scope: Scope, today: date, key: UUID
) -> ListAct:
    """Raises:
    Refusal: `lists.not-yours`, `lists.no-reason`, `lists.overtaken`, `lists.returned`,
        `lists.published`, `lists.signed`, `lists.behind`.
    """
    draft = Draft.objects.get(pk=draft_id)
    before = done_before(key, Kind.RETURN, by, about(draft))
    if before is not None:
        return before
    of = known(draft.list_kind)
    check(scope, of, today, Role.LEADER)
    why = said(reason)
    hold_list(of)
    with whole_reach():
        open_draft(draft)
        return append(
            Kind.RETURN, of, by=by, today=today, key=key, about=about(draft),
            content={"reason": why},
        )  # fmt: skip


def open_draft(draft: Draft, *, signed: bool = False) -> None:
    """That a draft can still be gone on with; `signed`: it waits for publication.

    Raises:
        Refusal: `lists.published`, `lists.returned`, `lists.overtaken`, `lists.behind`,
            `lists.signed`, `lists.not-signed`.
    """
    edition = getattr(draft, "edition", None)
    if edition is not None:
        raise refusing.was_published(edition.title)
    if act_on(draft, Kind.RETURN):
        raise refusing.was_returned()
    newest = newest_edition(draft.list_kind, draft.year)
    if newest is not None and newest.pk != draft.follows_id:
        raise refusing.behind(newest.title)
    last = latest(draft.list_kind, draft.year)
    if last is not None and last.pk != draft.pk:
        raise refusing.overtaken()
    was_signed = act_on(draft, Kind.SIGN) is not None
    if was_signed and not signed:
        raise refusing.signed_already()
    if signed and not was_signed:
        raise refusing.not_signed()


def _unhindered(draft: Draft, today: date) -> None:
    found = hindrances(draft, today)
    if found.not_told:
        raise refusing.not_told([entry.columns["name"] for entry in found.not_told])
    if found.unanswered:
        raise refusing.unanswered([one.enterprise.name for one in found.unanswered])
    if found.runs_until is not None:
        raise refusing.objections_run(found.runs_until)
    moved = moved_since(draft, today)
    if moved:
        raise refusing.moved(moved)

"""An act prepared by one person and signed by another: prepared, signed, returned, taken back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import (
    ACTS,
    CASE,
    TABLES,
    act_of,
    acts_of_rows,
    again_after_a_deadlock,
    append,
    case_of,
    covered,
    done_with,
    held_with_files,
)
from phaseout.casework.cases.refusing import key_used
from phaseout.casework.cases.signing.telling import of_decline
from phaseout.casework.models import Act, Case, Proposal
from phaseout.casework.proceeding import preparing, refusing
from phaseout.casework.proceeding.facts import read
from phaseout.casework.proceeding.preparing import LONGEST_REASON, Asked, Prepared
from phaseout.casework.proceeding.standing import current
from phaseout.casework.rows import Changes, Read, fetched_at_once
from phaseout.law.procedures import ActRule

OF_PROPOSAL, OF_PERSON = Read(Proposal), Read(User)
HOLD = f"""SELECT {OF_PROPOSAL.columns("p")}, {OF_PERSON.columns("u")}, {CASE}
FROM {TABLES} JOIN casework_proposal AS p ON p.case_id = c.id
JOIN accounts_user AS u ON u.id = p.prepared_by_id
WHERE p.id = %s FOR NO KEY UPDATE OF p, c"""
ACTS_OF_ITS_CASE = ACTS.format("(SELECT case_id FROM casework_proposal WHERE id = %s)")


@again_after_a_deadlock
@transaction.atomic(durable=True)
def propose(
    case_id: int,
    asked: Asked,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    seen: int | None = None,
) -> Proposal:
    """An act prepared for a leader's signature; it must be lawful as of today.

    Raises:
        Refusal: as `perform`; `proposal.one-waits`.
    """
    case, acts, names = held_with_files(case_id, asked.facts)
    of_the_kind = Q(kind=asked.kind, state=Proposal.State.WAITING)
    known = list(case.proposals.filter(Q(key=key) | of_the_kind).select_related("prepared_by"))
    before = next((one for one in known if one.key == key), None)
    if before is not None:
        if (before.kind, before.prepared_by_id) != (asked.kind, by.pk):
            raise key_used()
        return before
    ready = preparing.examine(
        asked, case, acts, by=by, scope=scope, today=today, seen=seen, names=names
    )
    for waits in known:
        raise refusing.proposal_waits(ready.rule, waits)
    return Proposal.objects.create(
        case=case,
        kind=asked.kind,
        facts=ready.facts,
        served_on=ready.act.served_on,
        reason=ready.reason,
        after_place=len(acts),
        office=ready.holder.office,
        function=ready.holder.function,
        prepared_by=by,
        prepared_on=today,
        digest=covered(case, ready, by),
        key=key,
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def sign(proposal_id: int, *, by: User, scope: Scope, today: date, digest: str, key: UUID) -> Act:
    """The leader signs: the act is done, if it is still lawful today.

    Args:
        digest: of what the leader read; the signature covers exactly that.

    Raises:
        Refusal: `proposal.settled`, `proposal.not-what-was-read`, `proposal.of-oneself`,
            `act.of-another`, and whatever the procedure has against the act by now.
    """
    proposal, acts = _held(proposal_id)
    case = proposal.case
    if (before := done_with(key, acts)) is not None:
        if before.signed_by_id != by.pk:
            raise key_used()
        return before
    _waits(proposal)
    ready = _as_prepared(proposal, case, acts, today)
    preparing.may_sign(proposal.prepared_by_id, ready.rule, case, by, scope, today)
    if digest != proposal.digest or covered(case, ready, proposal.prepared_by) != digest:
        raise refusing.not_what_was_read(ready.rule)
    act = act_of(case, acts, ready, by=proposal.prepared_by, today=today, key=key)
    act.signed_by = by

    def settle(changes: Changes) -> None:
        _settle(proposal, Proposal.State.SIGNED, by, today, changes, act=act)

    return append(act, acts, digest, ready.replay, settle=settle)


@transaction.atomic(durable=True)
def decline(proposal_id: int, *, by: User, scope: Scope, today: date, answer: str) -> Proposal:
    """The leader returns what was prepared. Raises as `sign`; `proposal.no-reason`."""
    proposal, acts = _waiting(proposal_id)
    rule = _rule(proposal, acts)
    preparing.may_sign(proposal.prepared_by_id, rule, proposal.case, by, scope, today)
    if not answer.strip():
        raise refusing.answer_missing()
    if len(answer) > LONGEST_REASON:
        raise refusing.reason_too_long(rule, LONGEST_REASON)
    changes = Changes()
    _settle(proposal, Proposal.State.DECLINED, by, today, changes, answer=answer.strip())
    changes.write()
    of_decline(proposal)
    return proposal


@transaction.atomic(durable=True)
def withdraw(proposal_id: int, *, by: User, today: date) -> Proposal:
    """Who prepared it takes it back.

    Raises:
        Refusal: `proposal.settled`, `act.of-another`.
    """
    proposal, acts = _waiting(proposal_id)
    if proposal.prepared_by_id != by.pk:
        rule = _rule(proposal, acts)
        name = str(proposal.prepared_by)
        raise refusing.not_yours(rule, (name, name))
    changes = Changes()
    _settle(proposal, Proposal.State.WITHDRAWN, by, today, changes)
    changes.write()
    return proposal


def _held(proposal_id: int) -> tuple[Proposal, list[Act]]:
    """The proposal with its case, both locked, and the acts of the case.

    Raises:
        Proposal.DoesNotExist
    """
    rows, acts = fetched_at_once((HOLD, [proposal_id]), (ACTS_OF_ITS_CASE, [proposal_id]))
    if not rows:
        raise Proposal.DoesNotExist(f"no proposal {proposal_id}")
    (values,), person = rows, len(OF_PROPOSAL) + len(OF_PERSON)
    proposal = OF_PROPOSAL.row(values[: len(OF_PROPOSAL)])
    proposal.prepared_by = OF_PERSON.row(values[len(OF_PROPOSAL) : person])
    proposal.case = case_of(values[person:])
    return proposal, acts_of_rows(proposal.case, acts)


def _waiting(proposal_id: int) -> tuple[Proposal, list[Act]]:
    proposal, acts = _held(proposal_id)
    _waits(proposal)
    return proposal, acts


def _waits(proposal: Proposal) -> None:
    if proposal.state != Proposal.State.WAITING:
        raise refusing.proposal_settled(proposal)


def _rule(proposal: Proposal, acts: list[Act]) -> ActRule:
    return current(proposal.case, acts).acts[proposal.kind]


def _as_prepared(proposal: Proposal, case: Case, acts: list[Act], today: date) -> Prepared:
    """What was prepared, judged again as of today."""
    return preparing.again(
        proposal.kind,
        read(proposal.facts),
        case,
        acts,
        served_on=proposal.served_on,
        reason=proposal.reason,
        in_office=(proposal.function, proposal.office),
        today=today,
    )


def _settle(
    proposal: Proposal,
    state: Proposal.State,
    by: User,
    today: date,
    changes: Changes,
    *,
    act: Act | None = None,
    answer: str = "",
) -> None:
    proposal.state, proposal.settled_by, proposal.settled_on = state, by, today
    proposal.act, proposal.answer = act, answer
    settled = {
        "state": state,
        "settled_by": by.pk,
        "settled_on": today,
        "act": act,
        "answer": answer,
    }
    changes.update(Proposal, settled, {"id": proposal.pk})

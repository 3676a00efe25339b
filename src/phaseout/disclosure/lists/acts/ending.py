"""移出、撤销: an entry leaves the day its ground ends, by itself; what was entered by mistake, or
against what an objection has shown, is cancelled."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Act, Case
from phaseout.disclosure.lists import refusing
from phaseout.disclosure.lists.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_list,
    key_of,
    said,
)
from phaseout.disclosure.lists.fulfilling import fulfil_by_end, fulfil_what_is_left
from phaseout.disclosure.lists.log.appending import Happened
from phaseout.disclosure.lists.log.appending import append as log
from phaseout.disclosure.lists.log.heads import hold_log
from phaseout.disclosure.lists.log.signing import sign_soon
from phaseout.disclosure.lists.models import Edition, Ending, Entry, ListAct, Listing
from phaseout.disclosure.lists.seats import check, known
from phaseout.law.lists.grounds import Ended, Spell, Step, kinds_that_end, rules_of, spells

OBJECTION, MISTAKE = "objection", "mistake"
Kind = ListAct.Kind


def end_what_ended(act: Act) -> None:
    """After an act of a case: what its end, or the end of the ground, takes off the lists. No query
    for an act that ends nothing."""
    case = act.case
    if act.kind not in kinds_that_end() and case.closed_on is None:
        return
    with whole_reach():
        # Held before it is read: an edition that is being published has its entries by then, or
        # its publication comes second and finds the ground ended.
        hold_log()
        for listing in Listing.objects.filter(case_id=case.pk, ending=None):
            _end_if_over(listing, case, act.done_on)


def end_what_is_over(today: date) -> int:
    """Take off what an act that counts from a later day than its own (a decision served by public
    notice) has ended by now, one by one; and end the tasks of lists that cases have left. Returns
    how many entries; run daily."""
    with whole_reach():
        standing = Listing.objects.filter(ending=None).select_related("case").order_by("pk")
        over = [one.pk for one in standing if _ended(one, one.case, today)]
        ended = sum(_end_one(pk, today) for pk in over)
        fulfil_what_is_left(today)
        return ended


@again_after_a_deadlock
@transaction.atomic(durable=True)
def _end_one(listing_id: int, today: date) -> bool:
    hold_log()
    listing = Listing.objects.filter(pk=listing_id, ending=None).select_related("case").first()
    return listing is not None and _end_if_over(listing, listing.case, today)


def _end_if_over(listing: Listing, case: Case, on: date) -> bool:
    found = _ended(listing, case, on)
    if found is None:
        return False
    spell, by = found
    assert spell.ended is not None and spell.ended_on is not None
    end(listing, spell.ended, spell.cause, spell.ended_on, ended_by=by)
    fulfil_by_end(by)
    return True


def _ended(listing: Listing, case: Case, on: date) -> tuple[Spell, Act] | None:
    """How a listing's ground has ended by a day, and by which act; None: it stands."""
    rows = list(Act.objects.filter(case_id=case.pk).order_by("place"))
    steps = [Step(one.place, one.kind, one.served_on or one.done_on) for one in rows]
    for rule in rules_of(listing.list_kind):
        if rule.procedure != case.procedure:
            continue
        for spell in spells(rule, steps, case.closed_on, on):
            if spell.place == listing.act_place and spell.ended is not None:
                return spell, next(one for one in rows if one.place == spell.ended_place)
    return None


@again_after_a_deadlock
@transaction.atomic(durable=True)
def cancel(
    listing_id: int, *, reason: str, by: User, scope: Scope, today: date, key: UUID
) -> ListAct:
    """A leader of the department cancels what was entered by mistake.

    Raises:
        Refusal: `lists.not-yours`, `lists.no-reason`, `lists.over`.
    """
    before = done_before(key, Kind.CANCEL, by, f"listing:{listing_id}")
    if before is not None:
        return before
    listing = Listing.objects.get(pk=listing_id)
    of = known(listing.list_kind)
    check(scope, of, today, Role.LEADER)
    why = said(reason)
    with whole_reach():
        hold_list(of)
        hold_log()
        if Ending.objects.filter(listing=listing).exists():
            raise refusing.over()
        return end(listing, Ended.CANCELLED, MISTAKE, today, by=by, reason=why, key=key).act


def end(
    listing: Listing,
    how: Ended,
    cause: str,
    on: date,
    *,
    by: User | None = None,
    ended_by: Act | None = None,
    reason: str = "",
    key: UUID | None = None,
) -> Ending:
    """End a listing inside the caller's transaction, and say so in the log."""
    of = known(listing.list_kind)
    act = append(
        Kind.LEAVE if how is Ended.LEFT else Kind.CANCEL,
        of,
        by=by,
        today=on,
        key=key or key_of(f"end:{listing.pk}"),
        about=f"listing:{listing.pk}",
        content={"cause": cause, "reason": reason, "by_act": ended_by.digest if ended_by else ""},
        division_code=listing.division_code,
        enterprise_id=listing.enterprise_id,
    )
    made = Ending.objects.create(
        act=act, listing=listing, how=how, cause=cause, on=on, ended_by=ended_by
    )
    edition = Edition.objects.filter(list_kind=of.key).order_by("-number").first()
    entry = Entry.objects.filter(ground=listing.ground).order_by("-edition__number").first()
    log(
        [
            Happened(
                event=how.value,
                list_kind=of.key,
                edition=edition.number if edition else 0,
                on=on,
                says={"cause": cause, "name": entry.name if entry else ""},
                ground=listing.ground,
                uscc=entry.uscc if entry else listing.enterprise_id,
            )
        ]
    )
    sign_soon()
    return made

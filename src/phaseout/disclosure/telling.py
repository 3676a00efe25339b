"""What is told in these rooms: lists to be signed, objections to them, messages of the public.

Whether a draft can be signed depends on days and on what others answer: so it is looked up
(`tell_ready`), after each act on lists and every half hour; who was told is not told again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse

from phaseout.accounts.organisations import REGION_CODE
from phaseout.accounts.powers import Role
from phaseout.accounts.rows import whole_reach
from phaseout.casework.tasks.holding import AT_WORK, LEADERS, users_of
from phaseout.disclosure.lists.models import Draft, DraftEntry, ListAct, Objection
from phaseout.disclosure.lists.standing import State, state
from phaseout.disclosure.people import people_of
from phaseout.disclosure.site.models import Message, MessageAct
from phaseout.law.lists.kinds import ListKind, list_kind
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice
from phaseout.notices.saying import number_of, settle
from phaseout.notices.telling import Told, tell, tell_when_appended

Kind = ListAct.Kind
CHANGES_DRAFTS = frozenset({Kind.DRAFT, Kind.CORRECT, Kind.ANSWER})


def tell_ready(on: date) -> None:
    """Drafts that can be signed now: the leaders of the department, but for who drafted it."""
    newest = Draft.objects.order_by("list_kind", "year", "-pk").distinct("list_kind", "year")
    with whole_reach():  # objections of every firm count
        open_ = Draft.objects.filter(pk__in=newest.values("pk"), edition=None)
        for draft in open_.select_related("act"):
            if state(draft, on) is not State.READY:
                continue
            of, by = list_kind(draft.list_kind), draft.act.by_id
            words = (
                f"名单“{of.words[0]}”待签发。",
                f"The list “{of.words[1]}” waits to be signed.",
            )
            told = Told("sign", f"list-draft:{draft.pk}", "ready", words, _draft(draft.pk))
            tell(told, set(_of(of, on, LEADERS)) - {by}, on)


def of_list(act: ListAct) -> None:
    """Signed, returned: the officers; told before publication, answered: the firm."""
    kind, of = Kind(act.kind), list_kind(act.list_kind)
    if kind in (Kind.SIGN, Kind.RETURN):
        said: dict[str, Bilingual] = {
            Kind.SIGN: ("已签发，待公布。", "was signed and can be published."),
            Kind.RETURN: ("被退回。", "was returned."),
        }
        words = (f"名单“{of.words[0]}”{said[kind][0]}", f"The list “{of.words[1]}” {said[kind][1]}")
        page = _draft(int(act.about.removeprefix("draft:")))
        told = Told("list", f"list-act:{act.pk}", kind.value, words, page)
        tell(told, set(_of(of, act.done_on, AT_WORK)) - {act.by_id}, act.done_on)
    elif kind is Kind.OPEN_OBJECTIONS:
        _tell_firms(act, of)
    elif kind is Kind.ANSWER and act.enterprise_id:
        words = (
            f"您对名单“{of.words[0]}”的异议已答复。",
            f"Your objection to the list “{of.words[1]}” was answered.",
        )
        told = Told("list", f"list-act:{act.pk}", kind.value, words, reverse("own-lists"))
        tell(told, people_of([act.enterprise_id], act.done_on), act.done_on)
    if kind in CHANGES_DRAFTS:
        # What the act brings is written after it; the half hour makes up for what is lost here.
        transaction.on_commit(partial(tell_ready, act.done_on), robust=True)


def of_objection(objection: Objection) -> None:
    """A firm objects: the officers and leaders of the department answer."""
    of, on = list_kind(objection.list_kind), objection.act.done_on
    words = (
        f"对名单“{of.words[0]}”的异议待答复。",
        f"An objection to the list “{of.words[1]}” waits for its answer.",
    )
    page = reverse("list-objection", args=[objection.pk])
    tell(
        Told("objection", f"objection:{objection.pk}", "received", words, page),
        _of(of, on, AT_WORK), on,
    )  # fmt: skip


def of_message(message: Message) -> None:
    """The public wrote of an error: the office that answers."""
    words = ("公众来信待答复。", "A message from the public waits for its answer.")
    told = Told(
        "public", f"message:{message.pk}", "received", words,
        reverse("message", args=[message.pk]),
    )  # fmt: skip
    on = message.received_on
    tell(told, users_of(message.office, message.division_code, on, AT_WORK), on)


def _tell_firms(act: ListAct, of: ListKind) -> None:
    draft, last_day = int(act.about.removeprefix("draft:")), act.content["last_day"]
    entries = DraftEntry.objects.filter(draft=draft, ground__in=act.content["grounds"])
    words = (
        f"拟将本企业列入名单“{of.words[0]}”，可于{last_day}前（含当日）提出异议。",
        f"Your enterprise is to be on the list “{of.words[1]}”;"
        f" you may object until {last_day}, that day included.",
    )
    told = Told(
        "list", f"list-act:{act.pk}", "told", words, reverse("own-lists"),
        date.fromisoformat(last_day),
    )  # fmt: skip
    codes = [str(code) for code in entries.values_list("enterprise_id", flat=True)]
    tell(told, people_of(codes, act.done_on), act.done_on)


def _of(of: ListKind, on: date, roles: frozenset[Role]) -> list[int]:
    return users_of(of.function, REGION_CODE, on, roles)


def _draft(pk: int) -> str:
    return reverse("list-draft", args=[pk])


FOLLOWERS: dict[type[Any], Any] = {
    ListAct: of_list,
    Objection: of_objection,
    Message: of_message,
}
"""What is appended → what is told of it, in the transaction of the act."""


def drafts_settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Drafts that wait for no signature any more."""
    drafts = Draft.objects.in_bulk({number_of(one) for one in notices})
    return {
        one.pk
        for one in notices
        if (draft := drafts.get(number_of(one))) is None or state(draft, on) is not State.READY
    }


def acts_settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Lists that were signed and are published by now; drafts returned and made anew."""
    asks = {one.pk: number_of(one) for one in notices if one.step in _AWAITED}
    acts = {act.pk: act for act in ListAct.objects.filter(pk__in=set(asks.values()))}
    numbers = {pk: int(act.about.removeprefix("draft:")) for pk, act in acts.items()}
    drafts = Draft.objects.in_bulk(set(numbers.values()))
    return {pk for pk, act in asks.items() if _is_past(drafts.get(numbers.get(act, 0)), on)}


_AWAITED = frozenset({Kind.SIGN.value, Kind.RETURN.value})


def _is_past(draft: Draft | None, on: date) -> bool:
    """Whether nobody has to publish it or to make it anew any more."""
    if draft is None:
        return True
    standing = state(draft, on)
    if standing is State.RETURNED:
        newer = Draft.objects.filter(list_kind=draft.list_kind, year=draft.year, pk__gt=draft.pk)
        return newer.exists()
    return standing is not State.SIGNED


def objections_settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Objections that were answered."""
    asked = {one.pk: number_of(one) for one in notices}
    open_ = Objection.objects.filter(pk__in=asked.values(), answer=None)
    left = set(open_.values_list("pk", flat=True))
    return {pk for pk, objection in asked.items() if objection not in left}


def messages_settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Messages that were answered."""
    subjects = {one.subject for one in notices}
    answered = MessageAct.objects.filter(kind=MessageAct.Kind.ANSWER, about__in=subjects)
    done = set(answered.values_list("about", flat=True))
    return {one.pk for one in notices if one.subject in done}


def follow_acts() -> None:
    """Called when the site starts."""
    tell_when_appended(FOLLOWERS)
    settle("list-draft:", drafts_settled)
    settle("list-act:", acts_settled)
    settle("objection:", objections_settled)
    settle("message:", messages_settled)

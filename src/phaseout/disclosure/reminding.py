"""A firm is reminded before its time to object to a list entry ends, unless it has objected.

    remind(on)      may run late or twice, nobody is told twice

When is a table (`tables/reminders.csv`), our own administrative rule; the last day is the law's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from phaseout.accounts.rows import whole_reach
from phaseout.disclosure.lists.models import Notice as FirmTold
from phaseout.disclosure.lists.standing import open_to_objection
from phaseout.disclosure.people import people_of
from phaseout.law.lists.kinds import list_kind
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice
from phaseout.notices.occasions import Occasion, come, occasions
from phaseout.notices.saying import number_of, settle
from phaseout.notices.telling import Told, tell


def steps() -> tuple[Occasion, ...]:
    """The table, in its order."""
    return occasions(__package__, "reminders.csv")


@transaction.atomic
def remind(on: date) -> None:
    """Tell the firms whose time to object ends soon; the firms told by one act together."""
    with whole_reach():  # the firms of everywhere
        waiting: dict[int, list[FirmTold]] = {}
        for one in open_to_objection(on):
            waiting.setdefault(one.act_id, []).append(one)
    for act, told in waiting.items():
        day, since = told[0].last_day, told[0].told_on
        # A step on or before the day of the first notice is left out: the firm has just learnt it.
        left = [step for step in steps() if day + timedelta(days=step.days) > since]
        for step in come(left, day, on):
            page = reverse("own-lists")
            words = _words(told[0].list_kind, step, day)
            notice = Told("reminder", f"list-told:{act}", step.name, words, page, day)
            tell(notice, people_of((str(one.enterprise_id) for one in told), on), on)


def settled(notices: Sequence[Notice], on: date) -> set[int]:
    """Of what firms were told of lists before publication: where they have objected to all of it,
    are listed, or the time is over."""
    acts = {one.pk: number_of(one) for one in notices if one.step in _ASKS}
    asked: dict[int, set[str]] = {}
    for one in open_to_objection(on).filter(act__in=set(acts.values())):
        asked.setdefault(one.act_id, set()).add(str(one.enterprise_id))
    people = {act: people_of(firms, on) for act, firms in asked.items()}
    return {
        one.pk
        for one in notices
        if one.pk in acts and one.user_id not in people.get(acts[one.pk], set())
    }


def settle_reminders() -> None:
    """Called when the site starts."""
    settle(("list-told:", "list-act:"), settled)


_ASKS = frozenset({"told", "before-3", "last-day"})


def _words(kind: str, step: Occasion, day: date) -> Bilingual:
    zh, en = list_kind(kind).words
    if step.days == 0:
        return (
            f"对拟列入名单“{zh}”提出异议，今天是最后一日。",
            f"Today is the last day to object to being on the list “{en}”.",
        )
    return (
        f"对拟列入名单“{zh}”提出异议的最后一日是{day}。",
        f"The last day to object to being on the list “{en}” is {day}.",
    )

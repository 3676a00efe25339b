"""What the page of a case says of the lists: on which its firm stands by this case, since which
edition, how it left; and which list has still to be published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.casework.cases.beside import Beside
from phaseout.casework.models import Case, TaskStanding
from phaseout.disclosure.lists.models import Listing
from phaseout.disclosure.lists.seats import publisher
from phaseout.law.lists.grounds import cause_words
from phaseout.law.lists.kinds import ListKind, list_kind
from phaseout.law.lists.tasks import ENTER, list_tasks
from phaseout.law.refusals import Bilingual

LABEL = ("公告名单", "Published lists")


def way(case: Case, scope: Scope, today: date) -> Beside | None:
    """None for a case that has put nobody on a list and has no task to."""
    listed = list(
        Listing.objects.filter(case=case).select_related("entered_in", "ending").order_by("pk")
    )
    said = [_listed(one) for one in listed]
    said += _to_be_listed(case, today)
    if not said:
        return None
    newest = listed[-1].entered_in if listed else None
    url = (
        reverse("list-edition", args=[newest.list_kind, newest.number])
        if newest
        else reverse("lists")
    )
    return Beside(LABEL, ("；".join(zh for zh, _ in said), "; ".join(en for _, en in said)), url)


def _listed(one: Listing) -> Bilingual:
    zh, en = one.entered_in.title
    on = one.entered_in.published_on
    entered = (
        f"{on}列入《{zh}》（{one.entered_in.document}）",
        f"entered {en} on {on} ({one.entered_in.document})",
    )
    if not hasattr(one, "ending"):
        return entered
    ended = one.ending
    why = cause_words(ended.cause)
    did = ("撤销", "cancelled") if ended.how == ended.How.CANCELLED else ("移出", "left")
    return (
        f"{entered[0]}，{ended.on}{did[0]}：{why[0]}",
        f"{entered[1]}, {did[1]} on {ended.on}: {why[1]}",
    )


def _to_be_listed(case: Case, today: date) -> list[Bilingual]:
    """The lists on which the case still has to be put: its open tasks say so."""
    asked = [
        one
        for one in list_tasks()
        if one.procedure == case.procedure
        and one.done_by == ENTER
        and list_kind(one.kind).function == case.lead_function
    ]
    if not asked or case.closed_on is not None:
        return []
    waiting = set(
        TaskStanding.objects.filter(
            case=case, task__in={one.task for one in asked}, ended_on=None
        ).values_list("task", flat=True)
    )
    kinds: dict[str, list[ListKind]] = {}
    for one in asked:
        if one.task in waiting:
            kinds.setdefault(one.task, []).append(list_kind(one.kind))
    return [_waits(either, today) for either in kinds.values()]


def _waits(either: Sequence[ListKind], today: date) -> Bilingual:
    """Of several lists the first on which it is put does the task."""
    zh, en = publisher(either[0], today)
    lists = "或".join(f"《{of.words[0]}》" for of in either)
    lists_en = " or ".join(of.words[1] for of in either)
    return (
        f"尚待{zh}列入{lists}：公布之日任务自行办结",
        f"still to be put on {lists_en} by {en}: the task is done the day it is published",
    )

"""How a draft stands, and what hinders its signature: read from the acts, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from phaseout.disclosure.lists.models import (
    Draft,
    DraftEntry,
    Edition,
    ListAct,
    Listing,
    Notice,
    Objection,
)


class State(StrEnum):
    """How far a draft is."""

    PREPARED = "prepared"
    OBJECTIONS = "objections"
    READY = "ready"
    SIGNED = "signed"
    PUBLISHED = "published"
    RETURNED = "returned"
    OVERTAKEN = "overtaken"


ENDED = frozenset({State.PUBLISHED, State.RETURNED, State.OVERTAKEN})


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What stands between a draft and its signature on a day."""

    not_told: tuple[DraftEntry, ...]
    runs_until: date | None
    unanswered: tuple[Objection, ...]
    upheld: tuple[Objection, ...]

    @property
    def any(self) -> bool:
        return bool(self.not_told or self.runs_until or self.unanswered or self.upheld)


def about(draft: Draft) -> str:
    return f"draft:{draft.pk}"


def act_on(draft: Draft, kind: str) -> ListAct | None:
    """The act of a kind that was done on a draft."""
    return (
        ListAct.objects.filter(about=about(draft), kind=kind).select_related("by").order_by("pk")
    ).last()


def latest(list_kind: str, year: int | None) -> Draft | None:
    return Draft.objects.filter(list_kind=list_kind, year=year).order_by("-pk").first()


def newest_edition(list_kind: str, year: int | None) -> Edition | None:
    """The newest edition of a list (of a year)."""
    return Edition.objects.filter(list_kind=list_kind, year=year).order_by("-number").first()


def asked_entries(draft: Draft) -> list[DraftEntry]:
    """Those that enter anew and whose firms are to be told first."""
    return list(draft.entries.filter(new=True, asks_objections=True).select_related("enterprise"))


def hindrances(draft: Draft, on: date) -> Hindrances:
    asked = {entry.ground: entry for entry in asked_entries(draft)}
    told = {n.ground: n for n in Notice.objects.filter(ground__in=asked)}
    running = [n.last_day for n in told.values() if n.last_day >= on]
    objections = list(
        Objection.objects.filter(ground__in=draft.entries.values("ground"))
        .select_related("answer", "enterprise")
        .order_by("pk")
    )
    return Hindrances(
        tuple(entry for ground, entry in asked.items() if ground not in told),
        max(running, default=None),
        tuple(o for o in objections if not hasattr(o, "answer")),
        tuple(o for o in objections if hasattr(o, "answer") and o.answer.upheld),
    )


def state(draft: Draft, on: date) -> State:
    if hasattr(draft, "edition"):
        return State.PUBLISHED
    if act_on(draft, ListAct.Kind.RETURN):
        return State.RETURNED
    last = latest(draft.list_kind, draft.year)
    if last is not None and last.pk != draft.pk:
        return State.OVERTAKEN
    if act_on(draft, ListAct.Kind.SIGN):
        return State.SIGNED
    found = hindrances(draft, on)
    if not found.any:
        return State.READY
    return State.PREPARED if found.not_told else State.OBJECTIONS


def open_to_objection(on: date) -> QuerySet[Notice]:
    """What firms were told of and may still object to before publication: neither listed nor
    objected to, the last day inside."""
    listed = Listing.objects.filter(ground=OuterRef("ground"))
    said = Objection.objects.filter(ground=OuterRef("ground"))
    return Notice.objects.filter(~Exists(listed), ~Exists(said), last_day__gte=on)

"""Words of lists in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from phaseout.disclosure.lists import saying
from phaseout.disclosure.lists.models import Ending, Entry, ListAct
from phaseout.disclosure.lists.saying import value_words
from phaseout.disclosure.lists.standing import State
from phaseout.law.lists.columns import Column, columns_of
from phaseout.law.refusals import Bilingual

register = template.Library()

STATES: dict[str, Bilingual] = {
    State.PREPARED: ("待征求异议", "firms to be told"),
    State.OBJECTIONS: ("异议期间或异议待答复", "objections running or unanswered"),
    State.READY: ("待签发", "waiting for signature"),
    State.SIGNED: ("已签发，待公布", "signed, to be published"),
    State.PUBLISHED: ("已公布 ✓", "published ✓"),
    State.RETURNED: ("已退回", "returned"),
    State.OVERTAKEN: ("已被新的拟定稿取代", "overtaken by a later draft"),
}
ACTS: dict[str, Bilingual] = {
    ListAct.Kind.DRAFT: ("拟定名单", "list drafted"),
    ListAct.Kind.CORRECT: ("拟定更正", "correction drafted"),
    ListAct.Kind.OPEN_OBJECTIONS: ("公布前告知，征求异议", "firms told, may object"),
    ListAct.Kind.SIGN: ("签发", "signed"),
    ListAct.Kind.RETURN: ("退回", "returned"),
    ListAct.Kind.PUBLISH: ("公布", "published"),
}
ENDED: dict[str, Bilingual] = {
    Ending.How.LEFT: ("已移出", "left"),
    Ending.How.CANCELLED: ("已撤销列入", "cancelled"),
}


@register.filter
def cells(columns: dict[str, Any], kind: str) -> list[tuple[Column, Bilingual]]:
    """The columns of an entry with their values in words, name and USCC left out: they lead."""
    return [
        (column, value_words(column, columns.get(column.key)))
        for column in columns_of(kind)
        if column.key not in ("name", "uscc")
    ]


@register.filter
def heads(kind: str) -> list[Bilingual]:
    """The heads of `grouped`."""
    return saying.heads(kind)


@register.filter
def grouped(columns: dict[str, Any], kind: str) -> list[tuple[Bilingual, list[Bilingual]]]:
    """The columns of an entry by cells: (head, values in words)."""
    return saying.grouped(columns, kind)


@register.filter
def place_said(columns: dict[str, Any]) -> Bilingual:
    """Where the firm is."""
    return saying.place_said(columns)


@register.filter
def value_said(column: Column, value: Any) -> Bilingual:
    return value_words(column, value)


@register.filter
def state_words(state: str) -> Bilingual:
    return STATES[state]


@register.filter
def list_act_words(act: ListAct) -> Bilingual:
    return ACTS.get(act.kind, (act.get_kind_display(), act.kind))


@register.filter
def ended_words(how: str) -> Bilingual:
    return ENDED[how]


@register.filter
def entry_title(entry: Entry) -> str:
    return _("序号%(place)s：%(name)s") % {"place": entry.place, "name": entry.name}

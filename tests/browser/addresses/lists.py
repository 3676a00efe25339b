"""Published lists as officials and firms see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from addresses.address import Address


def _edition(**conditions: Any) -> Callable[[], Sequence[Any]]:
    """Kind and number of the first such edition; empty where none is published."""

    def first() -> Sequence[Any]:
        from phaseout.disclosure.lists.models import Edition

        rows = Edition.objects.filter(**conditions).order_by("pk")
        return list(rows.values_list("list_kind", "number").first() or [])

    return first


def _two_editions() -> Sequence[Any]:
    from phaseout.disclosure.lists.models import Edition

    newer = Edition.objects.filter(number__gt=1).order_by("pk").first()
    return [newer.list_kind, newer.number - 1, newer.number] if newer else []


def _list_draft(published: bool) -> Callable[[], Sequence[Any]]:
    def first() -> Sequence[Any]:
        from phaseout.disclosure.lists.models import Draft

        rows = Draft.objects.filter(edition__isnull=not published).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


def _list_objection() -> Sequence[Any]:
    from phaseout.disclosure.lists.models import Objection

    return list(Objection.objects.order_by("pk").values_list("pk", flat=True)[:1])


LISTS = [
    Address("lists", "eic-officer"),
    Address("lists", "yinchuan-officer", note="a city"),
    Address("list", "wsb-officer", ["yellow-safety"]),
    Address("list-draft", "wsb-leader", _list_draft(published=True), note="published"),
    Address("list-draft", "eic-leader", _list_draft(published=False), note="to sign"),
    Address("list-edition", "wsb-leader", _edition(number=1)),
    Address("list-edition", "wsb-leader", _edition(correction__isnull=False), note="correction"),
    Address("list-correct", "wsb-officer", _edition(list_kind="yellow-safety", number=1)),
    Address("list-difference", "auditor", _two_editions),
    Address("list-objections", "wsb-officer"),
    Address("list-objection", "wsb-officer", _list_objection),
    Address("own-lists", "enterprise-91640100MA00000001"),
    Address("lists", "enterprise-91640100MA00000001", status=403, note="refused"),
]

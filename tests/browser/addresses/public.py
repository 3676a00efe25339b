"""The public site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from addresses.address import Address


def _published(*names: str) -> Callable[[], Sequence[Any]]:
    """Columns of an entry of the newest edition of some list; empty where none is published."""

    def found() -> Sequence[Any]:
        from django.apps import apps

        rows = apps.get_model("lists", "Entry").objects.order_by("-edition_id", "place")
        first = rows.values_list(*names).first()
        return list(first) if first else []

    return found


def _message() -> Sequence[Any]:
    from phaseout.disclosure.site.models import Message

    return list(Message.objects.order_by("pk").values_list("pk", flat=True)[:1])


def _code() -> Sequence[Any]:
    from phaseout.disclosure.site.models import Message

    return list(Message.objects.order_by("pk").values_list("code", flat=True)[:1])


PUBLIC = [
    Address("public-home"),
    Address("public-lists"),
    Address("public-list", args=["yellow-energy"]),
    Address("public-edition", args=_published("edition__list_kind", "edition__number")),
    Address("public-log"),
    Address("public-enterprises", query="q=nobody-of-this-name", note="none found"),
    Address("public-enterprise", args=_published("uscc")),
    Address("public-enterprise", args=["91640500MA00000999"], status=404, note="not published"),
    Address("public-pictures"),
    Address("public-procedures"),
    Address("public-procedure", args=["energy"]),
    Address("public-calculator", query="day=2018-03-15&length=6&unit=month", note="counted"),
    Address("public-data"),
    Address("public-dictionary"),
    Address("public-report"),
    Address("public-report-restart"),
    Address("public-report-error"),
    Address("public-report-status", args=_code),
    Address("messages", "eic-officer"),
    Address("message", "eic-officer", _message),
]

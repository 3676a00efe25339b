"""Atom: what was published, for readers of feeds. One of all lists, one of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.models import Edition
from phaseout.disclosure.lists.published import Event
from phaseout.disclosure.site.pages.lists import kind_of
from phaseout.disclosure.site.showing import kept
from phaseout.law.lists.kinds import ListKind
from phaseout.pages.templatetags.phaseout import said

NEWEST = 30


class EditionFeed(Feed):  # type: ignore[type-arg]
    """The newest editions of all lists."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return kept(super().__call__(request, *args, **kwargs))

    def title(self) -> str:
        return _("公告名单：新版次")

    def link(self) -> str:
        return reverse("public-lists")

    def items(self) -> list[Edition]:
        found = [e for kind in published.kinds() for e in published.editions(kind.key)[:NEWEST]]
        return sorted(found, key=lambda e: e.published_at, reverse=True)[:NEWEST]

    def item_title(self, item: Edition) -> str:
        return said(item.title)

    def item_description(self, item: Edition) -> str:
        text = _("%(day)s公布，共%(count)s条，内容摘要%(digest)s。")
        return text % {
            "day": item.published_on, "count": item.count, "digest": item.digest[:16],
        }  # fmt: skip

    def item_link(self, item: Edition) -> str:
        return reverse("public-edition", args=[item.list_kind, item.number])

    def item_pubdate(self, item: Edition) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Edition) -> datetime:
        return item.published_at


class ListFeed(Feed):  # type: ignore[type-arg]
    """What happened to one list: published, entered, left, cancelled."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return kept(super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, key: str) -> ListKind:
        return kind_of(key)

    def title(self, obj: ListKind) -> str:
        return said(obj.words)

    def link(self, obj: ListKind) -> str:
        return reverse("public-list", args=[obj.key])

    def items(self, obj: ListKind) -> list[Event]:
        return published.events(limit=NEWEST, kind=obj.key)

    def item_title(self, item: Event) -> str:
        return f"{EVENT_WORDS[str(item.event)]()} {item.name}".strip()

    def item_description(self, item: Event) -> str:
        cause = said(item.cause)
        return f"{item.on} {said(item.kind.words)} {cause}".strip()

    def item_link(self, item: Event) -> str:
        if item.uscc:
            return reverse("public-enterprise", args=[item.uscc])
        return reverse("public-edition", args=[item.kind.key, item.edition])

    def item_guid(self, item: Event) -> str:
        return f"urn:phaseout:list-event:{item.place}"

    def item_pubdate(self, item: Event) -> datetime:
        return item.recorded_at

    def item_updateddate(self, item: Event) -> datetime:
        return item.recorded_at


EVENT_WORDS = {
    "published": lambda: _("公布"),
    "entered": lambda: _("列入"),
    "left": lambda: _("移出"),
    "cancelled": lambda: _("撤销"),
}

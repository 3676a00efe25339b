"""公告名单: the lists there are, the newest edition of one, any past edition, what changed between
two."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.downloads import FORMATS
from phaseout.disclosure.lists.models import Edition
from phaseout.disclosure.site.filters import ListFilter
from phaseout.disclosure.site.open_data import FORMS
from phaseout.disclosure.site.rows import FAMILIES, Shown, said_value
from phaseout.disclosure.site.showing import public_page
from phaseout.law.lists.kinds import ListKind

A_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {"families": _families(), "happened": published.events(limit=8)}
    return public_page(request, "publicsite/home.html", context)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    return public_page(request, "publicsite/lists.html", {"families": _families()})


def _families() -> list[dict[str, Any]]:
    """The lists by family, each with its newest edition and how many entries of it stand."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind in published.kinds():
        newest = published.newest(kind.key)
        standing = published.counted(newest, standing=True) if newest else 0
        found.setdefault(kind.family, []).append(
            {"kind": kind, "newest": newest, "standing": standing}
        )
    return [{"key": f, "words": FAMILIES[f], "lists": rows} for f, rows in found.items()]


@require_safe
def one_list(request: HttpRequest, key: str) -> HttpResponse:
    """The newest edition of a list."""
    kind = kind_of(key)
    newest = published.newest(key)
    if newest is None:
        return public_page(request, "publicsite/list.html", {"kind": kind, "edition": None})
    return _shown(request, kind, newest, newest=True)


@require_safe
def edition(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """An edition as it was published, for good; what ended since is marked."""
    kind = kind_of(key)
    found = edition_of(key, number)
    return _shown(request, kind, found, newest=False)


def _shown(request: HttpRequest, kind: ListKind, edition: Edition, *, newest: bool) -> HttpResponse:
    form = ListFilter(request.GET)
    context: dict[str, Any] = {
        "kind": kind,
        "edition": edition,
        "editions": published.editions(kind.key),
        "newest": newest,
        "form": form,
        "forms": list(FORMS),
        "originals": list(FORMATS),
    }
    if not form.is_valid():
        return public_page(request, "publicsite/list.html", context, status=422)
    asked, after = form.asked(), form.cleaned_data["after"] or 0
    rows = published.entries(edition, **asked, after=after, limit=A_PAGE + 1)
    context |= {
        "rows": [Shown(kind.key, row) for row in rows[:A_PAGE]],
        "total": published.counted(edition, **asked),
        "next": rows[A_PAGE - 1].place if len(rows) > A_PAGE else None,
        "after": after,
        "narrowed": form.narrows,
    }
    return public_page(request, "publicsite/list.html", context)


@require_safe
def difference(request: HttpRequest, key: str, older: int, newer: int) -> HttpResponse:
    """What entered, left and changed from one edition to a later one."""
    kind = kind_of(key)
    if older >= newer:
        raise Http404
    found = published.differences(edition_of(key, older), edition_of(key, newer))
    changed = [
        (
            one.entry,
            [
                (c.column, said_value(c.column, c.was), said_value(c.column, c.now))
                for c in one.changes
            ],
        )
        for one in found.changed
    ]
    context = {"kind": kind, "found": found, "changed": changed}
    return public_page(request, "publicsite/difference.html", context)


def kind_of(key: str) -> ListKind:
    """Raises: Http404, there is no such list."""
    for kind in published.kinds():
        if kind.key == key:
            return kind
    raise Http404


def edition_of(key: str, number: int) -> Edition:
    """Raises: Http404, that number was not published."""
    found = published.edition(key, number)
    if found is None:
        raise Http404
    return found

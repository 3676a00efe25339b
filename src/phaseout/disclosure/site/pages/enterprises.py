"""查企业: what was published of an enterprise, and nothing else of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from phaseout.disclosure.lists import published
from phaseout.disclosure.site.rows import Shown
from phaseout.disclosure.site.showing import public_page
from phaseout.law.lists.kinds import ListKind

MOST = 50
SHORTEST = 2


@require_safe
def enterprises(request: HttpRequest) -> HttpResponse:
    """Find an enterprise that stands on a list today, by a part of its name or code. One that has
    left all lists is found by its whole code only: a name is not followed by what is over."""
    text = request.GET.get("q", "").strip()[:60]
    if len(text) == 18 and published.of_enterprise(text.upper()):
        return redirect("public-enterprise", uscc=text.upper())
    asked = len(text) >= SHORTEST
    found = _found(text) if asked else {}
    context = {"q": text, "asked": asked, "found": list(found.items())[:MOST], "most": MOST}
    context["more"] = len(found) > MOST
    return public_page(request, "publicsite/enterprises.html", context)


def _found(text: str) -> dict[tuple[str, str], list[ListKind]]:
    """(USCC, name) → the lists it stands on."""
    found: dict[tuple[str, str], list[ListKind]] = {}
    for kind in published.kinds():
        newest = published.newest(kind.key)
        if newest is None:
            continue
        for row in published.entries(newest, text=text, standing=True, limit=MOST + 1):
            kinds = found.setdefault((row.uscc, row.name), [])
            if kind not in kinds:
                kinds.append(kind)
    return found


@require_safe
def enterprise(request: HttpRequest, uscc: str) -> HttpResponse:
    """All that was published of an enterprise. Of one that nothing was published of, and of one
    that there is not, the same is said."""
    listed = published.of_enterprise(uscc)
    if not listed:
        context: dict[str, Any] = {"uscc": uscc}
        return public_page(request, "publicsite/no_enterprise.html", context, status=404)
    shown = [(one, Shown(one.kind.key, one.row)) for one in reversed(listed)]
    last = listed[-1].row
    context = {
        "uscc": uscc,
        "name": last.name,
        "standing": [pair for pair in shown if pair[0].row.ended is None],
        "over": [pair for pair in shown if pair[0].row.ended is not None],
        "last": shown[0][1],
    }
    return public_page(request, "publicsite/enterprise.html", context)

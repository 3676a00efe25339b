"""The pages `workbench` and `search`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.casework.workbench.gathering import COUNTED, gather
from phaseout.casework.workbench.searching import LONGEST, Found, exactly, find
from phaseout.pages.sections import sections


@require_safe
@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """What waits for an official. An enterprise has its own site; an administrator no cases."""
    scope, today = scope_of_request(request), today_of(request)
    reading = [grant for grant in scope.grants if Power.READ in grant.powers]
    if not reading:
        return redirect("home")
    if all(grant.uscc for grant in reading):
        return redirect("own-home")
    user = person(request)
    context = {
        "bench": gather(user, scope, today),
        "most": COUNTED,
        "rooms": sections("home", scope),
    }
    return render(request, "casework/workbench.html", context)


@require_safe
@requires(Power.READ)
def search(request: HttpRequest) -> HttpResponse:
    """The results as a page; the one thing with exactly this number is opened at once."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    if not text.isprintable():
        text = ""
    found = find(text, scope_of_request(request)) if text else Found([], [], [], frozenset())
    place = exactly(text, found) if text else None
    if place is not None:
        return redirect(place)
    return render(request, "casework/search.html", {"text": text, "found": found})

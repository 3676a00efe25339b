"""Answers when something fails, in words a person would say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phaseout.accounts import unsent


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old, or comes from elsewhere: nothing was done (`CSRF_FAILURE_VIEW`). What
    was written on a page of this site, before its reader signed in anew elsewhere in the browser,
    is given back."""
    found = unsent.of_request(request) if unsent.is_of_this_site(request) else None
    if found is not None:
        return unsent.shown(request, found, status=403)
    return render(request, "403_csrf.html", status=403)

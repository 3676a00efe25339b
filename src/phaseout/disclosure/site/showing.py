"""How a public page is made: without asking who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from phaseout.accounts.requests import today_of

MAY_BE_KEPT = "publicly_kept"
"""The attribute of an answer that `keeping` may give to the next who asks the same."""


def public_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    keep: bool = True,
) -> HttpResponse:
    """A page that is the same for everybody on this day and in this language.

    It is made without the context processors, so that no name, scope or message of whoever asks
    first can get into what others are shown. `keep`: whether it is right until an edition or the
    day changes.
    """
    whole = {**context, "request": request, "today": today_of(request), "demo": settings.DEMO}
    answer = HttpResponse(loader.get_template(template).render(whole), status=status)
    return kept(answer) if keep else answer


def kept(answer: HttpResponse) -> HttpResponse:
    """Mark an answer as one that anybody may be given."""
    setattr(answer, MAY_BE_KEPT, True)
    return answer


def form_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A public page with a form that is sent: it bears a token of its reader and is never kept."""
    nobody: dict[str, Any] = {"user": AnonymousUser(), "scope": None, "can": {}}
    answer = render(request, template, {**context, **nobody}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer

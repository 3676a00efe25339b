"""How an act is done from a page of this room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from phaseout.accounts.requests import ways
from phaseout.law.refusals import Refusal


def attempt(
    request: HttpRequest, act: Callable[..., Any], *about: Any, key: Any, **given: Any
) -> tuple[Any, Refusal | None]:
    """Do an act as the person behind the request: what it made, or why it was refused."""
    try:
        made = act(*about, **given, **ways(request, key))
    except Refusal as refused:
        return None, refused
    messages.success(request, _("已办理。"))
    return made, None

"""Who may enter these pages, and how an act is done from one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from phaseout.accounts.requests import person, scope_of_request, today_of
from phaseout.accounts.rows import whole_reach
from phaseout.evidence.attaching import attach
from phaseout.law.refusals import Refusal


def done(
    request: HttpRequest, act: Callable[..., Any], *about: Any, **given: Any
) -> Refusal | None:
    """Do an act of this room as the person behind the request; its refusal, if it is refused.

    The act itself checks whose it is. It sees everything: the lead of clause (17) acts on cases of
    dimensions that it leads not, and a release tells offices the person cannot look at.
    """
    scope, today = scope_of_request(request), today_of(request)
    uploaded = given.pop("file", None)
    try:
        if isinstance(uploaded, UploadedFile):
            given["files"] = [attach(uploaded, by=person(request)).digest]
        with whole_reach():
            act(*about, **given, by=person(request), scope=scope, today=today)
    except Refusal as refused:
        return refused
    messages.success(request, _("已办理。"))
    return None

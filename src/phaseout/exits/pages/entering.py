"""Who may enter these pages, and what each of them needs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.models import Case
from phaseout.desk.day import BEIJING
from phaseout.exits.subjects import exits


def exit_case(request: HttpRequest, pk: int) -> Case:
    """The case, if the person may see it and a line exits in it; else 404."""
    found: Case = get_object_or_404(cases_within(scope_of_request(request)).filter(exits()), pk=pk)
    return found


def key_of(request: HttpRequest) -> UUID:
    """The one-time key that came with the form; a new one where none that can be read did."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def now_of(request: HttpRequest) -> datetime:
    """The moment of the request on its business day: the real one, but in a demonstration, whose
    day is another."""
    return datetime.combine(today_of(request), timezone.now().astimezone(BEIJING).timetz())

"""Who may enter these pages, and what each of them needs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.measures.employees.models import Settlement
from phaseout.measures.employees.seats import seat, sees_people
from phaseout.measures.employees.standing import settlements_within


def seen(request: HttpRequest, pk: int) -> Settlement:
    """The settlement, if the person may see it (without names); else 404."""
    found = Settlement.objects.filter(settlements_within(scope_of_request(request)))
    return get_object_or_404(found.select_related("enterprise"), pk=pk)


def with_people(request: HttpRequest, pk: int) -> Settlement:
    """The settlement, for who may read about single people of it; 403 for others."""
    found = seen(request, pk)
    if not sees_people(scope_of_request(request), found.enterprise):
        raise PermissionDenied("people")
    return found


def acting(request: HttpRequest, pk: int) -> Settlement:
    """The settlement, for who acts in it; 403 for others."""
    found = with_people(request, pk)
    if seat(scope_of_request(request), found.enterprise, today_of(request)) is None:
        raise PermissionDenied("seat")
    return found

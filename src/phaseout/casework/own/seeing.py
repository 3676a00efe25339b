"""What an enterprise may read: its own cases, what was told to it, what it did itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.requests import scope_of_request
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case, IssuedPaper
from phaseout.casework.papers.seeing import told_to_the_enterprise

View = Callable[..., HttpResponse]


def own_scope(scope: Scope) -> Scope:
    """Of the posts of a person those of enterprises only: here nobody looks as an official."""
    return Scope(tuple(grant for grant in scope.grants if grant.role is Role.ENTERPRISE))


def own_cases(scope: Scope) -> QuerySet[Case]:
    """The cases of the person's enterprises."""
    codes = [g.uscc for g in own_scope(scope).grants if Power.READ in g.powers]
    return Case.objects.filter(enterprise__in=codes).select_related("enterprise", "line")


def told_papers(scope: Scope) -> QuerySet[IssuedPaper]:
    """What was served on it, what needs no service, and what it handed in; the newest first."""
    return (
        IssuedPaper.objects.filter(told_to_the_enterprise(), case__in=own_cases(scope))
        .select_related("case", "act", "served_by", "withdrawn_by", "receipt")
        .order_by("-issued_on", "-pk")
    )


def for_enterprises(view: View) -> View:
    """A view for people of an enterprise: others sign in first, or are refused (403)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not own_scope(scope_of_request(request)):
            raise PermissionDenied("own")
        return view(request, *args, **kwargs)

    return guarded

"""Who sees the dashboards, and where they stand among the rooms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import officials, scope_of_request
from phaseout.accounts.scope import Scope
from phaseout.coordination.offices import sees_all
from phaseout.pages.sections import Section
from phaseout.pages.sections import register as register_section

View = Callable[..., HttpResponse]


def may_see(scope: Scope) -> bool:
    """Leaders and auditors of any office that reads, and everybody of an office that leads or
    supervises the whole (clauses 18 and 20). What they see is narrowed to their reach."""
    answers = any(
        Power.READ in grant.powers
        and not grant.uscc
        and not grant.powers.isdisjoint({Power.SIGN, Power.OVERSEE})
        for grant in scope.grants
    )
    return answers or sees_all(scope)


def of_leaders(view: View) -> View:
    """A view for them: others sign in first, or are refused (403)."""

    @officials
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_see(scope_of_request(request)):
            raise PermissionDenied("dashboards")
        return view(request, *args, **kwargs)

    return guarded


def say_where() -> None:
    """Called when the site starts: among the rooms of coordination, and on a leader's home page."""
    for place in ("coordination", "home"):
        register_section(
            Section(
                place=place,
                key="dashboards",
                label=_("数据看板"),
                says=_(
                    "各状态产能、在办案件、将到期限、政策措施资金；每个数都能点开清单，图表可下载。"
                ),
                clause="20",
                url_name="dashboard",
                order=20,
                may=may_see,
            )
        )

"""Who may be sent: the inspectors of a duty whose territory has the place, by posts of the day."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.conf import settings

from phaseout.accounts.models import Post, User, held_on
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Grant, grant_of
from phaseout.casework.cases.offices import office_of
from phaseout.inspections.subjects import duty_of
from phaseout.law.opinions import CITIES
from phaseout.law.refusals import Refusal


class Matter(Protocol):
    """A duty in a place: a tip, a visit."""

    @property
    def dimension(self) -> str: ...
    @property
    def division_code(self) -> str: ...


class Visit(Matter, Protocol):
    @property
    def office(self) -> str: ...


def inspectors_for(matter: Matter, today: date) -> list[User]:
    """Those who may be sent, in the order of their posts; each once."""
    posts = (
        Post.objects.filter(
            held_on(today),
            role=Role.INSPECTOR,
            function__in=[*duty_of(matter.dimension).lead, CITIES],
            user__is_active=True,
        )
        .select_related("user")
        .order_by("function", "pk")
    )
    found = [
        post.user
        for post in posts
        if matter.division_code.startswith(grant_of(post).prefix)
        and (settings.DEMO or not post.user.demo)
    ]
    return list(dict.fromkeys(found))


def is_of_department(user: User, visit: Visit, today: date) -> bool:
    """Whether the person holds a post of an inspector in the office of the visit."""
    posts = Post.objects.filter(
        held_on(today),
        user=user,
        role=Role.INSPECTOR,
    )
    return any(_office(grant_of(post)) == visit.office for post in posts)


def _office(grant: Grant) -> str:
    """The office of a post; empty for one of `cities` over the whole region."""
    try:
        return office_of(grant)
    except Refusal:
        return ""

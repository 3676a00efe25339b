"""Who may do what with a task: by office, place and role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from phaseout.accounts.models import Post, held_on
from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import ROLE_WORDS, Power, Role
from phaseout.accounts.scope import Grant, Scope, grant_of
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import TaskAct, TaskStanding
from phaseout.law.opinions import CITIES
from phaseout.law.refusals import Bilingual

Kind = TaskAct.Kind
AT_WORK = frozenset({Role.OFFICER, Role.LEADER})
LEADERS = frozenset({Role.LEADER})


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may do one thing with a task: an office, in one of these roles."""

    office: str
    roles: frozenset[Role]


def allowed(kind: str, task: TaskStanding) -> tuple[Allowed, ...]:
    """Whose it is to do this with the task now."""
    if kind == Kind.URGE:
        return (Allowed(task.case_office, AT_WORK),)
    if kind == Kind.TRANSFER:
        return (Allowed(task.case_office, AT_WORK), Allowed(task.office, LEADERS))
    return (Allowed(task.office, AT_WORK),)


def office_in(kind: str, task: TaskStanding, scope: Scope) -> str | None:
    """The office in which the person may do it; None: in none."""
    for one in allowed(kind, task):
        for grant in scope.grants:
            if Power.ACT in grant.powers and grant.role in one.roles and _is(grant, one, task):
                return one.office
    return None


def whose(kind: str, task: TaskStanding, on: date) -> Bilingual:
    """Whose it is, in words."""
    said = []
    for one in allowed(kind, task):
        zh, en = office_name(one.office, task.division_code, on)
        role = ROLE_WORDS[Role.LEADER] if one.roles == LEADERS else ("", "")
        said.append((zh + role[0], f"the {role[1]} of {en}" if role[1] else en))
    return "或".join(zh for zh, _ in said), " or ".join(en for _, en in said)


def tasks_held(scope: Scope) -> Q:
    """Condition on `TaskStanding`: held by an office of the person, within the division."""
    return of_offices(scope, "office")


def tasks_raised(scope: Scope) -> Q:
    """Condition on `TaskStanding`: raised by a case of an office of the person."""
    return of_offices(scope, "case_office")


def tasks_seen(scope: Scope) -> Q:
    """Condition on `TaskStanding`: what a person may see. An enterprise sees none of them."""
    return tasks_held(scope) | tasks_raised(scope) | scope.of_offices.findings()


def offices_of(scope: Scope) -> dict[str, set[str]]:
    """Office → prefixes of the places in which the person works there."""
    held: dict[str, set[str]] = {}
    for grant in scope.grants:
        if Power.ACT in grant.powers and not grant.uscc and _one_office(grant):
            held.setdefault(office_of(grant), set()).add(grant.prefix)
    return held


def offices_with_people(division_code: str, on: date) -> Mapping[str, Bilingual]:
    """The offices that could take a task in a place: somebody there can act; by name of the day."""
    posts = Post.objects.filter(
        held_on(on),
        role__in=[Role.OFFICER, Role.LEADER],
        user__is_active=True,
    )
    grants = [grant_of(post) for post in posts]
    found = {
        office_of(grant)
        for grant in grants
        if _one_office(grant) and division_code.startswith(grant.prefix)
    }
    named = {office: office_name(office, division_code, on) for office in sorted(found)}
    return dict(sorted(named.items(), key=lambda one: one[1][0]))


def users_of(office: str, division_code: str, on: date, roles: Collection[Role]) -> list[int]:
    """Ids of the people who work in an office over a place."""
    posts = Post.objects.filter(
        held_on(on),
        role__in=[*roles],
        user__is_active=True,
    )
    return sorted(
        {
            post.user_id
            for post in posts
            if (grant := grant_of(post))
            and _one_office(grant)
            and office_of(grant) == office
            and division_code.startswith(grant.prefix)
        }
    )


def of_offices(scope: Scope, column: str) -> Q:
    found = Q(pk__in=[])
    for office, prefixes in offices_of(scope).items():
        condition = Q(**{column: office})
        # All of a region office's reach is the region: no condition, so that the index serves.
        if min(len(prefix) for prefix in prefixes) > 2 and not _whole_city(office, prefixes):
            within = Q(pk__in=[])
            for prefix in sorted(prefixes):
                within |= Q(division_code__startswith=prefix)
            condition &= within
        found |= condition
    return found


def _whole_city(office: str, prefixes: set[str]) -> bool:
    return any(office == f"city_{prefix}00" for prefix in prefixes)


def _is(grant: Grant, one: Allowed, task: TaskStanding) -> bool:
    return (
        _one_office(grant)
        and office_of(grant) == one.office
        and task.division_code.startswith(grant.prefix)
    )


def _one_office(grant: Grant) -> bool:
    """A post of `cities` over the whole region is of no one city."""
    return not grant.uscc and not (grant.function == CITIES and len(grant.prefix) < 4)

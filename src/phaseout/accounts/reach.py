"""The reach of a person as the database keeps it: a second wall behind the conditions of `scope`.

A request shows only the rows within the person's reach; who forgets a condition shows too few rows,
never somebody else's (docs/decisions/0030-row-security.md).
"""

from __future__ import annotations

from phaseout.accounts import rows
from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Grant, Scope
from phaseout.database.reach import Reach
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.refusals import Refusal


def show_only(scope: Scope, person: User | None = None) -> None:
    """Show what lies within the scope, until the request ends; and what `person` brought."""
    rows.show(reach_of(scope, person))


def reach_of(scope: Scope, person: User | None = None) -> Reach:
    """What may be read by the posts of a scope, in the words of the policies."""
    reading = [grant for grant in scope.grants if Power.READ in grant.powers]
    offices = [grant for grant in reading if not grant.uscc]
    return Reach(
        places=frozenset(grant.prefix for grant in offices),
        matters=frozenset(f"{d}:{grant.prefix}" for grant in offices for d in grant.dimensions),
        usccs=frozenset(grant.uscc for grant in reading if grant.uscc),
        offices=frozenset(f"{name}:{g.prefix}" for g in offices if (name := _office(g))),
        person=str(person.pk) if person is not None else "",
    )


def _office(grant: Grant) -> str:
    """The office as tasks name it: the function, or the city for a post of one of its bureaus."""
    if grant.function != CITIES and len(grant.prefix) < 4:
        return grant.function
    try:
        return Opinions.of().city_function(grant.prefix)
    except Refusal:  # `cities` over the whole region: no one city
        return ""

"""Who acts for a list: people of the department of the region that publishes it."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.disclosure.lists import refusing
from phaseout.law.lists.kinds import ListKind, list_kind, list_kinds
from phaseout.law.refusals import Bilingual


def may(scope: Scope, kind: ListKind, *roles: Role) -> bool:
    """Whether the person has one of these roles in the department of the list."""
    return any(
        grant.function == kind.function
        and grant.role in roles
        and grant.over_region
        and not grant.uscc
        and Power.ACT in grant.powers
        for grant in scope.grants
    )


def check(scope: Scope, kind: ListKind, today: date, *roles: Role) -> None:
    """Raises:
    Refusal: `lists.not-yours`.
    """
    if not may(scope, kind, *roles):
        raise refusing.not_yours(publisher(kind, today), *roles)


def publisher(kind: ListKind, on: date) -> Bilingual:
    """The department of the list by the name it bears on that day."""
    return office_name(kind.function, REGION_CODE, on)


def known(key: str) -> ListKind:
    """Raises:
    Refusal: `lists.unknown`.
    """
    try:
        return list_kind(key)
    except KeyError:
        raise refusing.no_such_list(key) from None


def of_person(scope: Scope, *roles: Role) -> list[ListKind]:
    """The lists for which the person acts in one of these roles."""
    return [kind for kind in list_kinds() if may(scope, kind, *roles)]

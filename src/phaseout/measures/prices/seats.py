"""Who acts in clause (12): energy lead and price authority, and the grid company beside them."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.law.opinions import Opinions

CLAUSE = 12
PRICE, ENERGY, GRID = "price", "eic", "grid"
LEADS = (ENERGY, PRICE)
"""Both lead the clause: either may ask for an assessment or issue the file of a month."""
RECEIVERS = (GRID, PRICE)
"""Whom the file of a month goes to."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person acts: the office and its territory (the whole region)."""

    office: str
    division_code: str


def seat(
    scope: Scope, *offices: str, roles: tuple[Role, ...] = (Role.OFFICER, Role.LEADER)
) -> Seat | None:
    """The person's seat in one of these offices of the region, in one of these roles."""
    for wanted in offices:
        for grant in scope.grants:
            if (
                grant.function == wanted
                and grant.role in roles
                and Power.ACT in grant.powers
                and grant.over_region
            ):
                return Seat(wanted, grant.prefix.ljust(6, "0"))
    return None


def offices() -> frozenset[str]:
    """The functions that the clause names."""
    opinions = Opinions.of()
    return frozenset((*opinions.lead(CLAUSE), *opinions.cooperating(CLAUSE)))

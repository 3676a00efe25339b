"""In which office a person acts here: human resources, or the enterprise itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.registry.models import Enterprise

HR = "hr"
ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True)
class Seat:
    """An office and its name on the day."""

    office: str
    name: Bilingual


def hr_seat(scope: Scope, division_code: str, on: date, *roles: Role) -> Seat | None:
    """The human-resources office of somebody who may act there, in one of these roles.

    Clause (14) gives the lead to the region's office. A post of a city's bureau is of the city.
    """
    for grant in scope.grants:
        if (
            grant.function == HR
            and grant.over_region
            and Power.ACT in grant.powers
            and (not roles or grant.role in roles)
            and division_code.startswith(grant.prefix)
        ):
            return Seat(HR, office_name(HR, division_code, on))
    return None


def seat(scope: Scope, firm: Enterprise, on: date) -> Seat | None:
    """That of the human-resources office, else of the enterprise's own people."""
    found = hr_seat(scope, firm.division_code, on)
    if found is not None:
        return found
    for grant in scope.grants:
        if grant.role is Role.ENTERPRISE and grant.uscc == firm.pk and Power.ACT in grant.powers:
            return Seat(ENTERPRISE, (firm.name, firm.name))
    return None


def sees_people(scope: Scope, firm: Enterprise) -> bool:
    """Whether somebody may read about single people of the enterprise: as the policies say."""
    return any(
        Power.READ in grant.powers
        and (
            grant.uscc == firm.pk
            or (
                grant.function == HR
                and grant.over_region
                and firm.division_code.startswith(grant.prefix)
            )
        )
        for grant in scope.grants
    )

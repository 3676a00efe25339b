"""In which office a person acts here: finance, industry (clause 10 leads), or the enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.registry.models import Enterprise

FINANCE = "finance"
INDUSTRY = "eic"
ENTERPRISE = "enterprise"
LEADING = (FINANCE, INDUSTRY)


@dataclass(frozen=True, slots=True)
class Seat:
    """An office and its name on the day."""

    office: str
    name: Bilingual


def office_seat(scope: Scope, on: date, offices: tuple[str, ...], *roles: Role) -> Seat | None:
    """The region's office, one of these, of somebody who acts there in one of these roles."""
    for office in offices:
        for grant in scope.grants:
            if (
                grant.function == office
                and grant.over_region
                and Power.ACT in grant.powers
                and (not roles or grant.role in roles)
            ):
                return Seat(office, office_name(office, REGION_CODE, on))
    return None


def applicant_seat(scope: Scope, firm: Enterprise, on: date) -> Seat | None:
    """Who may apply for an enterprise: its own people; the leading offices from its paper."""
    for grant in scope.grants:
        if grant.role is Role.ENTERPRISE and grant.uscc == firm.pk and Power.ACT in grant.powers:
            return Seat(ENTERPRISE, (firm.name, firm.name))
    return office_seat(scope, on, LEADING, Role.OFFICER, Role.LEADER)


READERS = frozenset({*LEADING, "drc", "hr", "price", "grid", "inspection", "government"})
"""Functions whose people read the accounts: those of clause (10), and who supervises."""


def reads_accounts(scope: Scope) -> bool:
    return any(
        grant.function in READERS and grant.over_region and Power.READ in grant.powers
        for grant in scope.grants
    )

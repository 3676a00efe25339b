"""Who reports and who accepts: clause (19) names the departments; each city reports to each.

In a city the post of a bureau (function of the department, the city's code) reports to its own
department; a post of the city government and its departments (`cities`) reports to any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Q

from phaseout.accounts import organisations
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Grant, Scope, prefix_of
from phaseout.casework.cases.offices import office_of
from phaseout.law.annual import CLAUSE
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.refusals import Bilingual

REPORTING = frozenset({Role.OFFICER, Role.REVIEWER, Role.LEADER})


@cache
def departments() -> tuple[str, ...]:
    """The functions to which cities report, in the order of the clause."""
    duty = Opinions.of().duty(CLAUSE)
    return (*duty.lead, *duty.cooperating)


def summing_up() -> tuple[str, ...]:
    """The functions that sum up and report upward."""
    return Opinions.of().lead(CLAUSE)


def cities() -> tuple[str, ...]:
    """The division codes of the cities, in order."""
    return tuple(organisations.cities())


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person acts: the office and the territory."""

    office: str
    prefix: str

    @property
    def division_code(self) -> str:
        return self.prefix.ljust(6, "0")

    def name(self, on: date) -> Bilingual:
        return organisations.office_name(self.office, self.division_code, on)


def of_region(office: str) -> Seat:
    """The seat of an office over the whole region."""
    return Seat(office, prefix_of(organisations.REGION_CODE))


def _holds(grant: Grant) -> bool:
    return not grant.uscc and Power.ACT in grant.powers and grant.role in REPORTING


def city_seat(scope: Scope, department: str, city: str) -> Seat | None:
    """The seat from which the person reports for that city to that department."""
    for grant in scope.grants:
        own = grant.function in (department, CITIES) and grant.prefix == city[:4]
        if own and _holds(grant):
            return Seat(office_of(grant), grant.prefix)
    return None


def department_seat(scope: Scope, department: str) -> Seat | None:
    """The seat from which the person accepts what cities report to that department."""
    for grant in scope.grants:
        if grant.function == department and grant.over_region and _holds(grant):
            return Seat(department, grant.prefix)
    return None


def within(scope: Scope, path: str = "") -> Q:
    """Condition on what carries the `division_code` of a city (or a place in it): within the
    places that officials reach."""
    reach = Q(pk__in=[])
    for grant in scope.grants:
        if Power.READ in grant.powers and not grant.uscc:
            reach |= Q(**{f"{path}division_code__startswith": grant.prefix})
    return reach


def sees(scope: Scope, city: str) -> bool:
    """Whether the person may look at what that city reports."""
    return any(
        city.startswith(grant.prefix)
        for grant in scope.grants
        if Power.READ in grant.powers and not grant.uscc
    )

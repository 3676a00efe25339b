"""In which office a person acts here: the leads of clauses (13) and (17), and who carries areas."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.law.opinions import Opinions
from phaseout.law.refusals import Bilingual
from phaseout.measures.sanctions.refusing import not_yours

AT_WORK = frozenset({Role.OFFICER, Role.LEADER})
SANCTIONS, CREDIT = 17, 13


def leads(clause: int) -> tuple[str, ...]:
    """The functions that lead a clause."""
    return Opinions.of().lead(clause)


def seats(scope: Scope) -> frozenset[str]:
    """The functions of the region for which the person may act, as officer or leader."""
    return frozenset(
        grant.function
        for grant in scope.grants
        if Power.ACT in grant.powers
        and grant.role in AT_WORK
        and not grant.uscc
        and grant.over_region
    )


def seat_of(scope: Scope, offices: Collection[str], on: date) -> str:
    """The office among these in which the person acts.

    Raises:
        Refusal: `sanction.not-yours`.
    """
    held = seats(scope)
    for office in offices:
        if office in held:
            return office
    raise not_yours(names(offices, on))


def names(offices: Collection[str], on: date) -> Bilingual:
    named = [office_name(office, REGION_CODE, on) for office in offices]
    return "、".join(zh for zh, _ in named), ", ".join(en for _, en in named)


def within(scope: Scope, path: str = "") -> Q:
    """Condition on what carries `division_code`: within the places that officials reach."""
    reach = Q(pk__in=[])
    for grant in scope.grants:
        if Power.READ in grant.powers and not grant.uscc:
            reach |= Q(**{f"{path}division_code__startswith": grant.prefix})
    return reach

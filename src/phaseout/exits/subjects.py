"""Which cases this room is about, and in which office a person acts in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import Case
from phaseout.law.opinions import Opinions
from phaseout.law.refusals import Bilingual

STAGES: Mapping[str, tuple[str, ...]] = {
    "exit": ("applied", "opened", "to_remove", "sealed", "dismantled", "stopped", "accepted",
             "published", "exited"),
    "technology": ("to_remove", "sealed", "dismantled", "accepted", "closed_exited"),
}  # fmt: skip
"""Procedure → the stages in which a line exits."""
UNDER_WAY = ("opened", "to_remove", "sealed", "dismantled", "stopped")
"""Where the plan may still be made and records are taken."""
AT_ITS_SITE = (Role.OFFICER, Role.INSPECTOR)


def exits() -> Q:
    """Condition on cases: an exit is under way, or done."""
    condition = Q()
    for procedure, stages in STAGES.items():
        condition |= Q(procedure=procedure, stage__in=stages)
    return condition


@dataclass(frozen=True, slots=True)
class Seat:
    """The office in which a person acts, under the name of the day; the level of the post."""

    office: str
    function: str
    name: Bilingual
    level: str


def seat_in(case: Case, scope: Scope, on: date, *roles: Role, city: bool = False) -> Seat | None:
    """The person's seat in the office of the case, in one of these roles.

    Args:
        city: whether the city of the line will do as well: it organises and watches the removal.
    """
    offices = {case.office}
    if city:
        offices.add(Opinions.of().city_function(case.division_code))
    for grant in scope.grants:
        if grant.uscc or Power.ACT not in grant.powers or grant.role not in roles:
            continue
        office = office_of(grant)
        if office in offices and case.division_code.startswith(grant.prefix):
            name = office_name(office, case.division_code, on)
            return Seat(office, grant.function, name, level_of(grant.prefix))
    return None


def level_of(prefix: str) -> str:
    """region, city or county, by how much of the division code a post is bound to."""
    return {2: "region", 4: "city"}.get(len(prefix), "county")

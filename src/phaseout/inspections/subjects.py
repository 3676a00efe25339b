"""The duties of clause 16, one a dimension, and the office in which a person acts on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Grant, Scope
from phaseout.casework.cases.offices import office_of
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.opinions import CITIES, Duty, Opinions
from phaseout.law.refusals import Bilingual

CLAUSE = 16
SUBJECTS: Mapping[str, tuple[str, Bilingual]] = {
    Dimension.ENERGY: ("energy supervision", ("节能监察", "energy supervision")),
    Dimension.ENVIRONMENT: ("environment enforcement", ("环保执法", "environmental enforcement")),
    Dimension.QUALITY: ("product quality enforcement", ("产品质量执法", "product quality")),
    Dimension.SAFETY: ("safety enforcement", ("安全生产执法", "work safety")),
}
"""Dimension → the subject of clause 16 in the table of duties, and its words."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person acts for a duty of clause 16: office, territory."""

    grant: Grant
    office: str
    dimension: str

    @property
    def division_code(self) -> str:
        return self.grant.prefix.ljust(6, "0")


def duty_of(dimension: str) -> Duty:
    return Opinions.of().duty(CLAUSE, SUBJECTS[dimension][0])


def words_of(dimension: str) -> Bilingual:
    return SUBJECTS[dimension][1]


def seats(
    scope: Scope, *roles: Role, dimension: str | None = None, power: Power = Power.ACT
) -> Iterator[Seat]:
    """The seats of a person in one of these roles, in the order of the duties."""
    for one in SUBJECTS if dimension is None else [dimension]:
        duty = duty_of(one)
        for grant in scope.grants:
            if grant.uscc or power not in grant.powers or (roles and grant.role not in roles):
                continue
            if grant.function in duty.lead and grant.over_region:
                yield Seat(grant, grant.function, one)
            elif (
                CITIES in duty.cooperating
                and len(grant.prefix) >= 4
                and grant.function in (*duty.lead, CITIES)
            ):
                yield Seat(grant, office_of(grant), one)


def seat_in(scope: Scope, office: str, dimension: str, *roles: Role) -> Seat | None:
    """The person's seat in that office for that duty, in one of these roles."""
    return next((s for s in seats(scope, *roles, dimension=dimension) if s.office == office), None)

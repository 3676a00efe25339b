"""In which office a person acts in the rooms of coordination: of the region, or of a city."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from phaseout.accounts.organisations import REGION_CODE, functions_on, office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Grant, Scope
from phaseout.casework.cases.offices import office_of
from phaseout.law.opinions import CITIES, Duty, Opinions
from phaseout.law.refusals import Bilingual

GOVERNMENT, INSPECTION = "government", "inspection"


@dataclass(frozen=True, slots=True)
class Seat:
    """An office (`eic`, `city_640100`), in which role, over which place."""

    office: str
    role: Role
    division_code: str

    def name(self, on: date) -> Bilingual:
        return office_name(self.office, self.division_code, on)


def seats(scope: Scope, *roles: Role) -> Iterator[Seat]:
    """The offices in which the person acts in one of these roles (none named: in any): the offices
    of the region, and city governments for the people of their bureaus."""
    for grant in scope.grants:
        if Power.ACT not in grant.powers or (roles and grant.role not in roles):
            continue
        if (office := _office(grant)) is not None:
            yield Seat(office, grant.role, grant.prefix.ljust(6, "0"))


def seat_in(scope: Scope, offices: Iterable[str], *roles: Role) -> Seat | None:
    """The person's seat in the first of these offices in which there is one."""
    held = list(seats(scope, *roles))
    return next((seat for office in offices for seat in held if seat.office == office), None)


def offices_read(scope: Scope) -> frozenset[str]:
    """The offices of which the person is, whatever the role; for what one may read."""
    found = (_office(grant) for grant in scope.grants if Power.READ in grant.powers)
    return frozenset(office for office in found if office is not None)


def sees_all(scope: Scope) -> bool:
    """Whether somebody is of an office that leads or supervises the whole (clauses 18 to 20)."""
    opinions = Opinions.of()
    every = {*opinions.lead(18), *opinions.lead(20), GOVERNMENT, INSPECTION}
    return not offices_read(scope).isdisjoint(every)


def cities() -> tuple[str, ...]:
    """The city governments as functions, in the order of the region pack."""
    named = (holder.function for holder in Opinions.of().holders)
    return tuple(dict.fromkeys(one for one in named if one.startswith("city_")))


def offices_of_duty(duty: Duty) -> tuple[str, ...]:
    """Lead first, then who cooperates; `cities` becomes each of them."""
    named = (*duty.lead, *duty.cooperating)
    return tuple(one for f in named for one in (cities() if f == CITIES else (f,)))


def name_of(office: str, on: date) -> Bilingual:
    """The name an office bears on a day."""
    return functions_on(on)[CITIES] if office == CITIES else office_name(office, REGION_CODE, on)


def names_of(offices: Iterable[str], on: date) -> Bilingual:
    """Their names in one: any of them may do it."""
    names = list(dict.fromkeys(name_of(office, on) for office in offices))
    return "或".join(zh for zh, _ in names), " or ".join(en for _, en in names)


def _office(grant: Grant) -> str | None:
    """The office of a post; None: of an enterprise, or `cities` over no one city."""
    if grant.uscc or (grant.function == CITIES and len(grant.prefix) < 4):
        return None
    return office_of(grant)

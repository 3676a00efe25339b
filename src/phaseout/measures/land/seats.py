"""Who acts on land: clause (15) names the land and the finance authority; the cities cooperate."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Grant, Scope
from phaseout.casework.cases.offices import office_of
from phaseout.law.opinions import CITIES, Opinions
from phaseout.measures.land.models import Parcel

CLAUSE = 15
LAND, FINANCE = "land", "finance"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person acts: the office, and the territory by the leading digits of its codes."""

    office: str
    prefix: str

    def covers(self, parcel: Parcel) -> bool:
        return parcel.division_code.startswith(self.prefix)


def land_seats(scope: Scope) -> list[Seat]:
    """Seats from which parcels are entered and disposed of: the land authority, and each city."""
    return [Seat(office_of(grant), grant.prefix) for grant in scope.grants if _disposes(grant)]


def finance_seats(scope: Scope) -> list[Seat]:
    """Seats from which income is entered and given to employees: the finance authority."""
    return [
        Seat(FINANCE, grant.prefix)
        for grant in scope.grants
        if grant.function == FINANCE and Power.ACT in grant.powers
    ]


def _disposes(grant: Grant) -> bool:
    duty = Opinions.of().duty(CLAUSE)
    if grant.uscc or Power.ACT not in grant.powers:
        return False
    in_a_city = len(grant.prefix) >= 4 and CITIES in duty.cooperating
    return grant.function == LAND or (in_a_city and grant.function == CITIES)


def seat_for(parcel: Parcel, seats: list[Seat]) -> Seat | None:
    """The seat whose territory the parcel lies in; the widest first."""
    fitting = [seat for seat in seats if seat.covers(parcel)]
    return min(fitting, key=lambda seat: len(seat.prefix), default=None)

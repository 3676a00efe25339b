"""Who is supervised: cities and departments, and the counties of the cities.

A target is a name: `city_640100`, `epd`, `county_640104`. The figures propose measures on each. A
county has no office of its own here (no clause names it), so what offices hold is not told of it:
it answers by its own people or by its city government.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from phaseout.accounts import organisations
from phaseout.accounts.organisations import REGION_CODE, place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.coordination.offices import Seat, cities, name_of, offices_read
from phaseout.coordination.returns.seats import departments
from phaseout.law.refusals import Bilingual

CITY, COUNTY = "city_", "county_"


def targets() -> tuple[str, ...]:
    """Who is measured: the cities, then the departments to which they report."""
    return (*cities(), *departments())


def counties() -> tuple[str, ...]:
    """The counties and districts that the register knows, in the order of their codes."""
    return tuple(f"{COUNTY}{code}" for code in organisations.counties())


def counties_of(city: str) -> tuple[str, ...]:
    """The counties of a city."""
    return tuple(one for one in counties() if territory(one)[:4] == territory(city)[:4])


def is_city(target: str) -> bool:
    return target.startswith(CITY)


def is_county(target: str) -> bool:
    return target.startswith(COUNTY)


def may_be_supervised(target: str) -> bool:
    """Whether a measure may be held on it."""
    return target in targets() or target in counties()


def territory(target: str) -> str:
    """The division code of a target: its own, the region's for a department."""
    if is_city(target):
        return target.removeprefix(CITY)
    return target.removeprefix(COUNTY) if is_county(target) else REGION_CODE


def prefix_of(target: str) -> str:
    """With what the division codes within a city or county begin."""
    return territory(target)[:4] if is_city(target) else territory(target)


def office_of_target(target: str) -> str:
    """The office that answers for it."""
    return f"{CITY}{territory(target)[:4]}00" if is_county(target) else target


def target_name(target: str, on: date) -> Bilingual:
    """The name it bears on a day.

    >>> target_name("county_640104", date(2018, 3, 15))[0]
    '银川市兴庆区人民政府'
    """
    if not is_county(target):
        return name_of(target, on)
    zh, en = place_words(territory(target))
    return f"{zh}人民政府", f"People's Government of {en}"


def answers_for(seat: Seat, target: str) -> bool:
    """Whether somebody in that seat answers for the target: of a city only who is of the city
    itself, of a county its own people and its city's."""
    if seat.office != office_of_target(target):
        return False
    is_own = seat.division_code == territory(target)
    return is_own or (not is_city(target) and seat.division_code.endswith("00"))


def answered_by(seats: Iterable[Seat]) -> tuple[str, ...]:
    """The targets for which somebody in these seats answers."""
    held = list(seats)
    every = {*targets(), *counties(), *(seat.office for seat in held)}
    return tuple(sorted(one for one in every if any(answers_for(seat, one) for seat in held)))


def targets_read(scope: Scope) -> frozenset[str]:
    """The targets of which the person is, whatever the role; for what one may read."""
    found = {one for one in offices_read(scope) if not is_city(one)}
    for grant in scope.grants:
        if Power.READ in grant.powers and not grant.uscc and len(grant.prefix) >= 4:
            within = (one for one in (*cities(), *counties()))
            found |= {one for one in within if territory(one).startswith(grant.prefix)}
    return frozenset(found)

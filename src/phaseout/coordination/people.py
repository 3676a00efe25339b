"""Who is told in these rooms: the people of an office, or who reports for a city."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from phaseout.accounts.models import Post, held_on
from phaseout.accounts.organisations import REGION_CODE
from phaseout.casework.tasks.holding import AT_WORK, LEADERS, users_of
from phaseout.coordination.returns.seats import REPORTING
from phaseout.law.opinions import CITIES


def working_in(offices: Iterable[str], on: date) -> set[int]:
    """Ids of the officers and leaders of these offices, of the region or city governments."""
    return {user for office in offices for user in users_of(office, _place(office), on, AT_WORK)}


def leading(offices: Iterable[str], on: date) -> set[int]:
    """Ids of the leaders of these offices."""
    return {user for office in offices for user in users_of(office, _place(office), on, LEADERS)}


def reporting(department: str, city: str, on: date) -> set[int]:
    """Ids of those who report for that city to that department (`returns.seats.city_seat`)."""
    held = Post.objects.filter(
        held_on(on),
        function__in=(department, CITIES),
        division_code__startswith=city[:4],
        role__in=REPORTING,
        user__is_active=True,
    )
    return set(held.values_list("user_id", flat=True))


def _place(office: str) -> str:
    return office.removeprefix("city_") if office.startswith("city_") else REGION_CODE

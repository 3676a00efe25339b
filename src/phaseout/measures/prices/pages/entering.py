"""Who may enter these pages, and what each of them needs."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import scope_of_request
from phaseout.measures.prices.seats import ENERGY, GRID, PRICE, seat


def seated(request: HttpRequest) -> dict[str, bool]:
    """For templates: in which of the offices of the clause the person acts."""
    scope = scope_of_request(request)
    held: Iterable[tuple[str, str]] = (("price", PRICE), ("energy", ENERGY), ("grid", GRID))
    found = {name: seat(scope, office) is not None for name, office in held}
    return found | {"signs": seat(scope, PRICE, roles=(Role.LEADER,)) is not None}


def looks_from_inside(request: HttpRequest) -> bool:
    """Whether the person is of an enterprise only."""
    return not scope_of_request(request).has_office

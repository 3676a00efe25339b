"""For which office a person acts, and what that office is called on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.refusals import Bilingual, Refusal

if TYPE_CHECKING:
    from phaseout.library.models import Signature

Office = tuple[str, str]
"""A function and the division code of its territory."""


def office_for(
    scope: Scope, power: Power, dimension: Dimension | None, division: str | None = None
) -> Office:
    """The office by which the person holds `power` in the dimension (and division).

    Raises:
        PermissionDenied: the person holds it nowhere there.
    """
    for grant in scope.grants:
        if power in grant.powers and grant.covers(division, dimension, None):
            return grant.function, grant.prefix.ljust(6, "0") if grant.prefix else ""
    raise PermissionDenied(power.value)


def office_name(function: str, division_code: str, on: date) -> Bilingual:
    """The name that the office bore on the day; the function itself where our record is silent."""
    opinions = Opinions.of()
    try:
        if function == CITIES:
            function = opinions.city_function(division_code)
        return opinions.name_of(function, on)
    except Refusal:
        return function, function


def signed_for(signature: Signature, on: date) -> Bilingual:
    """The office behind a signature, as it was called on the day signed."""
    if not signature.function:
        return ("演示人员（虚构）", "a demo officer (fictional)")
    return office_name(signature.function, signature.division_code, on)

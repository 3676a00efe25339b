"""For which territory a person may import."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from django.db.models import Q

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope, scope_of
from phaseout.evidence.models import EvidenceFile
from phaseout.registry.imports import refusals
from phaseout.registry.models import Import


def prefixes_of(by: Any, today: date) -> list[str]:
    """The leading digits of the divisions into which a person may import on that day.

    Raises:
        Refusal: `not_allowed`: into none.
    """
    prefixes = _prefixes(scope_of(by, on=today), Power.IMPORT)
    if not prefixes:
        raise refusals.not_allowed()
    return prefixes


def common(prefixes: list[str]) -> str:
    """What all the territories have in common: the reach of an import.

    >>> common(["640104", "640105"]), common(["6401", "6402"])
    ('64010', '640')
    """
    # The first and the last in order differ most.
    pairs = zip(min(prefixes), max(prefixes), strict=False)
    return "".join(one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def must_cover(by: Any, today: date, reach: str, power: Power = Power.IMPORT) -> None:
    """
    Raises:
        Refusal: `not_allowed`: the person does not hold the power over all of `reach`.
    """
    prefixes = _prefixes(scope_of(by, on=today), power)
    covered = any(reach.startswith(prefix) for prefix in prefixes)
    if not covered and (not prefixes or common(prefixes) != reach):
        raise refusals.not_allowed()


def visible_to(scope: Scope, user: Any) -> Q:
    """Condition on the imports that a person may see: one's own, and those within one's
    territory."""
    return Q(by=user) | within(scope, Power.READ)


def within(scope: Scope, power: Power) -> Q:
    """Condition on the imports within the territory over which the power is held."""
    condition = Q(pk__in=[])
    for prefix in _prefixes(scope, power):
        condition |= Q(reach__startswith=prefix)
    return condition


def _prefixes(scope: Scope, power: Power) -> list[str]:
    held = {grant.prefix for grant in scope.grants if power in grant.powers and not grant.uscc}
    return sorted(held)


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """Whether the person may see an import that brought these bytes (`evidence.access`)."""
    brought = Import.objects.filter(visible_to(scope, user), files__evidence__digest=file.digest)
    return scope.may(Power.READ) and brought.exists()

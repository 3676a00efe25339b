"""What a measure gave to the treasury, as plain data: a source for the room of funds, which knows
no other measure.

    offer("surcharge", function)    # in the AppConfig.ready of the measure
    remitted("surcharge")           # what it gave, the latest first
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Remitted:
    """One sum that went to the treasury, in yuan: `key` names it for ever, `digest` is that of the
    act that gave it."""

    key: str
    amount: Decimal
    on: date
    said: Bilingual
    digest: str


_SOURCES: dict[str, Callable[[], Iterable[Remitted]]] = {}


def offer(source: str, given: Callable[[], Iterable[Remitted]]) -> None:
    """Have `given` asked for what came from a source; the same source again replaces it."""
    _SOURCES[source] = given


def remitted(source: str) -> list[Remitted]:
    """What a source gave; nothing where no measure offers it."""
    return list(_SOURCES[source]()) if source in _SOURCES else []

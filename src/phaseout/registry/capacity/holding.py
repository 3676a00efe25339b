"""Under which decision the capacity of a line must exit, as pages of the registry say it.

Cases belong to a room above: it registers who tells it (`say_held`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Named:
    """A case by its number; `url` is empty where the reader may not open it."""

    number: str
    url: str


@dataclass(frozen=True, slots=True)
class Held:
    """The decision, the last day it sets (None: none can be told), what of the line is left, and
    the exit that is open (None: nobody has opened one)."""

    decision: Named
    due: date | None
    left: Bilingual
    exit: Named | None


Tells = Callable[[str, Scope], Held | None]
_TELLS: list[Tells] = []


def say_held(tells: Tells) -> None:
    """Have it told by `tells(line_id, scope)`; None: no decision is in force."""
    _TELLS[:] = [tells]


def held_by(line_id: str, scope: Scope) -> Held | None:
    """The decision under which the line must exit; None where there is none."""
    return _TELLS[0](line_id, scope) if _TELLS else None

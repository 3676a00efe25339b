"""What rooms above say on the page of a case: a sentence, and the way to their own page.

# in the AppConfig.ready of a room above
put("exits", way)           # def way(case: Case, scope: Scope, today: date) -> Beside | None
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Beside:
    """A link and what it says of the case."""

    label: Bilingual
    says: Bilingual
    url: str


Way = Callable[[Case, Scope, date], Beside | None]
_WAYS: dict[str, Way] = {}


def put(name: str, way: Way) -> None:
    """Add a room's way; the same name again replaces it."""
    _WAYS[name] = way


def beside(case: Case, scope: Scope, today: date) -> list[Beside]:
    """What the rooms say of this case, in the order in which they came."""
    told = (way(case, scope, today) for way in _WAYS.values())
    return [one for one in told if one is not None]

"""What waits for a person: rooms say what to count, the home page asks.

    # in the room's AppConfig.ready
    register(Waiting(
        key="casework.provisional", label=gettext_lazy("暂定结论，待核对标准"),
        count=count_provisional, url_name="findings", query="provisional=yes", power=Power.CONFIRM,
    ))

`count(scope, today)` gives how many things of the kind wait for whoever has that scope, in one
query; 0 is not shown. It is asked only where the scope holds `power` somewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing that waits: its words, its number, where it is done."""

    key: str
    label: str | Promise
    count: Callable[..., int]
    url_name: str
    power: Power
    query: str = ""
    order: int = 100
    """Smaller stands higher: what binds soonest first."""
    personal: bool = False
    """`count` takes the person as well: it depends on who did what before."""

    @property
    def url(self) -> str:
        place = reverse(self.url_name)
        return f"{place}?{self.query}" if self.query else place


_KINDS: dict[str, Waiting] = {}


def register(kind: Waiting) -> None:
    """Add a kind; the same key again replaces it."""
    _KINDS[kind.key] = kind


def waiting(scope: Scope, today: date, user: Any) -> list[tuple[Waiting, int]]:
    """What waits for `user`, who has `scope`, in order, without what is nought."""
    asked = sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.key))
    counted = [
        (kind, kind.count(scope, today, *([user] if kind.personal else [])))
        for kind in asked
        if scope.may(kind.power)
    ]
    return [(kind, number) for kind, number in counted if number]

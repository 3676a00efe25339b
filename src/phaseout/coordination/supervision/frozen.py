"""Figures as an act keeps them, and the same figures of another day beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.coordination.supervision.picture import picture
from phaseout.coordination.supervision.reading import WHOLE, Window
from phaseout.law.supervision import Figure, Share, figure, figures


def frozen(shares: Mapping[str, Share], window: Window) -> dict[str, Any]:
    """The figures of a target as plain data: `{"from", "to", "shares": {figure: [part, of]}}`."""
    return {
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
        "shares": {key: [one.part, one.of] for key, one in sorted(shares.items())},
    }


def thawed(kept: Mapping[str, Any]) -> dict[str, Share]:
    """Figures out of what an act kept; those the table of figures no longer has are left out."""
    known = {one.key for one in figures()}
    return {key: Share(*pair) for key, pair in kept["shares"].items() if key in known}


def as_of(today: date) -> Window:
    """The time that an act of a day looks at: from the beginning of its year."""
    return Window.of_year(today.year, today)


def since(kept: Mapping[str, Any], today: date) -> Window:
    """The time of the same figures now: from the same first day on."""
    return Window(date.fromisoformat(kept["from"]), today, today)


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure on the day of a measure, when it was lifted (None: it is not) and now."""

    figure: Figure
    then: Share
    lifted: Share | None
    now: Share

    @property
    def moved(self) -> Decimal | None:
        """Percentage points from then to now; None where either cannot be compared."""
        least = self.figure.least
        before, after = self.then.percent_of_at_least(least), self.now.percent_of_at_least(least)
        return None if before is None or after is None else after - before


def effect(
    target: str, kept: Mapping[str, Any], lifted: Mapping[str, Any] | None, today: date
) -> list[Beside]:
    """What a measure has led to, figure by figure: what can be seen in the same figures, which need
    not be by it alone."""
    then, order = thawed(kept), [one.key for one in figures()]
    at_end = thawed(lifted) if lifted else None
    now = picture(WHOLE, since(kept, today), target).get(target, {})
    return [
        Beside(figure(key), share, at_end.get(key, Share()) if at_end else None,
               now.get(key, Share()))
        for key, share in sorted(then.items(), key=lambda pair: order.index(pair[0]))
    ]  # fmt: skip

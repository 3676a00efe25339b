"""What rooms above do when an act is done: in the act's own transaction, or not at all.

    # in the AppConfig.ready of a room above
    follow(end_prices)          # def end_prices(act: Act) -> None

A follower sees the act written and the case as it stands after it (`act.case.stage`,
`act.case.closed_on`). What it raises undoes the act: a follower that can wait (a notice, a file)
defers a job instead. It must be quick: the case is locked while it runs.
"""

from __future__ import annotations

from collections.abc import Callable

from phaseout.casework.models import Act

Follower = Callable[[Act], None]
_FOLLOWERS: dict[str, Follower] = {}


def follow(follower: Follower) -> None:
    """Have `follower` called after each act; the same function again is still called once."""
    _FOLLOWERS[f"{follower.__module__}.{follower.__qualname__}"] = follower


def done(act: Act) -> None:
    """Tell every follower, in the order in which they came."""
    for follower in _FOLLOWERS.values():
        follower(act)

"""What rooms above do when an act is done: in the act's own transaction, or not at all.

    # in the AppConfig.ready of a room above
    follow(end_prices)          # def end_prices(act: Act) -> None

A follower sees the act written and the case as it stands after it (`act.case.stage`,
`act.case.closed_on`). What it raises undoes the act: a follower that can wait (a notice, a file)
defers a job instead. It must be quick: the case is locked while it runs.

A follower that most acts do not concern looks at `act.kind` first, or says by a statement what must
be there for it (`where`), which is asked in the same journey in which the act is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from phaseout.casework.models import Act
from phaseout.casework.rows import Changes

Follower = Callable[[Act], None]
_FOLLOWERS: dict[str, tuple[Follower, str]] = {}


def follow(follower: Follower, *, where: str = "") -> None:
    """Have `follower` called after each act; the same function again is still called once.

    Args:
        where: a statement that gives a row where an act concerns the follower, with `%(line)s` and
            `%(case)s` for the ids of its line and its case; it sees what the act has written.
            Empty: the follower is called for every act.
    """
    _FOLLOWERS[f"{follower.__module__}.{follower.__qualname__}"] = follower, where


def ask(act: Act, changes: Changes) -> list[Follower]:
    """Ask, behind the changes of the act, whom it concerns.

    Returns:
        Those who said by a statement what must be there, in the order of the answers.
    """
    about = {"line": act.case.line_id, "case": act.case_id}
    asked = [(follower, where) for follower, where in _FOLLOWERS.values() if where]
    for _, where in asked:
        changes.ask(where, about)
    return [follower for follower, _ in asked]


def done(act: Act, idle: Collection[Follower] = ()) -> None:
    """Tell every follower, in the order in which they came, but those who have nothing to do."""
    for follower, _ in _FOLLOWERS.values():
        if follower not in idle:
            follower(act)

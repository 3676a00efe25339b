"""Who does an act of the demonstration, and under which key: the same act is the same act in a
later run."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from phaseout.accounts.models import User
from phaseout.accounts.scope import scope_of


class Acting:
    """The acts of one room: `ways(username, on, what)` for the act, `key(what)` to look for it."""

    def __init__(self, room: str) -> None:
        self.room = room

    def ways(self, username: str, on: date, what: str) -> dict[str, Any]:
        """Who, within what, on which day, under which key."""
        by = User.objects.get(username=username)
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": self.key(what)}

    def key(self, what: str) -> UUID:
        """The key of an act of the room."""
        return uuid5(NAMESPACE_URL, f"phaseout:demo:{self.room}:{what}")

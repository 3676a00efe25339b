"""Reports by the public about a line: other rooms that receive them say which there are.

register(reports)               in the AppConfig.ready of a room above
reports_of(uscc, scope)         what is known of a firm's lines, latest first
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from phaseout.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Report:
    """One report: what it says (its beginning), the day it came in, where it stands."""

    says: str
    received_on: date
    url: str


Reports = Callable[[str, Scope], Iterable[Report]]
_ROOMS: dict[str, Reports] = {}


def register(reports: Reports) -> None:
    """Have `reports(uscc, scope)` asked for the page of a line; the same again is asked once."""
    _ROOMS[f"{reports.__module__}.{reports.__qualname__}"] = reports


def reports_of(uscc: str, scope: Scope) -> list[Report]:
    """What every room knows, latest first."""
    found = [report for room in _ROOMS.values() for report in room(uscc, scope)]
    return sorted(found, key=lambda report: report.received_on, reverse=True)

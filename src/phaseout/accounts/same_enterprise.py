"""Which codes stand for one enterprise. The registry knows, and says so when the site starts: this
room lies below it."""

from __future__ import annotations

from collections.abc import Callable, Collection

Family = Callable[[str], Collection[str]]
"""Given a USCC, all that stand for the same enterprise."""

_FAMILIES: list[Family] = []


def register(family: Family) -> None:
    """To be asked from now on; once, however often it is said."""
    if family not in _FAMILIES:
        _FAMILIES.append(family)


def codes_of(uscc: str) -> tuple[str, ...]:
    """The code itself, then the others that stand for its enterprise."""
    others = {code for family in _FAMILIES for code in family(uscc)} - {uscc}
    return (uscc, *sorted(others))

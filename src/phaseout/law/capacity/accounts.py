"""The accounts of the ledger and its units, as the tables say them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

from phaseout.law.norms import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual

T = TypeVar("T")

ORIGIN, LIVE, EXITED, GIVEN_UP = "origin", "live", "exited", "given_up"
"""The groups of accounts: the other side of a registration; in the register and able to produce;
exited by one of the lawful ways; counted by a replacement plan."""
REGISTERED = "registered"
MUST_LEAVE = ("outdated", "rectifying", "leaving")
"""Live accounts in which a duty is not met: found outdated, or in a case that goes on."""


@dataclass(frozen=True, slots=True)
class Account:
    """A state of capacity. `group` is one of the four above."""

    account: str
    group: str
    zh: str
    en: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str

    @property
    def name(self) -> Bilingual:
        return self.zh, self.en


@dataclass(frozen=True, slots=True)
class LedgerUnit:
    """A unit the ledger counts in: what converts into it is counted in it. Shown in `shown`, which
    is `times` of it."""

    unit: str
    shown: str
    times: Decimal
    note: str


def table(name: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of a table of this package.

    Raises:
        ValueError: a line does not fit the record; names file and line.
    """
    return rows_of(__package__, name, kind)


@cache
def accounts() -> tuple[Account, ...]:
    """Every account, in the order in which they are shown."""
    return table("accounts", Account)


@cache
def _by_key() -> Mapping[str, Account]:
    return {each.account: each for each in accounts()}


def account(key: str) -> Account:
    """The account of that key.

    Raises:
        KeyError: there is none.
    """
    return _by_key()[key]


@cache
def keys_of(*groups: str) -> tuple[str, ...]:
    """The keys of the accounts of these groups, in order."""
    return tuple(each.account for each in accounts() if each.group in groups)


@cache
def ledger_units() -> tuple[LedgerUnit, ...]:
    """In which units capacity is counted; a unit that converts into none is counted in itself."""
    return table("units", LedgerUnit)


def split(cell: str) -> tuple[str, ...]:
    """The names in a cell: `a;b`; a group stands for its accounts."""
    names: list[str] = []
    for name in filter(None, cell.split(";")):
        names += keys_of(name) if name in (LIVE, EXITED, GIVEN_UP) else (name,)
    return tuple(names)

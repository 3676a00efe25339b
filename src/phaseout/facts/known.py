"""What is registered elsewhere already, beside the facts that come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phaseout.facts.schema import Table

if TYPE_CHECKING:
    from phaseout.facts.ledger import Ledger

KNOWN_TABLES: Mapping[str, Mapping[str, str]] = {
    "enterprises": {"uscc": "VARCHAR", "division_code": "VARCHAR"},
    "lines": {"line_id": "VARCHAR"},
    "outlets": {"outlet_id": "VARCHAR"},
}
"""The tables of `Known.schema` and the columns they must have; they may have more."""


@dataclass(frozen=True, slots=True)
class Known:
    """Facts that come in may refer to what is registered, and must not contradict it.

    Attributes:
        schema: a schema of the connection with the tables of `KNOWN_TABLES`. A row may refer to
            what stands there, and to nothing else but the rows that come with it.
        check: called as check(ledger, table) for every table that came, in the order of the
            schema, before its references are looked at. What it refuses with `ledger.add` takes
            along what refers to it.
    """

    schema: str
    check: Callable[[Ledger, Table], None]

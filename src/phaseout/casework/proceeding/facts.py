"""What an act carries, between Python and JSON: by the types of the items in the procedure table.

    written({"months": 3, "exit_by": date(2018, 9, 1)})   {"exit_by": "2018-09-01", "months": 3}
    read(...)                                              the same back

A file is a list of SHA-256 digests; the files themselves lie in `evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from phaseout.casework.models import Act
from phaseout.law.procedures.rows import ItemRow, rows

_DIGEST = re.compile("[0-9a-f]{64}").fullmatch
URGENT = "urgent"
"""A flag some rules look at: the matter does not bear waiting."""


def _same(value: Any) -> Any:
    return value


def _listed(value: Any) -> list[Any]:
    return [dict(one) if isinstance(one, Mapping) else one for one in value]


_WRITE: Mapping[str, Callable[[Any], Any]] = {
    "date": date.isoformat,
    "moment": datetime.isoformat,
    "amount": str,
    "list": list,
    "file": list,
    "map": dict,
    "licences": _listed,
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "amount": Decimal,
    "list": tuple,
    "file": tuple,
    "licences": tuple,
}


@cache
def item_types() -> Mapping[str, str]:
    """Item → its type: file, text, date, moment, number, amount, list, map, licences."""
    return {row.item: row.type for row in rows(ItemRow, "items")}


@cache
def item_names() -> Mapping[str, tuple[str, str]]:
    """Item → what it is called, in Chinese and in English."""
    return {row.item: (row.zh, row.en) for row in rows(ItemRow, "items")}


def in_order(answers: Mapping[str, Any], acts: Iterable[Act]) -> dict[str, Any]:
    """Answers in the order in which these acts stated the points: the database keeps the entries of
    a map in an order of its own."""
    stated = dict.fromkeys(point for act in acts for point in act.facts.get("points", ()))
    return {point: answers[point] for point in (*stated, *answers) if point in answers}


def written(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as plain JSON."""
    return {item: _WRITE.get(_type(item), _same)(facts[item]) for item in sorted(facts)}


def read(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the law's engine takes them."""
    return {item: _READ.get(_type(item), _same)(value) for item, value in stored.items()}


def digests_in(facts: Mapping[str, Any]) -> list[str]:
    """The digests of the files that facts name, each once; what cannot be a digest is left out."""
    named = [value for item, value in facts.items() if _type(item) == "file"]
    listed = [one for value in named if isinstance(value, list | tuple) for one in value]
    return list(dict.fromkeys(one for one in listed if isinstance(one, str) and _DIGEST(one)))


def _type(item: str) -> str:
    return item_types().get(item, "text")

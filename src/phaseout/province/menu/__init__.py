"""What there is to choose from: kinds of line with their equipment, outlets, products, permits.

The tables of this folder hold only what is made up (which kinds there are, how large, how often).
Every limit, threshold and wording comes from the norm book: `menu.norms`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from phaseout.law.norms.book import read_csv

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line. `products` and `processes` are alternatives through the editions, joined
    by |; - is a product without a process. Capacity in `capacity_unit`."""

    kind: str
    industry: str
    weight: float
    line_zh: str
    products: tuple[str, ...]
    processes: tuple[str, ...]
    capacity_low: float
    capacity_high: float
    capacity_unit: str
    firm_zh: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of equipment: usual and outdated range of one attribute; `presence` has no range."""

    kind: str
    type: str
    attribute: str
    unit: str
    low: float
    high: float
    bad_low: float
    bad_high: float
    digits: int
    share: float


@dataclass(frozen=True, slots=True)
class Further:
    """A further attribute of a kind of equipment, which an exception of the catalogue asks for."""

    kind: str
    type: str
    attribute: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class Stack:
    """A kind of outlet: its source as the norm names it, pollutants, flow in m3/h, oxygen in %."""

    kind: str
    medium: str
    source: str
    pollutants: tuple[str, ...]
    flow_low: float
    flow_high: float
    o2_low: float
    o2_high: float
    share: float


@dataclass(frozen=True, slots=True)
class Sold:
    kind: str
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fuel:
    """What share of an industry's energy comes from this energy."""

    industry: str
    energy: str
    share: float


@dataclass(frozen=True, slots=True)
class PermitKind:
    """A permit that an industry (* for all) holds, and for how many years it is given."""

    industry: str
    kind: str
    years: int


def kinds() -> tuple[Kind, ...]:
    return _table("kinds", Kind)


@cache
def kinds_of(industry: str) -> tuple[Kind, ...]:
    return tuple(kind for kind in kinds() if kind.industry == industry)


def machines(kind: str) -> tuple[Machine, ...]:
    return _by("equipment", Machine, "kind").get(kind, ())


def further(kind: str, equipment_type: str) -> tuple[Further, ...]:
    found = _by("further", Further, "kind").get(kind, ())
    return tuple(row for row in found if row.type == equipment_type)


def stacks(kind: str) -> tuple[Stack, ...]:
    return _by("outlets", Stack, "kind").get(kind, ())


def sold(kind: str) -> tuple[str, ...]:
    found = _by("products", Sold, "kind").get(kind, ())
    return found[0].products if found else ()


def fuels(industry: str) -> tuple[Fuel, ...]:
    return _by("mixes", Fuel, "industry").get(industry, ())


def permit_kinds(industry: str) -> tuple[PermitKind, ...]:
    found = _by("permits", PermitKind, "industry")
    return found.get("*", ()) + found.get(industry, ())


@cache
def _by(table: str, kind: Callable[..., T], key: str) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, tuple[T, ...]] = defaultdict(tuple)
    for row in _table(table, kind):
        found[getattr(row, key)] += (row,)
    return dict(found)


@cache
def _table(table: str, kind: Callable[..., T]) -> tuple[T, ...]:
    file = resources.files(__package__) / f"{table}.csv"
    names = {field.name: str(field.type) for field in fields(kind)}  # type: ignore[arg-type]
    return tuple(
        kind(**{name: _cell(hint, cells[name]) for name, hint in names.items()})
        for _, cells in read_csv(file)
    )


def _cell(hint: str, text: str) -> Any:
    if hint.startswith("tuple"):
        return tuple(part if part != "-" else "" for part in text.split("|"))
    if hint == "float":
        return float(text or 0)
    return int(text or 0) if hint == "int" else text

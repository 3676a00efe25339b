"""Units as people write them → one canonical name; what converts into what, by how much.

A written unit is one atom (`万吨`) or a quotient of atoms (`千克标准煤/吨`). `unit_atoms.csv` gives
each atom its canonical name, its definition in base units, and its other spellings. Coal
equivalent, apparent power, air-dry tonnes, hides … are base units of their own: kgce never becomes
kJ, kVA never kW. A year is no number of days: how long a plant runs is not for a unit to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib import resources
from typing import Any

from phaseout.law.norms.book import NormBook, read_csv

STEP = Decimal("0.000000001")
LARGEST = Decimal("999999999")
# A factor with fewer than six right digits would move a value that stands near its limit.
CLOSE_ENOUGH = Decimal("0.000001")

NORM_UNITS = {
    "energy_limits": "unit",
    "energy_factors": "unit",
    "emission_limits": "unit",
    "equipment_catalogue": "unit",
    "product_standards": "unit",
}

TEN_THOUSAND = "万"
"""Chinese counts in ten thousands: 万吨, 万kWh, 万张."""

_EXTRA_TARGETS = ("kgce", "kgce/t", "t", "t/a", "m3", "kWh", "MJ", "mg/m3", "mg/L")
"""What computations convert into although no norm row may carry it."""


def canonical(written: str) -> str | None:
    """The canonical name of a unit; None where nobody knows it.

    >>> canonical("千克标准煤／吨"), canonical("mg/Nm³"), canonical("万吨/年"), canonical("斤每碗")
    ('kgce/t', 'mg/m3', '万t/a', None)
    """
    return _canonical(written)


@cache
def _canonical(written: str) -> str | None:
    text = _plain(written)
    whole = _atom(text)
    if whole is not None:
        return whole
    text = re.sub(r"(?<=[^/])每(?=.)", "/", text)
    over = _split(text)
    names = [_atom(part) for part in over]
    if len(over) < 2 or None in names:
        return None
    return "/".join(name for name in names if name is not None)


def _split(text: str) -> list[str]:
    """The atoms of a quotient; powers such as `mg·m-3` and `t·a^-1` are written as one."""
    power = re.sub(r"[·.*]([^\d/·.*^-]+)\^?-(\d)", r"/\1\2", text)
    return re.sub(r"(/[^\d/]+)1(?=/|$)", r"\1", power).split("/")


def _plain(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).strip()
    text = text.replace("μ", "u").replace("⋅", "·").replace("•", "·").replace("∙", "·")
    return re.sub(r"\s+", " ", re.sub(r"\s*([/·])\s*", r"\1", text))


def _atom(text: str) -> str | None:
    exact, loose = _spellings()
    found = exact.get(text) or loose.get(_squeezed(text))
    if found is None and text.startswith(TEN_THOUSAND) and len(text) > 1:
        counted = _atom(text[1:].lstrip())
        found = counted and TEN_THOUSAND + counted
    return found


def _squeezed(text: str) -> str:
    return text.casefold().replace(" ", "")


@cache
def _spellings() -> tuple[Mapping[str, str], Mapping[str, str]]:
    exact: dict[str, str] = {}
    loose: dict[str, set[str]] = {}
    for cells in _atoms():
        for written in (cells["unit"], *cells["also"].split("|")):
            plain = _plain(written)
            exact[plain] = cells["unit"]
            loose.setdefault(_squeezed(plain), set()).add(cells["unit"])
    # Two atoms that differ only in capitals (Mt, mt) must be written exactly.
    return exact, {text: names.pop() for text, names in loose.items() if len(names) == 1}


@cache
def _atoms() -> tuple[dict[str, str], ...]:
    file = resources.files(__package__) / "unit_atoms.csv"
    return tuple(cells for _, cells in read_csv(file))


def factor(from_unit: str, to_unit: str) -> Decimal | None:
    """How many `to_unit` one `from_unit` is; None where they measure different things.

    Both are canonical names. None also where nine decimals cannot hold the factor to six digits.
    """
    if from_unit == to_unit:
        return Decimal(1)
    ours, theirs = _measure(from_unit), _measure(to_unit)
    if ours is None or theirs is None or ours[1] != theirs[1]:
        return None
    exact = ours[0] / theirs[0]
    kept = exact.quantize(STEP, ROUND_HALF_EVEN) if exact < LARGEST else Decimal(0)
    return kept if kept and abs(kept - exact) <= exact * CLOSE_ENOUGH else None


@cache
def _measure(unit: str) -> tuple[Decimal, str] | None:
    """(magnitude in base units, the dimension as text)."""
    registry = _registry()
    quantity = registry.Quantity(Decimal(1))
    for at, part in enumerate(unit.split("/")):
        times, name = _counted(part)
        if name is None:
            return None
        measured = registry.Quantity(times, name)
        quantity = quantity / measured if at else quantity * measured
    base = quantity.to_base_units()
    return Decimal(base.magnitude), str(base.dimensionality)


def _counted(part: str) -> tuple[Decimal, str | None]:
    name = _pint_names().get(part)
    if name is None and part.startswith(TEN_THOUSAND):
        return Decimal(10_000), _pint_names().get(part[1:])
    return Decimal(1), name


@cache
def _pint_names() -> Mapping[str, str]:
    return {cells["unit"]: f"atom{at}" for at, cells in enumerate(_atoms())}


@cache
def _registry() -> Any:
    # Imported here: pint takes a while to load, and only unseen units need it.
    from pint import UnitRegistry

    registry: Any = UnitRegistry(None, non_int_type=Decimal, cache_folder=None)
    words: set[str] = set()
    for cells in _atoms():
        words.update(re.findall(r"[a-z_]{2,}", cells["definition"]))
    for word in sorted(words):
        registry.define(f"{word} = [{word}]")
    for cells in _atoms():
        registry.define(f"{_pint_names()[cells['unit']]} = {cells['definition']}")
    return registry


def norm_units(book: NormBook) -> frozenset[str]:
    """Every unit that a row of the book is written in."""
    return frozenset(
        getattr(row, column)
        for table, column in NORM_UNITS.items()
        for row in getattr(book, table)
        if getattr(row, column)
    )


def factors(fact_units: Iterable[str], book: NormBook) -> list[tuple[str, str, Decimal]]:
    """Every convertible pair (from, to, factor), in order: from every unit of facts and norms to
    every unit of the norms and of the facts, identities included."""
    targets = sorted({*norm_units(book), *_EXTRA_TARGETS, *fact_units})
    found = []
    for from_unit in targets:
        for to_unit in targets:
            times = factor(_known(from_unit), _known(to_unit)) if from_unit != to_unit else 1
            if times is not None:
                found.append((from_unit, to_unit, Decimal(times)))
    return found


def _known(unit: str) -> str:
    return canonical(unit) or unit

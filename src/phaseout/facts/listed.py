"""Cells that hold a list: `key=value;…` (conditions) and `code=value unit;…` (permitted)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from phaseout.facts import units, written_numbers
from phaseout.facts.schema import folded
from phaseout.facts.vocabulary import Vocabulary, condition_keys


class Condition(NamedTuple):
    """One part of a cell `conditions`; number and day are None where the text is none."""

    key: str
    text: str
    number: Decimal | None
    day: date | None


class Permitted(NamedTuple):
    """One part of a cell `permitted_concentrations`."""

    pollutant_code: str
    value: Decimal
    unit: str


class Malformed(Exception):
    """A part that cannot be read, and why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)


@lru_cache(maxsize=32_768)  # each cell is read, and taken apart again when it is laid
def conditions(cell: str) -> tuple[list[Condition], list[str]]:
    """The conditions of a cell in the order of their keys, and the keys no norm asks for.

    Raises:
        Malformed: a part is not `key=value`, or a key is given two values.
    """
    found: dict[str, Condition] = {}
    unknown = []
    for part in _parts(cell):
        condition, strange = _condition(part)
        if strange:
            unknown.append(strange)
        key = condition.key
        if found.setdefault(key, condition) != condition:
            raise Malformed(f"“{key}”给了两个不同的值", f"{key} is given two different values")
    return [found[key] for key in sorted(found)], unknown


@lru_cache(maxsize=32_768)  # few parts make many cells, and each cell is read and laid
def _condition(part: str) -> tuple[Condition, str]:
    """One part of a cell, and its key as it was written where no norm asks for it."""
    written, text = _sides(part)
    known = condition_keys().get(folded(written))
    key, unit = known or (written, "")
    condition = Condition(key, text, _number(text, unit), written_numbers.day(text))
    return condition, "" if known else written


def permitted(cell: str, vocabulary: Vocabulary) -> tuple[list[Permitted], list[str]]:
    """The permitted concentrations of a cell by pollutant, and the codes nobody knows.

    Raises:
        Malformed: a part is not `code=value unit`, or a code is given twice.
    """
    found: dict[str, Permitted] = {}
    unknown = []
    for part in _parts(cell):
        written, text = _sides(part)
        names = vocabulary.names("pollutant").find(written)
        code = names[0] if names else written
        if not names:
            unknown.append(written)
        entry = Permitted(code, *_quantity(part, text, code, vocabulary))
        if found.setdefault(code, entry) != entry:
            raise Malformed(f"“{code}”给了两个不同的值", f"{code} is given two different values")
    return [found[code] for code in sorted(found)], unknown


def permitted_text(parts: Iterable[Permitted]) -> str:
    """One way of writing a list of permitted concentrations, so that two lists can be compared."""
    return ";".join(f"{p.pollutant_code}={_short(p.value)} {p.unit}" for p in parts)


def _short(value: Decimal) -> str:
    text = f"{value:.6f}"
    return text.rstrip("0").rstrip(".")


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；\n]", cell) if part.strip()]


def _sides(part: str) -> tuple[str, str]:
    name, sign, text = part.replace("＝", "=").partition("=")
    if not sign or not name.strip() or not text.strip():
        raise Malformed(f"“{part}”缺少键或值", f"{part!r} lacks a key or a value")
    return name.strip(), text.strip()


def _number(text: str, unit: str) -> Decimal | None:
    """The number a value says, in the unit of its key where it carries a unit of its own."""
    whole = written_numbers.number(text)
    if whole is not None or not unit:
        return _fitting(whole)
    split = _NUMBER_AND_UNIT.fullmatch(written_numbers.plain(text))
    value = written_numbers.number(split[1]) if split else None
    given = units.canonical(split[2]) if split else None
    asked = units.canonical(unit)
    if value is None or given is None or asked is None:
        return None
    times = units.factor(given, asked)
    return None if times is None else _fitting(value * times)


def _fitting(number: Decimal | None) -> Decimal | None:
    # The engine keeps 12 digits before the point and 6 behind it.
    return number if number is None or abs(number) < 10**12 else None


_NUMBER_AND_UNIT = re.compile(r"([+-]?[\d.,]+)\s*(\S.*)")


def _quantity(part: str, text: str, code: str, vocabulary: Vocabulary) -> tuple[Decimal, str]:
    split = _NUMBER_AND_UNIT.fullmatch(written_numbers.plain(text))
    bare = split is None and written_numbers.number(text) is not None
    value = _fitting(written_numbers.number(split[1] if split else text))
    if value is None:
        raise Malformed(f"“{part}”中没有数值", f"{part!r} holds no number")
    if value < 0:
        raise Malformed(f"“{part}”为负", f"{part!r} is negative")
    if bare and vocabulary.pollutant_units(code) == {"none"}:
        return value, "none"
    unit = units.canonical(unicodedata.normalize("NFKC", split[2])) if split else None
    if unit is None:
        raise Malformed(f"“{part}”缺少可识别的单位", f"{part!r} lacks a unit we know")
    return value, unit

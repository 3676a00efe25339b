"""The values of entries in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from phaseout.accounts.organisations import place_words
from phaseout.law.capacity import account
from phaseout.law.industries import INDUSTRIES
from phaseout.law.lists.columns import Column, columns_of
from phaseout.law.norms.wording import unit_name
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.saying import amount_said
from phaseout.registry.capacity.units import counted_in

NOTHING: Bilingual = ("—", "—")
DIMENSION_WORDS: dict[str, Bilingual] = {
    "energy": ("能耗", "energy"),
    "environment": ("环保", "environment"),
    "quality": ("质量", "quality"),
    "safety": ("安全", "safety"),
    "technology": ("技术", "technology"),
}
# Of fifteen columns nobody reads a table: what belongs together stands in one cell.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("line", "industry"),
    ("matter",),
    ("exit_form", "extent"),
    ("capacity", "capacity_unit"),
    ("decision", "authority"),
    ("since",),
    ("rectify_by", "rectify_from"),
    ("dismantle_by",),
    ("put_off",),
)
_YES_NO: dict[str, Bilingual] = {"yes": ("是", "yes"), "no": ("否", "no")}


def value_words(column: Column, value: Any) -> Bilingual:
    """How a value of an entry is said in Chinese and English; a dash where nothing is known."""
    if value in (None, ""):
        return NOTHING
    if column.type == "words":
        return value["zh"], value["en"]
    text = str(value)
    if column.key == "division_code":
        return place_words(text)
    if column.key == "industry":
        found = INDUSTRIES.get(text)
        return (found.zh, found.en) if found else (text, text)
    if column.key == "dimension":
        return DIMENSION_WORDS.get(text, (text, text))
    if column.key == "extended":
        return _YES_NO.get(text, (text, text))
    if column.key == "exit_form":
        return account(text).name
    if column.key == "capacity_unit":
        return unit_name(text, "zh"), unit_name(text, "en")
    return text, text


def heads(kind: str) -> list[Bilingual]:
    """The heads of the cells that `grouped` gives."""
    return [group[0].words for group in _groups(kind)]


def grouped(columns: Mapping[str, Any], kind: str) -> list[tuple[Bilingual, list[Bilingual]]]:
    """An entry by cells: (head, values in words), name, USCC and place left out."""
    found = []
    for group in _groups(kind):
        first, *rest = [_said(column, columns.get(column.key)) for column in group]
        if group[0].key == "rectify_by" and columns.get("extended") == "yes":
            rest.append(("已延期", "extended"))
        if group[0].key == "capacity":
            first, rest = as_counted(columns) or _joined(first, rest), []
        found.append((group[0].words, [first, *(one for one in rest if one != NOTHING)]))
    return found


def place_said(columns: Mapping[str, Any]) -> Bilingual:
    """Where the firm is: division and address."""
    zh, en = place_words(columns.get("division_code") or "")
    address = columns.get("address") or ""
    return f"{zh} {address}".strip(), f"{en} {address}".strip()


def _groups(kind: str) -> list[list[Column]]:
    known = {column.key: column for column in columns_of(kind)}
    found = [[known[key] for key in group if key in known] for group in GROUPS]
    return [group for group in found if group]


def _said(column: Column, value: Any) -> Bilingual:
    words = value_words(column, value)
    if column.key == "rectify_from" and words != NOTHING:
        return f"自{words[0]}起算", f"from {words[1]}"
    return words


def as_counted(columns: Mapping[str, Any]) -> Bilingual | None:
    """A capacity as officials count it: 23.4万t/a, as everywhere else. The value itself stands as
    it was published. None where nothing is known, or nobody knows the unit."""
    amount, unit = columns.get("capacity"), counted_in(columns.get("capacity_unit") or "")
    if not amount or unit is None:
        return None
    return amount_said(Decimal(amount) * unit[1], unit[0])


def _joined(first: Bilingual, rest: list[Bilingual]) -> Bilingual:
    if first == NOTHING or not rest:
        return first
    return f"{first[0]} {rest[0][0]}", f"{first[1]} {rest[0][1]}"

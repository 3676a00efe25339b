"""The values of entries in words."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.organisations import place_words
from phaseout.law.capacity import account
from phaseout.law.industries import INDUSTRIES
from phaseout.law.lists.columns import Column
from phaseout.law.norms.wording import unit_name
from phaseout.law.refusals import Bilingual

NOTHING: Bilingual = ("—", "—")
DIMENSION_WORDS: dict[str, Bilingual] = {
    "energy": ("能耗", "energy"),
    "environment": ("环保", "environment"),
    "quality": ("质量", "quality"),
    "safety": ("安全", "safety"),
    "technology": ("技术", "technology"),
}
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

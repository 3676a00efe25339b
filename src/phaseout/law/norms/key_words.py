"""What the keys of the method tables mean, in words: a person reads `立即停产停业整顿`, not a key.

    key_word("consequences", "consequence", "suspend_at_once")     the pair of words, or None
    key_of_another(row, "correction")                        the words another row gives the key
    is_said_beside(row, "ground")                            the row itself says in words what it is

`tables/key_words.csv` has the words; a line without a table holds for the field in every table.
The rows are untouched by them: their digest is that of what they say by keys.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.records import Row
from phaseout.law.refusals import Bilingual

SAID_BESIDE: Mapping[str, str] = {
    "group": "zh",
    "ground": "zh",
    "way": "zh",
    "use": "zh",
    "matter": "matter_zh",
    "key": "zh meaning_zh",
    "kind": "name_zh",
    "correction": "label_zh",
}
"""Fields that only name the row to the program, and the columns of the row that say it in words."""


def key_word(table: str, field: str, key: str) -> Bilingual | None:
    """The words of a key in a field of a method table (its name without `methods.`).

    >>> key_word("data_marks", "use", "stopped")[0], key_word("fund_uses", "fund", "award")[1]
    ('停运（不计入）', 'award fund')
    >>> key_word("data_marks", "mark", "N")
    """
    return _words().get((field, table, key)) or _words().get((field, "", key))


def is_said_beside(row: Row, field: str) -> bool:
    """Whether other columns of the row say in words what the key in this field stands for."""
    return any(getattr(row, name, "") for name in SAID_BESIDE.get(field, "").split())


def key_of_another(field: str, key: str) -> Bilingual | None:
    """The words that another table gives a key which this field refers to.

    >>> key_of_another("kind", "mining_licence")[0], key_of_another("key", "open_type")[0]
    ('采矿许可证', '开放式')
    """
    return _of_others().get((field, key))


@cache
def _words() -> Mapping[tuple[str, str, str], Bilingual]:
    file = resources.files(__package__) / "tables" / "key_words.csv"
    lines = (x for x in StringIO(file.read_text(encoding="utf-8")) if not x.startswith("#"))
    found: dict[tuple[str, str, str], Bilingual] = {}
    for cells in csv.DictReader(lines):
        place = cells["field"], cells["table"], cells["key"]
        if place in found:
            raise ValueError(f"key_words.csv: {place} stands twice")
        found[place] = cells["zh"], cells["en"]
    return found


@cache
def _of_others() -> Mapping[tuple[str, str], Bilingual]:
    found: dict[tuple[str, str], Bilingual] = {}
    for field, table, zh, en in (
        ("kind", "permit_kinds", "name_zh", "name_en"),
        ("key", "equipment_keys", "zh", "en"),
        ("correction", "energy_corrections", "label_zh", "label_en"),
    ):
        for row in method_rows(table):
            found[field, getattr(row, field)] = getattr(row, zh), getattr(row, en)
    for term in NormBook.load().procedural_terms:
        found["term", term.row_id] = found["extension_term", term.row_id] = (
            term.term_zh,
            term.term_en,
        )
    return found

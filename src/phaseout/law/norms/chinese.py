"""The received remarks in Chinese: the prose of the norm store as an official reads it.

Conditions, remarks, evidence and starts of terms were received in English. `tables/chinese.csv`
says each wording once more in Chinese. It is this project's translation: where the two differ the
received text rules, and the received rows are never touched. What it does not know is left as it
came; `untranslated` finds that.

    text      the received wording: a whole cell, or one part of it between semicolons
    text_zh   the same in Chinese, with every number, address and standard number
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.law.norms.reading import fragments
from phaseout.law.norms.records import EquipmentEntry, Row, Source

PROSE = (
    "clause", "evidence", "condition", "starts_on", "basis", "measure", "indicator_en",
    "note", "record", "required", "format", "allowed_values", "exceptions_en",
)  # fmt: skip
"""The columns of rows that were received in English and may have no Chinese column beside them.
Units are said by `units.csv` (`wording.unit_name`)."""

SOURCE_PROSE = ("number", "issuer", "superseded_by", "url")
"""Those of the documents."""


def in_chinese(text: str) -> str:
    """The text in Chinese; a part that has no translation stays as it was received.

    >>> in_chinese("recalled, confidence high, not checked")
    '凭记忆录入，可信度高，未经核对'
    >>> in_chinese("discharge=direct; a remark of tomorrow")
    '直接排放；a remark of tomorrow'
    """
    known = translations()
    if text in known:
        return known[text]
    parts = fragments(text)
    if not any(part in known for part in parts):
        return text
    said = [known.get(part, part) for part in parts]
    # An address ends at a blank wherever it is made a link or copied.
    return (" ; " if any("://" in part for part in said) else "；").join(said)


def untranslated(text: str) -> list[str]:
    """The parts of the text that are English prose without a translation: none of an address, of
    a file in a repository, of a number or of Chinese.

    >>> untranslated("https://example.org/a.html ; averaging=inferred ; a remark of tomorrow")
    ['a remark of tomorrow']
    """
    known = translations()
    if text in known:
        return []
    return [part for part in fragments(text) if part not in known and _is_prose(part)]


def prose_of(row: Row) -> Iterator[tuple[str, str]]:
    """Column and text of what a row says in prose columns, in the order of the record."""
    for field in fields(row):
        if field.name not in PROSE or has_chinese_beside(row, field.name):
            continue
        if text := getattr(row, field.name):
            yield field.name, text


def prose_of_source(source: Source) -> Iterator[tuple[str, str]]:
    """The same for a document."""
    for name in SOURCE_PROSE:
        if text := getattr(source, name):
            yield name, text


def has_chinese_beside(row: Row, column: str) -> bool:
    """Whether a Chinese column of the row says the same as this English one."""
    if column == "exceptions_en":
        return isinstance(row, EquipmentEntry) and bool(row.exceptions_zh)
    return column.endswith("_en") and bool(getattr(row, f"{column[:-3]}_zh", ""))


@cache
def translations() -> Mapping[str, str]:
    """Every wording with its Chinese. Lines that begin with # tell about the file.

    Raises:
        ValueError: a wording stands twice.
    """
    file = resources.files(__package__) / "tables" / "chinese.csv"
    lines = (x for x in StringIO(file.read_text(encoding="utf-8")) if not x.startswith("#"))
    found: dict[str, str] = {}
    for cells in csv.DictReader(lines):
        if cells["text"] in found:
            raise ValueError(f"chinese.csv: {cells['text']!r} stands twice")
        found[cells["text"]] = cells["text_zh"]
    return found


_ADDRESS = re.compile(r"https?://\S+")
_OF_A_FILE = re.compile(r"#all$|\S*(?:/|@|\.md\b|\.pdf\b|\.json\b|\.py\b)\S*")
_WORD = re.compile(r"[a-z]{3,}")


def _is_prose(text: str) -> bool:
    bare = _OF_A_FILE.sub("", _ADDRESS.sub("", text))
    return bool(_WORD.search(re.sub("(?i)github:?", "", bare)))

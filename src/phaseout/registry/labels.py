"""Fact tables and their columns as people name them, and cells as people write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast

from phaseout.accounts.organisations import divisions
from phaseout.facts.schema import choice_labels, tables
from phaseout.findings.export import plain
from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.explain.energy_parts import english_names
from phaseout.law.judgement.explain.english import energy_en, equipment_en, pollutant_names
from phaseout.law.judgement.explain.subjects import permit_names
from phaseout.law.norms.book import NormBook
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.technology import EquipmentKey
from phaseout.law.norms.wording import cited_as, unit_name
from phaseout.law.refusals import Bilingual

_MORE_COLUMNS: Mapping[str, Bilingual] = {
    "source_id": ("判定依据", "criterion"),
    "clause": ("条款", "clause"),
    "pollutant_code": ("污染物", "pollutant"),
    "key": ("条件", "condition"),
    "text": ("内容", "value"),
}


@cache
def table_words() -> Mapping[str, Bilingual]:
    """Fact table → its name."""
    named = {
        name: (table.zh, name.replace("_", " ").capitalize()) for name, table in tables().items()
    }
    return {**named, "permitted": ("许可浓度", "Permitted concentrations")}


@cache
def column_words(table: str) -> Mapping[str, Bilingual]:
    """Column of a fact table → its name."""
    known = tables().get(table)
    named = {column.name: (column.zh, column.en) for column in known.columns} if known else {}
    if table == "permitted":
        named |= {"value": ("许可浓度", "permitted concentration"), "unit": ("单位", "unit")}
    return {**_MORE_COLUMNS, **named}


def cell_words(table: str, column: str, value: Any) -> Bilingual:
    """A cell as people write it, in both languages; empty where nothing is known."""
    if value is None or value == "":
        return "", ""
    if column == "division_code":
        zh, en = divisions().get(str(value), ("", ""))
        return f"{zh} {value}".strip(), f"{en} {value}".strip()
    if column == "industry" and (industry := INDUSTRIES.get(str(value))):
        return industry.zh, industry.en
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    if named := _named(table, column, value):
        return named
    if choice := _choices(table, column).get(str(value)):
        return choice, str(value).replace("_", " ")
    return (_text(value),) * 2


def _named(table: str, column: str, value: Any) -> Bilingual | None:
    """Names that the tables of the law have in both languages; None for another column."""
    if column == "pollutant_code":
        return pollutant_names(value)
    if column in ("unit", "capacity_unit"):
        return unit_name(value, "zh"), unit_name(value, "en")
    if (table, column) == ("permits", "kind"):
        return permit_names().get(value)
    if (table, column) == ("equipment", "attribute"):
        return _attributes().get(value)
    if column in ("source_id", "standard"):
        return cited_as(value)
    if english := _ENGLISH.get(column):
        return value, english(value)
    return None


@cache
def _attributes() -> Mapping[str, Bilingual]:
    """Attribute of equipment, as facts hold it → its name: the catalogue's, or that of the rules of
    exceptions and kinds."""
    items = NormBook.load().equipment_catalogue
    keys = cast(tuple[EquipmentKey, ...], method_rows("equipment_keys"))
    named = {
        one.attribute_en: (one.attribute_zh, one.attribute_en.replace("_", " ")) for one in items
    }
    return named | {one.key: (one.zh, one.en) for one in keys}


def _name_en(name: str) -> str:
    return english_names().get(name, name)


_ENGLISH: Mapping[str, Callable[[str], str]] = {
    "product": _name_en,
    "process": _name_en,
    "indicator": _name_en,
    "energy": energy_en,
    "type": equipment_en,
}
"""Columns of names that facts hold in Chinese → the English name, as far as one is known."""


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value) or ""
    if isinstance(value, float):
        return plain(Decimal(repr(value))) or ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _choices(table: str, column: str) -> Mapping[str, str]:
    """The keys of a closed list with their Chinese names; empty where the column has none."""
    known = tables().get(table)
    if known is None or column not in {each.name for each in known.columns}:
        return {}
    listed = known.column(column).choices
    return dict(choice_labels(listed)) if listed else {}

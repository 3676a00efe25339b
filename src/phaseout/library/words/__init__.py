"""Names for people: the fields of rows, the tables of method, short names people search by.

fields.csv     a field of a record, in Chinese and English
methods.csv    a table of method, in Chinese and English
aliases.csv    what people type (so2) and the name in the norms (二氧化硫)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from phaseout.law.norms.book import TABLES, read_csv
from phaseout.law.norms.wording import TABLE_NAMES
from phaseout.law.refusals import Bilingual


@cache
def field_names() -> Mapping[str, Bilingual]:
    """The label of every field of every record, by the name of its column."""
    return _pairs("fields.csv")


@cache
def table_names() -> Mapping[str, Bilingual]:
    """Every table by its name: those of norms as the law words them, then those of method."""
    return {**TABLE_NAMES, **_pairs("methods.csv")}


@cache
def aliases() -> Mapping[str, str]:
    """What people type for a name in the norms."""
    file = resources.files(__package__) / "aliases.csv"
    return {cells["typed"]: cells["means"] for _, cells in read_csv(file)}


def table_name(table: str) -> Bilingual:
    """The table in words; `methods.product_names` goes by `product_names`."""
    name = table.removeprefix("methods.")
    return table_names().get(name if table not in TABLES else table, (table, table))


def _pairs(name: str) -> Mapping[str, Bilingual]:
    file = resources.files(__package__) / name
    return {cells["name"]: (cells["zh"], cells["en"]) for _, cells in read_csv(file)}

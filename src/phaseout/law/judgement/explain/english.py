"""English names and clauses for the English half of an explanation.

The norm tables give most names in both languages; a clause is cited as the print numbers it, and
its few words are in `clause_words.csv`. What has no English stays as it is: no name is made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from importlib import resources

from phaseout.law.norms import NormBook
from phaseout.law.norms.book import read_csv
from phaseout.law.norms.pollutants import hj212_pollutants

_FIGURES = "一二三四五六七八九"
_NUMERAL = "[一二三四五六七八九十百]+|[0-9]+"


def clause_en(clause: str | None) -> str:
    """A clause in English, as far as its words are known.

    >>> clause_en("4.3 表2 序号10"), clause_en("第三条第1项"), clause_en("表5、表6")
    ('4.3 table 2 no. 10', 'art. 3 item 1', 'table 5, table 6')
    >>> clause_en("二十一"), clause_en("八")
    ('21', '8')
    >>> clause_en("第三类 淘汰类 一、落后生产工艺装备 （五）钢铁")
    'class 3 eliminate class 1. outdated processes and equipment (5) steel'
    """
    return clause or "" if not clause or clause.isascii() else _translated(clause)


def condition_key(key: str) -> tuple[str, str]:
    """The label of a condition that facts may give, in Chinese and English, with its key."""
    zh, en = _condition_keys().get(key, (key, key))
    return (key, key) if zh == key else (f"{zh}（{key}）", f"{en} ({key})")


def energy_en(energy: str) -> str:
    """The English name of an energy carrier; as given where no table knows it."""
    return _energies().get(energy, energy)


def equipment_en(equipment_type: str) -> str:
    """The English name of a type of equipment, of any edition of any catalogue."""
    return _equipment().get(equipment_type, equipment_type)


def product_en(product: str, row_product_en: str | None) -> str:
    """The English name of a tested product; where only the row that reaches it is known, the
    row's product with the grade as given (复合水泥P·C: composite cement P·C).

    >>> product_en("HRB400", "ribbed bar HRB400"), product_en("某钢HRB500", "ribbed bar")
    ('HRB400', 'ribbed bar HRB500')
    """
    known = _products().get(product)
    if known or not row_product_en or not re.search("[\u4e00-\u9fff]", product):
        return known or product
    grade = re.sub("[^!-~·]+", " ", product).strip()
    return row_product_en if grade in row_product_en else f"{row_product_en} {grade}"


def pollutant_names(code: str) -> tuple[str, str]:
    """The plainest Chinese and English name of a pollutant code; the code where none is known."""
    return _pollutants().get(code, (code, code))


def unit_en(unit: str) -> str:
    """A unit in English letters.

    >>> unit_en("万kWh"), unit_en("t")
    ('10⁴ kWh', 't')
    """
    return unit.replace("万", "10⁴ ")


@cache
def _translated(clause: str) -> str:
    text = clause
    for numbered, english in _NUMBERED:
        text = numbered.sub(partial(_numbered, english), text)
    for zh, en in _words():
        text = text.replace(zh, f" {en} ")
    text = text.translate(_SIGNS)
    text = re.sub(r"\s+", " ", text).strip().replace("– art. ", "–")
    return re.sub(r" (?=[,).])|(?<=\() ", "", text).replace(" / ", "/")


def _numbered(english: str, found: re.Match[str]) -> str:
    return f" {english.format(_figure(found[1]))} "


_SIGNS = str.maketrans({"、": ", ", "，": ", ", "（": " (", "）": ") ", "第": " ", "表": " table "})

_NUMBERED = tuple(
    (re.compile(pattern.format(_NUMERAL)), english)
    for pattern, english in (
        ("第({})条至", "art. {}–"),
        ("第({})条", "art. {}"),
        ("第({})款", "para. {}"),
        ("第({})项", "item {}"),
        ("序号({})", "no. {}"),
        ("表({})", "table {}"),
        ("附件({})", "annex {}"),
        ("（({})）", "({})"),
        ("({})、(?=[^表])", "{}."),
        ("^({})(?=（|$)", "{}"),
    )
)


def _figure(written: str) -> int:
    """A Chinese or Arabic numeral below a thousand.

    >>> _figure("三"), _figure("十二"), _figure("三十六"), _figure("一百七十四"), _figure("10")
    (3, 12, 36, 174, 10)
    """
    if written.isdecimal() and written.isascii():
        return int(written)
    value = last = 0
    for sign in written:
        if sign in "十百":
            value += (last or 1) * (10 if sign == "十" else 100)
            last = 0
        else:
            last = _FIGURES.index(sign) + 1
    return value + last


@cache
def _words() -> tuple[tuple[str, str], ...]:
    rows = [cells for _, cells in read_csv(resources.files(__package__) / "clause_words.csv")]
    return tuple(sorted(((r["zh"], r["en"]) for r in rows), key=lambda word: -len(word[0])))


@cache
def _condition_keys() -> Mapping[str, tuple[str, str]]:
    file = resources.files("phaseout.law.norms") / "readings" / "keys.csv"
    return {cells["key"]: (cells["zh"], cells["en"]) for _, cells in read_csv(file)}


@cache
def _energies() -> Mapping[str, str]:
    return {row.energy_zh: row.energy_en for row in NormBook.load().energy_factors}


@cache
def _equipment() -> Mapping[str, str]:
    rows = NormBook.load().equipment_catalogue
    return {row.equipment_type_zh: row.equipment_type_en for row in rows}


@cache
def _products() -> Mapping[str, str]:
    return {row.product_zh: row.product_en for row in NormBook.load().product_standards}


@cache
def _pollutants() -> Mapping[str, tuple[str, str]]:
    named: dict[str, tuple[str, str]] = {}
    listed = {
        c["code_2017"]: (c["name_zh"], c["name_en"] or c["name_zh"]) for c in hj212_pollutants()
    }
    for row in NormBook.load().emission_limits:
        names = (row.pollutant_zh, row.pollutant_en)
        before = named.setdefault(row.pollutant_code, names)
        named[row.pollutant_code] = min(before, names, key=lambda pair: (len(pair[0]), pair))
    return {**listed, **named}

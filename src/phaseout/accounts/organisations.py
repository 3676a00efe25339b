"""Organisations by function, with the names they bore; and the places they act in."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.accounts.models import OrganisationName
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.refusals import Bilingual, Refusal

REGION_CODE = "640000"
REGION_WORDS: Bilingual = ("宁夏回族自治区", "Ningxia Hui Autonomous Region")


def load_organisations() -> int:
    """Bring the table of names up to the region pack; returns how many names there are."""
    names = [
        OrganisationName(
            function=holder.function,
            level=holder.level,
            name_zh=holder.name_zh,
            name_en=holder.name_en,
            held_from=holder.held_from,
            held_to=holder.held_to,
            confidence=holder.confidence,
        )
        for holder in Opinions.of().holders
    ]
    OrganisationName.objects.bulk_create(
        names,
        update_conflicts=True,
        unique_fields=["function", "held_from"],
        update_fields=["level", "name_zh", "name_en", "held_to", "confidence"],
    )
    return len(names)


def function_at(function: str, division_code: str) -> str:
    """The function as the tables name it: `cities` of a place is that city's government."""
    return Opinions.of().city_function(division_code) if function == CITIES else function


def office_name(function: str, division_code: str, on: date) -> Bilingual:
    """The name of an office on a day; the function itself where the record has no name."""
    try:
        return Opinions.of().name_of(function_at(function, division_code), on)
    except Refusal:
        return function, function


def in_full(name: str) -> str:
    """The name of an office as its documents bear it: 自治区… with the region's own name, since
    the mark and the signature of a document give the full name (GB/T 9704-2012, 7.2.4, 7.3.5.1).

    >>> in_full("自治区环境保护厅"), in_full("银川市人民政府"), in_full("宁夏煤矿安全监察局")
    ('宁夏回族自治区环境保护厅', '银川市人民政府', '宁夏煤矿安全监察局')
    """
    return f"{REGION_WORDS[0]}{name.removeprefix('自治区')}" if name.startswith("自治区") else name


def functions_on(day: date) -> Mapping[str, Bilingual]:
    """Every function that somebody holds on `day`, with the name of that day; cities as one."""
    named = {
        holder.function: (holder.name_zh, holder.name_en)
        for holder in Opinions.of().holders
        if holder.holds_on(day) and not holder.function.startswith("city_")
    }
    return {**named, CITIES: ("市人民政府及其部门", "city governments and their departments")}


def place_words(code: str) -> Bilingual:
    """A place by its division code in Chinese and English; the code itself where it is unknown."""
    return divisions().get(code, (code, code))


@cache
def divisions() -> Mapping[str, Bilingual]:
    """Division code → name: the region, its cities, its counties, in order of the code.

    >>> divisions()["640106"]
    ('银川市金凤区', 'Jinfeng District, Yinchuan')
    """
    file = resources.files("phaseout.regions.ningxia") / "divisions.csv"
    rows = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
    own = {row["adcode"]: (row["name_zh"], row["name_en"]) for row in rows}
    named = {row["adcode"]: _within(own.get(row["parent_adcode"]), row) for row in rows}
    return {REGION_CODE: REGION_WORDS, **dict(sorted(named.items()))}


@cache
def cities() -> Mapping[str, Bilingual]:
    """Division code → name of the cities, in order of the code."""
    return {c: n for c, n in divisions().items() if c.endswith("00") and c != REGION_CODE}


@cache
def counties() -> Mapping[str, Bilingual]:
    """Division code → name of the counties and districts, in order of the code."""
    return {c: n for c, n in divisions().items() if not c.endswith("00")}


def _within(city: Bilingual | None, row: Mapping[str, str]) -> Bilingual:
    zh, en = row["name_zh"], row["name_en"]
    return (zh, en) if city is None else (f"{city[0]}{zh}", f"{en}, {city[1]}")

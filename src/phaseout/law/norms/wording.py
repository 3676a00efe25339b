"""A norm row in words for people: what it is about, whom it addresses, what it sets.

The words of the tables (`existing`, `grade3`, `recalled-high` …) in Chinese and in English, in one
place, for the command line and the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from phaseout.law.industries import ALL_INDUSTRIES, INDUSTRIES
from phaseout.law.norms.book import NormBook
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.records import (
    CreditField,
    EmissionLimit,
    EnergyFactor,
    EnergyLimit,
    EquipmentEntry,
    HazardCriterion,
    PriceRule,
    ProceduralTerm,
    ProductLimit,
    Row,
)
from phaseout.law.norms.units import norm_units

_ZH = 0
_EN = 1

TABLE_NAMES: Mapping[str, tuple[str, str]] = {
    "energy_limits": ("能耗限额", "energy limits"),
    "energy_factors": ("折标准煤系数", "coal-equivalent factors"),
    "emission_limits": ("污染物排放限值", "emission limits"),
    "product_standards": ("产品质量指标", "product characteristics"),
    "hazard_criteria": ("重大事故隐患判定标准", "major-accident hazards"),
    "equipment_catalogue": ("产业结构调整目录条目", "equipment catalogue"),
    "price_rules": ("差别化价格", "price rules"),
    "procedural_terms": ("程序期限", "procedural terms"),
    "credit_fields": ("信用公示字段", "credit publicity fields"),
}
"""The tables by their names for people, in the order in which they are shown."""

WORDS: Mapping[str, tuple[str, str]] = {
    "existing": ("现有", "existing"),
    "new": ("新建", "new"),
    "special": ("特别排放限值", "special"),
    "ultra_low": ("超低排放", "ultra-low"),
    "limit": ("限定值", "limit value"),
    "access": ("准入值", "access value"),
    "advanced": ("先进值", "advanced value"),
    "grade1": ("1级", "grade 1"),
    "grade2": ("2级", "grade 2"),
    "grade3": ("3级", "grade 3"),
    "hour": ("小时均值", "hourly mean"),
    "day": ("日均值", "daily mean"),
    "any": ("任意一次", "any reading"),
    "air": ("废气", "air"),
    "water": ("废水", "water"),
    "class eliminate": ("淘汰类", "eliminate class"),
    "class limit": ("限制类", "limit class"),
    "verified": ("已核", "verified"),
    "recalled-high": ("凭记忆（较有把握）", "recalled-high"),
    "recalled-medium": ("凭记忆（把握不大）", "recalled-medium"),
    "lt": ("＜", "<"),
    "le": ("≤", "<="),
    "gt": ("＞", ">"),
    "ge": ("≥", ">="),
    "eq": ("＝", "="),
    "gt_lt": ("介于两值之间", "between two values"),
    "<=": ("≤", "<="),
    ">=": ("≥", ">="),
    "open": ("不限", "open"),
    "no figure": ("本版未定数值", "the edition sets no figure"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One row in words. `limit` is text with comparator and unit, or says that none is set."""

    subject: str
    asks: str
    whom: str
    limit: str


@dataclass(frozen=True, slots=True)
class _Tongue:
    """The language in which a row is put into words: `_ZH` or `_EN`."""

    at: int

    def word(self, key: str) -> str:
        """Of a key of the store; the key itself where it has no word."""
        return WORDS.get(key, (key, key))[self.at]

    def named(self, zh: str, en: str) -> str:
        """The name in this language, or in the other where it has none."""
        return (en or zh) if self.at == _EN else (zh or en)

    def told(self, received: str) -> str:
        """A remark received in English."""
        return received if self.at == _EN else in_chinese(received)


def describe(row: Row, lang: str) -> Words:
    """The row in words, `lang` zh or en."""
    at = _EN if lang == "en" else _ZH
    tongue = _Tongue(at)
    word, named, told = tongue.word, tongue.named, tongue.told
    match row:
        case EnergyLimit():
            process = named(row.process_zh, row.process_en)
            product = named(row.product_zh, row.product_en)
            return Words(
                f"{product}（{process}）" if process and at == _ZH else _joined(product, process),
                named(row.indicator_zh, row.indicator_en),
                " ".join(word(part) for part in (row.applies_to, row.grade) if part != "all"),
                _figure(row.comparator, row.value, row.unit, at),
            )
        case EmissionLimit():
            return Words(
                f"{word(row.medium)} {named(row.source_zh, row.source_en)}",
                named(row.pollutant_zh, row.pollutant_en),
                f"{word(row.limit_kind)} {word(row.averaging)}",
                _figure(row.comparator, row.value, row.unit, at),
            )
        case ProductLimit():
            return Words(
                named(row.product_zh, row.product_en),
                named(row.characteristic_zh, row.characteristic_en),
                "",
                _figure(row.comparator, row.value, row.unit, at),
            )
        case EquipmentEntry():
            return Words(
                named(row.equipment_type_zh, row.equipment_type_en),
                named(row.attribute_zh, row.attribute_en.replace("_", " ")),
                word(f"class {row.class_}"),
                _test(row, at),
            )
        case HazardCriterion():
            return Words(named(row.criterion_zh_short, row.criterion_en), "", "", "")
        case EnergyFactor():
            figure = "" if row.kgce_per_unit is None else f"{row.kgce_per_unit} kgce/{row.unit}"
            return Words(named(row.energy_zh, row.energy_en), told(row.basis), "", figure)
        case PriceRule():
            band = f"({row.band_low or '–'}, {row.band_high or '–'}] {unit_name(row.unit, lang)}"
            surcharge = f"{row.surcharge} {unit_name(row.surcharge_unit, lang)}".strip()
            return Words(
                named(row.subject_zh, row.subject_en), told(row.indicator_en), told(row.measure),
                f"{band}: {surcharge}",
            )  # fmt: skip
        case ProceduralTerm():
            length = f"{row.length} {unit_name(row.unit, lang)}".strip()
            return Words(named(row.term_zh, row.term_en), told(row.starts_on), "", length)
        case CreditField():
            limit = f"{told(row.format)} {row.max_length}".strip()
            name = named(row.name_zh, row.meaning_en)
            return Words(name, row.field_code, told(row.record), limit)
    return Words(row.row_id, "", "", "")


def industry_name(key: str, lang: str) -> str:
    """The industry's name; every industry for `all`."""
    if key == ALL_INDUSTRIES:
        return "all industries" if lang == "en" else "各行业"
    industry = INDUSTRIES.get(key)
    if industry is None:
        return key
    return industry.en if lang == "en" else industry.zh


def cited_as(source_id: str, clause: str = "") -> tuple[str, str]:
    """A document and a clause of it as people write them: by its number, else by its title; the id
    itself where it names no document of ours.

    >>> cited_as("GB21346-2013", "4.1")[0], cited_as("PQL-2018")[1]
    ('GB 21346-2013 4.1', 'Product Quality Law')
    """
    clause = clause.removesuffix("#all").strip()  # our mark of tests that hit together
    clause_zh = in_chinese(clause)
    source = NormBook.load().sources.get(source_id)
    if source is None:
        name = source_id, source_id
    elif source.number:
        name = source.number, source.number if source.number.isascii() else source.title_en
    else:
        name = f"《{source.title_zh}》", source.title_en
    return f"{name[0]} {clause_zh}".strip(), f"{name[1]} {clause}".strip()


NO_UNIT = frozenset(("", "-", "none", "1"))
"""How the tables write that a figure has no unit."""

A_TIME = ("/a", "/d")
_TEN_THOUSAND = {"zh": "万", "en": "10⁴ "}


@cache
def unit_name(unit: str, lang: str) -> str:
    """A unit in words where it is no sign everybody reads (`working_day`), and in Chinese where it
    says how much a year or a day, as the Opinions write capacity (万吨/年); else the sign.

    >>> unit_name("万standard hides/a", "zh"), unit_name("万kWh", "en"), unit_name("none", "zh")
    ('万标张/年', '10⁴ kWh', '')
    >>> unit_name("万t/a", "zh"), unit_name("t/a", "en")
    ('万吨/年', 't/a')
    >>> unit_name("mg/m3", "zh")
    'mg/m³'
    """
    if unit in NO_UNIT:
        return ""
    counted = unit.removeprefix("万")
    if counted != unit:
        return _TEN_THOUSAND[lang] + unit_name(counted, lang)
    known = norm_units().get(unit)
    word = "_" in unit or (unit.isalpha() and unit.islower() and len(unit) > 2 and unit != "min")
    # A unit of several words is English as it stands in the tables.
    if known is None or not (word or (lang == "zh" and (" " in unit or unit.endswith(A_TIME)))):
        unit = unit.replace("m3", "m³")
        return unit.replace("CNY", "元") if lang == "zh" else unit
    return known.en if lang == "en" else known.zh


def shown_span(first: date | None, last: date | None, lang: str) -> str:
    """A validity for a column of a table; both ends are inside, an open end is a dash."""
    return f"{first or '—'}{' to ' if lang == 'en' else '至'}{last or '—'}"


def shown_day(day: date | None) -> str:
    """The day in Chinese; a dash where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _figure(comparator: str, value: Decimal | None, unit: str, at: int) -> str:
    if value is None:
        return WORDS["no figure"][at]
    if comparator == "presence":
        there = ("须有", "must be there") if value else ("不得有", "must not be there")
        return there[at]
    shown = f" {unit_name(unit, ('zh', 'en')[at])}".rstrip()
    return f"{WORDS[comparator][at]} {value}{shown}"


def _test(row: EquipmentEntry, at: int) -> str:
    if row.comparator == "presence":
        return ("有即属于", "its presence")[at]
    shown = f" {unit_name(row.unit, ('zh', 'en')[at])}".rstrip()
    if row.comparator == "gt_lt":
        low, _, high = row.threshold.partition(";")
        return f"{WORDS['gt'][at]} {low}, {WORDS['lt'][at]} {high}{shown}"
    return f"{WORDS[row.comparator][at]} {row.threshold}{shown}"

"""Rows and documents in the words of the page's language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.judgement.explain.english import clause_en, condition_key
from phaseout.law.judgement.reasons import reasons
from phaseout.law.norms import NormBook
from phaseout.law.norms.book import NATIONAL
from phaseout.law.norms.chinese import (
    PROSE,
    has_chinese_beside,
    in_chinese,
    prose_of,
    prose_of_source,
)
from phaseout.law.norms.key_words import is_said_beside, key_of_another, key_word
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.environment import ConditionWord
from phaseout.law.norms.plain import parts_of
from phaseout.law.norms.reading import Kind, Part
from phaseout.law.norms.records import EquipmentEntry, PriceRule, Row, Source
from phaseout.law.norms.validity import of_row
from phaseout.law.norms.wording import WORDS, cited_as, describe, industry_name, unit_name
from phaseout.law.refusals import Bilingual
from phaseout.library.shelf import is_norm, table_of
from phaseout.library.standing import Standing
from phaseout.library.words import field_names
from phaseout.pages.templatetags.phaseout import english, remark, said
from phaseout.reporting.words import DIMENSIONS, say

PART_WORDS: Mapping[Kind, Bilingual] = {
    Kind.CONDITION: ("条件", "condition"),
    Kind.OPEN: ("待定条件", "open condition"),
    Kind.CORRECTION: ("修正", "correction"),
    Kind.REMARK: ("备注", "remark"),
}
_SIGNS = {"=": "＝", "!=": "≠", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥", "in": "＝"}
_LEFT_OUT = {"row_id", "source_id", "clause", "evidence", "confidence"}


@dataclass(frozen=True, slots=True)
class Said:
    """One part of a row's prose: what kind it is, in words, and as the store has it, in the page's
    language. `received` is the wording that came, where `prose` is our translation of it."""

    kind: Kind
    words: str
    prose: str
    received: str = ""

    @property
    def label(self) -> Bilingual:
        return PART_WORDS[self.kind]

    @property
    def bears(self) -> bool:
        """Whether it decides something: a remark does not."""
        return self.kind is not Kind.REMARK


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as a line of a table, in the page's language."""

    row: Row
    subject: str
    asks: str
    whom: str
    limit: str
    industry: str
    clause: str
    first: date | None
    last: date | None
    parts: tuple[Said, ...]
    standing: Standing | None

    @property
    def document(self) -> str:
        """The number of its document, or the title of one without."""
        return said(cited_as(self.row.source_id))

    @property
    def conditions(self) -> list[Said]:
        return [part for part in self.parts if part.bears]

    @property
    def remarks(self) -> list[Said]:
        return [part for part in self.parts if not part.bears]


def language() -> str:
    """zh or en: the language of the page being made."""
    return "en" if english() else "zh"


def show(row: Row, standing: Standing | None = None) -> ShownRow:
    """The row in words."""
    lang = language()
    words = describe(row, lang)
    validity = of_row(row, NormBook.load().sources.get(row.source_id))
    industry = getattr(row, "industry", "")
    return ShownRow(
        row,
        words.subject if is_norm(row) else method_subject(row),
        words.asks,
        words.whom,
        words.limit,
        industry_name(industry, lang) if industry else "",
        clause(row.clause),
        validity.first,
        validity.last,
        tuple(parts(row)),
        standing,
    )


def show_all(rows: Iterable[Row], standings: Mapping[str, Standing]) -> list[ShownRow]:
    """The rows in words, with their standing."""
    return [show(row, standings.get(row.row_id)) for row in rows]


def clause(text: str) -> str:
    bare = text.removesuffix("#all").strip()  # our mark of tests that hit together
    return clause_en(bare) if english() else remark(bare)


def received(shown: Row | Source) -> list[tuple[str, str]]:
    """Label and received wording of what a Chinese page shows of a row or a document in
    translation; nothing on an English page."""
    if english():
        return []
    prose = prose_of_source(shown) if isinstance(shown, Source) else prose_of(shown)
    return [(_label(shown, name, 0), text) for name, text in prose if in_chinese(text) != text]


def _label(of: Row | Source, name: str, at: int) -> str:
    labels = field_names()
    wanted = [f"source_{name}"] if isinstance(of, Source) else []
    if not at and name.endswith("_en") and not hasattr(of, f"{name[:-3]}_zh"):
        wanted.append(f"{name[:-3]}_zh")  # no Chinese column beside it: this one is said in Chinese
    return next((labels[one][at] for one in (*wanted, name) if one in labels), name)


def title(source: Source) -> str:
    """The document's title in the page's language."""
    return (source.title_en if english() else source.title_zh) or source.title_zh


def number(source: Source) -> str:
    """The document's number; its title where it bears none."""
    return remark(source.number) or source.title_zh or source.source_id


def parts(row: Row) -> Iterator[Said]:
    """The row's prose: conditions in words, then as written; names of the subject are no part."""
    subject = {getattr(row, name, "") for name in ("process_zh", "source_zh")}
    told: set[tuple[Kind, str]] = set()
    for part in parts_of(row):
        if part.prose in subject or (part.kind, part.prose) in told:
            continue
        if part.kind is not Kind.CONDITION:
            told.add((part.kind, part.prose))
        prose = _prose(row, part)
        yield _said(part.kind, condition_words(part), prose)
    if isinstance(row, PriceRule) and row.condition:
        yield _said(Kind.CONDITION, "", row.condition)


def _said(kind: Kind, words: str, prose: str) -> Said:
    told = remark(prose)
    return Said(kind, words, told, prose if told != prose else "")


def condition_words(part: Part) -> str:
    """A condition that facts decide, in words: 海拔（altitude） ＞ 1000; else empty."""
    if part.kind is not Kind.CONDITION or not part.key:
        return ""
    at = 1 if english() else 0
    values = [_value(value, at) for value in part.value.split("|")]
    joined = (" 或 ", " or ")[at].join(dict.fromkeys(values))
    sign = part.operator if at else _SIGNS.get(part.operator, part.operator)
    return f"{condition_key(part.key)[at]} {'=' if sign == 'in' else sign} {joined}"


def cells(row: Row) -> list[tuple[str, str, str]]:
    """Every field that is set, as (label, value, language of the value where it is not the page's);
    keys in words."""
    at = 1 if english() else 0
    found = []
    for field in fields(row):
        name = field.name.rstrip("_")
        value = getattr(row, field.name)
        if name in _LEFT_OUT or value in (None, ""):
            continue
        if _is_program_key(value) and is_said_beside(row, name):
            continue
        label = _label(row, name, at)
        told = _told(row, name, value, at)
        found.append((label, told, _other_language(name, told, at)))
    return found


def _other_language(name: str, told: str, at: int) -> str:
    if at and _CHINESE.search(told):
        return "zh-Hans"
    return "en" if not at and not _CHINESE.search(told) and name.split("_")[-1] == "en" else ""


def area(source_id: str) -> Bilingual:
    """Where the document holds: the country, or a place by its division code."""
    code = NormBook.load().jurisdiction(source_id)
    return ("全国", "the whole country") if code == NATIONAL else (code, code)


def method_subject(row: Row) -> str:
    """What a row of method speaks of: its first fields in words; where these are bare figures,
    each with its label, after what the row says of them."""
    at = 1 if english() else 0
    other = ("en", "zh")[at]
    told = [
        (field.name.rstrip("_"), _told(row, field.name.rstrip("_"), value, at))
        for field in fields(row)
        if field.name not in _LEFT_OUT | _DAYS | {"unit"}
        and (value := getattr(row, field.name)) not in (None, "")
        and not (value in ("yes", "no") and field.name not in ("word", "means"))
        and not (_is_program_key(value) and is_said_beside(row, field.name))
    ]
    own = [(name, text) for name, text in told if name.rpartition("_")[2] != other] or told
    spoken = [text for _, text in own[:_SPOKEN] if _WORDS[at].search(text)]
    if spoken:
        return " · ".join(spoken)
    said = [text for name, text in own if name in _SAYING]
    return " · ".join(said or [f"{_label(row, name, at)} {text}" for name, text in own[:_SPOKEN]])


def tables_of(rows: Collection[Row]) -> list[str]:
    """The tables in which the rows stand, in the order of the rows."""
    return list(dict.fromkeys(table_of(row.row_id) for row in rows))


_CHINESE = re.compile("[\u4e00-\u9fff]")
_DAYS = {"effective_from", "effective_to"}
_WORDS = (_CHINESE, re.compile("[a-z]{2,} |[a-z]{4,}|[\u4e00-\u9fff]"))
"""By language: what a text must hold to be words and no bare figure or number of a document."""
_SPOKEN = 3
_SAYING = {"zh", "en", "meaning_zh", "meaning_en"}
_PROGRAM_KEY = re.compile("[a-z0-9]+(_[a-z0-9]+)*")
_KEYED = {"applies_to", "grade", "limit_kind", "averaging", "medium", "comparator", "stands_for"}
_INDUSTRIES = {"industry", "industries", "reads"}
_DOCUMENTS = {"standard", "amends", "catalogue", "document"}
_OF_CONDITIONS = {"means", "text"}
_OF_FACTS = {"key", "gate_key", "alternative"}
_REASONS = {"reason", "when_reason", "ask"}


def _is_program_key(value: Any) -> bool:
    return isinstance(value, str) and _PROGRAM_KEY.fullmatch(value) is not None


def _told(row: Row, name: str, value: Any, at: int) -> str:
    """The value of a field in words: those of its own table's keys first."""
    told = None
    if isinstance(value, str) and not is_norm(row):
        table = table_of(row.row_id).removeprefix("methods.")
        told = key_word(table, name, value) or key_of_another(name, value)
        if name in _DOCUMENTS:
            told = cited_as(value)
    shown = told[at] if told else _shown(name, value, at)
    if not at and name in PROSE and not has_chinese_beside(row, name):
        return in_chinese(shown)
    return shown


def _shown(name: str, value: Any, at: int) -> str:
    if name in _INDUSTRIES and isinstance(value, str):
        joined = ("、", ", ")[at]
        return joined.join(industry_name(one, ("zh", "en")[at]) for one in value.split("|"))
    if name in _OF_CONDITIONS:
        return _value(str(value), at)
    if name == "class":
        return WORDS.get(f"class {value}", (str(value),) * 2)[at]
    if value == "presence":
        return ("有无", "presence")[at]
    if name in _KEYED and value != "all":
        return WORDS.get(str(value), (str(value),) * 2)[at]
    if value == "all":
        return ("全部", "all")[at]
    if name in ("unit", "surcharge_unit"):
        return unit_name(value, ("zh", "en")[at]) or ("无单位", "no unit")[at]
    if name == "dimension":
        return say(DIMENSIONS, value, ("zh", "en")[at])
    if name in _OF_FACTS:
        return condition_key(value)[at]
    if name in _REASONS:
        return reasons().get(str(value), (str(value),) * 2)[at]
    if value in ("yes", "no") and not at:
        return "是" if value == "yes" else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _prose(row: Row, part: Part) -> str:
    if isinstance(row, EquipmentEntry) and not english():
        return row.exceptions_zh or part.prose
    return part.prose


def _value(value: str, at: int) -> str:
    if at:
        return value
    return _chinese().get(value, value)


def _chinese() -> Mapping[str, str]:
    words = [row for row in method_rows("condition_words") if isinstance(row, ConditionWord)]
    return {row.means: row.word for row in reversed(words) if not row.word.isascii()}


def industry(key: str) -> str:
    """An industry in the page's language."""
    return industry_name(key or ALL_INDUSTRIES, language())

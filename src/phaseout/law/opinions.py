"""The Implementation Opinions: 21 clauses, who leads and cooperates, names on a day.

    opinions = Opinions.of("ningxia")
    opinions.clause(4).title_zh                     能耗方面
    opinions.lead(4)                                ("eic",)
    opinions.name_of("eic", date(2018, 11, 12))     the name borne on that day

A duty belongs to a function; a function is held by an organisation from one day to another, both
inside. The tables are the region's (`phaseout/regions/<region>/`); another province has its own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import StringIO

from phaseout.law.norms.records import Confidence
from phaseout.law.refusals import Refusal

SOURCE_ID = "SEED-2017"
"""The Opinions as a document of the norm store."""

CITIES = "cities"
"""The function that stands for the city governments; which one is meant follows from the place."""

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: number, heading in both languages, chapter, and its Chinese text."""

    number: int
    title_zh: str
    title_en: str
    chapter_zh: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Who leads and who cooperates in a clause, as functions in the order of the text."""

    clause: int
    subject: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation that holds a function from one day to another; None at an end is open."""

    function: str
    level: str
    name_zh: str
    name_en: str
    held_from: date | None
    held_to: date | None
    confidence: Confidence
    note: str

    def holds_on(self, day: date) -> bool:
        """Whether the function is held on `day`; both ends are inside."""
        return (self.held_from is None or self.held_from <= day) and (
            self.held_to is None or day <= self.held_to
        )


@dataclass(frozen=True, slots=True)
class Opinions:
    """The Opinions of one region, as data."""

    region: str
    clauses: tuple[Clause, ...]
    duties: tuple[Duty, ...]
    holders: tuple[Holder, ...]

    @classmethod
    def of(cls, region: str = "ningxia") -> Opinions:
        """The Opinions of a region pack. Reads the pack once a process.

        Raises:
            Refusal: `region_unknown`, there is no pack of that name.
        """
        return _read(region)

    def clause(self, number: int) -> Clause:
        """The clause of that number.

        Raises:
            Refusal: `clause_unknown`.
        """
        for clause in self.clauses:
            if clause.number == number:
                return clause
        raise _no_clause(number)

    def duty(self, clause: int, subject: str | None = None) -> Duty:
        """The duty of a clause; `subject` is needed where the clause has several (16).

        Raises:
            Refusal: `duty_unknown`, the clause gives no such duty or gives several.
        """
        found = [
            duty
            for duty in self.duties
            if duty.clause == clause and subject in (None, duty.subject)
        ]
        if len(found) != 1:
            raise _no_duty(clause, subject, [d.subject for d in self.duties if d.clause == clause])
        return found[0]

    def lead(self, clause: int, subject: str | None = None) -> tuple[str, ...]:
        """The leading functions of a clause. Raises as `duty` does."""
        return self.duty(clause, subject).lead

    def cooperating(self, clause: int, subject: str | None = None) -> tuple[str, ...]:
        """The cooperating functions of a clause; none is an empty tuple. Raises as `duty` does."""
        return self.duty(clause, subject).cooperating

    def holder(self, function: str, on: date) -> Holder:
        """Who holds a function on a day; both ends of a holding are inside.

        Raises:
            Refusal: `function_unknown`, or `name_not_on_record` for a day our record leaves out.
        """
        known = [holder for holder in self.holders if holder.function == function]
        if not known:
            raise _no_function(function)
        for holder in known:
            if holder.holds_on(on):
                return holder
        raise _no_name(function, on)

    def name_of(self, function: str, on: date) -> tuple[str, str]:
        """The (Chinese, English) name a document of that day bears. Raises as `holder` does."""
        holder = self.holder(function, on)
        return holder.name_zh, holder.name_en

    def city_function(self, division_code: str) -> str:
        """The function of the city government for a place: `city_640200` for 640221.

        Raises:
            Refusal: `function_unknown`, no city of the region has that code.
        """
        function = f"city_{division_code[:4]}00"
        if all(holder.function != function for holder in self.holders):
            raise _no_function(function)
        return function


@cache
def _read(region: str) -> Opinions:
    folder = resources.files("phaseout") / "regions" / region
    if not region.isidentifier() or not (folder / "duties.csv").is_file():
        raise _no_region(region)
    texts = clause_texts((folder / "opinions.zh.txt").read_text(encoding="utf-8"))
    return Opinions(
        region=region,
        clauses=tuple(
            Clause(
                int(cells["clause"]),
                cells["title_zh"],
                cells["title_en"],
                cells["chapter_zh"],
                texts[int(cells["clause"])],
            )
            for cells in _table(folder / "clauses.csv")
        ),
        duties=tuple(
            Duty(
                int(cells["clause"]),
                cells["subject"],
                _functions(cells["lead"]),
                _functions(cells["cooperating"]),
            )
            for cells in _table(folder / "duties.csv")
        ),
        holders=tuple(_holder(cells) for cells in _table(folder / "organisations.csv")),
    )


def clause_texts(text: str) -> Mapping[int, str]:
    """The text of each clause by number: from its mark `（四）` to the next mark or chapter.

    >>> clause_texts("一、总\\n（一）甲。\\n乙。\\n二、分\\n（二）丙。")
    {1: '甲。\\n乙。', 2: '丙。'}
    """
    found: dict[int, list[str]] = {}
    current: list[str] | None = None
    for line in (line.strip() for line in text.splitlines()):
        mark = f"（{numeral(len(found) + 1)}）"
        if line.startswith(mark):
            current = found.setdefault(len(found) + 1, [line.removeprefix(mark)])
        elif any(line.startswith(f"{numeral}、") for numeral in _NUMERALS):
            current = None  # the heading of a chapter
        elif current is not None and line:
            current.append(line)
    return {number: "\n".join(lines) for number, lines in found.items()}


def numeral(number: int) -> str:
    """Chinese numeral of 1 to 29: 十, 十一, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def _table(file: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))


def _functions(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _holder(cells: Mapping[str, str]) -> Holder:
    return Holder(
        function=cells["function"],
        level=cells["level"],
        name_zh=cells["name_zh"],
        name_en=cells["name_en"],
        held_from=_day(cells["held_from"]),
        held_to=_day(cells["held_to"]),
        confidence=Confidence(cells["confidence"]),
        note=cells["note"] or "",
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _no_region(region: str) -> Refusal:
    return Refusal(
        "region_unknown",
        what=(f"没有名为“{region}”的地区数据包", f"there is no region pack named {region!r}"),
        why=("职责和机构名称随地区而定。", "duties and names of organisations belong to a region."),
        instead=("请使用 ningxia，或先建立该地区的数据包。", "Use ningxia, or add a pack for it."),
    )


def _no_clause(number: int) -> Refusal:
    return Refusal(
        "clause_unknown",
        what=(f"实施意见没有第（{number}）项", f"the Opinions have no clause ({number})"),
        why=("实施意见共二十一项。", "they have 21 clauses."),
        instead=("请给出1至21。", "Give a number from 1 to 21."),
    )


def _no_duty(clause: int, subject: str | None, subjects: list[str]) -> Refusal:
    listed = "、".join(subjects) or "—"
    asked = f"“{subject}”" if subject else ""
    return Refusal(
        "duty_unknown",
        what=(
            f"第（{clause}）项{asked}不能确定唯一的职责分工",
            f"clause ({clause}) does not give exactly one duty for {subject or 'no subject'}",
        ),
        why=(
            f"该项的分工事项为：{listed}。",
            f"its subjects are: {', '.join(subjects) or 'none'}.",
        ),
        instead=("请给出其中一项。", "Name one of them."),
    )


def _no_function(function: str) -> Refusal:
    return Refusal(
        "function_unknown",
        what=(f"没有职能“{function}”", f"there is no function {function!r}"),
        why=("职责分工表和机构沿革表中均无此职能。", "no organisation of the region holds it."),
        instead=(
            "请核对职能代码；“各市”须先按行政区划确定到市。",
            "Check its code; for `cities` first tell the city by the division code.",
        ),
    )


def _no_name(function: str, on: date) -> Refusal:
    return Refusal(
        "name_not_on_record",
        what=(
            f"未记录{on}行使职能“{function}”的机构",
            f"our record does not say who held {function!r} on {on}",
        ),
        why=("文书须使用当日的机构名称。", "a document bears the name of its day."),
        instead=("请在机构沿革表中补充该时段。", "Add the time to organisations.csv."),
    )

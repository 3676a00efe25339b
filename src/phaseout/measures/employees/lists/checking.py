"""Every cell and every row against the schema and the law: all problems at once, none guessed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.facts import written_numbers
from phaseout.facts.problems import BadCell, Severity
from phaseout.facts.schema import folded
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.law.settlement import (
    Span,
    grounds,
    protection,
    retirement,
    within_internal_retirement,
)
from phaseout.law.settlement.figures import number
from phaseout.measures.employees.lists.columns import (
    Column,
    choice_words,
    choices,
    column,
    columns,
)
from phaseout.measures.employees.lists.reading import Sheet

ENDS_NOT = frozenset({"inside", "internal_retirement"})
"""Ways in which the contract goes on."""
LARGEST = Decimal(10**9)


@dataclass(slots=True)
class Checked:
    """`rows`: the number of each good row and its values by column; `problems`: all of them."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    problems: list[BadCell] = field(default_factory=list)


def check(sheet: Sheet, *, today: date, paid: Collection[str] = ()) -> Checked:
    """Check a list.

    Args:
        paid: numbers of employees for whom something was recorded before: they must be there.
    """
    found, seen = Checked(), dict[str, int]()
    for row, cells in sheet.rows:
        reading = _Row(sheet, row, cells)
        values = reading.values()
        if not reading.problems:
            for problem in _against(values, today):
                reading.refuse(*problem)
        number = values.get("number")
        if number and number in seen:
            says = f"工号与第{seen[number]}行重复", f"the number stands in row {seen[number]} too"
            reading.refuse("number", says, "repeated")
        elif number:
            seen[number] = row
        found.problems += reading.problems
        if not reading.problems:
            found.rows.append((row, values))
    found.problems += [_gone(sheet, number) for number in sorted(set(paid) - seen.keys())]
    return found


def _gone(sheet: Sheet, number: str) -> BadCell:
    return BadCell(
        sheet.file, sheet.sheet, sheet.head_row, "number", number,
        f"工号{number}已有支付或办理记录，新名册中不能没有",
        f"employee {number} has payments or steps on record and cannot be left out",
        "employees.gone", Severity.REFUSED, table="employees", place=sheet.at["number"],
        head=sheet.head[sheet.at["number"]],
    )  # fmt: skip


@dataclass(slots=True)
class _Row:
    sheet: Sheet
    row: int
    cells: tuple[str, ...]
    problems: list[BadCell] = field(default_factory=list)

    def values(self) -> dict[str, Any]:
        return {one.name: self._value(one) for one in columns()}

    def _value(self, one: Column) -> Any:
        text = self._text(one.name)
        if not text:
            if one.required:
                says = (
                    f"缺少{one.words[0]}，不作推定",
                    f"{one.words[1]} is missing; it is not guessed",
                )
                self.refuse(one.name, says, "missing")
            return _EMPTY.get(one.kind)
        value = _READERS[one.kind](one, text)
        if value is None:
            self.refuse(one.name, _expected(one), "unreadable")
        return value

    def _text(self, name: str) -> str:
        at = self.sheet.at.get(name, -1)
        return self.cells[at].strip() if 0 <= at < len(self.cells) else ""

    def refuse(self, name: str, says: Bilingual, code: str) -> None:
        at = self.sheet.at.get(name, -1)
        self.problems.append(
            BadCell(
                self.sheet.file,
                self.sheet.sheet,
                self.row,
                name,
                self._text(name),
                *says,
                f"employees.{code}",
                Severity.REFUSED,
                table="employees",
                head=self.sheet.head[at] if at >= 0 else column(name).words[0],
                place=at,
            )
        )


def _against(values: Mapping[str, Any], today: date) -> Iterator[tuple[str, Bilingual, str]]:
    """What stands against a row whose cells can all be read."""
    started, ended = values["started_on"], values["ended_on"]
    if values["born_on"] >= started:
        yield "born_on", ("出生日期不早于入职日期", "born after the first day of work"), "days"
    if started > today:
        yield "started_on", ("入职日期尚未到来", "the first day is still to come"), "days"
    if ended is not None and ended < started:
        yield "ended_on", ("终止日期早于入职日期", "it ends before it begins"), "days"
        return
    if (ended is None) != (not values["ground"]):
        name = "ground" if ended else "ended_on"
        says = "终止日期和终止事由须同时填写", "last day and ground are given together"
        yield name, says, "ground"
    yield from _way(values, today)
    yield from _wages(values, today)
    yield from _carried(values)
    if ended is not None and values["ground"]:
        yield from _lawful(values, ended)


def _way(values: Mapping[str, Any], today: date) -> Iterator[tuple[str, Bilingual, str]]:
    ended, way = values["ended_on"], values["way"]
    if ended is None and not way:
        says = (
            "不终止合同的须填安置方式；已终止的须填终止日期",
            "say how it goes on, or when it ended",
        )
        yield "way", says, "way"
    elif ended is None and way not in ENDS_NOT:
        says = "该方式以终止原合同为前提，须填终止日期", "this way follows the end of the contract"
        yield "ended_on", says, "way"
    elif ended is not None and way in ENDS_NOT:
        says = (
            "该方式下合同继续，不应有终止日期",
            "this way the contract has no last day",
        )
        yield "way", says, "way"
    if way == "internal_retirement":
        try:
            near = within_internal_retirement(values["born_on"], values["people"], on=today)
            day = retirement(values["born_on"], values["people"], on=today).day
        except Refusal as refusal:
            yield "way", refusal.why, "way"
            return
        if not near:
            years = number("internal_retirement", today)
            says = (
                f"内部退养限于距法定退休年龄{years}年之内；其到龄日为{day}（人社部发〔2016〕32号）",
                f"internal retirement is for the last {years} years; the age is reached on {day}",
            )
            yield "way", says, "way"


def _wages(values: Mapping[str, Any], today: date) -> Iterator[tuple[str, Bilingual, str]]:
    months, most = values["wage_months"], number("mean_months", today)
    if months is not None and not 1 <= months <= most:
        yield "wage_months", (f"应为1至{most}", f"1 to {most}"), "wages"


def _carried(values: Mapping[str, Any]) -> Iterator[tuple[str, Bilingual, str]]:
    first, last = values["carried_from"], values["carried_to"]
    if (first is None) != (last is None):
        name = "carried_to" if last is None else "carried_from"
        yield name, ("原单位起止日期须同时填写", "both days are given together"), "carried"
    elif first is not None and not first <= last < values["started_on"]:
        says = (
            "原单位年限应在入职日期之前，且起不晚于止",
            "service there lies before the first day here",
        )
        yield "carried_to", says, "carried"


def _lawful(values: Mapping[str, Any], ended: date) -> Iterator[tuple[str, Bilingual, str]]:
    """What the law of the last day has against this end."""
    if values["ground"] not in grounds(ended):
        says = f"{ended}的规定不在记录中", f"the rules of {ended} are not on record"
        yield "ended_on", says, "not-on-record"
        return
    found = protection(
        values["ground"],
        values["groups"],
        here=Span(values["started_on"], ended),
        born_on=values["born_on"],
        people=values["people"],
        on=ended,
    )
    if found.barred:
        words = [choice_words("groups")[group] for group in found.groups]
        says = (
            f"{found.explanation.root.zh}（{'、'.join(zh for zh, _ in words)}）",
            f"{found.explanation.root.en} ({', '.join(en for _, en in words)})",
        )
        yield "ground", says, "protected"


def _expected(one: Column) -> Bilingual:
    if one.kind in ("choice", "choices", "flag"):
        words = choice_words("flag" if one.kind == "flag" else one.name).values()
        return (
            f"应为：{'、'.join(zh for zh, _ in words)}",
            f"one of: {', '.join(en for _, en in words)}",
        )
    return _KINDS[one.kind]


_KINDS: Mapping[str, Bilingual] = {
    "text": ("应为文字，不超过40字", "a text of at most 40 characters"),
    "day": ("应为日期，如2017-06-30", "a day such as 2017-06-30"),
    "money": (
        "应为不小于零、至多两位小数的金额（元）",
        "yuan, from nought, at most two decimals",
    ),
    "whole": ("应为不小于零的整数", "a whole number, not below nought"),
}


def _read_text(one: Column, text: str) -> str | None:
    return text if len(text) <= 40 else None


def _read_money(one: Column, text: str) -> Decimal | None:
    value = written_numbers.number(text)
    if value is None or not 0 <= value < LARGEST or value != round(value, 2):
        return None
    return value.quantize(Decimal("0.01"))


def _read_whole(one: Column, text: str) -> int | None:
    value = written_numbers.number(text)
    return int(value) if value is not None and value == int(value) and 0 <= value < 1000 else None


def _read_day(one: Column, text: str) -> date | None:
    return written_numbers.day(text)


def _read_choice(one: Column, text: str) -> str | None:
    return choices(one.name).get(folded(text))


def _read_flag(one: Column, text: str) -> bool | None:
    key = choices("flag").get(folded(text))
    return None if key is None else key == "yes"


def _read_choices(one: Column, text: str) -> list[str] | None:
    parts = [part for part in text.replace("；", ";").replace("、", ";").split(";") if part.strip()]
    keys = [choices(one.name).get(folded(part)) for part in parts]
    known = [key for key in keys if key is not None]
    return known if len(known) == len(keys) else None


_READERS: Mapping[str, Callable[[Column, str], Any]] = {
    "text": _read_text,
    "day": _read_day,
    "money": _read_money,
    "whole": _read_whole,
    "flag": _read_flag,
    "choice": _read_choice,
    "choices": _read_choices,
}
_EMPTY: Mapping[str, Any] = {"text": "", "choice": "", "choices": [], "flag": False}

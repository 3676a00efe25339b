"""Procedures in words: who, how long, what must be on file, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable

from phaseout.law.periods import Unit
from phaseout.law.periods.wording import length_en, length_zh
from phaseout.law.procedures.counting import longest_extension, term_of
from phaseout.law.procedures.records import ActRule, Length, Need, Period, Procedure
from phaseout.law.procedures.rows import documents, words
from phaseout.law.refusals import Bilingual

_NEEDS: dict[str, Bilingual] = {
    "act": ("已办理：{names}", "on file: {names}"),
    "no": ("未曾：{names}", "not yet done: {names}"),
    "answered": ("已处理：{names}", "disposed of: {names}"),
    "pending": ("待处理：{names}", "waiting: {names}"),
    "running": ("期内：{names}", "within: {names}"),
    "lapsed": ("逾期：{names}", "lapsed: {names}"),
    "past": ("期满后：{names}", "after the end of: {names}"),
    "over": ("不在期内：{names}", "not within: {names}"),
    "within": ("期满前：{names}", "before the end of: {names}"),
    "at": ("处于：{names}", "standing at: {names}"),
    "open": ("案件进行中", "the case is open"),
    "task": ("有未办任务：{names}", "an open task: {names}"),
    "done_tasks": ("任务全部办结：{names}", "all tasks done: {names}"),
    "on_or_after": ("不早于确定的日期（{names}）", "not before the day set ({names})"),
    "owed": ("尚待履行：{names}", "still owed: {names}"),
    "not_holiday": ("非法定节假日", "not on a public holiday"),
}
_SPECIAL: dict[str, Bilingual] = {
    "set": ("由决定确定日期", "a day set by the act"),
    "with": ("与另一期间同日届满", "ends with another period"),
    "until_lifted": ("无最长期限", "no maximum"),
    "none": ("当时的法律未规定", "none in the law of the time"),
    "hour_back": ("提前{n}小时", "{n} hours before"),
}


def name_of(one: Procedure, need: Need, target: str) -> Bilingual:
    """What a need is about, in words."""
    if need.kind == "at":
        return one.stages[target].name
    if target in one.periods:
        return one.periods[target].name
    if target in one.acts:
        return one.acts[target].name
    for task in one.tasks:
        if task.id == target:
            return task.name
    return (target, target)


def need_said(one: Procedure, need: Need, language: int) -> str:
    """What must be true before the act, in one language (0 Chinese, 1 English)."""
    either = (" 或 ", " or ")[language]
    names = either.join(name_of(one, need, target)[language] for target in need.targets)
    return _NEEDS[need.kind][language].format(names=names)


def who_said(rule: ActRule, language: int) -> str:
    """Whose act it is, who does it and who signs."""
    named = words()
    holder = named.get(("by", rule.by), (rule.by, rule.by))[language]
    level = named[("level", rule.level)][language]
    role = named[("role", rule.role)][language]
    shown = [holder, level if rule.level not in ("case", "none") else ""]
    if role and rule.by not in ("enterprise", "public"):
        shown.append(role)
    if rule.signs and rule.signs != rule.role:
        shown.append(("签发：负责人", "signed by the leader")[language])
    return ("、", ", ")[language].join(part for part in shown if part)


def document_said(rule: ActRule, language: int) -> str:
    """The document that the act issues, in one language; empty where it issues none."""
    return documents()[rule.document][language] if rule.document else ""


def length_said(length: Length | None, language: int) -> str:
    """How long: `6个月，可延长不超过3个月`."""
    if length is None:
        return "—"
    if length.unit in _SPECIAL and not length.term:
        return _SPECIAL[length.unit][language].format(n=length.length)
    term = term_of(length.term) if length.term else None
    unit = Unit(term.unit if term else length.unit)
    whole = (term.length if term else length.length) or 0
    said = (length_zh(whole, unit), length_en(whole, unit))[language]
    back = term is not None and term.reading.direction.value.startswith("backward")
    if back:
        said = (f"提前{said}", f"{said} before")[language]
    longest = longest_extension(length)
    if longest:
        more = (length_zh(longest, unit), length_en(longest, unit))[language]
        said += (f"，可延长不超过{more}", f", at most {more} more")[language]
    return said


def opened_by(one: Procedure, kind: str) -> Iterable[Period]:
    """The periods of some length that an act opens."""
    return (p for p in one.periods.values() if kind in p.opens_by and _exists(p))


def _exists(period: Period) -> bool:
    return period.length is not None and period.length.unit != "none"

"""What an inspector filled in, read against the checklist of the visit. Pure.

A draft may say anything; a record only what this accepts. An item that was not looked at is
left out, with `skipped` it is said why nothing more was looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from phaseout.inspections.checklist import items_of
from phaseout.inspections.permits import SEEN, WRONG
from phaseout.law.refusals import Bilingual

LONGEST_NOTE = 1000
_NEVER_BELOW_NOUGHT = frozenset({"energy", "monitoring"})
"""Consumption and what comes out of a chimney; a test of a product may measure below it."""


def read(
    checklist: Mapping[str, Any], content: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], list[Bilingual]]:
    """Answers by item, permits by kind, and what is wrong with them.

    `content`: `{item id: {"value": "12.3", "note": "…", "from": …, "to": …}}` and permits alike.
    """
    answers: dict[str, Any] = {}
    permits: dict[str, Any] = {}
    wrong: list[Bilingual] = []
    for _, item in items_of(dict(checklist)):
        given = content.get(item["id"]) or {}
        if not given.get("value"):
            continue
        answer, problem = _answer(item, given)
        if problem:
            wrong.append((f"“{item['zh']}”{problem[0]}", f"{item['en']}: {problem[1]}"))
        else:
            answers[item["id"]] = answer
    for item in checklist["permits"]:
        given = content.get(item["id"]) or {}
        if not given.get("value"):
            continue
        answer, problem = _permit(given)
        if problem:
            wrong.append((f"“{item['zh']}”{problem[0]}", f"{item['en']}: {problem[1]}"))
        else:
            permits[item["permit"]] = answer
    if not answers and not permits and not wrong:
        wrong.append(("没有填写任何一项", "nothing at all was filled in"))
    return answers, permits, wrong


def _answer(
    item: Mapping[str, Any], given: Mapping[str, Any]
) -> tuple[dict[str, Any], Bilingual | None]:
    note = str(given.get("note") or "").strip()[:LONGEST_NOTE]
    value = str(given["value"]).strip()
    if item["kind"] == "found":
        if value not in ("yes", "no"):
            return {}, ("应选是或否", "answer yes or no")
        return {"value": value, "note": note}, None
    try:
        number = Decimal(value.replace(",", ""))
    except InvalidOperation:
        return {}, ("应填写数值", "a number is needed")
    if not number.is_finite() or abs(number) >= 10**12 or number != round(number, 6):
        return {}, ("数值过大或小数过多", "too large, or too many decimals")
    if number < 0 and item["table"] in _NEVER_BELOW_NOUGHT:
        return {}, ("不能为负数", "it cannot be below nought")
    answer = {"value": format(number, "f"), "note": note}
    if item["table"] != "energy":
        return answer, None
    first, last = _day(given.get("from")), _day(given.get("to"))
    if first is None or last is None or last < first:
        return {}, ("应填写统计期的起止", "the first and last day of its period are needed")
    return {**answer, "from": first.isoformat(), "to": last.isoformat()}, None


def _permit(given: Mapping[str, Any]) -> tuple[dict[str, Any], Bilingual | None]:
    seen = str(given["value"])
    if seen not in SEEN:
        return {}, ("应选择核查结果", "choose what was found")
    answer = {"value": seen, "note": str(given.get("note") or "").strip()[:LONGEST_NOTE]}
    if seen == "beyond" and not answer["note"]:
        return {}, ("应说明怎样超出许可范围", "say in what way it is beyond its terms")
    if seen != "other":
        return answer, None
    number = str(given.get("number") or "").strip()
    first, last = _day(given.get("from")), _day(given.get("to"))
    if not number or first is None:
        return {}, ("应填写证号和有效期", "number and validity are needed")
    return {
        **answer,
        "number": number[:80],
        "from": first.isoformat(),
        "to": last.isoformat() if last else "",
    }, None


def problems_in(answers: Mapping[str, Any], permits: Mapping[str, Any]) -> int:
    """How many things the inspectors themselves found wrong on the spot (values are judged)."""
    return sum(1 for a in answers.values() if a["value"] == "yes") + sum(
        1 for p in permits.values() if p["value"] in WRONG
    )


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None

"""Act: what an authority decided, by a document with a number, where the norms leave it open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope, scope_of
from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.authority import KINDS
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.library.models import Decision
from phaseout.library.offices import office_for, office_name
from phaseout.library.rejudging import rejudge
from phaseout.library.shelf import dimension_of, row_of, rows_of_source
from phaseout.library.texts import fitting

ANSWERS = ("yes", "no")
SHARES = {"serious_share_of_valid_days": Decimal(1), "serious_min_valid_days": Decimal(366)}
"""Figures that an authority may set, and the highest that makes sense."""


@transaction.atomic(durable=True)
def decide(
    *,
    kind: str,
    subject: str,
    key: str,
    value: str,
    document: str,
    decided_on: date,
    division: str,
    by: Any,
    today: date,
    scope: Scope | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    note: str = "",
) -> Decision:
    """Record the decision, under the name the office bore on its day; judge what it touches anew.

    `division` is where the decision is to hold (of the line, the enterprise, the region). A later
    decision on the same thing succeeds this one (`records.decisions_on`); none is ever changed.

    Raises:
        PermissionDenied: the person may not decide in that dimension and division.
        Refusal: `decision_without_document`, `decision_of_a_day_to_come`, `decision_ends_early`,
            `decision_unreadable` (kind, subject, key and value do not fit), `row_unknown`,
            `text_too_long`.
    """
    subject, key, value = (
        fitting(Decision, name, text)
        for name, text in (("subject", subject), ("key", key), ("value", value))
    )
    dimension = _dimension(kind, subject, key, value)
    scope = scope if scope is not None else scope_of(by, on=today)
    function, territory = office_for(scope, Power.DECIDE, dimension, division)
    number = fitting(Decision, "document", document)
    _check_days(number, decided_on, today, valid_from, valid_to)
    made = Decision.objects.create(
        kind=kind,
        subject=subject,
        key=key,
        value=value,
        valid_from=valid_from,
        valid_to=valid_to,
        document=number,
        decided_on=decided_on,
        decided_by_name=office_name(function, territory, decided_on)[0],
        note=fitting(Decision, "note", note),
        recorded_by=by,
        demo=by.demo,
    )
    rejudge(_touched(kind, subject, key, value))
    return made


def _dimension(kind: str, subject: str, key: str, value: str) -> Dimension | None:
    """The dimension in which the decision is made, once it is seen to make sense."""
    if kind not in KINDS:
        raise _unreadable("种类", "kind", kind, KINDS)
    if not subject:
        raise _unreadable("对象", "subject", subject, ("line, outlet, equipment …",))
    if kind in ("condition", "exception"):
        if value not in ANSWERS:
            raise _unreadable("决定", "value", value, ANSWERS)
        return dimension_of(row_of(key))
    if kind == "edition":
        known = NormBook.load().sources
        for name, text in (("subject", subject), ("value", value)):
            if text not in known:
                raise _unreadable("标准", name, text, ("GB16780-2012",))
        rows = rows_of_source().get(value) or rows_of_source().get(subject) or ()
        return dimension_of(rows[0]) if rows else None
    return _dimension_of_area(subject, key, value) if kind == "area" else _of_figure(subject, value)


def _dimension_of_area(subject: str, key: str, value: str) -> Dimension:
    if not re.fullmatch(r"\d{6}", subject):
        raise _unreadable("行政区划代码", "subject", subject, ("640100",))
    if key not in INDUSTRIES:
        raise _unreadable("行业", "key", key, tuple(INDUSTRIES))
    if value != "*" and value not in NormBook.load().sources:
        raise _unreadable("标准", "value", value, ("*", "E-GB4915-2013"))
    return Dimension.ENVIRONMENT


def _of_figure(subject: str, value: str) -> Dimension:
    if subject.startswith("energy_link."):
        if value not in ("on", "off"):
            raise _unreadable("决定", "value", value, ("on", "off"))
        return Dimension.ENERGY
    if subject not in SHARES:
        raise _unreadable("参数", "subject", subject, tuple(SHARES))
    # the judgement casts the text to a number: one that is none would stop every run
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", value) or Decimal(value) > SHARES[subject]:
        raise _unreadable("数值", "value", value, (f"0 … {SHARES[subject]}",))
    return Dimension.ENVIRONMENT


def _touched(kind: str, subject: str, key: str, value: str) -> Iterable[str]:
    """The rows whose findings may change."""
    if kind in ("condition", "exception"):
        return [key]
    if kind == "edition":
        sources = (subject, value)
        return [row.row_id for source in sources for row in rows_of_source().get(source, ())]
    book = NormBook.load()
    rows = book.energy_limits if subject.startswith("energy_link.") else book.emission_limits
    return [row.row_id for row in rows]


def _check_days(
    number: str, decided_on: date, today: date, first: date | None, last: date | None
) -> None:
    if not number:
        raise Refusal(
            "decision_without_document",
            what=("不能登记决定", "the decision cannot be recorded"),
            why=("没有写明文号。", "the number of its document is not given."),
            instead=("请写明文号。", "Give the number."),
        )
    if decided_on > today:
        raise Refusal(
            "decision_of_a_day_to_come",
            what=("不能登记决定", "the decision cannot be recorded"),
            why=(f"决定日{decided_on}晚于今日。", f"its day {decided_on} lies after today."),
            instead=("请核对日期。", "Check the day."),
        )
    if first and last and last < first:
        raise Refusal(
            "decision_ends_early",
            what=("不能登记决定", "the decision cannot be recorded"),
            why=("适用止早于适用起。", "it would end before it begins."),
            instead=("请核对日期。", "Check the days."),
        )


def _unreadable(zh: str, en: str, given: str, expected: Iterable[str]) -> Refusal:
    known = ", ".join(expected)
    words: Bilingual = (
        f"{zh}“{given}”不能识别，应为：{known}。",
        f"{en} {given!r}; expected: {known}.",
    )
    return Refusal(
        "decision_unreadable",
        what=("不能登记决定", "the decision cannot be recorded"),
        why=words,
        instead=("请改正后再办。", "Correct it."),
    )

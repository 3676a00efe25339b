"""A record of the national credit publicity, checked against the edition in force on a day.

    edition_on(use, day)        the form of a penalty (or a licence) that holds that day
    fields_of(edition)          its fields in order
    problems(edition, values)   all that is wrong with a record, at once

A value is text as it is sent; "" is not filled. Figures, dates and codes are checked as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from phaseout.law.norms import Confidence, NormBook
from phaseout.law.norms.records import CreditField
from phaseout.law.periods import BEIJING
from phaseout.law.refusals import Bilingual
from phaseout.law.sanctions.tables import table
from phaseout.law.uscc import DUMMY, uscc_mistake

Values = Mapping[str, str]
ORGANISATION, PERSON, TRADER = "法人及非法人组织", "自然人", "个体工商户"
NEVER_PUBLIC = frozenset({"CF_FR_ZJHM", "CF_XDR_ZJHM", "XK_FR_ZJHM", "XK_XDR_ZJHM", "CF_XDR_SFZ"})
"""Identity numbers: sent where the form asks for them, never shown to the public."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A form of a record: `use` is penalty or licence, `record` the form's name in the norm store;
    from its first day to its last, both inside."""

    record: str
    source_id: str
    use: str
    effective_from: date
    effective_to: date | None
    zh: str
    en: str
    confidence: Confidence
    note: str

    @property
    def words(self) -> Bilingual:
        return self.zh, self.en


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the field, the value as given, what was expected. `code` is stable:
    missing, too-long, not-listed, bad-code, bad-date, bad-figure, unknown-field."""

    code: str
    field: str
    name: str
    value: str
    expected: Bilingual


def editions() -> tuple[Edition, ...]:
    """The editions of the format of credit records, in the order of the table."""
    return table("record_editions", Edition)


def edition_on(use: str, day: date) -> Edition | None:
    """The form in force; None: none is on record for that day (licences before 2018-07-25)."""
    for one in editions():
        begun = one.effective_from <= day
        if one.use == use and begun and (one.effective_to is None or day <= one.effective_to):
            return one
    return None


def edition(record: str) -> Edition:
    """The form of that name.

    Raises:
        KeyError: there is none.
    """
    for one in editions():
        if one.record == record:
            return one
    raise KeyError(record)


def fields_of(form: Edition) -> tuple[CreditField, ...]:
    """The fields in the order in which they are sent."""
    rows = [
        f
        for f in NormBook.load().credit_fields
        if f.record == form.record and f.source_id == form.source_id
    ]
    return tuple(sorted(rows, key=lambda f: int(f.seq)))


def problems(form: Edition, values: Values) -> tuple[Problem, ...]:
    """Everything wrong with the record, in the order of the fields; empty: it can be sent."""
    fields = fields_of(form)
    known = {field.field_code for field in fields}
    found = [
        Problem(
            "unknown-field", code, code, values[code], (f"{form.zh}没有此字段", "no such field")
        )
        for code in values
        if code not in known
    ]
    for field in fields:
        problem = _wrong(field, (values.get(field.field_code) or "").strip(), values)
        if problem is not None:
            found.append(problem)
    return tuple(found)


def is_required(field: CreditField, values: Values) -> bool:
    """Whether the field must be filled, given the others.

    Raises:
        KeyError: the norm row states a condition that is not known here.
    """
    return _CONDITIONS[field.required](field, values)


def _wrong(field: CreditField, value: str, values: Values) -> Problem | None:
    if not value:
        if is_required(field, values):
            return _problem("missing", field, value, ("必填", "must be filled"))
        return None
    longest = int(field.max_length) if field.max_length else None
    if longest is not None and len(value) > longest:
        expected = (f"不超过{longest}字，现有{len(value)}字", f"{longest} signs at most")
        return _problem("too-long", field, value, expected)
    told = _FORMATS[field.format](field, value)
    return None if told is None else _problem(told[0], field, value, told[1])


def _problem(code: str, field: CreditField, value: str, expected: Bilingual) -> Problem:
    return Problem(code, field.field_code, field.name_zh, value, expected)


# When a field must be filled: the words of the norm rows. The prefix of the record (CF, XK) names
# the fields a condition looks at.


def _of(field: CreditField, values: Values, name: str) -> str:
    return (values.get(f"{field.field_code[:2]}_{name}") or "").strip()


def _kinds(values: Values) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[;；]", values.get("CF_CFLB") or ""))


def _is_party(*parties: str) -> Callable[[CreditField, Values], bool]:
    return lambda field, values: _of(field, values, "XDR_LB") in parties


def _has_kind(kind: str) -> Callable[[CreditField, Values], bool]:
    return lambda field, values: kind in _kinds(values)


_CONDITIONS: Mapping[str, Callable[[CreditField, Values], bool]] = {
    "yes": lambda field, values: True,
    "no": lambda field, values: False,
    "if party is a legal person, organization or sole trader": _is_party(ORGANISATION, TRADER),
    "if code_1 of a sole trader is the dummy": lambda field, values: (
        _of(field, values, "XDR_LB") == TRADER and _of(field, values, "XDR_SHXYM") == DUMMY
    ),
    "if legal person or organization": _is_party(ORGANISATION),
    "if natural person": _is_party(PERSON),
    "if a kind is given": lambda field, values: bool(_of(field, values, "FR_ZJLX")),
    "if the kinds include a fine": _has_kind("罚款"),
    "if the kinds include confiscation": _has_kind("没收违法所得、没收非法财物"),
    "if the kinds include it": _has_kind("暂扣或者吊销许可证、暂扣或者吊销执照"),
}

Told = tuple[str, Bilingual] | None


def _text(field: CreditField, value: str) -> Told:
    return None


def _one_listed(field: CreditField, value: str) -> Told:
    allowed = field.allowed_values.split("|")
    if value in allowed or _is_other(value, allowed):
        return None
    zh, en = "、".join(allowed), ", ".join(allowed)
    return "not-listed", (f"应为其中之一：{zh}", f"one of: {en}")


def _several_listed(field: CreditField, value: str) -> Told:
    told = [_one_listed(field, part.strip()) for part in re.split("[;；]", value)]
    return next((one for one in told if one is not None), None)


def _is_other(value: str, allowed: list[str]) -> bool:
    """其他 is written with what it is: 其他-补充说明."""
    return "其他" in allowed and value.startswith("其他-") and len(value) > 3


def _code(field: CreditField, value: str) -> Told:
    if value == DUMMY and field.field_code.endswith("_XDR_SHXYM"):
        return None
    mistake = uscc_mistake(value)
    if mistake is None:
        return None
    zh = f"18位统一社会信用代码：{mistake[0]}"
    return "bad-code", (zh, f"a credit code of 18 signs: {mistake[1]}")


def _day(field: CreditField, value: str) -> Told:
    try:
        datetime.strptime(value, "%Y/%m/%d").replace(tzinfo=BEIJING)
    except ValueError:
        return "bad-date", ("日期，如2018/03/15", "a date such as 2018/03/15")
    return None


def _moment(field: CreditField, value: str) -> Told:
    try:
        datetime.strptime(value, "%Y/%m/%d %H:%M:%S").replace(tzinfo=BEIJING)
    except ValueError:
        return "bad-date", ("时间，如2018/03/15 09:00:00", "a moment such as 2018/03/15 09:00:00")
    return None


def _figure(field: CreditField, value: str) -> Told:
    try:
        figure = Decimal(value)
    except InvalidOperation:
        figure = Decimal("NaN")
    if not figure.is_finite() or figure < 0 or -int(figure.as_tuple().exponent) > 6:
        return (
            "bad-figure",
            ("万元，不小于0，至多6位小数", "10 000 CNY, not below 0, 6 places at most"),
        )
    return None


_FORMATS: Mapping[str, Callable[[CreditField, str], Told]] = {
    "text": _text,
    "enum": _one_listed,
    "enum, several joined by ;": _several_listed,
    "GB 32100-2015, check digit base 31": _code,
    "GB 32100-2015": _code,
    "date YYYY/MM/DD": _day,
    "date": _day,
    "datetime": _moment,
    "decimal, 6 places": _figure,
}


def written(day: date | None) -> str:
    """A day as these records write it; "" for none."""
    return "" if day is None else day.strftime("%Y/%m/%d")

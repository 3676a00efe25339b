"""How one cell is read: a fast reading in SQL for the usual spelling, Python for the rest.

`fast(kind, cell)` is a SQL expression that is NULL where the cell is not written in the usual way.
What it leaves over, and every cell of a kind that has no fast reading (names, units, codes), is
read by `read`, once for each distinct text. So a file of ten million rows costs ten million cheap
casts and a few hundred calls of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from phaseout.facts import listed, units, written_numbers
from phaseout.facts.identifiers import compact, division_mistake, uscc_mistake
from phaseout.facts.schema import Column, Kind, choice_labels, choices, folded
from phaseout.facts.vocabulary import Vocabulary
from phaseout.law.industries import ALL_INDUSTRIES, INDUSTRIES, industry_key

BLANKS = " \t\r\n\v\f\u00a0\u3000\ufeff"

SQL_TYPES: Mapping[Kind, str] = {
    Kind.NUMBER: "DECIMAL(18,6)",
    Kind.REAL: "DOUBLE",
    Kind.WHOLE: "INTEGER",
    Kind.YEAR: "INTEGER",
    Kind.DAY: "DATE",
    Kind.MOMENT: "TIMESTAMP",
    Kind.FLAG: "BOOLEAN",
}
"""The engine's type of each kind; every other kind is text."""

# Tests beside casts: DuckDB's casts alone would take 1_000, +-5, 1e5, 0x10, nan, inf and days of
# the year 17, and would drop the offset of a time without a word. The same cast twice is done once.
_FAST: Mapping[Kind, str] = {
    Kind.TEXT: f"nullif(trim({{0}}, '{BLANKS}'), '')",
    Kind.NUMBER: "CASE WHEN regexp_full_match({0}, '-?[0-9]{{1,12}}(\\.[0-9]{{1,6}})?')"
    " THEN try_cast({0} AS DECIMAL(18,6)) END",
    Kind.REAL: "CASE WHEN isfinite(try_cast({0} AS DOUBLE)) AND NOT contains({0}, '_')"
    " AND NOT contains({0}, '+-') THEN try_cast({0} AS DOUBLE) END",
    Kind.WHOLE: "CASE WHEN regexp_full_match({0}, '-?[0-9]{{1,9}}')"
    " THEN try_cast({0} AS INTEGER) END",
    Kind.YEAR: "CASE WHEN regexp_full_match({0}, '[0-9]{{4}}') THEN try_cast({0} AS INTEGER) END",
    Kind.DAY: "CASE WHEN {0} LIKE '____-__-__' THEN try_cast({0} AS DATE) END",
    Kind.MOMENT: "CASE WHEN {0} LIKE '____-__-__ __:__:__' THEN try_cast({0} AS TIMESTAMP) END",
    Kind.FLAG: "CASE {0} WHEN 'true' THEN true WHEN 'false' THEN false END",
}


def has_fast(column: Column) -> bool:
    """Whether the kind of the column has a reading in SQL."""
    return column.kind in _FAST


def fast(column: Column, cell: str) -> str:
    """The SQL expression that reads `cell` (a SQL expression itself) in its usual spelling."""
    return _FAST[column.kind].format(cell)


def sql_type(column: Column) -> str:
    """The engine's type of the column."""
    return SQL_TYPES.get(column.kind, "VARCHAR")


class Read(NamedTuple):
    """A cell as read: the value as canonical text (None: absent or refused), and a problem."""

    value: str | None
    code: str = ""
    zh: str = ""
    en: str = ""


def read(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    """Read one distinct text of a column. Only blanks mean absent."""
    bare = text.strip(BLANKS)
    if not bare:
        return Read(None)
    return _READERS[column.kind](column, bare, vocabulary)


def _text(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    return Read(text)


def _number(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    value = written_numbers.number(text)
    if value is None:
        scientific = written_numbers.is_scientific(text)
        return Read(None, "scientific_number" if scientific else "not_a_number")
    if abs(value) >= 10**12:
        return Read(None, "not_a_number")
    kept = round(value, 6)
    return Read(f"{kept:f}", "" if kept == value else "rounded")


def _real(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    value = written_numbers.real(text)
    return Read(None, "not_a_number") if value is None else Read(repr(value))


def _whole(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    value = written_numbers.number(text)
    if value is None or value != int(value) or abs(value) >= 10**9:
        return Read(None, "not_a_whole_number")
    return Read(str(int(value)))


def _year(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    bare = written_numbers.plain(text).removesuffix("年度").removesuffix("年")
    value = written_numbers.number(bare)
    if value is None or value != int(value) or not 1000 <= value <= 9999:
        return Read(None, "not_a_year")
    return Read(str(int(value)))


def _day(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    found = written_numbers.day(text)
    return Read(None, "not_a_day") if found is None else Read(found.isoformat())


def _moment(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    found = written_numbers.moment(text)
    return Read(None, "not_a_time") if found is None else Read(found.isoformat(" "))


def _choice(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    key = choices(column.choices).get(folded(text))
    if key is not None:
        return Read(key)
    labels = choice_labels(column.choices)
    shown = "、".join(f"{key}（{zh}）" for key, zh in labels), ", ".join(key for key, _ in labels)
    if column.choices == "line_status":
        return Read(text, "unknown_choice", *shown)
    return Read(None, "not_a_choice", *shown)


def _name(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    names = vocabulary.names(column.choices)
    found = names.find(text)
    if len(found) == 1:
        return Read(found[0])
    if found:
        return Read(found[0], "ambiguous_name", "、".join(found), ", ".join(found))
    return Read(text, "unknown_name", *_did_you_mean(names.nearest(text)))


def _did_you_mean(near: Sequence[str]) -> tuple[str, str]:
    return (f"；是否指“{near[0]}”？", f"; did you mean {near[0]}?") if near else ("", "")


def _unit(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    name = units.canonical(text)
    if name is not None:
        return Read(name)
    accepted = accepted_units(column)
    return Read(None, "unknown_unit", "、".join(accepted), ", ".join(accepted))


_ACCEPTED_UNITS: Mapping[str, tuple[str, ...]] = {
    "lines": ("t/a", "万t/a", "t/d", "m3/a", "MW", "standard cattle hides/a"),
    "equipment": ("m3", "m2", "m", "mm", "t", "t/a", "kVA", "MVA", "kA", "kWh/t", "%", "-"),
    "energy": ("kgce/t", "tce/t", "kWh/t", "kg/t", "kgce/Adt"),
    "energy_inputs": ("t", "kg", "万t", "m3", "万m3", "kWh", "万kWh", "MJ", "GJ", "kgce", "tce"),
    "outputs": ("t", "kg", "万t", "m3", "Adt", "standard cattle hides"),
    "monitoring": ("mg/m3", "g/m3", "ug/m3", "ng-TEQ/m3", "mg/L", "none", "kg/h", "times"),
    "tests": ("%", "MPa", "mg/kg", "min", "m2/kg", "MJ/kg", "L/kg", "-"),
}


def accepted_units(column: Column) -> tuple[str, ...]:
    """The usual units of a column, to be named where one is not understood."""
    return _ACCEPTED_UNITS[column.table]


def _uscc(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    code = compact(text)
    mistake = uscc_mistake(code)
    return Read(code) if mistake is None else Read(None, "bad_uscc", *mistake)


def _division(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    code = compact(text)
    mistake = division_mistake(code)
    if mistake == "unknown":
        return Read(None, "bad_division")
    return Read(code, "other_province" if mistake else "")


def _industry(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    key = industry_key(text)
    if key is None or key == ALL_INDUSTRIES:
        zh = "、".join(industry.zh for industry in INDUSTRIES.values())
        return Read(None, "bad_industry", zh, ", ".join(INDUSTRIES))
    return Read(key)


def _pollutant(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    names = vocabulary.names("pollutant")
    found = names.find(text)
    if found:
        return Read(found[0])
    return Read(text, "unknown_pollutant", *_did_you_mean(names.nearest(text)))


def _standard(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    names = vocabulary.names("standard")
    found = names.find(text)
    if found:
        return Read(found[0])
    return Read(text, "unknown_standard", *_did_you_mean(names.nearest(text)))


def _criterion(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    names = vocabulary.names("criterion")
    found = names.find(text)
    if found:
        return Read(found[0])
    near = names.nearest(text, many=3)
    return Read(None, "unknown_criterion", "、".join(near) or "（无）", ", ".join(near) or "(none)")


def _conditions(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    try:
        _, unknown = listed.conditions(text)
    except listed.Malformed as malformed:
        return Read(None, "bad_conditions", malformed.zh, malformed.en)
    if unknown:
        return Read(text, "unknown_condition", "、".join(unknown), ", ".join(unknown))
    return Read(text)


def _permitted(column: Column, text: str, vocabulary: Vocabulary) -> Read:
    try:
        parts, unknown = listed.permitted(text, vocabulary)
    except listed.Malformed as malformed:
        return Read(None, "bad_permitted", malformed.zh, malformed.en)
    return Read(listed.permitted_text(parts), "unknown_pollutant" if unknown else "")


_READERS: Mapping[Kind, Callable[[Column, str, Vocabulary], Read]] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.NUMBER: _number,
    Kind.REAL: _real,
    Kind.WHOLE: _whole,
    Kind.YEAR: _year,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.FLAG: _choice,
    Kind.CHOICE: _choice,
    Kind.NAME: _name,
    Kind.UNIT: _unit,
    Kind.USCC: _uscc,
    Kind.DIVISION: _division,
    Kind.INDUSTRY: _industry,
    Kind.POLLUTANT: _pollutant,
    Kind.STANDARD: _standard,
    Kind.CRITERION: _criterion,
    Kind.CONDITIONS: _conditions,
    Kind.PERMITTED: _permitted,
}

FIRST_PLAUSIBLE, LAST_PLAUSIBLE = date(1900, 1, 1), date(2200, 12, 31)
"""Days outside are slips of the pen (0217, 20117). A day before any edition is inside."""

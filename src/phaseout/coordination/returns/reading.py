"""The form as a workbook that comes back: read cell by cell, taken whole or not at all."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import python_calamine

from phaseout.accounts.organisations import divisions
from phaseout.accounts.scope import prefix_of
from phaseout.coordination.returns import refusing
from phaseout.coordination.returns.checking import LARGEST, Problem
from phaseout.coordination.returns.rows import DAYS, Row
from phaseout.facts.written_numbers import day, excel_day, number
from phaseout.law.annual import columns, form_units
from phaseout.law.capacity import EXITED, account, keys_of
from phaseout.law.industries import industry_key
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.units import STEP, counted_in, shown_in
from phaseout.reporting.words import DIMENSIONS

MOST_ROWS = 20_000
MOST_BYTES = 20 * 1024 * 1024
LOOKED_THROUGH = 10
NEEDED = ("enterprise", "uscc", "capacity", "unit")
"""Without these columns it is not the form."""
Cells = Mapping[str, str]


def read(content: bytes, name: str, city: str) -> list[tuple[int, Row]]:
    """(row of the sheet, row) of every row of the form, in the first sheet that has its head.

    Raises:
        Refusal: `return.file-unreadable`; `return.rows-wrong`: cells that nobody can read, all at
            once, by row, column, value and expectation.
    """
    return read_cells(_named(content, name), name, city)


def read_cells(rows: Iterable[tuple[int, Cells]], name: str, city: str) -> list[tuple[int, Row]]:
    """(number, row) of rows whose cells are texts by the key of their column (`annual.columns`).
    `name`: of the file they came in, empty where there was none.

    Raises:
        Refusal: `return.rows-wrong`.
    """
    wrong: list[Problem] = []
    found = []
    for at, cells in rows:
        before = len(wrong)
        row = _row(at, cells, city, wrong)
        if len(wrong) == before:
            found.append((at, row))
    if wrong:
        raise refusing.rows_wrong(wrong, name)
    return found


def _named(content: bytes, name: str) -> list[tuple[int, Cells]]:
    if len(content) > MOST_BYTES:
        raise refusing.file_unreadable(name, ("文件过大。", "it is too large."))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(one) for one in book.sheet_names]
        read_sheets = [sheet.to_python(skip_empty_area=False) for sheet in sheets]
    except (python_calamine.CalamineError, OSError, ValueError) as problem:
        raise refusing.file_unreadable(
            name, (f"不是可读的XLSX文件（{problem}）。", f"it is no readable workbook ({problem}).")
        ) from None
    for sheet in read_sheets:
        for head_at, line in enumerate(sheet[:LOOKED_THROUGH]):
            head = _head([_text(cell) for cell in line])
            if head:
                return _below(sheet, head_at, head, name)
    wanted = "、".join(one.zh for one in columns() if one.key in NEEDED)
    raise refusing.file_unreadable(
        name, (f"前{LOOKED_THROUGH}行中没有表头（{wanted}）。", "no head of the form was found.")
    )


def _below(
    sheet: Sequence[Sequence[Any]], head_at: int, head: Mapping[str, int], name: str
) -> list[tuple[int, Cells]]:
    rows: list[tuple[int, Cells]] = []
    for at, line in enumerate(sheet[head_at + 1 :], start=head_at + 2):
        told = {key: _text(line[place]) for key, place in head.items() if place < len(line)}
        # What only bears a number is an empty line of the form; a line of totals is no row.
        told_of = any(text for key, text in told.items() if key not in ("no", "city"))
        if told_of and _folded(told.get("no", "")) not in ("合计", "总计", "total"):
            rows.append((at, told))
    if len(rows) > MOST_ROWS:
        raise refusing.file_unreadable(
            name, (f"超过{MOST_ROWS}行。", f"it has more than {MOST_ROWS} rows.")
        )
    return rows


def _head(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = _spellings().get(_folded(cell))
        if key is not None:
            found.setdefault(key, place)
    return found if set(NEEDED) <= set(found) else {}


@cache
def _spellings() -> Mapping[str, str]:
    return {
        _folded(word): one.key
        for one in columns()
        for word in (one.key, one.zh, one.en, *filter(None, one.also.split("|")))
    }


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if not c.isspace() and c not in "*_")


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        short = f"{cell:.15g}"
        return f"{Decimal(repr(cell)):f}" if "e" in short else short
    text = "" if cell is None else str(cell)
    return "".join(c for c in text if c.isprintable() or c == "\n").strip()


_UNIT: Bilingual = ("产能单位，如万吨/年", "a unit of capacity")
_EXPECTED: Mapping[str, Bilingual] = {
    "county": ("本市的县（市、区）", "a county of the city"),
    "industry": ("十三个重点行业之一", "one of the thirteen industries"),
    "way": ("第（九）项的退出方式", "a way of exit of clause (9)"),
    "dimension": ("能耗、环保、质量、安全、技术之一", "one of the five kinds"),
    "quantity": ("整数", "a whole number"),
    "capacity": ("数", "a number"),
    "unit": _UNIT,
    **dict.fromkeys(DAYS, ("日期，如2017-10-31", "a date")),
}


class _Reader:
    """Reads the cells of one row; what nobody can read is added to `wrong`."""

    def __init__(self, at: int, cells: Cells, wrong: list[Problem]) -> None:
        self.at, self.cells, self.wrong = at, cells, wrong

    def text(self, key: str) -> str:
        return self.cells.get(key, "")

    def read(self, key: str, reading: Callable[[str], Any], *, empty: Any = "") -> Any:
        """What the cell says; `empty` where it says nothing, or nothing that can be read."""
        text = self.text(key)
        value = reading(text) if text else None
        if text and value is None:
            self.refuse(key, _EXPECTED[key])
        return empty if value is None else value

    def refuse(self, key: str, expected: Bilingual) -> None:
        self.wrong.append(Problem(self.at, key, self.text(key), expected))

    def amount(self) -> tuple[Decimal, str]:
        """(amount, unit) of the ledger; both cells must be filled in."""
        for key in ("capacity", "unit"):
            if not self.text(key):
                self.refuse(key, _EXPECTED[key])
        unit, times = self.read("unit", _unit, empty=("", Decimal(1)))
        amount: Decimal = self.read("capacity", number, empty=Decimal(0)) * times
        if abs(amount) >= LARGEST or amount != amount.quantize(STEP):
            self.refuse("capacity", ("不过大、至多六位小数的数", "not too large, six decimals"))
        return amount, unit


def _row(at: int, cells: Cells, city: str, wrong: list[Problem]) -> Row:
    told = _Reader(at, cells, wrong)
    amount, unit = told.amount()
    days = {name: told.read(name, _day, empty=None) for name in DAYS}
    texts = ("enterprise", "equipment", "document", "remarks", "line_id", "reason")
    same: dict[str, Any] = {name: told.text(name) for name in texts}
    return Row(
        division_code=told.read("county", lambda text: _county(text, city)),
        industry=told.read("industry", industry_key),
        uscc=told.text("uscc").upper().replace(" ", ""),
        way=told.read("way", _way),
        dimension=told.read("dimension", _dimension),
        quantity=told.read("quantity", _whole, empty=None),
        amount=amount,
        unit=unit,
        **days,
        **same,
    )


def _unit(text: str) -> tuple[str, Decimal] | None:
    """(unit of the ledger, how many of it one is): as the form writes it, or as anybody does."""
    written = {zh: unit for unit, zh in form_units().items()}
    if text in written:
        return written[text], shown_in(written[text]).times
    return counted_in(text)


def _day(text: str) -> date | None:
    found = day(text)
    if found is None and text.isascii() and text.isdigit() and len(text) == 5:
        return excel_day(float(text))
    return found


def _whole(text: str) -> int | None:
    value = number(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _county(text: str, city: str) -> str | None:
    """A county of the city (of the region with its own code) by code or name, with the name of the
    city before it or without."""
    bare, prefix = text.replace(" ", ""), prefix_of(city)
    here = {code: zh for code, (zh, _) in divisions().items() if code.startswith(prefix)}
    if bare in here:
        return bare
    of_city = {code: here.get(f"{code[:4]}00", "") for code in here}
    return _only(code for code, zh in here.items() if zh in (bare, f"{of_city[code]}{bare}"))


def _way(text: str) -> str | None:
    bare = _folded(text)
    return _only(k for k in keys_of(EXITED) if bare in map(_folded, (k, *account(k).name)))


def _dimension(text: str) -> str | None:
    bare = _folded(text).removesuffix("标准")
    return _only(k for k, words in DIMENSIONS.items() if bare in map(_folded, (k, *words)))


def _only(found: Iterable[str]) -> str | None:
    return next(iter(found), None)

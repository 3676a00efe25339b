"""Rows added to the published rest-day calendar: ours, or those of the caller.

A CSV table (UTF-8 or GB18030) with the columns

    day       a date; for kind `year` the year alone
    kind      rest    the day is a rest day
              work    the day is a workday, also on a Saturday or Sunday
              year    the notice of this year is entered in full: days of it without a row are
                      ordinary weekdays and weekends
    name_zh, name_en    what people call it
    source    the notice or decision that says so; required
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from phaseout.law.periods.written_dates import parse_day
from phaseout.law.refusals import Bilingual, Refusal

COLUMNS = ("day", "kind", "name_zh", "name_en", "source")


class RowKind(StrEnum):
    """What a row of the calendar says: a day off, a day worked, or that a year is complete."""

    REST = "rest"
    WORK = "work"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class RestDayRow:
    """One day that a notice makes a rest day or a workday."""

    day: date
    kind: RowKind
    name: Bilingual
    source: str


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A year whose notice is entered in full."""

    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Additions:
    """Rows for days and years, at most one each."""

    rows: tuple[RestDayRow, ...] = ()
    years: tuple[PublishedYear, ...] = ()
    _by_day: dict[date, RestDayRow] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_day", {row.day: row for row in self.rows})

    def day(self, day: date) -> RestDayRow | None:
        """The row for `day`; None: no row was added for it."""
        return self._by_day.get(day)

    def followed_by(self, later: Additions) -> Additions:
        """Both together; where both speak of one day or year, the later row stands."""
        days = {row.day: row for row in (*self.rows, *later.rows)}
        years = {row.year: row for row in (*self.years, *later.years)}
        return Additions(
            tuple(days[day] for day in sorted(days)), tuple(years[year] for year in sorted(years))
        )

    def canonical(self) -> str:
        """The rows as text, the same for the same content whatever the order or file form."""
        days = [f"{r.day}|{r.kind}|{'|'.join(r.name)}|{r.source}" for r in self.rows]
        years = [f"{y.year}|year|||{y.source}" for y in self.years]
        return "\n".join(sorted(days) + sorted(years))


def read_rows(data: bytes, file: str) -> Additions:
    """The rows of a table. `file` is its name, for messages.

    Raises:
        Refusal: `calendar.bad-row`, with file, line, column and what was expected.
    """
    reader = csv.DictReader(io.StringIO(_decode(data, file), newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise _bad(file, 1, ",".join(missing), "", ("缺少该列", "the column is missing"))
    days: dict[date, RestDayRow] = {}
    years: dict[int, PublishedYear] = {}
    for line, cells in enumerate(reader, start=2):
        row = _read_row({c: (cells[c] or "").strip() for c in COLUMNS}, file, line)
        if isinstance(row, PublishedYear):
            years[row.year] = row
        elif days.setdefault(row.day, row).kind is not row.kind:
            twice = ("同一天既作休息日又作工作日", "the day is both rest and work in this file")
            raise _bad(file, line, "day", str(row.day), twice)
    return Additions(tuple(days.values()), tuple(years.values()))


def _decode(data: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _bad(file, 1, "", "", ("应为 UTF-8 或 GB18030 文本", "expected UTF-8 or GB18030 text"))


def _read_row(cells: dict[str, str], file: str, line: int) -> RestDayRow | PublishedYear:
    try:
        kind = RowKind(cells["kind"])
    except ValueError:
        expected = ("应为 rest、work 或 year", "expected rest, work or year")
        raise _bad(file, line, "kind", cells["kind"], expected) from None
    if not cells["source"]:
        expected = ("须注明放假通知或决定", "name the notice or decision that says so")
        raise _bad(file, line, "source", "", expected)
    if kind is RowKind.YEAR:
        if not (cells["day"].isdecimal() and 1 <= int(cells["day"]) <= 9999):
            expected = ("应为年份，如 2027", "expected a year, for example 2027")
            raise _bad(file, line, "day", cells["day"], expected)
        return PublishedYear(int(cells["day"]), cells["source"])
    try:
        day = parse_day(cells["day"])
    except ValueError:
        expected = ("应为日期，如 2027-02-05", "expected a date, for example 2027-02-05")
        raise _bad(file, line, "day", cells["day"], expected) from None
    name = (cells["name_zh"] or cells["name_en"], cells["name_en"] or cells["name_zh"])
    return RestDayRow(day, kind, name, cells["source"])


def _bad(file: str, line: int, column: str, value: str, expected: Bilingual) -> Refusal:
    return Refusal(
        "calendar.bad-row",
        what=("不能使用该休息日表", "cannot use this table of rest days"),
        why=(
            f"{file} 第{line}行，列“{column}”，值“{value}”：{expected[0]}。",
            f"{file} line {line}, column {column!r}, value {value!r}: {expected[1]}.",
        ),
        instead=(
            "请改正该行后重新计算（列：day,kind,name_zh,name_en,source）。",
            "Correct the line and compute again (columns: day,kind,name_zh,name_en,source).",
        ),
    )

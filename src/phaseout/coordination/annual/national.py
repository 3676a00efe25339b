"""The rows of the report in the columns in which the ministry prints its lists: industry by
industry, cities by industries, and the coal mines as the energy administration has them.

Of an enterprise with several lines of an industry there is one row; lines are counted once.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from phaseout.accounts.organisations import REGION_CODE, place_words
from phaseout.coordination.annual.figures import Report, Reported, words_of
from phaseout.coordination.returns.rows import Row, county_words, form_unit
from phaseout.coordination.returns.writing import head_cell, text_cell
from phaseout.law.annual.national import COAL, ELIMINATED, national_columns
from phaseout.law.industries import INDUSTRIES
from phaseout.registry.capacity.saying import shown
from phaseout.reporting.steady import without_clock

NONE = Decimal(0)
COAL_INDUSTRY = "coal"
Cell = str | int | Decimal


def workbook(report: Report) -> bytes:
    """A sheet an industry and unit, the cities by industries, the coal mines."""
    rows = [one for one in report.rows if one.row.amount]
    book = Workbook(write_only=True)
    _sheet(book, "分市分行业", *by_city(rows))
    for industry, unit in _kinds(rows):
        of = [one.row for one in rows if (one.row.industry, one.row.unit) == (industry, unit)]
        _sheet(book, _title(industry, unit), *eliminated(of, unit))
    mines = [one.row for one in rows if one.row.industry == COAL_INDUSTRY]
    _sheet(book, "煤矿关闭退出情况", *coal(mines))
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def eliminated(rows: Sequence[Row], unit: str) -> tuple[list[str], list[list[Cell]]]:
    """(heads, rows) of an industry's list, the total last."""
    heads = [one.zh for one in national_columns(ELIMINATED)]
    heads[-1] += f"（{form_unit(unit)[0]}）"
    province = place_words(REGION_CODE)[0]
    firms: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        firms.setdefault((row.uscc, row.enterprise), []).append(row)
    told: list[list[Cell]] = [
        [at, province, name, "；".join(map(_equipment, lines)), shown(_sum(lines), unit)]
        for at, ((_, name), lines) in enumerate(firms.items(), 1)
    ]
    return heads, [*told, ["合计", "", "", "", shown(_sum(rows), unit)]]


def by_city(rows: Sequence[Reported]) -> tuple[list[str], list[list[Cell]]]:
    """(heads, rows): each city with what exited in each industry, the region last."""
    kinds = _kinds(rows)
    heads = ["市", *(f"{_industry(i)}（{form_unit(u)[0]}）" for i, u in kinds)]
    cities = sorted({f"{one.row.division_code[:4]}00" for one in rows})
    sums: dict[tuple[str, str, str], Decimal] = {}
    for one in rows:
        for city in (f"{one.row.division_code[:4]}00", REGION_CODE):
            key = (city, one.row.industry, one.row.unit)
            sums[key] = sums.get(key, NONE) + one.row.amount
    return heads, [
        [
            "合计" if city == REGION_CODE else place_words(city)[0],
            *(shown(sums.get((city, i, u), NONE), u) for i, u in kinds),
        ]
        for city in (*cities, REGION_CODE)
    ]


def coal(rows: Sequence[Row]) -> tuple[list[str], list[list[Cell]]]:
    """(heads, rows) of the coal mines that closed, the total last: of what is counted in t/a."""
    heads = [one.zh for one in national_columns(COAL)]
    mines = [row for row in rows if row.unit == "t/a"]
    told: list[list[Cell]] = [
        [at, row.enterprise, _place(row), row.shown, _closed_on(row)]
        for at, row in enumerate(mines, 1)
    ]
    return heads, [*told, ["合计", "", "", shown(_sum(mines), "t/a"), ""]]


def _kinds(rows: Iterable[Reported]) -> list[tuple[str, str]]:
    order = list(INDUSTRIES)
    found = {(one.row.industry, one.row.unit) for one in rows}
    return sorted(found, key=lambda k: (order.index(k[0]) if k[0] in order else len(order), k[1]))


def _title(industry: str, unit: str) -> str:
    return f"{_industry(industry)}（{form_unit(unit)[0].replace('/', '每')}）"[:31]


def _industry(key: str) -> str:
    return words_of("industry", key)[0]


def _equipment(row: Row) -> str:
    return f"{row.equipment}×{row.quantity}" if row.quantity else row.equipment


def _place(row: Row) -> str:
    return f"{place_words(f'{row.division_code[:4]}00')[0]}{county_words(row.division_code)[0]}"


def _closed_on(row: Row) -> str:
    """The day it was accepted, else the last of the days on which something was done."""
    done = [day for day in (row.cut_on, row.sealed_on, row.dismantled_on) if day]
    on = row.accepted_on or max(done, default=None)
    return on.isoformat() if on else ""


def _sum(rows: Iterable[Row]) -> Decimal:
    return sum((row.amount for row in rows), NONE)


def _sheet(book: Any, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, head in enumerate(heads):
        sheet.column_dimensions[chr(ord("A") + at)].width = max(10, min(40, 2 * len(head)))
    sheet.append([head_cell(sheet, head) for head in heads])
    for row in rows:
        sheet.append([text_cell(sheet, one) if isinstance(one, str) else one for one in row])

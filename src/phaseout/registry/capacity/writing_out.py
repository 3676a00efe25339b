"""The balance as a file: CSV or XLSX, the same numbers as on the page."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from phaseout.facts.export_safety import put_text, safe_text
from phaseout.findings.export import plain
from phaseout.pages.templatetags.phaseout import english
from phaseout.registry.capacity.asking import CapacityFilter
from phaseout.registry.capacity.showing import Table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def written_out(table: Table, form: CapacityFilter, ending: str) -> HttpResponse:
    """The table as a file to keep."""
    rows = _rows(table)
    data = _workbook(rows) if ending == "xlsx" else _text(rows)
    answer = HttpResponse(data, content_type=TYPES[ending])
    day = f"-{form.as_of.isoformat()}" if form.as_of else ""
    name = f"{'capacity' if english() else '产能台账'}{day}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _rows(table: Table) -> list[list[Any]]:
    first = [table.group] if table.group else []
    rows: list[list[Any]] = [[*first, _("产品"), _("单位"), *table.heads]]
    for row in table.rows:
        group = [row.group] if table.group else []
        rows.append([*group, row.product, row.unit, *(cell.amount for cell in row.cells)])
    return rows


def _text(rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            plain(cell) if isinstance(cell, Decimal) else safe_text(cell) for cell in row
        )
    return out.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _("产能台账")
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if isinstance(value, Decimal):
                cell.value = value
            else:
                put_text(cell, value)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

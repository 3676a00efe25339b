"""What a page shows, to keep: a table as CSV or XLSX, a chart as SVG or PNG; one way for all rooms.

    table_file(rows, "xlsx", name=…, title=…)      picture_file(chart, "png", name=…)

Made on the server, so that it works without JavaScript; the same content gives the same table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from phaseout.documents.charts import WIDTH, Chart, drawn
from phaseout.documents.rastering import as_png
from phaseout.documents.typesetting import DEMO_MARK
from phaseout.facts.export_safety import put_text, safe_text
from phaseout.findings.export import plain
from phaseout.pages.templatetags.phaseout import english

Rows = Iterable[Sequence[Any]]
TABLES = ("csv", "xlsx")
PICTURES = ("svg", "png")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def table_file(rows: Rows, ending: str, *, name: str, title: str) -> HttpResponse:
    """Rows of text, numbers, days and None (an empty cell), the head first, as a file to keep;
    `title` names the sheet."""
    made = as_workbook(rows, title) if ending == "xlsx" else as_csv(rows)
    return handed_out(made, ending, name)


def picture_file(chart: Chart, ending: str, *, name: str) -> HttpResponse:
    """A chart as a file to keep."""
    return svg_file(drawn(chart), ending, name=name, width=WIDTH)


def svg_file(svg: str, ending: str, *, name: str, width: int) -> HttpResponse:
    """A picture of one's own, `width` pixels wide, as a file to keep."""
    made = as_png(svg, width=width) if ending == "png" else svg.encode()
    return handed_out(made, ending, name)


def demo_note() -> tuple[str, ...]:
    """What a picture of a demonstration says of itself; nothing elsewhere."""
    if not settings.DEMO:
        return ()
    return ("(demonstration, without legal effect)" if english() else DEMO_MARK,)


def handed_out(made: bytes, ending: str, name: str) -> HttpResponse:
    """An answer that a browser keeps as `name.ending`."""
    answer = HttpResponse(made, content_type=TYPES[ending])
    answer["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.{ending}") or "attachment"
    )
    return answer


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with its mark, so that spreadsheet programs in Chinese offices see what it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(_as_text(cell) for cell in row)
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return plain(cell)
    if cell is None or isinstance(cell, int):
        return cell
    return cell.isoformat() if isinstance(cell, date) else safe_text(str(cell))


def as_workbook(rows: Rows, title: str) -> bytes:
    """A sheet with its first row in place; text is never taken for a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "".join("－" if sign in r"[]:*?/\'" else sign for sign in title)[:31]
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if value is None or isinstance(value, int | Decimal | date):
                cell.value = value
            else:
                put_text(cell, str(value))
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

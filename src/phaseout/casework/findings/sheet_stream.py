"""A workbook of one kind of rows, written as it is sent: a million rows in the memory of one.

A sheet holds 1,048,576 rows; what is more goes on in the next sheet. Every text is a string of its
own in the cell, so that nothing can become a formula whatever it begins with.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from phaseout.facts.export_safety import put_text

MOST_ROWS = 1_048_575
"""Of a sheet, beside its head."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"

_CHUNK = 64 * 1024
_HEAD = (
    f'{_XML}<worksheet xmlns="{_MAIN}">'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_FOOT = "</sheetData></worksheet>"


class _Pipe:
    """What the archive writes into and the response takes out of; it cannot be wound back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._told = 0
        self.waiting = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self._told += len(data)
        self.waiting += len(data)
        return len(data)

    def flush(self) -> None:
        return None

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        self.waiting = 0
        return taken


class _Cell:
    """What `put_text` writes into, to hold the same rules as other workbooks of ours."""

    value = ""
    data_type = "s"


def stream_workbook(
    title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], *, most: int = MOST_ROWS
) -> Iterator[bytes]:
    """The bytes of an XLSX file with `head` on every sheet, then `rows`."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        sheets, iterator = 0, iter(rows)
        row = next(iterator, None)
        while sheets == 0 or row is not None:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w") as sheet:
                sheet.write((_HEAD + _line(head)).encode())
                written = 0
                while row is not None and written < most:
                    sheet.write(_line(row).encode())
                    written += 1
                    row = next(iterator, None)
                    if pipe.waiting > _CHUNK:
                        yield pipe.take()
                sheet.write(_FOOT.encode())
            yield pipe.take()
        for name, content in _frame(title, sheets).items():
            archive.writestr(name, content)
    yield pipe.take()


def _line(values: Sequence[Any]) -> str:
    return f"<row>{''.join(map(_cell, values))}</row>"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, Decimal)):
        return (
            f"<c><v>{value:f}</v></c>" if isinstance(value, Decimal) else f"<c><v>{value}</v></c>"
        )
    cell = _Cell()
    put_text(cell, str(value))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell.value)}</t></is></c>'


def _frame(title: str, sheets: int) -> dict[str, str]:
    """What makes sheets a workbook."""
    parts, links, named = [], [], []
    for n in range(1, sheets + 1):
        file = f"worksheets/sheet{n}.xml"
        name = escape(title if n == 1 else f"{title} {n}")
        parts.append(_override(f"/xl/{file}", "worksheet"))
        links.append(f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="{file}"/>')
        named.append(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>')
    book = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELS}"/>'
        f"{_override('/xl/workbook.xml', 'sheet.main')}{''.join(parts)}</Types>",
        "_rels/.rels": _relationships(book),
        "xl/_rels/workbook.xml.rels": _relationships("".join(links)),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f"{''.join(named)}</sheets></workbook>",
    }


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{_SHEETS}.{kind}+xml"/>'


def _relationships(links: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'

"""A table of many columns and rows in a DOCX, written as XML at once: cell by cell through
python-docx a thousand rows of eighteen columns take minutes."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from phaseout.documents.pieces import Table

TWIPS = 15_250
"""The width of the type area of a page on its side, 269 mm."""
_RUN = (
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}"/>'
    '<w:sz w:val="15"/></w:rPr>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def wide_table(made: Any, table: Table) -> None:
    """Append the table; its head is repeated on every page."""
    shares = table.widths or (1,) * len(table.head)
    widths = [TWIPS * share // sum(shares) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row(table.head, widths, "黑体", head=True)]
    rows += [_row(row, widths, "仿宋") for row in table.rows]
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    # Before the properties of the last section, which end the body.
    made.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _row(cells: Any, widths: list[int], face: str, *, head: bool = False) -> str:
    shape = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    made = "".join(_cell(text, width, face) for text, width in zip(cells, widths, strict=True))
    return f"<w:tr>{shape}{made}</w:tr>"


def _cell(text: str, width: int, face: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:r>'
        f'{_RUN.format(face=face)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )

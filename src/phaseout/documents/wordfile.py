"""A document as DOCX, to be worked on: the same records, mapped piece by piece.

The typefaces are named, not embedded: Word uses the office's own FangSong, Song and Hei.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from phaseout.documents import saying
from phaseout.documents.characters import check_visible
from phaseout.documents.pieces import Box, Boxes, Heading, Items, Paragraph, Piece, Table
from phaseout.documents.records import Layout, OfficialDocument
from phaseout.documents.typesetting import DEMO_MARK, DRAFT_MARK, NO_DAY, NO_NUMBER, SEAL_PLACE
from phaseout.documents.widetable import wide_table

FANGSONG, SONG, HEI = "仿宋", "宋体", "黑体"
RED = RGBColor(0xC8, 0x10, 0x2E)
THREE, FOUR, SMALL = Pt(16), Pt(14), Pt(12)
WIDTH_MM = 156
_EPOCH = date(2000, 1, 1)


def editable(document: OfficialDocument) -> bytes:
    """The document as DOCX. The same document gives the same bytes.

    Raises:
        Refusal: `document.character_hidden`.
    """
    check_visible(document)
    made: Any = Document()
    _page(made, document)
    _head(made, document)
    if document.addressee:
        _line(made, f"{document.addressee}：")
    _pieces(made, document.body)
    if document.layout is Layout.LETTER:
        _close(made, document)
    wide = False
    for annex in document.annexes:
        turned = annex.wide != wide
        if turned:
            _turn(made, wide=annex.wide)
        wide = annex.wide
        head = _line(made, f"附件　{annex.title}", face=HEI)
        head.paragraph_format.page_break_before = not turned
        for piece in annex.body:
            if wide and isinstance(piece, Table):
                wide_table(made, piece)
            else:
                _pieces(made, [piece])
    _copies(made, document)
    return _same_bytes(made, document)


def _page(made: Any, document: OfficialDocument) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", THREE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    style.paragraph_format.space_after = Pt(0)
    marks = [DEMO_MARK] if document.imprint.demo else []
    if not document.imprint.signed:
        marks.append(DRAFT_MARK)
    if marks:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(head, "　".join(marks), face=HEI, size=Pt(10.5), colour=RED)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", face=SONG, size=FOUR)
    _page_number(foot)
    _run(foot, " —", face=SONG, size=FOUR)


def _turn(made: Any, *, wide: bool) -> None:
    """What follows stands on new pages, lying on their side or upright again."""
    section = made.add_section(WD_SECTION.NEW_PAGE)
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    if wide:
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin = section.right_margin = Mm(14)
    else:
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _head(made: Any, document: OfficialDocument) -> None:
    imprint = document.imprint
    letter = document.layout is Layout.LETTER
    centre = WD_ALIGN_PARAGRAPH.CENTER
    if letter:
        size = Pt(min(42, max(22, 425 // max(1, len(imprint.office.name)))))
        _line(made, imprint.office.name, face=SONG, size=size, bold=True, colour=RED, align=centre)
        number = _line(made, imprint.number or NO_NUMBER, align=centre)
        _border(number, "bottom", colour="C8102E", size=12)
    else:
        _line(made, imprint.office.name, face=SONG, align=centre)
    title = _line(made, document.title, face=SONG, size=Pt(22), bold=True, align=centre)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(16)
    if imprint.demo:
        _line(made, DEMO_MARK, face=HEI, size=FOUR, colour=RED, align=centre)
    if not letter and (imprint.case or imprint.number):
        case = f"案号：{imprint.case}　　" if imprint.case else ""
        _line(made, f"{case}{imprint.number}", size=SMALL)


def _pieces(made: Any, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        match piece:
            case Heading(text):
                _line(made, text, face=HEI, indent=True)
            case Paragraph(text, flush):
                _line(made, text, indent=not flush)
            case Items(entries):
                for at, entry in enumerate(entries, start=1):
                    _line(made, f"{at}. {entry}", indent=True)
            case Table(head, rows, widths):
                cells = [[Box(cell, label=True) for cell in head]]
                cells += [[Box(cell) for cell in row] for row in rows]
                _grid(made, widths or (1,) * len(head), cells)
            case Boxes(widths, rows):
                _grid(made, widths, rows)


def _grid(made: Any, widths: Sequence[int], rows: Sequence[Sequence[Box]]) -> None:
    table = made.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    share = WIDTH_MM / sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width * share)
    for line, boxes in zip(table.rows, rows, strict=True):
        at = 0
        for box in boxes:
            cell = line.cells[at].merge(line.cells[at + box.span - 1])
            cell.width = Mm(sum(widths[at : at + box.span]) * share)
            _fill(cell, box)
            at += box.span


def _fill(cell: Any, box: Box) -> None:
    paragraph = cell.paragraphs[0]
    if box.label:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, box.text, face=HEI if box.label else FANGSONG, size=SMALL)
    for _ in range(box.lines - 1 - box.text.count("\n")):
        cell.add_paragraph()
    if box.sign:
        sign = cell.add_paragraph()
        sign.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(sign, box.sign, size=SMALL)


def _close(made: Any, document: OfficialDocument) -> None:
    imprint, right = document.imprint, WD_ALIGN_PARAGRAPH.RIGHT
    many = len(document.annexes) > 1
    for at, annex in enumerate(document.annexes, start=1):
        _line(made, f"附件{at if many else ''}：{annex.title}", indent=True)
    for text in (
        "",
        imprint.office.name,
        SEAL_PLACE,
        saying.day(imprint.dated) if imprint.dated else NO_DAY,
    ):
        line = _line(made, text, align=right)
        line.paragraph_format.right_indent = Pt(64)
        line.paragraph_format.keep_with_next = True
    if contact := imprint.office.says:
        _line(made, f"（{contact}）", size=FOUR, indent=True)


def _copies(made: Any, document: OfficialDocument) -> None:
    imprint = document.imprint
    if document.layout is not Layout.LETTER:
        return
    if imprint.copies:
        copies = _line(made, f"抄送：{'，'.join(imprint.copies)}。", size=FOUR)
        _border(copies, "top")
    if imprint.printed:
        text = f"{imprint.office.name}　　{saying.day(imprint.printed)}印发"
        _border(_line(made, text, size=FOUR), "top")


def _line(
    made: Any,
    text: str,
    *,
    face: str = FANGSONG,
    size: Any = THREE,
    bold: bool = False,
    colour: Any = None,
    align: Any = None,
    indent: bool = False,
) -> Any:
    paragraph = made.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = align
    if size == THREE:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(29)
    if indent:
        shape.first_line_indent = size * 2
    _run(paragraph, text, face=face, size=size, bold=bold, colour=colour)
    return paragraph


def _run(
    paragraph: Any,
    text: str,
    *,
    face: str = FANGSONG,
    size: Any = THREE,
    bold: bool = False,
    colour: Any = None,
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = size, bold
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if colour is not None:
        run.font.color.rgb = colour


def _border(paragraph: Any, side: str, *, colour: str = "000000", size: int = 8) -> None:
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "6"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().append(borders)


def _same_bytes(made: Any, document: OfficialDocument) -> bytes:
    """The file without the clock: its own day inside, one fixed day in the archive."""
    on = document.imprint.dated or _EPOCH
    about = made.core_properties
    about.title, about.author = document.title, document.imprint.office.name
    about.language, about.comments = "zh-CN", ""
    about.created = about.modified = datetime(on.year, on.month, on.day)  # noqa: DTZ001 (no zone there)
    raw, out = io.BytesIO(), io.BytesIO()
    made.save(raw)
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()

"""The report as files: the same bytes from the same freeze, today and in ten years.

annual-2017.pdf   annual-2017.docx   annual-2017.xlsx      the report
annual-2017-national.xlsx                                  in the columns of the national lists
annual-2017.jsonl                                          the freeze, to be digested again
annual-2017-erratum-1.pdf …                                its corrections, each by itself
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from openpyxl import Workbook

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.coordination.annual import freezing, national, refusing
from phaseout.coordination.annual.figures import Report, against, sums, words_of
from phaseout.coordination.annual.lasting import report_of
from phaseout.coordination.annual.letter import Imprinted, erratum_letter, in_annex, letter
from phaseout.coordination.annual.models import Freeze
from phaseout.coordination.annual.standing import Standing, standing
from phaseout.coordination.returns.rows import form_unit
from phaseout.coordination.returns.standing import Place, State, places
from phaseout.coordination.returns.writing import cells_of, head_cell, text_cell
from phaseout.documents import editable, render
from phaseout.law.annual import columns
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.reporting.steady import without_clock

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
}
NATIONAL = "-national.xlsx"
ENDINGS = (*(f".{kind}" for kind in TYPES), NATIONAL)
"""What follows `annual-YEAR` in the name of a file of the report."""


def build(freeze: Freeze, printed: Imprinted | None) -> dict[str, bytes]:
    """Name → bytes of the report; without `printed` a draft.

    Raises:
        Refusal: `annual.freeze-broken`: what is stored is not what was frozen.
    """
    return {f"annual-{freeze.year}{end}": one(freeze, printed, end) for end in ENDINGS}


def one(freeze: Freeze, printed: Imprinted | None, ending: str) -> bytes:
    """The file of the report with one of `ENDINGS`. Raises as `build`."""
    lines = list(freezing.data(freeze))
    if freezing.digest(iter(lines)) != freeze.digest:
        raise refusing.broken(freeze.year)
    if ending == ".jsonl":
        return "".join(f"{line}\n" for line in lines).encode()
    report = report_of(freeze)
    if ending == ".xlsx":
        return workbook(report)
    if ending == NATIONAL:
        return national.workbook(report)
    document = letter(report, printed, demo=settings.DEMO)
    return render(document) if ending == ".pdf" else editable(document)


def imprinted(now: Standing) -> Imprinted | None:
    """What the report bears once it was sent."""
    if now.sent is None or now.approved is None:
        return None
    agreed = now.approved.content["document"]
    return Imprinted(now.sent.content["number"], now.sent.done_on, agreed)


def all_of(year: int, today: date) -> dict[str, bytes]:
    """Every file of a year: the report, and each erratum as PDF and DOCX.

    Raises:
        Refusal: `annual.no-data`, `annual.not-frozen`, `annual.freeze-broken`.
    """
    now = standing(year, today)
    if now.freeze is None:
        raise _missing(year, today)
    made = build(now.freeze, imprinted(now))
    for each in now.errata:
        document = erratum_letter(each, demo=settings.DEMO)
        name = f"annual-{year}-erratum-{each.number}"
        made |= {f"{name}.pdf": render(document), f"{name}.docx": editable(document)}
    return made


def _missing(year: int, today: date) -> Refusal:
    """Why there is no report of a year in which nothing is frozen: what is missing, by name."""
    if not has_data(year):
        return refusing.no_data(year)
    open_ = [one for one in places(year, today) if one.state is not State.ACCEPTED]
    return refusing.not_frozen(year, [_named(one, today) for one in open_])


def _named(one: Place, today: date) -> Bilingual:
    city, office = place_words(one.city), office_name(one.department, REGION_CODE, today)
    return f"{city[0]}向{office[0]}", f"{city[1]} to {office[1]}"


def has_data(year: int) -> bool:
    """Whether anybody has reported for the year, or anything on the ledger exited in it."""
    from phaseout.coordination.returns.exited import amounts
    from phaseout.coordination.returns.models import Return

    return Return.objects.filter(year=year).exists() or bool(amounts(year))


def workbook(report: Report) -> bytes:
    """A sheet of the rows in the columns of the form, and one for each way of counting them."""
    book = Workbook(write_only=True)
    _rows_sheet(book, report)
    _industry_sheet(book, report)
    for by, title in (
        ("city", "分市"),
        ("way", "分退出方式"),
        ("dimension", "分标准类别"),
    ):
        _sums_sheet(book, report, by, title)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _rows_sheet(book: Any, report: Report) -> None:
    sheet = book.create_sheet(f"{report.year}年退出情况表")
    sheet.freeze_panes = "A2"
    shown = columns(on_paper=True)
    for at, column in enumerate(shown):
        sheet.column_dimensions[chr(ord("A") + at)].width = 6 + 2 * column.width
    sheet.append([head_cell(sheet, column.zh) for column in shown])
    for number, row in enumerate(in_annex(report), 1):
        sheet.append(cells_of(sheet, row, number, shown))
    for total in sums(report.rows, "unit"):
        told_cells = {"no": "合计", "capacity": total.shown, "unit": total.unit_words[0]}
        sheet.append(_cells(sheet, [told_cells.get(column.key, "") for column in shown]))


def _industry_sheet(book: Any, report: Report) -> None:
    heads = ["行业", "企业数", "生产线", "任务", "完成", "单位", "完成率（%）", "上年", "增减"]
    sheet = _sheet(book, "分行业", heads)
    for told in against(report):
        industry = INDUSTRIES.get(told.industry)
        cells: list[Any] = [
            industry.zh if industry else told.industry,
            told.done.enterprises,
            told.done.lines,
            told.task_shown,
            told.done.shown,
            form_unit(told.unit)[0],
            told.rate,
            told.last_shown,
            told.change_shown,
        ]
        sheet.append(_cells(sheet, cells))


def _sums_sheet(book: Any, report: Report, by: str, title: str) -> None:
    sheet = _sheet(book, title, [title[1:], "企业数", "生产线", "产能", "单位"])
    for told in sums(report.rows, by):
        cells = [words_of(by, told.key)[0], told.enterprises, told.lines, told.shown]
        sheet.append(_cells(sheet, [*cells, told.unit_words[0]]))


def _sheet(book: Any, title: str, heads: Sequence[str]) -> Any:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([head_cell(sheet, head) for head in heads])
    return sheet


def _cells(sheet: Any, values: Sequence[Any]) -> list[Any]:
    """Numbers as numbers, texts as texts, nothing where nothing is known."""
    return [text_cell(sheet, value) if isinstance(value, str) else value for value in values]

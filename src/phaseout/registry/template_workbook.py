"""An empty workbook to fill in: a sheet a table, heads in Chinese, a note on every column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from phaseout.facts.export_safety import put_text
from phaseout.facts.schema import Column, Kind, Table, choice_labels, tables
from phaseout.law.industries import INDUSTRIES

NOTES = "填写说明"
ROWS = 5_000
"""So many rows get a list to choose from."""
NEEDED = PatternFill("solid", fgColor="FFDCE8F5")

_KINDS = {
    Kind.NUMBER: "数字，整数部分不超过12位，小数不超过6位；不用科学计数法",
    Kind.REAL: "数字",
    Kind.WHOLE: "整数",
    Kind.YEAR: "四位年份，如2017",
    Kind.DAY: "日期，如2017-06-30",
    Kind.MOMENT: "北京时间，如2017-06-30 08:00",
    Kind.FLAG: "是或否",
    Kind.NAME: "标准库中的名称，中文或英文",
    Kind.UNIT: "计量单位，如 t、万吨、kgce/t、mg/m3",
    Kind.USCC: "18位统一社会信用代码，校验位须正确",
    Kind.DIVISION: "六位行政区划代码（GB/T 2260）",
    Kind.POLLUTANT: "HJ 212污染物编码，如a21026",
    Kind.STANDARD: "标准编号，如GB 4915-2013",
    Kind.CRITERION: "文件编号和条款，中间一个空格",
    Kind.CONDITIONS: "键=值；多个用分号隔开，如altitude=1200",
    Kind.PERMITTED: "污染物编码=数值 单位；多个用分号隔开，如a21026=100 mg/m3",
}
_BOUNDS = {"not_negative": "不能为负", "positive": "须大于零"}
_GENERAL = (
    "每张工作表是一个表，可以只填其中几个；没有的表留空即可。",
    "表头带 * 的列必填；不知道的数据留空，不要填0。",
    "同一编号再次导入即为变更：以新的内容代替原来的内容，原内容留有记录。",
    "表之间以编号相连：生产线填统一社会信用代码，设备、能耗等填生产线编号，监测填排放口编号；"
    "已登记的不必重复填写。",
    "请不要合并单元格；公式须先计算并保存结果。",
)


def write_template(out: Path) -> None:
    """Write the workbook to `out`."""
    book = Workbook()
    notes = book.active
    notes.title = NOTES
    _write_notes(notes)
    for table in tables().values():
        _write_sheet(book.create_sheet(table.zh), table)
    book.save(out)


def _write_notes(sheet: Any) -> None:
    sheet.append([NOTES])
    sheet["A1"].font = Font(bold=True, size=14)
    for line in _GENERAL:
        sheet.append([line])
    sheet.append([])
    sheet.append(["表", "列", "是否必填", "填写要求"])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for table in tables().values():
        for column in table.columns:
            sheet.append([None] * 4)
            texts = (table.zh, column.zh, "必填" if column.required else "", _note(column))
            for cell, text in zip(sheet[sheet.max_row], texts, strict=True):
                put_text(cell, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (14, 24, 10, 80), strict=True):
        sheet.column_dimensions[letter].width = width


def _write_sheet(sheet: Any, table: Table) -> None:
    for place, column in enumerate(table.columns, start=1):
        cell = sheet.cell(1, place)
        put_text(cell, column.zh + ("*" if column.required else ""))
        cell.font = Font(bold=True)
        if column.required:
            cell.fill = NEEDED
        cell.comment = Comment(_note(column), "phaseout", width=320, height=90)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.zh) + 4)
        _format(sheet, column, letter)
    sheet.freeze_panes = "A2"


def _format(sheet: Any, column: Column, letter: str) -> None:
    """Codes stay text, days look like days, closed lists can be chosen from."""
    if column.kind in (Kind.USCC, Kind.DIVISION, Kind.TEXT, Kind.CODE):
        sheet.column_dimensions[letter].number_format = "@"
    if column.kind is Kind.DAY:
        sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
    if allowed := _allowed(column):
        listed = DataValidation("list", f'"{",".join(allowed)}"', allow_blank=True)
        listed.showErrorMessage = False  # other spellings are understood, too
        listed.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(listed)


def _allowed(column: Column) -> list[str]:
    if column.kind is Kind.INDUSTRY:
        return [industry.zh for industry in INDUSTRIES.values()]
    if column.kind in (Kind.CHOICE, Kind.FLAG):
        return [zh for _, zh in choice_labels(column.choices)]
    return []


def _note(column: Column) -> str:
    parts = [_KINDS.get(column.kind, "文字"), _BOUNDS.get(column.bound, "")]
    if allowed := _allowed(column):
        parts[0] = "下列之一：" + "、".join(allowed)
    if column.refers:
        parts.append(f"须是表“{tables()[column.refers].zh}”中或已登记的")
    if column.key:
        parts.append("与其他编号列一起识别一行")
    return "；".join(filter(None, parts)) + "。"

"""The price file of a month: CSV for machines, a workbook for people; and who may read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from django.db.models import Q

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.evidence.models import EvidenceFile
from phaseout.facts.export_safety import put_text, safe_text
from phaseout.law.prices.asking import CLASS_WORDS, MEASURE_WORDS, Measure, PriceClass
from phaseout.measures.prices.billing import Charged, Held, Owed
from phaseout.measures.prices.models import ConsumptionFile, Edition

HEAD = (
    "账单号 bill", "统一社会信用代码 uscc", "企业 enterprise", "区划 division",
    "生产线编号 line_id", "生产线 line", "起 begins", "止 ends", "电量 kwh", "措施 measure",
    "类别 class", "加价标准 rate（元/kWh CNY/kWh）", "乘积 product（元 CNY）",
    "账单金额 bill amount（元 CNY）", "文件 document", "价格记录 row",
)  # fmt: skip
HELD_HEAD = (
    "生产线编号 line_id", "生产线 line", "起 begins", "止 ends", "电量 kwh",
    "须有该日抄表数 reading needed on",
)  # fmt: skip

Numbered = Sequence[tuple[str, Owed]]


def as_csv(bills: Numbered) -> bytes:
    """UTF-8 with BOM, one row a span; the same bills give the same bytes."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in _rows(bills):
        writer.writerow([safe_text(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def _rows(bills: Numbered) -> Iterable[list[str]]:
    for number, one in bills:
        for part in one.parts:
            yield _row(number, one, part)


def _row(number: str, one: Owed, part: Charged) -> list[str]:
    measure = MEASURE_WORDS[Measure(part.measure)]
    classes = CLASS_WORDS[PriceClass(part.price_class)] if part.price_class else ("", "")
    return [
        number, one.uscc, one.enterprise, part.division, part.line_id, part.line,
        part.begins.isoformat(), part.ends.isoformat(), format(part.kwh, "f"),
        f"{measure[0]} {part.measure}", f"{classes[0]} {part.price_class}".strip(),
        format(part.rate.normalize(), "f"), format(part.exact.normalize(), "f"),
        format(one.amount, "f"), part.source_id, part.row_id,
    ]  # fmt: skip


def as_workbook(month: date, number: int, bills: Numbered, held: Sequence[Held]) -> bytes:
    """Three sheets: bills, spans, what is held and why."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "账单"
    _line(sheet, [f"{month:%Y-%m}", f"第{number}版"])
    _line(sheet, ["账单号", "统一社会信用代码", "企业", "区划", "电量（kWh）", "加价（元）"])
    for bill, one in bills:
        _line(sheet, [bill, one.uscc, one.enterprise, one.division, one.kwh, one.amount])
    _line(sheet, ["合计", "", "", "", "", sum((one.amount for _, one in bills), 0)])
    detail = book.create_sheet("明细")
    _line(detail, HEAD)
    for row in _rows(bills):
        _line(detail, row)
    waiting = book.create_sheet("暂缓")
    _line(waiting, HELD_HEAD)
    for h in held:
        _line(
            waiting,
            [h.line_id, h.line, h.begins.isoformat(), h.ends.isoformat(), h.kwh,
             h.cut_on.isoformat()],
        )  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _line(sheet: Any, values: Iterable[Any]) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for at, value in enumerate(values, 1):
        cell = sheet.cell(row, at)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """People of the region's offices read the files of the room; they speak of the whole region."""
    whole = any(
        Power.READ in grant.powers and not grant.uscc and grant.over_region
        for grant in scope.grants
    )
    if not whole:
        return False
    named = Edition.objects.filter(Q(csv__digest=file.digest) | Q(xlsx__digest=file.digest))
    brought = ConsumptionFile.objects.filter(file__digest=file.digest)
    return named.exists() or brought.exists()

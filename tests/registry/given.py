"""Facts to import: a few right rows, spoilt or changed one cell at a time, as CSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from phaseout.registry.imports import Arriving

USCC, OTHER_USCC = "91640100MA0000011Q", "91640100000000001L"

RIGHT: Mapping[str, Mapping[str, str]] = {
    "enterprises": {
        "uscc": USCC,
        "name": "虚构水泥有限公司",
        "division_code": "640104",
        "industry": "cement",
        "employees": "120",
        "address": "虚构路1号",
    },
    "lines": {
        "line_id": "L1",
        "uscc": USCC,
        "name": "一号线",
        "industry": "水泥",
        "product": "水泥",
        "capacity": "60",
        "capacity_unit": "万t/a",
        "commissioned_on": "2009-06-30",
    },
    "equipment": {
        "equipment_id": "E1",
        "line_id": "L1",
        "type": "水泥磨机",
        "attribute": "diameter",
        "value": "2.2",
        "unit": "m",
        "status": "在用",
    },
    "energy": {
        "line_id": "L1",
        "product": "水泥",
        "indicator": "可比水泥综合能耗",
        "period_start": "2017-01-01",
        "period_end": "2017-12-31",
        "value": "95.5",
        "unit": "kgce/t",
        "conditions": "altitude=1200",
    },
    "outputs": {
        "line_id": "L1",
        "product": "水泥",
        "period_start": "2017-01-01",
        "period_end": "2017-12-31",
        "quantity": "55",
        "unit": "万吨",
    },
    "outlets": {
        "outlet_id": "O1",
        "line_id": "L1",
        "medium": "air",
        "source": "水泥窑及窑尾余热利用系统",
        "permitted_concentrations": "a21026=100 mg/m3;a34013=20 mg/m3",
    },
    "monitoring": {
        "outlet_id": "O1",
        "pollutant_code": "a21026",
        "time": "2017-06-30 08:00:00",
        "averaging": "hour",
        "value": "35.5",
        "unit": "mg/m3",
        "flag": "N",
        "o2": "9.1",
    },
    "permits": {
        "uscc": USCC,
        "kind": "排污许可证",
        "number": "P-1",
        "valid_from": "2017-01-01",
    },
    "tests": {
        "sample_id": "S1",
        "line_id": "L1",
        "product": "水泥",
        "characteristic": "28d抗压强度",
        "value": "46.1",
        "unit": "MPa",
        "sampled_on": "2017-08-01",
    },
}

Rows = Sequence[Mapping[str, Any]]


def right(table: str, **changes: Any) -> dict[str, Any]:
    """The right row of a table, with changes."""
    return {**RIGHT[table], **changes}


def all_right(*tables: str) -> dict[str, Rows]:
    """The right row of each of these tables, or of all."""
    return {table: [RIGHT[table]] for table in tables or RIGHT}


def csv_bytes(rows: Rows, encoding: str = "utf-8") -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def csv_files(tables: Mapping[str, Rows], encoding: str = "utf-8") -> list[Arriving]:
    return [Arriving(f"{table}.csv", [csv_bytes(rows, encoding)]) for table, rows in tables.items()]


def workbook_bytes(tables: Mapping[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for table, rows in tables.items():
        sheet = book.create_sheet(table)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(name) for name in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(tables: Mapping[str, Rows], name: str = "登记表.xlsx") -> list[Arriving]:
    return [Arriving(name, [workbook_bytes(tables)])]


def pieces(data: bytes, size: int = 1_000) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]

"""A second list, of another office, in which three enterprises stand under a code of their own.

So duplicates come about: an office keeps its own list, and brings it later. One enterprise stands
there in another legal form, one with a slip in its code, one under the name it bore before, with
its line under another number.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from stdnum.cn import uscc as uscc_code

from phaseout.accounts.models import User
from phaseout.province.names import MARK, fictional_uscc
from phaseout.registry.imports import Arriving, check, receive, take_import
from phaseout.registry.models import Enterprise, Import, ProductionLine

NAME = "污染源名录.zip"
BRINGS = "epd-officer"
FORMER_NAME = f"{MARK}柳桥渠荷风源实业有限公司"
FIRST_NUMBER = 999_981
"""Of the fictional codes of the list; the province counts from 0."""

Row = Mapping[str, Any]


def bring(today: date) -> Import | None:
    """Import the list once; None where it was brought before or there is nothing to be doubled."""
    brought = Import.objects.filter(files__evidence__name=NAME).order_by("pk").last()
    if brought is not None and brought.state in (Import.State.TAKEN, Import.State.ABANDONED):
        return None
    by = User.objects.get(username=BRINGS)
    if brought is None:
        tables = _tables(_originals())
        if not tables["enterprises"]:
            return None
        packed = Arriving(NAME, [_packed(tables)])
        brought = receive([packed], by=by, today=today, check=False)
    check(brought.pk)
    return take_import(brought.pk, by=by, today=today)


def _originals() -> Sequence[ProductionLine]:
    """A line each of three enterprises of the province, of which all is known."""
    whole = ProductionLine.objects.filter(
        product__isnull=False, capacity__isnull=False, commissioned_on__isnull=False
    ).exclude(enterprise__address=None)
    of_each: dict[str, ProductionLine] = {}
    for line in whole.select_related("enterprise").order_by("line_id"):
        of_each.setdefault(line.enterprise_id, line)
        if len(of_each) == len(_DOUBLES):
            break
    return tuple(of_each.values())


def _tables(originals: Sequence[ProductionLine]) -> Mapping[str, list[Row]]:
    tables: dict[str, list[Row]] = {"enterprises": [], "lines": []}
    for number, (double, line) in enumerate(zip(_DOUBLES, originals, strict=False), FIRST_NUMBER):
        for table, row in double(line, number):
            tables[table].append(row)
    return tables


def _in_another_form(line: ProductionLine, number: int) -> Iterator[tuple[str, Row]]:
    firm = line.enterprise
    name = firm.name.replace(MARK, f"{MARK} ").replace("有限公司", "有限责任公司")
    code = fictional_uscc(number, firm.division_code)
    yield "enterprises", _enterprise(firm, uscc=code, name=name, address="", employees="")


def _with_a_slip(line: ProductionLine, number: int) -> Iterator[tuple[str, Row]]:
    firm = line.enterprise
    name = firm.name.replace("有限公司", "厂")
    yield "enterprises", _enterprise(firm, uscc=_slipped(firm.pk), name=name, address="")


def _under_its_former_name(line: ProductionLine, number: int) -> Iterator[tuple[str, Row]]:
    firm = line.enterprise
    code = fictional_uscc(number, firm.division_code)
    yield "enterprises", _enterprise(firm, uscc=code, name=FORMER_NAME)
    copied = ("name", "industry", "division_code", "product", "capacity", "capacity_unit", "status")
    row = {name: getattr(line, name) for name in copied}
    commissioned = line.commissioned_on
    yield "lines", {**row, "line_id": f"W{number}-1", "uscc": code, "commissioned_on": commissioned}


_DOUBLES: Sequence[Callable[[ProductionLine, int], Iterator[tuple[str, Row]]]] = (
    _in_another_form,
    _with_a_slip,
    _under_its_former_name,
)


def _enterprise(firm: Enterprise, **other: Any) -> Row:
    names = ("uscc", "name", "division_code", "industry", "employees", "address")
    return {**{name: getattr(firm, name) for name in names}, **other}


def _slipped(uscc: str) -> str:
    """The code with two neighbours exchanged in the number, and the check character that follows:
    as it is when somebody copied the number wrongly before the code was reckoned."""
    body = uscc[:17]
    for at in range(14, 1, -1):
        if body[at] != body[at + 1]:
            slipped = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
            code = slipped + str(uscc_code.calc_check_digit(slipped))
            if not Enterprise.objects.filter(pk=code).exists():
                return code
    raise ValueError(f"no slip of {uscc} is free")


def _packed(tables: Mapping[str, Sequence[Row]]) -> bytes:
    """The tables as CSV in a ZIP, the same bytes for the same rows."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for table, rows in tables.items():
            if rows:
                archive.writestr(zipfile.ZipInfo(f"{table}.csv"), _csv(rows))
    return packed.getvalue()


def _csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()

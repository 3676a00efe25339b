"""The report in the columns of the national lists: one row a firm, the total adds up."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from phaseout.coordination.annual.figures import Report, Reported
from phaseout.coordination.annual.national import by_city, coal, eliminated, workbook
from returns_book import YEAR, outside

MINE = outside(
    industry="coal", enterprise="（虚构）石炭井三矿", division_code="640205",
    uscc="91640205MA00000003",
    amount=Decimal(450_000), equipment="主井", accepted_on=date(2018, 9, 28),
)  # fmt: skip
MILLS = [
    outside(),
    outside(equipment="φ2.2×7米水泥磨", quantity=2, amount=Decimal(100_000)),
    outside(amount=Decimal(0), equipment="已删去"),
]


def report() -> Report:
    rows = [Reported(at, "eic", "return", row) for at, row in enumerate([*MILLS, MINE], 1)]
    return Report(YEAR, {}, rows, [])


def test_a_firm_has_one_row_with_its_equipment_and_the_total_adds_up() -> None:
    heads, rows = eliminated(MILLS[:2], "t/a")
    assert heads == [
        "序号", "省（区、市）", "企业名称", "淘汰生产线（设备）型号及数量", "淘汰产能（万吨/年）",
    ]  # fmt: skip
    assert rows == [
        [1, "宁夏回族自治区", "（虚构）望远水泥厂", "φ2.4×10米水泥磨×1；φ2.2×7米水泥磨×2", 30],
        ["合计", "", "", "", 30],
    ]


def test_coal_mines_stand_in_the_columns_of_the_energy_administration() -> None:
    heads, rows = coal([MINE])
    assert heads[1:] == [
        "煤矿名称", "所在市（县）", "生产（建设）能力（万吨/年）", "完成关闭退出时间",
    ]  # fmt: skip
    assert rows[0][1:] == ["（虚构）石炭井三矿", "石嘴山市惠农区", 45, "2018-09-28"]
    assert rows[-1][3] == 45
    assert coal([])[1] == [["合计", "", "", 0, ""]]


def test_cities_by_industries_and_what_is_struck_off_counts_nowhere() -> None:
    heads, rows = by_city([one for one in report().rows if one.row.amount])
    assert heads == ["市", "煤炭（万吨/年）", "水泥（万吨/年）"]
    assert rows == [["银川市", 0, 30], ["石嘴山市", 45, 0], ["合计", 45, 30]]
    book = load_workbook(io.BytesIO(workbook(report())))
    assert book.sheetnames == [
        "分市分行业", "煤炭（万吨每年）", "水泥（万吨每年）", "煤矿关闭退出情况",
    ]  # fmt: skip
    assert "已删去" not in str(list(book["水泥（万吨每年）"].values))
    assert workbook(report()) == workbook(report())

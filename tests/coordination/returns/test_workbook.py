"""The form goes out as a workbook and comes back: whole, or not at all."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from phaseout.coordination.returns import drafting
from phaseout.coordination.returns.models import Draft
from phaseout.coordination.returns.reading import read
from phaseout.coordination.returns.writing import workbook
from phaseout.law.annual import columns
from phaseout.law.refusals import Refusal
from returns_book import USCC, YINCHUAN, Round, outside

HEADS = [one.zh for one in columns()]
ROW = [
    1, "银川市", "西夏区", "水泥", "（虚构）望远水泥厂", USCC, "拆除主体设备", "技术",
    "φ2.4×10米水泥磨", 1, 20, "万吨/年", None, None, "2018年10月20日", None, "银工信发〔2018〕12号",
    "", "", "未建档",
]  # fmt: skip


def sheet(*rows: list, heads: list[str] = HEADS, above: int = 0) -> bytes:
    book = Workbook()
    for _ in range(above):
        book.active.append(["银川市2018年度退出情况"])
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_(**given) -> list:
    row = list(ROW)
    for key, value in given.items():
        row[[one.key for one in columns()].index(key)] = value
    return row


def test_what_goes_out_comes_back_the_same() -> None:
    rows = [outside(quantity=2, cut_on=None), outside(equipment="=1+1", remarks="@x")]
    made = workbook(rows, "2018银川市")
    assert made == workbook(rows, "2018银川市"), "the same bytes"
    assert [row for _, row in read(made, "表.xlsx", YINCHUAN)] == rows
    assert load_workbook(io.BytesIO(made)).worksheets[0]["I3"].data_type == "s"


def test_a_sheet_as_people_write_it_is_read() -> None:
    empty = [2] + [None] * 19
    total = ["合计"] + [None] * 9 + [20] + [None] * 9
    made = sheet(ROW, empty, total, above=2)
    ((at, row),) = read(made, "表.xlsx", YINCHUAN)
    assert at == 4
    assert (row.amount, row.unit, row.division_code) == (Decimal(200_000), "t/a", "640105")
    assert row.dismantled_on is not None and row.reason == "未建档"


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"county": "沙坡头区"}, "县（区）"),
        ({"industry": "茶叶"}, "行业"),
        ({"way": "搬迁"}, "退出方式"),
        ({"dimension": "节水"}, "依据标准类别"),
        ({"quantity": "一台"}, "数量"),
        ({"capacity": "约20"}, "产能"),
        ({"capacity": None}, "产能"),
        ({"unit": None}, "单位"),
        ({"dismantled_on": "10月下旬"}, "拆除日期"),
        ({"capacity": "0.00000000001"}, "产能"),
        ({"capacity": "9" * 40}, "产能"),
    ],
)
def test_what_nobody_can_read_is_named_by_row_column_and_value(given, column) -> None:
    with pytest.raises(Refusal) as refused:
        read(sheet(ROW, with_(**given)), "银川.xlsx", YINCHUAN)
    assert refused.value.code == "return.rows-wrong"
    assert "银川.xlsx" in refused.value.zh and f"第3行“{column}”" in refused.value.zh


def test_every_mistake_of_a_file_is_named_at_once_and_nothing_of_it_taken(round_: Round) -> None:
    made = sheet(ROW, with_(uscc="91640104MA75WXXG18", equipment="磨2"), with_(reason=None))
    with pytest.raises(Refusal) as refused:
        drafting.take_file(round_.at(), made, "银川.xlsx", by=round_.city)
    said = refused.value.zh
    assert (
        "第3行“统一社会信用代码”" in said
        and "第4行“更正理由”" in said
        and "第4行“设备型号”" in said
    )
    assert not Draft.objects.exists()
    assert drafting.take_file(round_.at(), sheet(ROW), "银川.xlsx", by=round_.city) == 1
    assert drafting.drafted(round_.at()).rows[0].amount == 200_000


def test_a_file_that_leaves_a_line_of_the_ledger_out_is_refused(round_: Round) -> None:
    round_.exits()
    with pytest.raises(Refusal) as refused:
        drafting.take_file(round_.at(), sheet(ROW), "银川.xlsx", by=round_.city)
    assert "台账中的这条生产线" in refused.value.zh


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"a,b\n1,2\n", sheet([1], heads=["甲"])]
)
def test_what_is_not_the_form_is_said_to_be_none(content) -> None:
    with pytest.raises(Refusal) as refused:
        read(content, "x.xlsx", YINCHUAN)
    assert refused.value.code == "return.file-unreadable"

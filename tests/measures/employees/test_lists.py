"""Lists of employees: taken whole or not at all, every problem named with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from phaseout.evidence.keeping import keep
from phaseout.law.refusals import Refusal
from phaseout.measures.employees import acts
from phaseout.measures.employees.claims import claims
from phaseout.measures.employees.lists import check, read, write_template
from phaseout.measures.employees.lists.columns import columns
from phaseout.measures.employees.models import Employee, EmployeeAct

pytestmark = pytest.mark.django_db

GOOD = "0001,苏木林,男职工,1980-05-02,2008-08-01,2018-02-28,关闭,96000,,,0,0,"


def problems(hr, *rows: str) -> list[tuple[int, str, str]]:
    sheet = read(Path(hr.file(rows).path), "名册.csv")
    found = check(sheet, today=date(2018, 3, 15)).problems
    return [(one.row, one.column, one.code.removeprefix("employees.")) for one in found]


def test_a_list_is_taken_with_what_each_is_owed(hr) -> None:
    settlement = hr.ready()
    owed = {one.number: one.severance for one in claims(settlement.pk)}
    # 9 years 7 months of 8,000; six months to the day of 2,400; nothing where the contract goes on
    assert owed == {"0001": Decimal("80000.00"), "0002": Decimal("2400.00"), "0003": 0}


def test_an_employee_without_first_day_is_refused_by_row_and_column_and_nothing_is_taken(
    hr,
) -> None:
    hr.standards()
    settlement = hr.settlement()
    listed = hr.listed(settlement, GOOD, GOOD.replace("0001", "0002").replace("2008-08-01", ""))
    assert not listed.taken and not Employee.objects.exists()
    (told,) = listed.problems
    assert (told["row"], told["column"], told["code"]) == (3, "started_on", "employees.missing")
    assert told["head"] == "入职日期" and "不作推定" in told["expected_zh"]


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        ("男职工", "职工", [(2, "people", "unreadable")]),
        ("1980-05-02", "1980-13-02", [(2, "born_on", "unreadable")]),
        ("96000", "约九万", [(2, "wage_total", "unreadable")]),
        ("96000", "-1", [(2, "wage_total", "unreadable")]),
        ("关闭", "", [(2, "ground", "ground")]),
        ("2018-02-28", "2008-07-31", [(2, "ended_on", "days")]),
        ("2018-02-28,关闭", ",", [(2, "way", "way")]),  # it goes on, and nothing says how
        ("2008-08-01", "2018-03-16", [(2, "started_on", "days"), (2, "ended_on", "days")]),
        ("关闭,96000,,,0,0,", "裁员,96000,,,0,0,孕产哺乳期", [(2, "ground", "protected")]),
        ("关闭,96000,", "关闭,96000,内部退养", [(2, "way", "way"), (2, "way", "way")]),
        (",0,0,", ",,0,", [(2, "wages_owed", "missing")]),  # not known is not nought
    ],
)
def test_what_stands_against_a_row_is_named_by_column(hr, was, becomes, expected) -> None:
    assert was in GOOD
    assert problems(hr, GOOD.replace(was, becomes, 1)) == expected


def test_all_problems_come_at_once_and_a_number_stands_once(hr) -> None:
    found = problems(hr, GOOD, GOOD, GOOD.replace("0001", "").replace("苏木林", ""))
    assert found == [(3, "number", "repeated"), (4, "number", "missing"), (4, "name", "missing")]


def test_internal_retirement_is_for_the_last_five_years(hr) -> None:
    row = "0001,岳听泉,男职工,{},1990-01-01,,,,内部退养,,0,0,"
    assert problems(hr, row.format("1963-03-15")) == []  # exactly five years before
    assert problems(hr, row.format("1963-03-16")) == [(2, "way", "way")]


def test_a_file_without_a_needed_column_is_refused_with_the_head_it_has(hr) -> None:
    settlement = hr.settlement()
    with pytest.raises(Refusal, match="missing-column"):
        acts.take_list(settlement.pk, hr.file(head="工号,姓名"), **hr.ways())
    assert not EmployeeAct.objects.filter(kind="take_list").exists()


def test_more_people_than_the_staff_are_refused(hr) -> None:
    settlement = hr.settlement(staff=2)
    with pytest.raises(Refusal, match="more-than-staff"):
        hr.listed(settlement)


def test_the_template_is_read_back(hr, tmp_path) -> None:
    write_template(tmp_path / "t.xlsx")
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book.active
    cells = GOOD.split(",")
    names = (
        *("number", "name", "people", "born_on", "started_on", "ended_on", "ground", "wage_total"),
        *("way", "old_amount", "wages_owed", "insurance_owed", "groups"),
    )
    at = {column.name: place for place, column in enumerate(columns(), 1)}
    for name, cell in zip(names, cells, strict=True):
        sheet.cell(2, at[name], date.fromisoformat(cell) if name.endswith("_on") else cell)
    book.save(tmp_path / "t.xlsx")
    found = check(read(tmp_path / "t.xlsx", "t.xlsx"), today=date(2018, 3, 15))
    assert found.problems == [] and found.rows[0][1]["started_on"] == date(2008, 8, 1)


def test_a_workbook_that_is_none_is_refused_in_words(hr) -> None:
    file = keep([b"PK\x03\x04 no"], name="名册.xlsx", by=hr.officer)
    with pytest.raises(Refusal, match="unreadable"):
        acts.take_list(hr.settlement().pk, file, **hr.ways())
    book = Workbook()
    path = Path(hr.file(["x"]).path).with_name("empty.xlsx")
    book.save(path)
    with pytest.raises(Refusal, match="no-rows"):
        read(path, "empty.xlsx")
    path.unlink()


def test_a_missing_standard_leaves_the_amount_open_until_it_is_recorded(hr) -> None:
    settlement = hr.settlement()
    hr.listed(settlement)
    assert [one.severance for one in claims(settlement.pk)] == [None, None, 0]
    hr.standards()
    acts.assess(settlement.pk, **hr.ways())
    assert [one.severance for one in claims(settlement.pk)] == [80000, 2400, 0]


def test_who_was_paid_cannot_be_left_out_of_a_later_list(hr) -> None:
    settlement = hr.ready()
    acts.record_payments(
        settlement.pk, "wages", {"0001": None},
        paid_on=date(2018, 3, 1), voucher="回单1", **hr.ways(),
    )  # fmt: skip
    later = hr.listed(settlement, GOOD.replace("0001", "0009"))
    assert not later.taken and later.problems[0]["code"] == "employees.gone"
    assert len(claims(settlement.pk)) == 3  # the list before goes on standing

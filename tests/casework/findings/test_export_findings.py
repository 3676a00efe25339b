"""What leaves as a file: what is filtered, whole, safe in a spreadsheet, in little memory."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from casebook import Desk
from phaseout.casework.findings.sheet_stream import stream_workbook
from phaseout.findings import FINDING_COLUMNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings: Any) -> Desk:
    settings.ROOT_URLCONF = "casework.findings.addresses"
    return Desk()


@pytest.fixture
def officer(desk: Desk, client: Client) -> Client:
    client.force_login(desk.person())
    return client


def sent(client: Client, form: str, query: str = "") -> bytes:
    response = client.get(f"{reverse('findings-export', args=[form])}?{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_csv_holds_what_is_filtered_with_reasons(desk: Desk, officer: Client) -> None:
    made = desk.finding(desk.line(), provisional=True, reasons=["norm_not_verified"])
    desk.finding(desk.line(), verdict="compliant", effect="records")
    text = sent(officer, "csv", "verdict=noncompliant").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row)[: len(FINDING_COLUMNS)] == FINDING_COLUMNS
    assert row["finding_id"] == made.finding_id
    assert (row["value"], row["limit"], row["provisional"]) == ("131.5", "112", "true")
    assert row["reason"] == "norm_not_verified" and row["reason_words"]
    assert row["explanation_zh"].startswith("可比熟料综合煤耗")
    assert row["found_on"] == "2018-03-01"


def test_no_name_becomes_a_formula(desk: Desk, officer: Client) -> None:
    enterprise = desk.enterprise("91640100MA00000009", name="=HYPERLINK(1)")
    desk.finding(desk.line("L9", enterprise), ratio=Decimal("-1.5"), value=Decimal("-3"))
    (row,) = csv.DictReader(io.StringIO(sent(officer, "csv").decode("utf-8-sig")))
    assert row["enterprise"] == "'=HYPERLINK(1)"
    assert (row["value"], row["ratio"]) == ("-3", "-1.5")
    sheet = openpyxl.load_workbook(io.BytesIO(sent(officer, "xlsx"))).active
    cells = {cell.value: cell.data_type for line in sheet.iter_rows() for cell in line}
    assert cells["=HYPERLINK(1)"] == "s"


def test_the_workbook_reads_as_the_csv(desk: Desk, officer: Client) -> None:
    for n in range(5):
        desk.finding(desk.line(), ratio=Decimal(n + 1))
    sheet = openpyxl.load_workbook(io.BytesIO(sent(officer, "xlsx")), read_only=True).active
    head, *rows = list(sheet.iter_rows(values_only=True))
    assert head[0] == "结论编号" and len(rows) == 5
    assert [row[10] for row in rows] == [131.5] * 5


def test_another_city_s_findings_do_not_leave(desk: Desk, client: Client) -> None:
    desk.finding(desk.line())
    client.force_login(desk.person("cities", division="640500"))
    assert len(sent(client, "csv").decode().splitlines()) == 1


def test_an_unknown_form_is_not_found(desk: Desk, officer: Client) -> None:
    assert officer.get("/findings/export.pdf").status_code == 404


def test_a_sheet_that_is_full_goes_on_in_the_next() -> None:
    content = b"".join(stream_workbook("结论", ["a"], ([n] for n in range(7)), most=3))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["结论", "结论 2", "结论 3"]
    assert [[c.value for c in sheet["A"]] for sheet in book] == [
        ["a", 0, 1, 2], ["a", 3, 4, 5], ["a", 6],
    ]  # fmt: skip


def test_many_rows_pass_through_little_memory() -> None:
    rows = ([f"行{n}", n, "字" * 200] for n in range(20_000))
    tracemalloc.start()
    sizes = [len(part) for part in stream_workbook("结论", ["a", "b", "c"], rows)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000 and len(sizes) > 2


def test_an_empty_workbook_has_its_head() -> None:
    content = b"".join(stream_workbook("结论", ["甲"], ()))
    assert zipfile.is_zipfile(io.BytesIO(content))
    assert openpyxl.load_workbook(io.BytesIO(content)).active["A1"].value == "甲"

"""The pages of the registry: what they show, to whom, at what cost."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from phaseout.facts.schema import tables
from phaseout.registry.imports import Arriving, kept_rows
from phaseout.registry.imports.kept_rows import Kept
from phaseout.registry.models import Enterprise, Import, ProductionLine
from registry.given import (
    OTHER_USCC,
    USCC,
    all_right,
    csv_bytes,
    csv_files,
    right,
    workbook,
    workbook_bytes,
)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def test_enterprises_are_found_by_name_code_city_and_industry(as_officer, take_in):
    other = right(
        "enterprises",
        uscc=OTHER_USCC,
        name="远山铝业",
        division_code="640221",
        industry="electrolytic_aluminium",
    )
    take_in(csv_files({**all_right("lines"), "enterprises": [right("enterprises"), other]}))
    page = reverse("enterprises")
    assert "虚构水泥有限公司" in text(as_officer.get(page))
    for asked in (
        "q=远山",
        f"q={OTHER_USCC[:9]}",
        "division=640200",
        "industry=electrolytic_aluminium",
    ):
        shown = text(as_officer.get(f"{page}?{asked}"))
        assert "远山铝业" in shown
        assert "虚构水泥" not in shown


def test_a_city_sees_its_own_enterprises_and_lines_only(client, person, take_in):
    other = right("enterprises", uscc=OTHER_USCC, name="远山铝业", division_code="640221")
    far = right("lines", uscc=OTHER_USCC, line_id="L2", name="远线")
    take_in(
        csv_files({"enterprises": [right("enterprises"), other], "lines": [right("lines"), far]})
    )
    client.force_login(person("640200"))
    shown = text(client.get(reverse("enterprises")))
    assert "远山铝业" in shown
    assert "虚构水泥" not in shown
    assert client.get(reverse("line", args=["L2"])).status_code == 200
    # Another city's page does not exist for this person.
    assert client.get(reverse("line", args=["L1"])).status_code == 404
    assert client.get(reverse("enterprise-history", args=[USCC])).status_code == 404


def test_nobody_signed_in_is_asked_to_sign_in(client, db):
    for name in ("enterprises", "imports", "import-new", "duplicates", "import-template"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


def test_whoever_only_reads_may_not_upload(client, person):
    client.force_login(person("640000", "auditor"))
    assert client.get(reverse("imports")).status_code == 200
    assert client.get(reverse("import-new")).status_code == 403


def test_a_line_shows_its_facts_equipment_outlets_and_history(as_officer, take_in):
    take_in(csv_files(all_right()))
    take_in(csv_files({"equipment": [right("equipment", value="2.4")]}))
    shown = text(as_officer.get(reverse("line", args=["L1"])))
    for said in (
        "水泥磨机",
        "直径",
        "可比水泥综合能耗",
        "95.5",
        "二氧化硫 100 mg/m³",
        "28d抗压强度",
        "在用",
    ):
        assert said in shown, said
    assert "<del>2.2</del> → <ins>2.4</ins>" in shown


def test_the_walk_from_upload_to_result(as_officer, run_jobs):
    answer = as_officer.post(
        reverse("import-new"),
        {"uploads": _named("登记表.xlsx", workbook_bytes(all_right()))},
    )
    brought = Import.objects.get()
    assert answer.headers["Location"] == reverse("import", args=[brought.pk])
    waiting = text(as_officer.get(answer.headers["Location"]))
    assert 'hx-trigger="every 1s"' in waiting
    assert run_jobs()[0] == "registry.check_import"
    preview = text(as_officer.get(answer.headers["Location"]))
    assert "预览" in preview
    assert "every 1s" not in preview
    taking = as_officer.post(reverse("import-take", args=[brought.pk]))
    assert taking.status_code == 302
    run_jobs()
    assert "入库结果" in text(as_officer.get(answer.headers["Location"]))
    assert Enterprise.objects.get().name == "虚构水泥有限公司"


def _named(name: str, data: bytes):
    file = io.BytesIO(data)
    file.name = name
    return file


def test_several_csv_files_are_one_import(as_officer, run_jobs):
    as_officer.post(
        reverse("import-new"),
        {
            "uploads": [
                _named(f"{table}.csv", csv_bytes(rows, "gb18030"))
                for table, rows in all_right().items()
            ]
        },
    )
    run_jobs()
    brought = Import.objects.get()
    assert brought.files.count() == len(all_right())
    assert {t: c["new"] for t, c in brought.counts.items()} == dict.fromkeys(all_right(), 1)


@pytest.mark.parametrize(
    ("name", "data", "status", "says"),
    [
        ("报表.docx", b"x", 409, "wrong_ending"),
        ("energy.csv", b"", 422, "文件是空的"),
    ],
)
def test_what_is_no_table_is_refused_at_the_door(as_officer, name, data, status, says):
    answer = as_officer.post(reverse("import-new"), {"uploads": _named(name, data)})
    assert answer.status_code == status
    assert says in text(answer)
    assert not Import.objects.exists()


def test_problems_are_listed_and_given_back_in_three_forms(as_officer, check_in):
    rows = [right("outputs", quantity="-5", product="=cmd|' /C calc'!A0")]
    brought = check_in(workbook({**all_right("enterprises", "lines"), "outputs": rows}))
    shown = text(as_officer.get(reverse("import", args=[brought.pk])))
    assert "不能为负" in shown
    listed = as_officer.get(reverse("import-problems", args=[brought.pk, "csv"]))
    assert "'=cmd|" in listed.content.decode("utf-8-sig")
    sheet = load_workbook(
        io.BytesIO(as_officer.get(reverse("import-problems", args=[brought.pk, "xlsx"])).content)
    ).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    marked = load_workbook(
        io.BytesIO(as_officer.get(reverse("import-marked", args=[brought.pk])).content)
    )
    assert "不能为负" in marked["outputs"]["E2"].comment.text


def test_names_with_tricks_are_shown_as_text(as_officer, take_in):
    trick = "<script>alert(1)</script>"
    brought = take_in(
        workbook({"enterprises": [right("enterprises", name=trick)]}, name="../../<img src=x>.xlsx")
    )
    for page in (
        reverse("enterprises"),
        reverse("import", args=[brought.pk]),
        reverse("imports"),
        reverse("enterprise-history", args=[USCC]),
    ):
        shown = text(as_officer.get(page))
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown
    assert brought.files.get().evidence.name == "<img src=x>.xlsx"
    given = as_officer.get(reverse("import-file", args=[brought.pk, 0]))
    assert given.headers["Content-Disposition"].startswith("attachment")
    given.close()


def test_an_import_of_another_city_does_not_exist_for_this_one(client, person, take_in):
    far = person("640200")
    brought = take_in(
        csv_files({"enterprises": [right("enterprises", division_code="640221")]}), by=far
    )
    client.force_login(person("640100"))
    for name, args in (
        ("import", [brought.pk]),
        ("import-problems", [brought.pk, "csv"]),
        ("import-file", [brought.pk, 0]),
        ("import-marked", [brought.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404, name
    assert client.post(reverse("import-take", args=[brought.pk])).status_code == 404
    listed = text(client.get(reverse("imports")))
    assert reverse("import", args=[brought.pk]) not in listed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kept_as_files_from", [1, 1_000])
def test_giving_up_leaves_nothing_staged(as_officer, check_in, monkeypatch, kept_as_files_from):
    monkeypatch.setattr(kept_rows, "WORTH_IT", kept_as_files_from)
    brought = check_in(csv_files(all_right()))
    answer = as_officer.post(reverse("import-abandon", args=[brought.pk]))
    assert answer.status_code == 302
    brought.refresh_from_db()
    assert brought.state == Import.State.ABANDONED
    assert not brought.kept or not Kept.of(brought.pk, brought.kept).folder.exists()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_regclass('staging.import_{brought.pk}_energy')")
        assert cursor.fetchall() == [(None,)]


def test_the_template_is_taken_back_when_it_is_filled_in(as_officer, check_in):
    answer = as_officer.get(reverse("import-template"))
    book = load_workbook(io.BytesIO(answer.content))
    for table, sheet in (("enterprises", "企业"), ("lines", "生产线"), ("energy", "能耗")):
        row = right(table)
        for place, column in enumerate(tables()[table].columns, start=1):
            book[sheet].cell(2, place, row.get(column.name))
    out = io.BytesIO()
    book.save(out)
    brought = check_in([Arriving("填报.xlsx", [out.getvalue()])])
    assert {t: c["new"] for t, c in brought.counts.items() if c["read"]} == {
        "enterprises": 1,
        "lines": 1,
        "energy": 1,
    }


def test_english_pages_say_nothing_in_chinese_but_the_facts(as_officer, take_in):
    take_in(csv_files(all_right()))
    as_officer.cookies["django_language"] = "en"
    shown = text(as_officer.get(reverse("import", args=[Import.objects.get().pk])))
    assert "taken" in shown


@pytest.mark.parametrize("page", ["enterprises", "imports"])
def test_a_list_costs_the_same_however_long_it_is(
    page, as_officer, take_in, django_assert_num_queries
):
    take_in(csv_files(all_right("enterprises", "lines")))
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_officer.get(reverse(page))
    many = [right("lines", line_id=f"X{n}", name=f"{n}号线") for n in range(30)]
    take_in(csv_files({"lines": many}))
    for _ in range(3):
        take_in(csv_files({"lines": many[:1]}))
    with django_assert_num_queries(len(few)):
        as_officer.get(reverse(page))


def test_a_line_costs_the_same_however_much_it_has(as_officer, take_in, django_assert_num_queries):
    take_in(csv_files(all_right()))
    page = reverse("line", args=["L1"])
    with CaptureQueriesContext(connection) as few:
        as_officer.get(page)
    take_in(
        csv_files(
            {
                "equipment": [right("equipment", equipment_id=f"E{n}") for n in range(20)],
                "tests": [right("tests", sample_id=f"S{n}") for n in range(20)],
                "outlets": [right("outlets", outlet_id=f"O{n}") for n in range(20)],
            }
        )
    )
    with django_assert_num_queries(len(few)):
        as_officer.get(page)
    assert ProductionLine.objects.count() == 1

"""What people bring by mistake, or on purpose, through the form: told by cell, or refused whole."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from typing import Any

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from phaseout.registry.imports import Arriving, receiving, unpacking
from phaseout.registry.models import Import
from registry.given import (
    OTHER_USCC,
    all_right,
    csv_bytes,
    csv_files,
    right,
    workbook_bytes,
)


@pytest.fixture
def bring(client, officer, run_jobs):
    """Upload files through the form and let the check run; the import as it then is."""
    client.force_login(officer)

    def brought(files: Mapping[str, bytes]) -> Import:
        answer = client.post(
            reverse("import-new"),
            {"uploads": [SimpleUploadedFile(name, data) for name, data in files.items()]},
        )
        assert answer.status_code == 302, answer.content.decode()
        run_jobs()
        return Import.objects.order_by("-pk").first()

    return brought


def codes(brought: Import) -> list[tuple[str, int, str]]:
    return [(p.table, p.row, p.code) for p in brought.problems.all() if p.severity == "refused"]


def refused(brought: Import) -> str:
    assert brought.state == Import.State.REFUSED
    return str(brought.refusal["refused"])


LINES = all_right("enterprises", "lines")


@pytest.mark.parametrize(
    ("table", "rows", "told"),
    [
        ("outputs", [right("outputs", quantity="-55")], [("outputs", 2, "negative")]),
        ("outputs", [right("outputs", unit="斤每碗")], [("outputs", 2, "unknown_unit")]),
        (
            "energy",
            [right("energy", period_start="2018-01-01")],
            [("energy", 2, "ends_before_start")],
        ),
        (
            "energy",
            [right("energy"), right("energy", period_start="2017-06-01")],
            [("energy", 2, "overlapping_periods"), ("energy", 3, "overlapping_periods")],
        ),
        ("energy", [right("energy", period_end="2017-02-30")], [("energy", 2, "not_a_day")]),
        ("energy", [right("energy", line_id="L9")], [("energy", 2, "unknown_reference")]),
        ("permits", [right("permits", number="长" * 200)], [("permits", 2, "too_long")]),
        ("permits", [right("permits", number="a\x00b")], [("permits", 2, "not_printable")]),
    ],
)
def test_a_bad_row_is_told_by_its_place(bring, table, rows, told):
    brought = bring(
        {f"{name}.csv": csv_bytes(each) for name, each in {**LINES, table: rows}.items()}
    )
    assert brought.state == Import.State.CHECKED
    assert codes(brought) == told


def test_one_line_in_two_enterprises_is_told(bring):
    other = right("enterprises", uscc=OTHER_USCC, name="另一家")
    tables = {
        "enterprises": [right("enterprises"), other],
        "lines": [right("lines"), right("lines", uscc=OTHER_USCC)],
    }
    brought = bring({f"{name}.csv": csv_bytes(rows) for name, rows in tables.items()})
    assert {code for _, _, code in codes(brought)} == {"line_in_two_enterprises"}


def test_an_unknown_product_and_a_day_before_any_edition_are_taken_and_told(bring):
    energy = right("energy", product="月饼", period_start="1951-01-01", period_end="1951-12-31")
    brought = bring({f"{t}.csv": csv_bytes(r) for t, r in {**LINES, "energy": [energy]}.items()})
    assert brought.counts["energy"]["new"] == 1
    assert "unknown_name" in {p.code for p in brought.problems.all()}


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"readme.csv": b"a,b\n1,2\n"}, "no_facts"),
        ({"energy.csv": b"line_id,product\nL1,x\n"}, "missing_column"),
        ({"energy.csv": b"\xff\xfe\x00\x00\xff"}, "unreadable_file"),
        ({"book.xlsx": b"this is no workbook"}, "unreadable_file"),
        ({"energy.csv": workbook_bytes(all_right())}, "unreadable_file"),
        ({"monitoring.parquet": b"PAR1 no parquet PAR1"}, "unreadable_file"),
        ({"energy.csv": b"x", "能耗.csv": b"x"}, "two_files_for_table"),
        ({"a.xlsx": workbook_bytes(all_right()), "energy.csv": b"x"}, "one_workbook_alone"),
        ({"facts.zip": b"no archive"}, "unsafe_archive"),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_the_reason(bring, files, code):
    assert refused(bring(files)) == code


def archive(entries: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
        for name, target in (links or {}).items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            packed.writestr(entry, target)
    return out.getvalue()


def test_a_zip_of_csv_files_is_taken_from_whatever_folder_it_was_packed(bring):
    entries = {f"报送/{t}.csv": csv_bytes(rows) for t, rows in all_right().items()}
    brought = bring({"报送.zip": archive({**entries, "__MACOSX/._energy.csv": b"x"})})
    assert {t: c["new"] for t, c in brought.counts.items()} == dict.fromkeys(all_right(), 1)


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (archive({"../../etc/energy.csv": b"x"}), "unsafe_archive"),
        (archive({"/etc/energy.csv": b"x"}), "unsafe_archive"),
        (archive({"C:\\energy.csv": b"x"}), "unsafe_archive"),
        (archive({}, {"energy.csv": "/etc/passwd"}), "unsafe_archive"),
        (archive({"energy.exe": b"x"}), "wrong_ending"),
        (archive({"inner.zip": archive({"energy.csv": b"x"})}), "wrong_ending"),
        (archive({"a/energy.csv": b"x", "b/energy.csv": b"x"}), "same_name_twice"),
        (archive({f"{n}.csv": b"x" for n in range(61)}), "too_many_files"),
        (archive({}), "no_files"),
    ],
)
def test_a_zip_with_tricks_is_not_opened(bring, packed, code):
    assert refused(bring({"facts.zip": packed})) == code


def with_word(packed: bytes, at: int, word: int) -> bytes:
    """The archive with a two-byte word of its only entry changed, in both of its headers."""
    out = bytearray(packed)
    central = out.index(b"PK\x01\x02")
    out[at : at + 2] = out[central + at + 2 : central + at + 4] = word.to_bytes(2, "little")
    return bytes(out)


ONE = archive({"energy.csv": b"line_id\n"})


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("facts.zip", b"no archive", "不是ZIP包"),
        ("facts.zip", ONE[:30] + bytes(8) + ONE[38:], "不是ZIP包"),
        ("facts.zip", with_word(ONE, 6, 1), "加密"),
        ("facts.zip", with_word(ONE, 8, 99), "压缩方式"),
        ("facts.zip", archive({"inner.zip": ONE}), "压缩包中只接收"),
        ("energy.csv", b'line_id,product\n"L1,x\n', "引号没有成对"),
        ("energy.csv", b"line_id,product\n" + b"x" * 1_000_001 + b",y\n", "超过1,000,000个字符"),
    ],
)
def test_why_a_file_is_not_opened_is_said_in_chinese(bring, name, data, why):
    brought = bring({name: data})
    said = brought.refusal["why"]["zh"]
    assert why in said
    assert not re.search("[A-Za-z]{2,} [a-z]{2,} ", said), "a library's own English"


def test_an_archive_that_unpacks_beyond_the_limit_is_not_opened(bring, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1_000_000)
    assert refused(bring({"facts.zip": archive({"energy.csv": b"0" * 3_000_000})})) == (
        "file_too_large"
    )


def test_more_rows_than_one_file_may_have_are_not_laid_down(bring, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_ROWS", 3)
    rows = b"line_id,product\n" + b"a,b\n" * 3
    assert refused(bring({"facts.zip": archive({"energy.csv": rows})})) == "too_many_rows"
    assert refused(bring({"energy.csv": rows.replace(b"\n", b"\r")})) == "too_many_rows"
    readings = {"monitoring.csv": b"outlet_id\n" + b"a\n" * 3}
    assert refused(bring(readings)) == "missing_column", "readings have a limit of their own"


def test_a_workbook_that_unpacks_beyond_the_limit_is_not_opened(bring, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_BYTES_OF_A_WORKBOOK", 10_000)
    assert refused(bring({"a.xlsx": workbook_bytes(all_right())})) == "file_too_large"


def test_a_workbook_with_a_lone_cell_at_the_far_corner_is_not_opened(bring):
    book = Workbook()
    sheet = book.active
    sheet.title = "energy"
    sheet["A1"] = "line_id"
    sheet.cell(1_048_576, 16_384, "x")
    out = io.BytesIO()
    book.save(out)
    assert refused(bring({"a.xlsx": out.getvalue()})) == "vast_sheet"


def test_a_file_larger_than_one_import_may_be_is_refused_at_the_door(client, officer, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_BYTES", 10)
    client.force_login(officer)
    answer = client.post(
        reverse("import-new"), {"uploads": [SimpleUploadedFile("energy.csv", b"0" * 11)]}
    )
    assert answer.status_code == 409
    assert "file_too_large" in answer.content.decode()
    assert not Import.objects.exists()


def test_merged_cells_and_formulas_without_results_are_told(bring):
    book = Workbook()
    book.remove(book.active)
    for table, rows in {**LINES, "outputs": [right("outputs"), right("outputs")]}.items():
        sheet = book.create_sheet(table)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    sheet = book["outputs"]
    sheet["E2"] = "=54+1"
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    brought = bring({"a.xlsx": out.getvalue()})
    assert {(row, code) for _, row, code in codes(brought)} == {
        (2, "formula_without_result"),
        (3, "required_empty_in_merge"),
    }


def test_gb18030_with_a_title_above_the_head_is_read(bring):
    data = "自治区能耗报送表\n".encode("gb18030") + csv_bytes(LINES["enterprises"], "gb18030")
    brought = bring({"企业 (1).csv": data})
    assert brought.counts["enterprises"]["new"] == 1
    assert brought.samples["enterprises"]["new"][0]["cells"]["name"] == [None, "虚构水泥有限公司"]


def test_a_large_file_is_read_whole(bring):
    rows: list[dict[str, Any]] = [
        right("monitoring", time=f"2017-{m:02}-{d:02} {h:02}:00:00")
        for m in range(1, 13)
        for d in range(1, 29)
        for h in range(24)
    ]
    tables = {**all_right("enterprises", "lines", "outlets"), "monitoring": rows}
    brought = bring({f"{t}.csv": csv_bytes(each) for t, each in tables.items()})
    assert brought.counts["monitoring"]["new"] == len(rows) == 8064


def test_a_form_without_its_token_is_refused(officer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    answer = strict.post(
        reverse("import-new"), {"uploads": [SimpleUploadedFile("energy.csv", b"x")]}
    )
    assert answer.status_code == 403


def test_rows_of_another_city_are_refused_and_its_own_are_good(check_in, person):
    by = person("640100")
    far = right("enterprises", uscc=OTHER_USCC, name="远山", division_code="640221")
    brought = check_in(
        csv_files(
            {
                "enterprises": [right("enterprises"), far],
                "lines": [right("lines"), right("lines", line_id="L2", uscc=OTHER_USCC)],
                "energy": [right("energy"), right("energy", line_id="L2")],
            }
        ),
        by=by,
    )
    assert codes(brought) == [
        ("enterprises", 3, "outside_jurisdiction"),
        ("lines", 3, "outside_jurisdiction"),
        ("energy", 3, "refers_to_refused"),
    ]
    assert brought.counts["lines"]["new"] == 1


def test_a_registered_enterprise_of_another_city_is_not_drawn_over(check_in, take_in, person):
    take_in(csv_files({"enterprises": [right("enterprises", division_code="640221")]}))
    brought = check_in(csv_files(all_right("enterprises", "permits")), by=person("640100"))
    assert codes(brought) == [
        ("enterprises", 2, "outside_jurisdiction"),
        ("permits", 2, "outside_jurisdiction"),
    ]


def test_readings_in_parquet_of_another_city_are_left_out(check_in, take_in, person, tmp_path):

    other = right("enterprises", uscc=OTHER_USCC, name="远山", division_code="640221")
    take_in(
        csv_files(
            {
                "enterprises": [right("enterprises"), other],
                "lines": [right("lines"), right("lines", line_id="L2", uscc=OTHER_USCC)],
                "outlets": [right("outlets"), right("outlets", outlet_id="O2", line_id="L2")],
            }
        )
    )
    file = tmp_path / "x.parquet"
    with duckdb.connect() as engine:
        engine.execute(
            "COPY (SELECT unnest(['O1', 'O2', 'O2']) AS outlet_id, 'a21026' AS pollutant_code, "
            "unnest([TIMESTAMP '2017-01-01 08:00', '2017-01-01 08:00', '2017-01-01 09:00']) AS "
            f"time, 1.5 AS value, 'mg/m3' AS unit) TO '{file}'"
        )
    brought = check_in([Arriving("一月.parquet", [file.read_bytes()])], by=person("640100"))
    assert brought.counts["monitoring"] == {
        "read": 3,
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 2,
        "dropped": 0,
    }
    (problem,) = (p for p in brought.problems.all() if p.severity == "refused")
    assert (problem.value, problem.code, problem.count) == ("O2", "outside_jurisdiction", 2)

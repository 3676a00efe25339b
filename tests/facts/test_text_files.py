# ruff: noqa: E501  (tables of cases are read across)
"""CSV as it comes: encodings, quoting, blank lines, ragged rows, heads in two languages, size."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.facts.conftest import RIGHT, USCC

from phaseout.facts import take
from phaseout.law.norms import NormBook
from phaseout.law.refusals import Refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_gives_the_same_facts(folder: Any, encoding: str) -> None:
    folder.right()
    for table in ("enterprises", "lines", "energy", "outlets"):
        folder.write(f"{table}.csv", RIGHT[table].encode(encoding))
    folder.take()
    assert folder.rows("SELECT name, address FROM facts.enterprises") == [("虚构水泥有限公司", "虚构路1号")]  # fmt: skip


def test_bytes_that_fit_no_encoding_are_named(folder: Any) -> None:
    data = RIGHT["enterprises"].encode("gb18030") + b"\xff\xff"
    folder.right().write("enterprises.csv", data)
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert caught.value.code == "unreadable_file"
    assert "enterprises.csv" in caught.value.en
    assert str(len(data) - 2) in caught.value.en


def test_a_damaged_utf8_file_is_not_taken_for_gb18030(folder: Any) -> None:
    data = RIGHT["enterprises"].encode()
    folder.right().write("enterprises.csv", data.replace("虚构路".encode(), "虚构路".encode()[:-1]))
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert caught.value.code == "unreadable_file"


def test_quotes_commas_and_line_ends_stay_inside_their_cell(folder: Any) -> None:
    folder.right().write(
        "enterprises.csv",
        f'uscc,name,division_code,industry,address\r\n{USCC},"甲""乙""",640104,cement,"一,\n二"\r\n',
    )
    folder.take()
    assert folder.rows("SELECT name, address FROM facts.enterprises") == [('甲"乙"', "一,\n二")]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_rows_are_counted_as_a_spreadsheet_counts_them(folder: Any, ends: str) -> None:
    head, row = RIGHT["energy"].splitlines()
    bad = row.replace("95.5", "x").replace("2017", "2016")
    folder.right().write("energy.csv", ends.join([head, "", row, ",,,,,,,", "", bad, ""]))
    assert [(row, value) for _, row, _, value, _ in folder.problems()] == [(6, "x")]


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (b"a\nb\n", True),
        (b"a\r\nb\r\n\r\n", True),
        (b"a\n\n \n", True),
        (b"a\n\nb", False),
        (b"a\r\n\r\nb", False),
        (b"a\n \t\nb", False),
        (b"a\n b\n", True),
        (b"a\rb", False),
        (b"\na", False),
    ],
)
def test_blank_lines_before_further_text_are_seen_wherever_the_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, plain: bool
) -> None:
    from phaseout.facts import text_files

    (tmp_path / "a.csv").write_bytes(data)
    for size in range(2, 9):
        monkeypatch.setattr(text_files, "CHUNK", size)
        assert text_files.examine(tmp_path / "a.csv").plain is plain, size


def test_a_title_above_the_head_is_passed_over(folder: Any) -> None:
    folder.right().write(
        "energy.csv", "2017年能耗统计表,,\n" + RIGHT["energy"].replace("95.5", "x")
    )
    assert [(row, value) for _, row, _, value, _ in folder.problems()] == [(3, "x")]


def test_short_rows_are_filled_and_long_rows_refused(folder: Any) -> None:
    folder.right().write(
        "energy.csv",
        "line_id,product,indicator,period_start,period_end,value,unit,conditions\n"
        "L1,水泥,甲,2017-01-01,2017-12-31,1,kgce/t\n"
        "L1,水泥,乙,2017-01-01,2017-12-31,1,000,kgce/t,海拔=1\n",
    )
    found = folder.problems()
    assert [
        (row, column, code) for _, row, column, _, code in found if code == "too_many_cells"
    ] == [(3, "", "too_many_cells")]
    assert {row for _, row, *_ in found} == {3}


def test_a_quote_that_is_never_closed_refuses_the_file(folder: Any) -> None:
    folder.right().write("energy.csv", RIGHT["energy"] + 'L1,"水泥,x\n')
    with pytest.raises(Refusal) as caught:
        folder.take(bad_rows="leave_out")
    assert (caught.value.code, "energy.csv" in caught.value.en) == ("unreadable_file", True)


def test_heads_files_and_values_may_be_chinese(folder: Any) -> None:
    folder.right("enterprises", "lines").write(
        "能耗.CSV",
        "统计期止,生产线编号,产品名称,指标,统计期始,数值,单位\n"
        "2017年12月31日,L1,水泥,可比水泥综合能耗,2017年1月1日,95.5,千克标准煤／吨\n",
    )
    folder.take()
    assert folder.rows("SELECT unit, value::VARCHAR FROM facts.energy") == [("kgce/t", "95.500000")]


def test_semicolons_and_tabs_separate_too(folder: Any) -> None:
    folder.right("enterprises", "lines")
    folder.write("lines.csv", RIGHT["lines"].replace(",", ";"))
    folder.write("enterprises.csv", RIGHT["enterprises"].replace(",", "\t"))
    assert folder.take().counts["lines"].taken == 1


def test_a_file_with_a_head_and_no_rows_is_an_empty_table(folder: Any) -> None:
    folder.right().write("tests.csv", "sample_id,line_id,product,characteristic,value,sampled_on\n")
    assert folder.take().counts["tests"].read == 0


def test_a_single_file_named_as_a_table_is_taken(folder: Any) -> None:
    folder.right("lines")
    intake = take(folder.path / "lines.csv", folder.connection, folder.book)
    assert intake.counts["lines"].taken == 1


def test_digests_are_those_of_the_files(folder: Any) -> None:
    import hashlib

    folder.right().write("lines.csv", RIGHT["lines"].encode("gb18030"))
    expected = hashlib.sha256(RIGHT["lines"].encode("gb18030")).hexdigest()
    assert folder.take().digests["lines.csv"] == expected


@pytest.mark.parametrize("awkward", ["", "\n"], ids=["plain", "by record"])
def test_a_large_file_is_taken_within_a_memory_limit_and_every_bad_row_found(
    folder: Any, awkward: str
) -> None:
    rows = 250_000 if not awkward else 40_000
    folder.right()
    folder.connection.execute(
        f"COPY (SELECT 'O1' AS outlet_id, 'a21026' AS pollutant_code, "
        "strftime(TIMESTAMP '1990-01-01' + to_hours(i::INTEGER), '%Y-%m-%d %H:%M:%S') AS time, "
        "'hour' AS averaging, CASE WHEN i % 50000 = 49 THEN 'x' ELSE (i % 97)::VARCHAR END AS value, "
        "'毫克/立方米' AS unit, 'N' AS flag, 9.1 AS o2, repeat('注', 8) AS note "
        f"FROM range({rows}) AS t (i)) TO '{folder.path}/monitoring.csv' (HEADER)"
    )
    file = folder.path / "monitoring.csv"
    if awkward:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\n\n", 1))
    folder.connection.execute("SET memory_limit = '200MB'")
    intake = folder.take(bad_rows="leave_out")
    shift = 3 if awkward else 2
    bad = list(range(49, rows, 50_000))
    assert [p.row for p in intake.refused] == [at + shift for at in bad]
    assert intake.counts["monitoring"].taken == rows - len(bad)
    assert folder.rows("SELECT DISTINCT unit FROM facts.monitoring") == [("mg/m3",)]


CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('",\n;='), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(CELL, CELL), max_size=8))
def test_written_rows_come_back_as_they_were(rows: list[tuple[str, str]]) -> None:
    from phaseout.facts.cells import BLANKS

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["line_id", "uscc", "name", "industry"])
    for at, (name, other) in enumerate(rows):
        writer.writerow([f"L{at}", USCC, "x" + name + other + "y", "cement"])
    with tempfile.TemporaryDirectory() as place, duckdb.connect() as connection:
        (Path(place) / "lines.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
        take(Path(place), connection, NormBook.load())
        found = connection.execute("SELECT line_id, name FROM facts.lines").fetchall()
    assert dict(found) == {f"L{at}": f"x{a}{b}y".strip(BLANKS) for at, (a, b) in enumerate(rows)}

"""Findings as files: the same columns everywhere, whole or not at all, text stays text."""

from __future__ import annotations

import csv
import gc
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from phaseout.findings.export import FINDING_COLUMNS, plain, write_findings
from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.refusals import Refusal

ROW: dict[str, Any] = {
    "finding_id": "F0",
    "dimension": "energy",
    "uscc": "91640000MA0000000X",
    "line_id": "L1",
    "subject": "=cmd|' /C calc'!A0",
    "source_id": "GB1",
    "clause": "4.1",
    "indicator": "单位产品综合能耗",
    "period_start": date(2017, 1, 1),
    "period_end": date(2017, 12, 31),
    "value": Decimal("-4.200000"),
    "comparator": "<=",
    "limit_value": Decimal("112.000000"),
    "limit_text": None,
    "unit": "kgce/t",
    "ratio": None,
    "verdict": "compliant",
    "provisional": False,
    "reasons": ["a", "b"],
    "effect": "records",
}


def explained(*rows: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Explanation]]:
    for row in rows:
        yield row, Explanation(Step("verdict", "达标", "compliant"))


def write(path: Path, *rows: dict[str, Any]) -> int:
    return write_findings(path, explained(*rows), total=len(rows), progress=lambda *a: None)


def test_csv_has_the_columns_of_the_specification_in_order(tmp_path: Path) -> None:
    write(tmp_path / "f.csv", ROW)
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        head, row = list(csv.reader(file))
    assert tuple(head) == FINDING_COLUMNS
    found = dict(zip(head, row, strict=True))
    assert found["value"] == "-4.2"
    assert found["limit"] == "112"
    assert found["ratio"] == ""
    assert found["provisional"] == "false"
    assert found["reason"] == "a;b"
    assert found["period_end"] == "2017-12-31"
    assert found["explanation_zh"] == "达标。"


def test_a_text_that_looks_like_a_formula_goes_out_as_text(tmp_path: Path) -> None:
    write(tmp_path / "f.csv", ROW)
    assert "\n=cmd" not in (tmp_path / "f.csv").read_text(encoding="utf-8-sig")
    assert ",=cmd" not in (tmp_path / "f.csv").read_text(encoding="utf-8-sig")


def test_commas_quotes_and_line_ends_stay_inside_their_cell(tmp_path: Path) -> None:
    texts = {"subject": 'a "b", c', "clause": "one\ntwo", "indicator": "one\r\ntwo", "unit": '"'}
    write(tmp_path / "f.csv", ROW | texts)
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        head, row = list(csv.reader(file, strict=True))
    assert texts.items() <= dict(zip(head, row, strict=True)).items()


def test_parquet_and_json_lines_hold_the_same_finding(tmp_path: Path) -> None:
    write(tmp_path / "f.parquet", ROW)
    write(tmp_path / "f.jsonl", ROW)
    (row,) = pq.read_table(tmp_path / "f.parquet").to_pylist()
    assert tuple(row) == FINDING_COLUMNS
    assert row["value"] == Decimal("-4.2")
    data = json.loads((tmp_path / "f.jsonl").read_text(encoding="utf-8"))
    assert tuple(data) == FINDING_COLUMNS
    assert data["value"] == "-4.2"
    assert data["subject"] == row["subject"] == ROW["subject"]


def test_no_findings_make_a_file_with_a_head_only(tmp_path: Path) -> None:
    assert write(tmp_path / "f.csv") == 0
    assert (tmp_path / "f.csv").read_text(encoding="utf-8-sig").count("\n") == 1


def test_a_run_that_breaks_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    write(path, ROW)
    before = path.read_bytes()

    def breaks() -> Iterator[tuple[dict[str, Any], Explanation]]:
        yield from explained(ROW)
        raise RuntimeError("the power is out")

    with pytest.raises(RuntimeError):
        write_findings(path, breaks(), total=2, progress=lambda *a: None)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["f.csv"]


def test_an_unknown_ending_is_refused_with_those_that_work(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write(tmp_path / "f.docx", ROW)
    assert refused.value.code == "unknown_format"
    assert ".parquet" in refused.value.en


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("112.000000", "112"),
        ("0.850000", "0.85"),
        ("-4.200000", "-4.2"),
        ("0.000000", "0"),
        ("13850", "13850"),
        ("1000.000000", "1000"),
    ],
)
def test_decimals_lose_their_trailing_zeros_and_nothing_else(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_unknown_is_not_zero() -> None:
    assert plain(None) is None


def test_writing_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    assert gc.isenabled()
    write(tmp_path / "f.csv", ROW)
    assert gc.isenabled()
    gc.disable()
    try:
        write(tmp_path / "f.csv", ROW)
        assert not gc.isenabled()
    finally:
        gc.enable()

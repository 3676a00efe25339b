"""The demonstration: ends by itself, can run twice, keeps what its owner changed."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from phaseout.demo import Done, run

ON = date(2018, 3, 15)
ENTERPRISES = 13


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def done(folder: Path) -> Done:
    return run(folder, on=ON, enterprises=ENTERPRISES)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_it_leaves_findings_workbook_and_report(done: Done) -> None:
    assert [path.name for path in done.written] == [
        "findings.csv",
        "lines.csv",
        "findings.xlsx",
        "problems.csv",
        "report.html",
        "report.en.html",
    ]
    assert all(path.stat().st_size for path in done.written)


def test_running_it_twice_changes_no_byte(folder: Path, done: Done) -> None:
    before = digests(folder)
    said: list[str] = []
    run(folder, on=ON, enterprises=ENTERPRISES, announce=lambda zh, en: said.append(zh + en))
    assert digests(folder) == before
    assert not any("seed" in line for line in said)


def test_confirmed_rows_make_findings_final(done: Done) -> None:
    noncompliant = [c for c in done.summary.counts if c.verdict == "noncompliant"]
    assert any(count.findings > count.provisional for count in noncompliant)


def test_the_workbook_has_a_sheet_a_dimension_and_no_formula(done: Done) -> None:
    book = load_workbook(done.written[2], read_only=True)
    assert book.sheetnames[:6] == ["概况", "能耗", "环保", "质量", "安全", "技术"]
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_a_file_of_the_user_and_facts_changed_or_made_otherwise_are_kept_and_said(
    folder: Path, done: Done
) -> None:
    said: list[str] = []
    note, hazards = folder / "my-note.txt", folder / "facts" / "hazards.csv"
    note.write_text("keep me", encoding="utf-8")
    before = hazards.read_bytes()
    hazards.write_bytes(before.rstrip(b"\r\n").rsplit(b"\n", 1)[0] + b"\n")
    kept = digests(folder / "facts")
    run(
        folder, on=ON, seed=7, enterprises=ENTERPRISES, announce=lambda zh, en: said.append(zh + en)
    )
    assert note.read_text(encoding="utf-8") == "keep me"
    assert digests(folder / "facts") == kept
    assert any(f"种子1、{ENTERPRISES}家企业" in line and "seed 1" in line for line in said)

"""`phaseout norms countersign`: the second signature settles the row."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from phaseout.cli import main
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import read_confirmations, settled_rows


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["norms", *arguments], catch_exceptions=False)


ROW = "energy_limits/GB21341-2017/1"
SIGNED = ["--document", "GB 21341-2017", "--page", "3", "--by", "张三", "--on", "2026-11-20"]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register with one first signature, by 张三 on 2026-11-20."""
    path = tmp_path / "confirmations.csv"
    assert run("confirm", ROW, *SIGNED, "--file", str(path)).exit_code == 0
    return path


def countersign(path: Path, by: str, on: str, *more: str) -> Result:
    return run("countersign", ROW, "--by", by, "--on", on, "--file", str(path), *more)


def test_a_second_person_settles_the_row(register: Path) -> None:
    result = countersign(register, "李四", "2026年11月21日", "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["countersigned_on"], said["complete"]) == ("2026-11-21", True)
    row = NormBook.load().row(ROW)
    signed = read_confirmations(register)
    assert settled_rows([row], signed, date(2026, 11, 20)) == set()
    assert settled_rows([row], signed, date(2026, 11, 21)) == {ROW}


@pytest.mark.parametrize(
    ("by", "on", "code"),
    [
        ("张三", "2026-11-21", "countersigned_by_same_person"),
        ("李四", "2026-11-19", "countersigned_too_early"),
        (" ", "2026-11-21", "signature_without_name"),
    ],
)
def test_a_signature_that_may_not_stand_is_refused(
    register: Path, by: str, on: str, code: str
) -> None:
    before = register.read_bytes()
    result = countersign(register, by, on)
    assert result.exit_code == 1
    assert code in result.stderr
    assert register.read_bytes() == before


def test_nothing_to_countersign_is_refused(tmp_path: Path) -> None:
    result = countersign(tmp_path / "empty.csv", "李四", "2026-11-21")
    assert result.exit_code == 1
    assert "nothing_to_countersign" in result.stderr


def test_a_row_is_countersigned_once(register: Path) -> None:
    assert countersign(register, "李四", "2026-11-21").exit_code == 0
    again = countersign(register, "王五", "2026-11-22", "--json")
    assert again.exit_code == 1
    assert json.loads(again.stdout)["refused"] == "already_countersigned"

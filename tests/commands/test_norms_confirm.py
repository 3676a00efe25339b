"""`phaseout norms confirm`: the first of two signatures under a row."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner, Result

from phaseout.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["norms", *arguments], catch_exceptions=False)


ROW = "energy_limits/GB21341-2017/1"
SIGNED = ["--document", "GB 21341-2017", "--page", "3, 表1", "--by", "张三"]


def confirm(path: Path, *more: str, row: str = ROW) -> Result:
    return run("confirm", row, *SIGNED, "--on", "2026-11-20", "--file", str(path), *more)


def test_a_first_signature_is_written_and_does_not_settle_the_row(tmp_path: Path) -> None:
    path = tmp_path / "confirmations.csv"
    result = confirm(path, "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["confirmed_by"], said["complete"]) == ("张三", False)
    with path.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    assert [(line["row_id"], line["page"], line["countersigned_by"]) for line in lines] == [
        (ROW, "3, 表1", "")
    ]


def test_a_row_is_confirmed_once(tmp_path: Path) -> None:
    path = tmp_path / "confirmations.csv"
    confirm(path)
    result = confirm(path)
    assert result.exit_code == 1
    assert "already_confirmed" in result.stderr


def test_an_unknown_row_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "confirmations.csv"
    result = confirm(path, row="energy_limits/GB21341-2017/99")
    assert result.exit_code == 1
    assert "energy_limits/GB21341-2017/" in result.stderr
    assert not path.exists()


def test_a_page_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "confirmations.csv"
    result = confirm(path, "--page", " ")
    assert result.exit_code == 1
    assert "confirmation_without_place" in result.stderr


def test_wrong_usage_exits_2(tmp_path: Path) -> None:
    assert run("confirm", ROW, "--by", "张三").exit_code == 2
    assert confirm(tmp_path / "nowhere" / "confirmations.csv").exit_code == 2
    assert confirm(tmp_path / "confirmations.csv", "--on", "20261120").exit_code == 2


def test_a_file_that_is_no_register_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "confirmations.csv"
    path.write_text("name,age\nx,3\n", encoding="utf-8")
    result = confirm(path)
    assert result.exit_code == 1
    assert "register_unreadable" in result.stderr
    assert path.read_text(encoding="utf-8") == "name,age\nx,3\n"

"""`phaseout norms show`: a document by any spelling, with all its rows and who confirmed them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from phaseout.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["norms", *arguments], catch_exceptions=False)


def answer(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("written", ["GB21346-2013", "GB 21346-2013", "gb21346-2013"])
def test_a_document_is_shown_by_any_spelling(written: str) -> None:
    data = answer("show", written)
    assert data["document"]["source_id"] == "GB21346-2013"
    assert [row["row_id"] for row in data["rows"]] == [
        f"energy_limits/GB21346-2013/{number}" for number in range(1, 13)
    ]


@pytest.mark.parametrize("written", ["GB 4915-2013", "E-GB4915-2013"])
def test_an_emission_standard_answers_with_and_without_its_prefix(written: str) -> None:
    assert answer("show", written)["document"]["source_id"] == "E-GB4915-2013"


def test_the_text_gives_validity_succession_and_the_figures() -> None:
    shown = run("show", "GB21346-2013").stdout
    for piece in ("2014-09-01", "2023-12-31", "GB21346-2022", "≤ 13700 kWh/t", "现有 限定值"):
        assert piece in shown


def test_figures_stand_whole_in_a_pipe() -> None:
    shown = run("show", "E-GB30486-2013").stdout
    data = answer("show", "E-GB30486-2013")["rows"]
    lines = [line for line in shown.splitlines() if line.startswith("emission_limits/")]
    assert len(lines) == len(data)
    for line, row in zip(lines, data, strict=True):
        assert row["value"] in line.split("\t")[5]


def test_a_document_without_rows_says_that_this_is_a_hole() -> None:
    assert "不是没有要求" in run("show", "GB21249-2014").stdout
    assert "not in our record" in run("show", "GB21249-2014", "--lang", "en").stdout


def test_an_unknown_document_is_refused_with_near_matches() -> None:
    result = run("show", "GB21346-2031")
    assert result.exit_code == 1
    assert "GB21346-2013" in result.stderr
    as_json = run("show", "GB21346-2031", "--json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["refused"] == "document_unknown"


def test_who_confirmed_a_row_is_shown_with_it(tmp_path: Path) -> None:
    register = str(tmp_path / "confirmations.csv")
    row_id = "energy_limits/GB21341-2017/1"
    first = ["--document", "GB 21341-2017", "--page", "3", "--by", "张三", "--on", "2026-11-20"]
    assert run("confirm", row_id, *first, "--file", register).exit_code == 0
    waiting = run("show", "GB21341-2017", "--confirmations", register).stdout
    assert "张三已核对，待复核" in waiting
    second = ["--by", "李四", "--on", "2026-11-21", "--file", register]
    assert run("countersign", row_id, *second).exit_code == 0
    shown = run("show", "GB21341-2017", "--confirmations", register).stdout
    assert "张三核对、李四复核" in shown
    assert "待复核" not in shown
    rows = answer("show", "GB21341-2017", "--confirmations", register)["rows"]
    assert [c["countersigned_by"] for c in rows[0]["confirmations"]] == ["", "李四"]


def test_a_register_that_is_none_is_refused(tmp_path: Path) -> None:
    register = tmp_path / "confirmations.csv"
    register.write_text("a,b\n1,2\n", encoding="utf-8")
    result = run("show", "GB21341-2017", "--confirmations", str(register))
    assert result.exit_code == 1
    assert "register_unreadable" in result.stderr

"""`phaseout province`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from phaseout.cli import main


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["province", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_json_says_what_was_made_and_nothing_else_is_on_stdout(tmp_path: Path) -> None:
    out = tmp_path / "facts"
    code, stdout, _ = run("--enterprises", "5", "--months", "1", "--out", str(out), "--json")
    said = json.loads(stdout)
    assert code == 0
    assert said["enterprises"] == 5
    assert said["rows"]["enterprises"] == 5
    assert said["planted"] == []
    assert said["out"] == str(out)


def test_messy_plants_mistakes(tmp_path: Path) -> None:
    code, stdout, _ = run(
        "--enterprises", "5", "--months", "1", "--out", str(tmp_path), "--messy", "--json"
    )
    assert code == 0
    assert len(json.loads(stdout)["planted"]) > 15


@pytest.mark.parametrize(("lang", "word"), [("zh", "虚构企业"), ("en", "fictional enterprises")])
def test_people_are_told_in_their_language(tmp_path: Path, lang: str, word: str) -> None:
    code, stdout, _ = run(
        "--enterprises", "2", "--months", "1", "--out", str(tmp_path), "--lang", lang
    )
    assert code == 0
    assert word in stdout


def test_no_enterprises_is_refused_with_a_reason(tmp_path: Path) -> None:
    code, stdout, _ = run("--enterprises", "0", "--out", str(tmp_path / "x"), "--json")
    assert code == 1
    assert json.loads(stdout)["refused"] == "no_enterprises"


@pytest.mark.parametrize(
    "arguments", [(), ("--out", "x", "--on", "yesterday"), ("--out", "x", "--format", "pdf")]
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize("day", ["2017-06-30", "2017/6/30", "2017年6月30日"])
def test_the_day_is_taken_as_officials_write_it(tmp_path: Path, day: str) -> None:
    code, stdout, _ = run(
        "--enterprises", "2", "--months", "1", "--out", str(tmp_path), "--on", day, "--json"
    )
    assert code == 0
    assert json.loads(stdout)["on"] == "2017-06-30"

"""`phaseout norms gaps`: which days have no row, by industry, subject and dimension."""

from __future__ import annotations

import json
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


def test_an_industry_may_be_given_in_chinese() -> None:
    gaps = answer("gaps", "--industry", "碳化硅", "--dimension", "energy")["gaps"]
    assert [(gap["from"], gap["kind"]) for gap in gaps] == [("2010-01-01", "no_row")]
    fillers = [document["source_id"] for document in gaps[0]["filled_by"]]
    assert fillers == ["DB64-1147-2015", "DB64T-1147-2022"]


def test_the_days_asked_stand_in_the_answer() -> None:
    data = answer("gaps", "--since", "2016/1/1", "--until", "2018年12月31日")
    assert (data["since"], data["until"]) == ("2016-01-01", "2018-12-31")
    assert all("2016-01-01" <= g["from"] <= g["to"] <= "2018-12-31" for g in data["gaps"])


def test_without_until_the_last_day_comes_from_the_data() -> None:
    assert answer("gaps", "--industry", "leather")["until"] >= "2026-08-01"


def test_the_text_says_that_a_hole_is_never_a_pass() -> None:
    assert "不作合格处理" in run("gaps", "--industry", "leather").stdout
    english = run("gaps", "--industry", "leather", "--lang", "en").stdout
    assert "undetermined, never compliant" in english


def test_lines_in_a_pipe_are_tab_separated_and_whole() -> None:
    lines = run("gaps", "--industry", "lead_zinc", "--dimension", "energy").stdout.splitlines()
    zinc = next(line for line in lines if "\t电锌锭\t" in line)
    assert zinc.split("\t")[2] == "2010-01-01至2024-05-31"
    assert "GB 21249-2014" in zinc


@pytest.mark.parametrize(
    "arguments",
    [
        ["--since", "2018-01-01", "--until", "2017-12-31"],
        ["--industry", "tea"],
        ["--dimension", "noise"],
        ["--division", "64"],
        ["--until", "2018-02-30"],
    ],
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    assert run("gaps", *arguments).exit_code == 2

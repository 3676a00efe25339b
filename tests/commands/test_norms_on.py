"""`phaseout norms on`: the rows in force on a day, both ends inside."""

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


@pytest.mark.parametrize("written", ["2017-06-30", "2017/6/30", "2017年6月30日"])
def test_a_day_may_be_written_as_officials_do(written: str) -> None:
    data = answer("on", written, "--industry", "cement", "--dimension", "energy")
    assert data["on"] == "2017-06-30"
    assert data["counts"]["energy_limits"] == 21
    assert {row["source_id"] for row in data["rows"] if row["table"] == "energy_limits"} == {
        "GB16780-2012"
    }


@pytest.mark.parametrize(
    ("day", "edition"), [("2022-10-31", "GB16780-2012"), ("2022-11-01", "GB16780-2021")]
)
def test_the_edition_changes_on_its_day(day: str, edition: str) -> None:
    rows = answer("on", day, "--industry", "水泥", "--dimension", "energy")["rows"]
    limits = {row["source_id"] for row in rows if row["table"] == "energy_limits"}
    assert limits == {edition}


def test_counts_are_those_of_the_rows_listed() -> None:
    data = answer("on", "2017-06-30", "--industry", "cement")
    for table, count in data["counts"].items():
        assert sum(row["table"] == table for row in data["rows"]) == count


def test_rows_can_be_narrowed_to_a_product() -> None:
    data = answer("on", "2017-06-30", "--dimension", "energy", "--product", "熟料")
    limits = [row for row in data["rows"] if row["table"] == "energy_limits"]
    assert limits
    assert all("熟料" in row["product_zh"] + row["process_zh"] for row in limits)


def test_the_text_groups_and_counts() -> None:
    shown = run("on", "2017-06-30", "--industry", "cement").stdout
    assert "能耗限额 (21)" in shown
    assert "2017年6月30日有效的记录共" in shown


def test_a_day_before_any_edition_has_no_limit() -> None:
    data = answer("on", "1990-01-01", "--industry", "cement", "--dimension", "energy")
    assert (data["counts"], data["rows"]) == ({}, [])


@pytest.mark.parametrize(
    "arguments",
    [["2017-13-01"], ["2017-02-29"], ["30.6.2017"], [], ["2017-06-30", "--industry", "tea"]],
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    assert run("on", *arguments).exit_code == 2


def test_an_unknown_industry_is_answered_with_the_thirteen() -> None:
    error = run("on", "2017-06-30", "--industry", "tea").stderr
    assert "cement 水泥" in error
    assert "leather 制革" in error


@pytest.mark.parametrize(("lang", "clause"), [("zh", "表2"), ("en", "table 2")])
def test_a_clause_is_cited_in_the_language_asked_for(lang: str, clause: str) -> None:
    asked = ("on", "2017-06-30", "--industry", "leather", "--dimension", "environment")
    lines = run(*asked, "--lang", lang).stdout.splitlines()
    assert any(clause in line.split("\t")[7] for line in lines if line.count("\t") > 7)
    assert lang == "zh" or not any("表" in line for line in lines)

"""`phaseout judge` as its user would call it: results on stdout, refusals with reasons, codes."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from phaseout.cli import main
from phaseout.findings import FINDING_COLUMNS
from phaseout.province.making import Wish, make


@pytest.fixture(scope="module")
def small_province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten enterprises are enough for what the command says and writes; it judges them often."""
    folder = tmp_path_factory.mktemp("province") / "facts"
    make(Wish(seed=7, enterprises=10, on=date(2018, 3, 15), months=1), folder)
    return folder


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_findings_go_to_the_file_and_the_summary_to_stdout(
    small_province: Path, tmp_path: Path
) -> None:
    out, lines = tmp_path / "findings.csv", tmp_path / "lines.csv"
    beside = ("--out", out, "--lines", lines, "--problems", tmp_path / "p.csv")
    result = call("judge", small_province, "--on", "2018-03-15", "--bad-rows", "leave-out", *beside)
    assert result.exit_code == 0, result.output
    assert "2018年3月15日" in result.stdout
    assert "数据提示" not in result.stderr, "notices written beside are not counted"
    with out.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == FINDING_COLUMNS
    assert rows
    with lines.open(encoding="utf-8-sig", newline="") as file:
        said = {row["governing_provisional"] for row in csv.DictReader(file)}
    assert said <= {"", "true", "false"}, "lines say true and false as findings do"
    assert said - {""}


def test_json_gives_the_summary_as_data_and_explains_one_finding_down_to_the_clause(
    small_province: Path, tmp_path: Path
) -> None:
    out = tmp_path / "findings.csv"
    common = ("judge", small_province, "--on", "2018/3/15", "--bad-rows", "leave-out", "--json")
    result = call(*common, "--out", out)
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert data["on"] == "2018-03-15"
    assert data["findings"] == sum(count["findings"] for count in data["counts"])
    assert data["provisional"] == sum(count["provisional"] for count in data["counts"])
    assert len(data["gravest"]) <= 10
    with out.open(encoding="utf-8-sig", newline="") as file:
        failed = next(
            row
            for row in csv.DictReader(file)
            if row["verdict"] == "noncompliant" and row["dimension"] == "energy"
        )
    result = call(*common, "--explain", failed["finding_id"], "--lang", "en")
    data = json.loads(result.stdout)
    assert data["finding"]["finding_id"] == failed["finding_id"]
    assert data["finding"]["clause"] == failed["clause"]
    told = json.dumps(data["explanation"], ensure_ascii=False)
    assert "Would pass if unit consumption fell" in told


def test_bad_rows_refuse_everything_unless_told_otherwise(
    small_province: Path, tmp_path: Path
) -> None:
    out, problems = tmp_path / "f.csv", tmp_path / "problems.csv"
    asked = ("judge", small_province, "--on", "2018-03-15", "--out", out, "--problems", problems)
    result = call(*asked, "--json")
    assert result.exit_code == 1
    assert not out.exists()
    assert problems.exists(), "the list of bad rows is what the user needs now"
    refusal = json.loads(result.stdout)
    assert refusal["refused"] == "facts_refused"
    assert refusal["problems_in_all"] == len(refusal["problems"]) > 5
    first = refusal["problems"][0]
    assert first["file"].endswith(".csv")
    assert first["row"] > 1
    assert first["expected_zh"]
    assert first["expected_en"]


def test_a_refusal_is_json_under_json(tmp_path: Path) -> None:
    result = call("judge", tmp_path, "--on", "2018-03-15", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["refused"] == "no_facts"


@pytest.mark.parametrize(
    "arguments",
    [
        ("judge",),
        ("judge", "facts"),
        ("judge", "facts", "--on", "2018-02-30"),
        ("judge", "facts", "--on", "yesterday"),
        ("judge", "facts", "--on", "2018-03-15", "--bad-rows", "maybe"),
        ("judges",),
    ],
)
def test_wrong_usage_exits_with_two(arguments: tuple[str, ...]) -> None:
    assert call(*arguments).exit_code == 2


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = call("judge", tmp_path / "nowhere", "--on", "2018-03-15")
    assert result.exit_code == 1
    assert result.stderr.strip()


def test_a_decisions_file_without_document_number_is_refused(
    small_province: Path, tmp_path: Path
) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(
        "kind,subject,key,value,valid_from,valid_to,document,decided_on,decided_by,note\n"
        "parameter,serious_min_valid_days,,30,,,,2018-01-01,环保厅,\n",
        encoding="utf-8",
    )
    result = call("judge", small_province, "--on", "2018-03-15", "--decisions", decisions)
    assert result.exit_code == 1
    assert "document" in result.stderr


@pytest.mark.parametrize("command", ["norms", "period", "judge", "province", "demo"])
def test_every_command_has_help(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


@pytest.mark.parametrize(
    ("option", "name", "use"),
    [
        ("--out", "f.xls", ".parquet"),
        ("--lines", "l.txt", ".csv"),
        ("--report", "r.pdf", ".html"),
        ("--workbook", "w.csv", ".xlsx"),
        ("--problems", "p.txt", ".xlsx"),
        ("--marked", "m.csv", ".xlsx"),
    ],
)
def test_an_ending_that_is_not_written_is_refused_before_the_run(
    tmp_path: Path, option: str, name: str, use: str
) -> None:
    result = call("judge", tmp_path, "--on", "2018-03-15", option, tmp_path / name, "--json")
    assert result.exit_code == 1
    refusal = json.loads(result.stdout)
    assert refusal["refused"] == "unknown_format", "the empty folder was not even looked at"
    assert option in refusal["why"]["zh"]
    assert use in refusal["instead"]["en"]


def test_a_place_that_cannot_be_written_is_refused(small_province: Path, tmp_path: Path) -> None:
    (tmp_path / "a_file").write_text("kept")
    target = tmp_path / "a_file" / "f.csv"
    result = call(
        "judge", small_province, "--on", "2018-03-15", "--bad-rows", "leave-out", "--out", target
    )
    assert result.exit_code == 1
    assert "not_writable" in result.stderr
    assert (tmp_path / "a_file").read_text() == "kept"


def test_facts_that_are_no_workbook_cannot_be_marked(small_province: Path, tmp_path: Path) -> None:
    marked = tmp_path / "m.xlsx"
    result = call("judge", small_province, "--on", "2018-03-15", "--marked", marked)
    assert result.exit_code == 1
    assert "nothing_to_mark" in result.stderr


@pytest.mark.parametrize("size", ["lots", "-1GB", "10"])
def test_a_memory_that_is_no_size_is_wrong_usage(small_province: Path, size: str) -> None:
    result = call("judge", small_province, "--on", "2018-03-15", "--memory", size)
    assert result.exit_code == 2
    assert "1GB" in result.stderr


def test_too_little_memory_is_refused_with_what_to_change(small_province: Path) -> None:
    result = call("judge", small_province, "--on", "2018-03-15", "--memory", "1MB")
    assert result.exit_code == 1
    assert "--memory" in result.stderr and "[not_enough_memory]" in result.stderr


def test_a_missing_side_file_is_refused_in_both_languages(
    small_province: Path, tmp_path: Path
) -> None:
    result = call(
        "judge", small_province, "--on", "2018-03-15", "--decisions", tmp_path / "no.csv", "--json"
    )
    assert result.exit_code == 1
    why = json.loads(result.stdout)["why"]
    assert why == {"zh": "文件不存在。", "en": "there is no such file."}

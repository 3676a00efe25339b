"""`phaseout norms check`: exit 0 on a sound store, 1 on an unsound one, everything named."""

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


def test_the_shipped_store_passes() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "标准库检查" in result.stdout
    assert "可以使用。" in result.stdout


def test_the_answer_in_json_names_every_issue_in_both_languages() -> None:
    data = answer("check")
    assert data["ok"] is True
    assert data["errors"] == 0
    assert data["rows"] >= 3505
    assert all(issue["zh"] and issue["en"] for issue in data["issues"])
    known = [issue for issue in data["issues"] if issue["severity"] == "known"]
    assert all(issue["accepted"] for issue in known)


def test_english_speaks_english() -> None:
    assert "The store may be used." in run("check", "--lang", "en").stdout


def test_an_unsound_store_exits_1_and_says_what_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    from phaseout.commands import norms
    from phaseout.law.norms.checks import Report
    from phaseout.law.norms.checks.issue import error

    issue = error("unit_unknown", "energy_limits/X/1", zh="单位未知。", en="unit unknown.")
    monkeypatch.setattr(norms, "check_store", lambda: Report((issue,), 1, 0, 1))
    result = run("check")
    assert result.exit_code == 1
    assert "unit_unknown" in result.stdout
    assert "须先改正错误。" in result.stdout
    as_json = run("check", "--json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["issues"][0]["concerns"] == ["energy_limits/X/1"]

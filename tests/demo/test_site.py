"""The demonstration's site: complete after a kill, the same after another run, and after export."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from phaseout.findings import judge
from phaseout.law.judgement.authority import read_decisions
from phaseout.law.norms.confirmation import read_confirmations
from serving import rows, run

ON = date(2018, 3, 15)

IMPORTS_OF_THE_PROVINCE = """
    SELECT i.state FROM registry_import i
    WHERE (SELECT count(*) FROM registry_importfile f WHERE f.of_import_id = i.id) > 1
"""  # other tests bring single files

STANDING = """
    SELECT f.finding_id, f.verdict, f.provisional, f.value, f.limit_value, f.ratio, f.unit,
           f.reasons, f.norm_row, r.tree
    FROM casework_finding f JOIN casework_reasoning r ON r.finding_id = f.id
    WHERE f.ended_on IS NULL
"""


def test_a_run_killed_in_the_middle_of_the_import_took_nothing(demonstration: Any) -> None:
    assert demonstration.killed_with["accounts_user"] > 0
    assert demonstration.killed_with["registry_enterprise"] == 0
    assert demonstration.killed_with["casework_finding"] == 0


def test_the_next_run_completes_it_with_one_import(demonstration: Any) -> None:
    assert rows(demonstration.home, IMPORTS_OF_THE_PROVINCE) == [("taken",)]
    # Three stand in another office's list as well.
    assert rows(demonstration.home, "SELECT count(*) FROM registry_enterprise") == [(13 + 3,)]
    assert rows(demonstration.home, "SELECT count(*) FROM registry_touched") == [(0,)]
    assert "eic-officer" in demonstration.said


def test_running_it_again_changes_nothing_and_loses_nothing(demonstration: Any) -> None:
    before = demonstration.counts()
    demonstration.load()
    assert demonstration.counts() == before


def test_judging_the_exported_facts_gives_the_findings_of_the_site(
    demonstration: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "exported"
    told = json.loads(run(demonstration.home, "facts", "export", str(folder), "--json"))
    assert f"--on {ON}" in told["judge"]
    with judge(
        folder / "facts",
        on=ON,
        confirmations=read_confirmations(folder / "confirmations.csv"),
        decisions=read_decisions(folder / "decisions.csv"),
    ) as judgement:
        judged = {
            row["finding_id"]: (_plain(row), json.loads(explanation.dumps()))
            for row, explanation in judgement.explained()
        }
    site = {row[0]: (row[1:-1], row[-1]) for row in rows(demonstration.home, STANDING)}
    assert judged.keys() == site.keys()
    assert judged
    for finding_id, (answer, tree) in judged.items():
        assert site[finding_id][0] == answer
        assert _any_day(site[finding_id][1]) == _any_day(tree)


def _any_day(tree: dict[str, Any]) -> dict[str, Any]:
    """The explanation without the day it was made: an answer that stays the same keeps the one it
    was found with, and the demonstration begins in January."""
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True)
    said = r"As of \d{4}-\d\d-\d\d|截至\d{4}年\d{1,2}月\d{1,2}日"
    found: dict[str, Any] = json.loads(re.sub(said, "as of a day", text))
    return found


def _plain(row: dict[str, Any]) -> tuple[Any, ...]:
    names = ("verdict", "provisional", "value", "limit_value", "ratio", "unit", "reasons")
    return (*(row[name] for name in names), row["norm_row"])

"""Every planted mistake is reported by the intake where it stands, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from phaseout.facts import Intake, Severity, take
from phaseout.law.judgement.engine import connect
from phaseout.law.norms import NormBook
from phaseout.province.making import Made, Wish, make
from phaseout.province.mistakes import ACCEPTED, DROPPED, REFUSED


@pytest.fixture(scope="module")
def intake(province: tuple[Made, Path]) -> Intake:
    return take(province[1], connect(), NormBook.load(), bad_rows="leave_out")


def refusals(intake: Intake) -> set[tuple[str, int, str]]:
    return {
        (problem.table, problem.row, problem.code)
        for problem in intake.problems
        if problem.severity is not Severity.NOTICE
    }


def test_what_is_refused_is_exactly_what_was_planted(
    province: tuple[Made, Path], intake: Intake
) -> None:
    planted = {(p.table, p.row, p.code) for p in province[0].planted if p.outcome == REFUSED}
    assert refusals(intake) == planted


def test_the_planted_duplicate_is_dropped_and_the_awkward_rows_are_taken(
    province: tuple[Made, Path], intake: Intake, clean: Path
) -> None:
    made, _ = province
    good = take(clean, connect(), NormBook.load())
    for table, count in intake.counts.items():
        of_table = [p.outcome for p in made.planted if p.table == table]
        assert count.refused == of_table.count(REFUSED)
        assert count.dropped == good.counts[table].dropped + of_table.count(DROPPED)
        assert count.taken == good.counts[table].taken + of_table.count(ACCEPTED)


def test_the_clean_province_is_taken_whole(clean: Path) -> None:
    intake = take(clean, connect(), NormBook.load())
    assert refusals(intake) == set()
    assert all(count.refused == 0 for count in intake.counts.values())


def test_a_workbook_and_a_folder_hold_the_same_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Fifty thousand real readings make a workbook slow and prove nothing more here.
    monkeypatch.setattr("phaseout.province.attached.readings", lambda: iter(()))
    counts = []
    for form in ("csv", "xlsx"):
        folder = tmp_path / form
        make(Wish(seed=4, enterprises=4, months=1, form=form), folder)
        source = folder if form == "csv" else folder / "facts.xlsx"
        taken = take(source, connect(), NormBook.load(), bad_rows="leave_out")
        counts.append({table: (c.read, c.taken) for table, c in taken.counts.items()})
        planted = json.loads((folder / "province.json").read_text(encoding="utf-8"))["planted"]
        assert len(refusals(taken)) == sum(p["outcome"] == REFUSED for p in planted)
    assert counts[0] == counts[1]

# ruff: noqa: E501  (tables of cases are read across)
"""Rows against rows and tables against tables: repeated, contradicting, overlapping, dangling."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.facts.conftest import OTHER_USCC, RIGHT

from phaseout.law.refusals import Refusal


def test_a_right_folder_is_taken_whole(folder: Any) -> None:
    intake = folder.right().take()
    assert {
        t: (c.read, c.taken, c.dropped, c.refused) for t, c in intake.counts.items()
    } == dict.fromkeys(RIGHT, (1, 1, 0, 0))
    assert (intake.problems, intake.problem_count) == ((), 0)
    assert folder.rows("SELECT industry, capacity::VARCHAR, capacity_unit, division_code FROM facts.lines") == [
        ("cement", "60.000000", "万t/a", "640104")
    ]  # fmt: skip


def test_identical_rows_are_dropped_and_counted(folder: Any) -> None:
    intake = folder.right().add("energy", {}, {"value": "95.50"}).take()
    assert (intake.counts["energy"].taken, intake.counts["energy"].dropped) == (1, 2)


def test_rows_of_one_key_that_contradict_each_other_are_all_refused(folder: Any) -> None:
    folder.right().add("energy", {"value": "96"})
    assert folder.problems() == [
        ("energy.csv", 2, "value", "95.5", "conflicting_rows"),
        ("energy.csv", 3, "value", "96", "conflicting_rows"),
    ]


def test_an_absent_process_is_part_of_the_key_like_any_other(folder: Any) -> None:
    folder.right().add("energy", {"value": "96", "process": "粉磨"})
    assert folder.take().counts["energy"].taken == 2


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        ("2017-12-31", "2018-12-30", True),
        ("2018-01-01", "2018-12-31", False),
        ("2016-01-01", "2017-01-01", True),
        ("2016-01-01", "2016-12-31", False),
        ("2017-03-01", "2017-03-31", True),
        ("2016-01-01", "2018-12-31", True),
    ],
)
def test_periods_that_share_a_day_are_refused_both(
    folder: Any, start: str, end: str, overlaps: bool
) -> None:
    folder.right().add("energy", {"period_start": start, "period_end": end})
    if not overlaps:
        assert folder.take().counts["energy"].taken == 2
        return
    assert {(row, code) for _, row, _, _, code in folder.problems()} == {
        (2, "overlapping_periods"),
        (3, "overlapping_periods"),
    }


def test_every_period_inside_a_long_one_is_refused(folder: Any) -> None:
    folder.right().add(
        "energy",
        {"period_start": "2017-02-01", "period_end": "2017-02-28"},
        {"period_start": "2017-06-01", "period_end": "2017-06-30"},
        {"period_start": "2019-01-01", "period_end": "2019-12-31"},
    )
    assert [row for _, row, *_ in folder.problems()] == [2, 3, 4]


def test_periods_of_other_indicators_may_overlap(folder: Any) -> None:
    folder.right().add("energy", {"indicator": "熟料综合电耗", "period_start": "2017-06-01"})
    assert folder.take().counts["energy"].taken == 2


def test_a_line_in_two_enterprises_is_refused_in_both(folder: Any) -> None:
    folder.right().add("enterprises", {"uscc": OTHER_USCC}).add("lines", {"uscc": OTHER_USCC})
    found = [(row, code) for file, row, _, _, code in folder.problems() if file == "lines.csv"]
    assert found == [(2, "line_in_two_enterprises"), (3, "line_in_two_enterprises")]


def test_what_refers_to_a_refused_row_is_refused_with_it_and_told_once(folder: Any) -> None:
    folder.right().add("lines", {"line_id": "L2", "capacity": "-1"})
    folder.add("energy", {"line_id": "L2"}, {"line_id": "L2", "indicator": "x"})
    intake = folder.take(bad_rows="leave_out")
    (told,) = [p for p in intake.refused if p.code == "refers_to_refused"]
    assert (told.row, told.value, told.count) == (3, "L2", 2)
    assert (intake.counts["energy"].taken, intake.counts["energy"].refused) == (1, 2)


def test_facts_without_any_table_of_lines_are_refused(folder: Any) -> None:
    folder.right("energy")
    assert folder.problems() == [("energy.csv", 0, "line_id", "", "table_needed")]


def test_lines_without_a_table_of_enterprises_are_taken_and_told(folder: Any) -> None:
    intake = folder.right("lines").take()
    assert [(n.code, n.column) for n in intake.notices] == [("table_absent", "uscc")]
    assert intake.counts["lines"].taken == 1


def test_refusing_takes_nothing_at_all(folder: Any) -> None:
    folder.right().add("energy", {"indicator": "x", "value": "y"})
    intake = folder.refused()
    assert all(count.taken == 0 for count in intake.counts.values())
    for table in RIGHT:
        assert folder.rows(f"SELECT count(*) FROM facts.{table}") == [(0,)]


def test_leaving_out_takes_the_good_rows_only(folder: Any) -> None:
    folder.right().add("energy", {"indicator": "x", "value": "y"})
    counts = folder.take(bad_rows="leave_out").counts["energy"]
    assert (counts.read, counts.taken, counts.refused) == (2, 1, 1)
    assert folder.rows("SELECT indicator FROM facts.energy") == [("可比水泥综合能耗",)]


def test_the_same_facts_twice_double_nothing(folder: Any) -> None:
    folder.right().take()
    before = {t: folder.rows(f"SELECT * FROM facts.{t} ORDER BY ALL") for t in (*RIGHT, "permitted", "conditions", "unit_factors")}  # fmt: skip
    again = folder.take()
    assert {count.dropped for count in again.counts.values()} == {1}
    assert {count.taken for count in again.counts.values()} == {0}
    for table, rows in before.items():
        assert folder.rows(f"SELECT * FROM facts.{table} ORDER BY ALL") == rows


def test_facts_that_contradict_those_taken_before_are_refused(
    folder: Any, another_folder: Any
) -> None:
    folder.right().take()
    later = another_folder("later")
    later.write("energy.csv", RIGHT["energy"].replace("95.5", "96.5"))
    assert later.problems() == [("energy.csv", 2, "value", "96.5", "conflicts_with_taken")]


def test_a_permitted_concentration_that_changed_is_not_taken_for_a_repetition(
    folder: Any, another_folder: Any
) -> None:
    folder.right().take()
    later = another_folder("later").write("outlets.csv", RIGHT["outlets"].replace("=20 ", "=10 "))
    assert [code for *_, code in later.problems()] == ["conflicts_with_taken"]


def test_later_facts_find_the_lines_taken_before(folder: Any, another_folder: Any) -> None:
    folder.right().take()
    later = another_folder("later")
    later.write("energy.csv", RIGHT["energy"].replace("2017", "2016"))
    assert later.take().counts["energy"].taken == 1


def test_the_order_of_rows_and_columns_changes_nothing(folder: Any, another_folder: Any) -> None:
    folder.right().add("energy", *({"indicator": f"指标{n}", "value": str(n)} for n in range(30)))
    folder.take()
    first = folder.rows("SELECT * FROM facts.energy ORDER BY fact_id")
    head, *rows = (folder.path / "energy.csv").read_text().splitlines()
    random.Random(3).shuffle(rows)
    turned = [",".join(reversed(line.split(","))) for line in (head, *rows)]
    folder.connection.execute("DROP SCHEMA facts CASCADE")
    other = another_folder("other").right().write("energy.csv", "\n".join(turned))
    other.take()
    assert other.rows("SELECT * FROM facts.energy ORDER BY fact_id") == first


def test_an_empty_folder_names_the_files_it_wants(folder: Any) -> None:
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert caught.value.code == "no_facts"
    assert "monitoring" in caught.value.en and "企业" in caught.value.zh


def test_a_path_that_is_not_there_is_refused(folder: Any) -> None:
    folder.path = folder.path / "nowhere"
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert (caught.value.code, "nowhere" in caught.value.en) == ("no_facts", True)


@pytest.mark.parametrize("column", ["value", "line_id", "period_end"])
def test_a_missing_required_column_refuses_the_file_by_name(folder: Any, column: str) -> None:
    folder.right().write("energy.csv", RIGHT["energy"].replace(column, "zzz"))
    with pytest.raises(Refusal) as caught:
        folder.take(bad_rows="leave_out")
    assert caught.value.code == "missing_column"
    assert "energy.csv" in caught.value.en and column in caught.value.en


def test_an_unknown_column_is_a_notice(folder: Any) -> None:
    intake = folder.right().add("energy", {"indicator": "x", "备注": "试"}).take()
    assert [(n.code, n.value) for n in intake.notices if n.code == "unknown_column"] == [
        ("unknown_column", "备注")
    ]


def test_progress_is_told_table_by_table(folder: Any) -> None:
    told: list[tuple[str, int]] = []
    folder.right().take(progress=lambda table, rows: told.append((table, rows)))
    assert told == [(table, 1) for table in RIGHT]


def test_two_files_for_one_table_are_refused(folder: Any) -> None:
    folder.right().write("能耗.csv", RIGHT["energy"])
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert caught.value.code == "two_files_for_table"

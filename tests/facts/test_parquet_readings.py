# ruff: noqa: E501  (tables of cases are read across)
"""Readings in Parquet: read where they lie, looked over by footers and distinct values."""

from __future__ import annotations

from typing import Any

import pytest

from phaseout.law.refusals import Refusal

READING = (
    "SELECT 'O1' AS outlet_id, 'a21026' AS pollutant_code, "
    "TIMESTAMP '2017-01-01' + to_hours(i::INTEGER) AS time, 'hour' AS averaging, "
    "i::DOUBLE AS value, 'mg/m3' AS unit, 'N' AS flag FROM range({rows}) AS t (i)"
)


def parquet(folder: Any, query: str, name: str = "monitoring.parquet") -> Any:
    (folder.path / "monitoring.csv").unlink(missing_ok=True)
    (folder.path / name).parent.mkdir(exist_ok=True)
    folder.connection.execute(f"COPY ({query}) TO '{folder.path / name}' (FORMAT parquet)")
    return folder


def test_readings_become_a_view_and_are_not_copied(folder: Any) -> None:
    intake = parquet(folder.right(), READING.format(rows=100)).take()
    assert (intake.counts["monitoring"].read, intake.counts["monitoring"].taken) == (100, 100)
    assert folder.rows("SELECT count(*), max(value) FROM facts.monitoring") == [(100, 99.0)]
    assert folder.rows("SELECT count(*) FROM duckdb_views() WHERE view_name = 'monitoring'") == [
        (1,)
    ]


def test_a_folder_of_parquet_is_one_table(folder: Any) -> None:
    parquet(folder.right(), READING.format(rows=10), "monitoring/1.parquet")
    parquet(folder, READING.format(rows=10).replace("2017-", "2018-"), "monitoring/2.parquet")
    intake = folder.take()
    assert intake.counts["monitoring"].taken == 20
    assert {"monitoring/1.parquet", "monitoring/2.parquet"} <= set(intake.digests)


def test_names_and_units_of_readings_become_canonical(folder: Any) -> None:
    query = READING.format(rows=3).replace("'hour'", "'小时'").replace("'mg/m3'", "'毫克/立方米'")
    parquet(folder.right(), query).take()
    assert folder.rows("SELECT DISTINCT averaging, unit FROM facts.monitoring") == [
        ("hour", "mg/m3")
    ]
    assert folder.rows("SELECT factor::DOUBLE FROM facts.unit_factors WHERE from_unit = 'mg/m3' AND to_unit = 'mg/L'") == [(0.001,)]  # fmt: skip


def test_times_with_an_offset_become_beijing_time(folder: Any) -> None:
    query = READING.format(rows=1).replace("TIMESTAMP '2017-01-01'", "TIMESTAMPTZ '2017-01-01 00:00:00+00'")  # fmt: skip
    parquet(folder.right(), query).take()
    assert folder.rows("SELECT time::VARCHAR FROM facts.monitoring") == [("2017-01-01 08:00:00",)]


@pytest.mark.parametrize(
    ("change", "column", "code", "count"),
    [
        (("'O1'", "CASE WHEN i < 2 THEN 'O9' ELSE 'O1' END"), "outlet_id", "unknown_reference", 2),
        (("'mg/m3'", "CASE WHEN i < 3 THEN '斤' ELSE 'mg/m3' END"), "unit", "unknown_unit", 3),
        (("'hour'", "CASE WHEN i < 1 THEN 'x' ELSE 'hour' END"), "averaging", "not_a_choice", 1),
        (("i::DOUBLE", "CASE WHEN i < 4 THEN NULL ELSE i::DOUBLE END"), "value", "required_empty", 4),
    ],
)  # fmt: skip
def test_bad_readings_are_told_by_file_column_value_and_count(
    folder: Any, change: tuple[str, str], column: str, code: str, count: int
) -> None:
    parquet(folder.right(), READING.format(rows=10).replace(*change))
    (problem,) = folder.refused().refused
    assert (problem.file, problem.column, problem.code, problem.count) == (
        "monitoring.parquet",
        column,
        code,
        count,
    )
    intake = folder.take(bad_rows="leave_out")
    assert intake.counts["monitoring"].taken == 10 - count
    assert folder.rows("SELECT count(*) FROM facts.monitoring") == [(10 - count,)]


def test_a_missing_column_is_seen_in_the_footer(folder: Any) -> None:
    parquet(folder.right(), READING.format(rows=1).replace("AS value", "AS wert"))
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert (caught.value.code, "value" in caught.value.en) == ("missing_column", True)


def test_a_file_that_is_no_parquet_is_refused(folder: Any) -> None:
    folder.right()
    (folder.path / "monitoring.csv").unlink()
    folder.write("monitoring.parquet", b"PAR1 nothing")
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert caught.value.code == "unreadable_file"


def test_readings_given_twice_are_dropped_and_contradicting_ones_refused(folder: Any) -> None:
    once = READING.format(rows=10)
    parquet(folder.right(), f"{once} UNION ALL {once}")
    intake = folder.take()
    assert (intake.counts["monitoring"].taken, intake.counts["monitoring"].dropped) == (10, 10)


def test_contradicting_readings_refuse_the_file(folder: Any) -> None:
    once = READING.format(rows=10)
    parquet(folder.right(), f"{once} UNION ALL {once.replace('i::DOUBLE', 'i + 1.0')}")
    (problem,) = folder.refused().refused
    assert (problem.code, problem.count) == ("conflicting_rows", 20)


def test_the_same_readings_again_change_nothing_and_others_are_refused(folder: Any) -> None:
    parquet(folder.right(), READING.format(rows=10)).take()
    folder.take()
    assert folder.rows("SELECT count(*) FROM facts.monitoring") == [(10,)]
    parquet(folder, READING.format(rows=11))
    with pytest.raises(Refusal) as caught:
        folder.take()
    assert caught.value.code == "readings_already_taken"

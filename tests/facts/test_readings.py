"""Readings in CSV: which repeat another one, and that they are the table they should be."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.facts.conftest import Folder

from phaseout.facts.tables import FACT_TABLES
from phaseout.law.norms import NormBook

HEAD = "outlet_id,pollutant_code,time,averaging,value,unit,flag,o2\n"
START = datetime(1969, 12, 31, 12)  # noqa: DTZ001


def _readings(folder: Any, lines: list[str], head: str = HEAD) -> Any:
    return folder.right("lines", "enterprises", "outlets").write(
        "monitoring.csv", head + "".join(f"{line}\n" for line in lines)
    )


def _line(minutes: int, value: str = "35.5", averaging: str = "hour") -> str:
    return f"O1,a21026,{START + timedelta(minutes=minutes)},{averaging},{value},mg/m3,N,9.1"


def test_readings_stay_as_a_table_of_the_columns_they_should_have(folder: Any) -> None:
    _readings(folder, [_line(60), _line(120)]).take()
    described = folder.rows("DESCRIBE facts.monitoring")
    assert {name: kind for name, kind, *_ in described} == FACT_TABLES["monitoring"]
    assert [name for name, *_ in described] == list(FACT_TABLES["monitoring"])
    assert (
        folder.rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'staged%'") == []
    )


def test_readings_taken_later_join_those_that_stayed(folder: Any) -> None:
    _readings(folder, [_line(60)]).take()
    intake = _readings(folder, [_line(60), _line(120)]).take()
    assert (intake.counts["monitoring"].taken, intake.counts["monitoring"].dropped) == (1, 1)
    assert folder.rows("SELECT count(*), count(DISTINCT time) FROM facts.monitoring") == [(2, 2)]


def test_refused_readings_leave_nothing_behind_and_can_be_taken_once_mended(folder: Any) -> None:
    _readings(folder, [_line(60), _line(120, value="x")]).refused()
    assert folder.rows("SELECT count(*) FROM facts.monitoring") == [(0,)]
    assert (
        folder.rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'staged%'") == []
    )
    assert _readings(folder, [_line(60), _line(120)]).take().counts["monitoring"].taken == 2


def test_empty_and_refused_rows_are_left_out_of_the_readings_that_stay(folder: Any) -> None:
    lines = [_line(60), ",,,,,,,", _line(120, value="x"), _line(180), _line(60)]
    intake = _readings(folder, lines).take(bad_rows="leave_out")
    count = intake.counts["monitoring"]
    assert (count.read, count.taken, count.refused, count.dropped) == (4, 2, 1, 1)
    assert folder.rows("SELECT count(*), count(value) FROM facts.monitoring") == [(2, 2)]


@pytest.mark.parametrize(
    ("written", "stored"), [("true", True), ("false", False), ("是", True), ("", None)]
)
def test_manual_readings_are_told_in_any_spelling(folder: Any, written: str, stored: Any) -> None:
    _readings(folder, [f"{_line(60)},{written}"], HEAD.replace("\n", ",manual\n")).take()
    assert folder.rows("SELECT manual FROM facts.monitoring") == [(stored,)]


def test_readings_in_chinese_words_are_looked_up(folder: Any) -> None:
    _readings(folder, [_line(60, averaging="小时"), _line(120)]).take()
    assert folder.rows("SELECT DISTINCT averaging FROM facts.monitoring") == [("hour",)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from(("hour", "day"))), min_size=1))
def test_each_reading_is_taken_once_whatever_the_order_and_step(
    tmp_path: Path, book: NormBook, drawn: list[tuple[int, str]]
) -> None:
    with duckdb.connect() as connection:
        folder = Folder(tmp_path / "facts", connection, book)
        lines = [_line(5 * at, averaging=averaging) for at, averaging in drawn]
        count = _readings(folder, lines).take().counts["monitoring"]
    assert (count.taken, count.dropped) == (len(set(drawn)), len(drawn) - len(set(drawn)))


def test_two_values_of_one_hour_are_refused(folder: Any) -> None:
    _readings(folder, [_line(60), _line(90), _line(60, value="36")])
    assert {(row, code) for _, row, _, _, code in folder.problems()} == {
        (2, "conflicting_rows"),
        (4, "conflicting_rows"),
    }

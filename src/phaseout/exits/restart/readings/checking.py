"""A file of readings in the engine: every cell and row checked, steps made, set-based."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from phaseout.exits.restart.readings.table import check_values_given, table
from phaseout.facts.arrived import Arrived
from phaseout.facts.asking import first_row
from phaseout.facts.cell_checks import check_cells, check_readings
from phaseout.facts.csv_tables import arrive_csv
from phaseout.facts.ledger import Ledger
from phaseout.facts.problems import BadCell
from phaseout.facts.sources import WORKBOOKS
from phaseout.facts.staging import read_leftovers, stage
from phaseout.facts.vocabulary import Vocabulary
from phaseout.facts.workbooks import arrive_one_sheet
from phaseout.law.norms import NormBook

CLEAN = "clean_meter_readings"


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A meter on record: id, number, first and last day (None: open), multiplier of registers."""

    id: int
    number: str
    held_from: date
    held_to: date | None
    multiplier: float


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file holds. With refusals nothing of it may be taken.

    rows: read; again: said twice in the file; empty: without a value; steps: readings that came of
    it, in `steps` (meter_id, starts, minutes, kwh, row) of the engine.
    """

    rows: int
    again: int
    empty: int
    steps: int
    refused: int
    problems: tuple[BadCell, ...]
    problem_count: int


@contextmanager
def engine(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine that keeps to bounds and spills beside the file."""
    with duckdb.connect() as made:
        made.execute("SET memory_limit = '1GB'; SET preserve_insertion_order = true")
        made.execute(f"SET temp_directory = '{scratch / 'spill'}'")
        yield made


def check(
    engine: duckdb.DuckDBPyConnection,
    path: Path,
    meters: Sequence[OnRecord],
    *,
    ends: bool,
    today: date,
    scratch: Path,
) -> Checked:
    """Read the file at `path` and check it; see `Checked`.

    Args:
        ends: times are the ends of their steps (else the starts); register readings are moments
            and are taken as such.

    Raises:
        Refusal: `unreadable_file`, `missing_column`, `no_facts`.
    """
    arrived = _arrive(path, scratch)
    check_values_given(arrived.head, path.name)
    ledger = Ledger(engine)
    arrived = stage(engine, arrived)
    ledger.arrived[table().name] = arrived
    ledger.add_early(table(), [*arrived.early, *arrived.seen_late()])
    texts = read_leftovers(engine, arrived, Vocabulary(NormBook.load()))
    check_readings(ledger, arrived, texts)
    rows = check_cells(ledger, table())
    _lay_meters(engine, meters)
    _check_times(ledger, today)
    _check_meters(ledger, ends=ends)
    again = _check_repeated(ledger)
    refused = ledger.refused_rows().get(table().name, 0)
    empty = first_row(
        engine, f"SELECT count(*) FROM {CLEAN} WHERE kwh IS NULL AND register IS NULL"
    )
    steps = 0 if refused else _make_steps(ledger, ends=ends)
    told = tuple(ledger.told({table().name: table()}))
    return Checked(rows, again, int(empty[0]), steps, refused, told, ledger.count())


def _arrive(path: Path, scratch: Path) -> Arrived:
    if path.suffix.lower() in WORKBOOKS:
        return arrive_one_sheet(table(), path)[0]
    return arrive_csv(table(), path, scratch)[0]


def _lay_meters(engine: duckdb.DuckDBPyConnection, meters: Sequence[OnRecord]) -> None:
    engine.execute(
        "CREATE TEMP TABLE on_record (id BIGINT, number VARCHAR, since DATE, until DATE, "
        "multiplier DOUBLE)"
    )
    lines: list[list[Any]] = [
        [one.id, one.number, one.held_from, one.held_to or date.max, one.multiplier]
        for one in meters
    ]
    if lines:
        engine.executemany("INSERT INTO on_record VALUES (?, ?, ?, ?, ?)", lines)


def _check_times(ledger: Ledger, today: date) -> None:
    ledger.add(
        table(),
        "off_the_quarter",
        f"SELECT row, 'time', time::VARCHAR, '', '', 1 FROM {CLEAN} "
        "WHERE minute(time) % 15 <> 0 OR second(time) <> 0",
    )
    ledger.add(
        table(),
        "in_the_future",
        f"SELECT row, 'time', time::VARCHAR, $1::VARCHAR, $1::VARCHAR, 1 FROM {CLEAN} "
        "WHERE time > $2::TIMESTAMP",
        [today.isoformat(), (today + timedelta(days=1)).isoformat()],
    )


def _check_meters(ledger: Ledger, *, ends: bool) -> None:
    # The end of a meter's last day is the first moment of the next.
    moment = "c.time - INTERVAL 1 MINUTE" if ends else "c.time"
    ledger.add(
        table(),
        "unknown_meter",
        f"SELECT min(c.row), 'meter', c.meter, '', '', count(*) FROM {CLEAN} AS c "
        "WHERE c.meter IS NOT NULL AND c.time IS NOT NULL AND NOT EXISTS (SELECT 1 FROM on_record "
        f"AS m WHERE m.number = c.meter AND ({moment})::DATE BETWEEN m.since AND m.until) "
        "GROUP BY c.meter",
    )


def _check_repeated(ledger: Ledger) -> int:
    """The same moment twice: the same again is left out, another value is refused."""
    several = (
        f"SELECT meter, time, count(DISTINCT (kwh, register)) AS values, min(row) AS first "
        f"FROM {CLEAN} WHERE meter IS NOT NULL AND time IS NOT NULL "
        "GROUP BY meter, time HAVING count(*) > 1"
    )
    ledger.connection.execute(f"CREATE TEMP TABLE several AS {several}")
    ledger.add(
        table(),
        "conflicting_rows",
        f"SELECT c.row, 'time', c.time::VARCHAR, c.meter || ' ' || c.time, c.meter || ' ' || "
        f"c.time, 1 FROM {CLEAN} AS c JOIN several AS s USING (meter, time) WHERE s.values > 1",
    )
    return ledger.drop(
        table(),
        f"SELECT c.row FROM {CLEAN} AS c JOIN several AS s USING (meter, time) "
        "WHERE s.values = 1 AND c.row <> s.first",
    )


# How long a step is follows from the times themselves, day by day: a meter may be read by the hour
# in one month and by the quarter of an hour in the next.
_STEPPED = """
CREATE TEMP TABLE stepped AS
WITH good AS (
  SELECT row, meter, time, kwh, register, time - INTERVAL (CASE WHEN {ends} AND kwh IS NOT NULL
    THEN 1 ELSE 0 END) MINUTE AS within FROM {good}
), gaps AS (
  SELECT *, within::DATE AS day, date_diff('minute',
    lag(time) OVER (PARTITION BY meter ORDER BY time), time) AS gap,
    date_diff('minute', time, lead(time) OVER (PARTITION BY meter ORDER BY time)) AS ahead
  FROM good
), days AS (
  SELECT meter, day, CASE
    WHEN bool_or(minute(time) IN (15, 45)) OR min(least(gap, ahead)) = 15 THEN 15
    WHEN bool_or(minute(time) = 30) OR min(least(gap, ahead)) = 30 THEN 30
    ELSE 60 END AS minutes
  FROM gaps GROUP BY meter, day
)
SELECT g.row, g.meter, g.time, g.kwh, g.register, d.minutes
FROM gaps AS g JOIN days AS d USING (meter, day)
"""

_STEPS = """
CREATE TEMP TABLE steps AS
WITH ahead AS (
  SELECT *, lead(register) OVER (PARTITION BY meter ORDER BY time) AS next_register,
    lead(time) OVER (PARTITION BY meter ORDER BY time) AS next_time
  FROM stepped
), energies AS (
  SELECT row, meter, minutes, kwh, time - INTERVAL (CASE WHEN {ends} THEN minutes ELSE 0 END)
    MINUTE AS starts, false AS by_register
  FROM stepped WHERE kwh IS NOT NULL
  UNION ALL
  SELECT row, meter, minutes, next_register - register, time, true FROM ahead
  WHERE kwh IS NULL AND register IS NOT NULL AND next_register >= register
    AND next_time = time + to_minutes(minutes)
)
SELECT m.id AS meter_id, e.starts, e.minutes,
  CASE WHEN e.by_register THEN round(e.kwh * m.multiplier, 6) ELSE e.kwh END AS kwh, e.row
FROM energies AS e JOIN on_record AS m
  ON m.number = e.meter AND e.starts::DATE BETWEEN m.since AND m.until
"""

_WENT_BACK = f"""
SELECT c.row, 'register', c.register::VARCHAR, '', '', 1
FROM (SELECT *, lag(register) OVER (PARTITION BY meter ORDER BY time) AS before FROM {CLEAN}) AS c
WHERE c.register < c.before
"""


def _make_steps(ledger: Ledger, *, ends: bool) -> int:
    engine = ledger.connection
    ledger.add(table(), "register_went_back", _WENT_BACK)
    engine.execute(_STEPPED.format(good=ledger.good(table()), ends=str(ends).lower()))
    engine.execute(_STEPS.format(ends=str(ends).lower()))
    return int(first_row(engine, "SELECT count(*) FROM steps")[0])

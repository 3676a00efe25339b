"""Readings made in DuckDB, batch by batch, so that a hundred thousand enterprises fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa

from phaseout.province.chance import Chance
from phaseout.province.shapes import Plan, Series
from phaseout.province.window import Window

MANUAL = 0.4
"""Share of outlets that an officer sampled by hand once in the window."""

_DRAW = """
CREATE MACRO mixed(x) AS (x * 48271 + 11) % 2147483647;
CREATE MACRO draw(seed, turn) AS
    mixed(xor(mixed(mixed(seed + turn * 7919)), turn * 104729) % 2147483647) / 1073741823.5 - 1;
"""


class Readings:
    """Makes the readings of batches of outlets for one window."""

    def __init__(self, seed: int, window: Window) -> None:
        self._seed, self._window = seed, window
        self._connection = duckdb.connect()
        self._connection.execute("SET memory_limit = '600MB'")
        self._connection.execute(_DRAW)
        self._connection.execute(
            "CREATE TABLE hours AS SELECT range AS hour FROM range(?)", [window.hours]
        )
        self._query = (resources.files(__package__) / "monitoring.sql").read_text(encoding="utf-8")

    def of(self, plans: Sequence[Plan]) -> Iterator[pa.RecordBatch]:
        """The readings of these outlets: outlet by outlet, pollutant by pollutant, in time."""
        tables = {
            "series": _series(plans),
            "spells": _spells(plans),
            "manual": self._manual(plans),
        }
        for name, table in tables.items():
            self._connection.register(name, table)
        found = self._connection.sql(self._query, params={"start": self._window.start})
        yield from found.to_arrow_reader(100_000)
        for name in tables:
            self._connection.unregister(name)

    def close(self) -> None:
        self._connection.close()

    def _manual(self, plans: Sequence[Plan]) -> pa.Table:
        rows = []
        for place, (plan, series) in enumerate(_pairs(plans)):
            chance = Chance.of(self._seed, "manual", plan.outlet_id)
            if plan.step == 24 or not chance.happens(MANUAL):
                continue
            hour = chance.whole(0, self._window.hours - 1)
            level = series.level * chance.child(series.code).between(0.8, 1.25)
            rows.append((place, plan.outlet_id, series.code, hour, round(level, 3), series.unit))
        return _arrow(rows, _MANUAL)


def _pairs(plans: Sequence[Plan]) -> list[tuple[Plan, Series]]:
    return [(plan, series) for plan in plans for series in plan.series]


_SERIES = {
    "place": pa.int64(),
    "outlet_id": pa.string(),
    "code": pa.string(),
    "unit": pa.string(),
    "level": pa.float64(),
    "swing": pa.float64(),
    "digits": pa.int32(),
    "noise": pa.int64(),
    "step": pa.int64(),
    "flow": pa.float64(),
    "o2": pa.float64(),
}
_SPELLS = {
    "outlet_id": pa.string(),
    "first": pa.int64(),
    "last": pa.int64(),
    "mark": pa.string(),
    "factor": pa.float64(),
}
_MANUAL = {
    "place": pa.int64(),
    "outlet_id": pa.string(),
    "code": pa.string(),
    "hour": pa.int64(),
    "value": pa.float64(),
    "unit": pa.string(),
}


def _series(plans: Sequence[Plan]) -> pa.Table:
    rows = [
        (
            *(place, plan.outlet_id, s.code, s.unit, s.level, s.swing, s.digits, s.noise),
            *(plan.step, plan.flow, plan.o2),
        )
        for place, (plan, s) in enumerate(_pairs(plans))
    ]
    return _arrow(rows, _SERIES)


def _spells(plans: Sequence[Plan]) -> pa.Table:
    rows = [(p.outlet_id, s.first, s.last, s.mark, s.factor) for p in plans for s in p.spells]
    return _arrow(rows, _SPELLS)


def _arrow(rows: Sequence[tuple[Any, ...]], kinds: Mapping[str, pa.DataType]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in kinds)
    arrays = [pa.array(c, type=k) for c, k in zip(columns, kinds.values(), strict=True)]
    return pa.table(arrays, names=list(kinds))

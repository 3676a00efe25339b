"""Prices of any number of lines in one run: the law laid as tables, met with the facts by a join.

    lay(engine, law)                    the bands, stops and holes of a time, as tables
    price(engine)                       table `occasions` → table `prices`
    choose(engine)                      table `prices` → table `chosen`, one a line

The table `occasions` has the columns of `OCCASIONS`; relief and lateness are not of the line and
are left to `answering`, which explains one line and gives the same rate (tests compare them).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa

from phaseout.law.industries import ALL_INDUSTRIES, INDUSTRIES
from phaseout.law.prices.asking import Measure, PriceClass
from phaseout.law.prices.bands import BandsInForce, key_of
from phaseout.law.prices.readings import CHARGING, Kind, Reading

OCCASIONS = {
    "id": "BIGINT",
    "line_id": "VARCHAR",
    "uscc": "VARCHAR",
    "measure": "VARCHAR",
    "industry": "VARCHAR",
    "price_class": "VARCHAR",
    "division": "VARCHAR",
    "subject": "VARCHAR",
    "commissioned_on": "DATE",
    "product": "VARCHAR",
    "kiln": "VARCHAR",
    "tier": "VARCHAR",
    "x": "DECIMAL(18, 6)",
    "max_x": "DECIMAL(18, 6)",
    "kwh": "DECIMAL(18, 3)",
}
"""Columns of `occasions`: one measure that may meet a line. What is not known is null or an empty
text; `x` and `max_x` are indicator and limit."""

_NUMBER = "DECIMAL(12, 6)"
_BANDS = {
    "place": "INTEGER",
    "measure": "VARCHAR",
    "industry": "VARCHAR",
    "price_class": "VARCHAR",
    "subject": "VARCHAR",
    "built_from": "DATE",
    "built_to": "DATE",
    "area": "VARCHAR",
    "low": _NUMBER,
    "high": _NUMBER,
    "lower_in": "BOOLEAN",
    "upper_in": "BOOLEAN",
    "tier": "VARCHAR",
    "needs": "VARCHAR",
    "needs_any": "VARCHAR",
    "kind": "VARCHAR",
    "rate": "DECIMAL(9, 6)",
    "per": _NUMBER,
    "row_id": "VARCHAR",
    "source_id": "VARCHAR",
    "settled": "BOOLEAN",
}
_STOPS = {
    "measure": "VARCHAR", "industry": "VARCHAR", "area": "VARCHAR", "except_class": "VARCHAR",
    "doubts": "BOOLEAN",
}  # fmt: skip
_EVER = {
    "measure": "VARCHAR", "industry": "VARCHAR", "price_class": "VARCHAR", "area": "VARCHAR",
    "divided": "BOOLEAN",
}  # fmt: skip
CLASSES = ("", *(one.value for one in PriceClass))
SOURCES_KEPT = (Kind.RATE, Kind.STEP, Kind.OPEN, Kind.RANGE)


def lay(engine: duckdb.DuckDBPyConnection, law: BandsInForce) -> None:
    """Lay the electricity law of a time as the tables bands, places, stops and ever."""
    rows = [
        one for one in law.rows if one.row.measure != Measure.WATER and one.kind in SOURCES_KEPT
    ]
    lay_rows(engine, "bands", _BANDS, list(_bands(rows, law.settled)))
    engine.execute(
        "CREATE OR REPLACE TABLE places AS "
        "SELECT DISTINCT ON (place) place, row_id, settled, kind, low, per, rate FROM bands"
    )
    stops = [(s.measure, s.industry, s.area, s.except_class, s.doubts) for s in law.stops]
    lay_rows(engine, "stops", _STOPS, stops)
    lay_rows(engine, "ever", _EVER, list(_ever(law)))


def price(engine: duckdb.DuckDBPyConnection) -> None:
    """Answer every row of `occasions` into `prices`."""
    query = (resources.files(__package__) / "batch.sql").read_text(encoding="utf-8")
    engine.execute(f"CREATE OR REPLACE TABLE prices AS {query}")


def choose(engine: duckdb.DuckDBPyConnection) -> None:
    """One surcharge a line into `chosen`: differential, then tiered, then punitive; with what else
    would charge it (`conflicts`) and what stronger measure is not settled (`unsettled`)."""
    order = " ".join(f"WHEN '{one.value}' THEN {place}" for place, one in enumerate(Measure))
    engine.execute(
        f"""
CREATE OR REPLACE TABLE chosen AS
WITH ordered AS (
  SELECT *, CASE measure {order} END AS turn,
    MIN(CASE WHEN outcome = 'rate' THEN CASE measure {order} END END)
      OVER (PARTITION BY line_id) AS first
  FROM prices
)
SELECT line_id,
  MIN(CASE WHEN outcome = 'rate' AND turn = first THEN id END) AS id,
  COALESCE(LIST(measure ORDER BY turn) FILTER (outcome = 'rate' AND turn > first), []) AS conflicts,
  COALESCE(LIST(measure ORDER BY turn) FILTER (
    outcome IN ('edge_unknown', 'undetermined', 'divided', 'no_rate')
    AND (first IS NULL OR turn < first)), []) AS unsettled
FROM ordered GROUP BY line_id
"""
    )


def _bands(rows: list[Reading], settled: frozenset[str]) -> Iterator[tuple[Any, ...]]:
    """Each row once an industry and class that it speaks of. Where a document has rows for a class,
    its rows for everybody do not speak of that class."""
    own = {(one.row.source_id, one.row.measure, c) for one in rows for c in one.classes}
    for place, one in enumerate(rows):
        industries = INDUSTRIES if one.row.industry == ALL_INDUSTRIES else (one.row.industry,)
        for price_class in one.classes or CLASSES:
            if not one.classes and (one.row.source_id, one.row.measure, price_class) in own:
                continue
            for industry in industries:
                yield (
                    place, one.row.measure, industry, price_class, one.subject,
                    one.commissioned_from, one.commissioned_to, one.area, one.low, one.high,
                    one.lower_in, one.upper_in, one.tier, one.needs, "|".join(one.needs_any),
                    one.kind.value, one.rate, one.per, one.row.row_id, one.row.source_id,
                    one.row.row_id in settled,
                )  # fmt: skip


def _ever(law: BandsInForce) -> Iterator[tuple[Any, ...]]:
    """What is ruled at any time, and whether it is divided in this one."""
    seen = set()
    for one in law.every:
        if one.kind not in CHARGING or one.row.measure == Measure.WATER:
            continue
        industries = INDUSTRIES if one.row.industry == ALL_INDUSTRIES else (one.row.industry,)
        for price_class in one.classes or ("",):
            divided = key_of(one, price_class) in law.divided
            for asked in (price_class,) if one.classes else CLASSES:
                for industry in industries:
                    seen.add((one.row.measure, industry, asked, one.area, divided))
    yield from sorted(seen)


def lay_rows(
    engine: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Make a table of these columns with these rows; the rows travel as one Arrow table."""
    said = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    engine.execute(f"CREATE OR REPLACE TABLE {name} ({said})")
    if not rows:
        return
    arrays = [pa.array(list(cells)) for cells in zip(*rows, strict=True)]
    engine.register("arriving", pa.table(arrays, names=list(columns)))
    engine.execute(f"INSERT INTO {name} SELECT * FROM arriving")
    engine.unregister("arriving")

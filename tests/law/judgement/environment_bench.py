"""Facts for the environment tests: plants with one outlet each, hours or days of readings.

A test lays many plants into one database and judges them together: `judge` returns the findings
by outlet. The name of a plant is its outlet, its line and its enterprise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
from norms_bench import norms_of

from phaseout.facts.tables import FACT_TABLES
from phaseout.law.judgement import engine
from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook

KILN = "水泥窑及窑尾余热利用系统"
NOX, SO2, PM, COD, PH = "a21002", "a21026", "a34013", "w01018", "w01001"
QUARTER_HOURS = 90 * 24
"""Hours of the first quarter of 2019, in which most of the tests play."""

Facts = dict[str, list[dict[str, Any]]]
Found = list[dict[str, Any]]


def plant(
    name: str,
    *readings: Iterable[dict[str, Any]],
    industry: str = "cement",
    source: str = KILN,
    medium: str = "air",
    division: str | None = "640100",
    approved_on: str | None = "2010-01-01",
    commissioned_on: str | None = None,
    limit_kind: str | None = None,
    standard: str | None = None,
    conditions: Mapping[str, Any] | None = None,
    permitted: Sequence[tuple[str, float, str | None]] = (),
    allowances: Sequence[tuple[str, int, float, str | None]] = (),
) -> Facts:
    """One enterprise with one line with one outlet, all called `name`, and its readings."""
    line = {"line_id": name, "uscc": name, "name": name, "industry": industry}
    dates = {"approved_on": _day(approved_on), "commissioned_on": _day(commissioned_on)}
    outlet = {"outlet_id": name, "line_id": name, "medium": medium, "source": source}
    return {
        "enterprises": [{"uscc": name, "name": name, "division_code": division}],
        "lines": [{**line, **dates}],
        "outlets": [{**outlet, "limit_kind": limit_kind, "standard": standard}],
        "conditions": [
            {
                "owner_kind": "outlet",
                "owner_id": name,
                "key": key,
                "text": str(value),
                "number": float(value) if isinstance(value, int | float) else None,
            }
            for key, value in (conditions or {}).items()
        ],
        "permitted": [
            {"outlet_id": name, "pollutant_code": code, "value": value, "unit": unit}
            for code, value, unit in permitted
        ],
        "allowances": [
            {"uscc": name, "pollutant_code": code, "year": year, "tonnes": tonnes, "kind": kind}
            for code, year, tonnes, kind in allowances
        ],
        "monitoring": [{**row, "outlet_id": name} for series in readings for row in series],
    }


def hours(
    values: Sequence[float | None] | float,
    count: int = QUARTER_HOURS,
    *,
    start: str = "2019-01-01",
    pollutant: str = NOX,
    unit: str | None = "mg/m3",
    o2: float | None = 10.0,
    flow: float | None = None,
    flag: str | None = "N",
    marks: Mapping[int, str | None] | None = None,
    oxygen: Mapping[int, float | None] | None = None,
    flows: Mapping[int, float | None] | None = None,
    manual: bool = False,
    averaging: str = "hour",
) -> list[dict[str, Any]]:
    """Readings from the midnight of `start` on; `marks`, `oxygen`, `flows` replace single ones."""
    series = [values] * count if isinstance(values, int | float) else values
    step = timedelta(days=1) if averaging == "day" else timedelta(hours=1)
    first = datetime.fromisoformat(start)
    return [
        {
            "pollutant_code": pollutant,
            "time": first + at * step,
            "averaging": averaging,
            "value": value,
            "unit": unit,
            "flag": (marks or {}).get(at, flag),
            "o2": (oxygen or {}).get(at, o2),
            "flow": (flows or {}).get(at, flow),
            "manual": manual,
        }
        for at, value in enumerate(series)
    ]


def peak(base: float, high: float, *, at: int = 5, count: int = QUARTER_HOURS) -> list[float]:
    """A level series with one other value."""
    return [high if hour == at else base for hour in range(count)]


def judge(
    *plants: Facts,
    on: str = "2019-06-30",
    decisions: Iterable[Decision] = (),
    book: NormBook | None = None,
) -> dict[str, Found]:
    """The findings of all plants by outlet (by enterprise for allowances), in order of period."""
    with norms_of(date.fromisoformat(on), decisions=decisions, book=book) as connection:
        for table, columns in FACT_TABLES.items():
            rows = [row for facts in plants for row in facts.get(table, ())]
            if rows:
                names = [name for name in columns if name in rows[0]]
                _take(connection, table, {name: [row[name] for row in rows] for name in names})
        return _judged(connection)


def _take(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, list[Any]]) -> None:
    connection.register("arriving", pa.table(columns))
    named = ", ".join(columns)
    connection.execute(f"INSERT INTO facts.{table} BY NAME SELECT {named} FROM arriving")
    connection.unregister("arriving")


def _judged(connection: duckdb.DuckDBPyConnection) -> dict[str, Found]:
    engine.judge(connection, Dimension.ENVIRONMENT)
    assert engine.check_columns(connection, Dimension.ENVIRONMENT) == []
    result = connection.execute(
        "SELECT * FROM judged.environment ORDER BY subject, period_start, norm_row"
    )
    names = [column[0] for column in result.description]
    found: dict[str, Found] = {}
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        found.setdefault(row["subject"].split(" ")[0], []).append(row)
    return found


def decision(kind: str, subject: str, key: str, value: str, since: str | None = None) -> Decision:
    """A decision with a document number, made in 2018."""
    return Decision(
        kind,
        subject,
        key,
        value,
        _day(since),
        None,
        "宁环发〔2018〕1号",
        date(2018, 1, 2),
        "officer",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

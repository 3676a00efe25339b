"""52.6 million hourly readings to findings: our judgement beside four others, in one run.

    scan     DuckDB reads every column of the Parquet: the limit of what is possible
    hand     a DuckDB query written by hand for these limits and marks alone; same counts
    judge    our judgement: norm store, choice of limits, marks by edition, provisional reasons
    pandas   the same counts with pandas, outlet by outlet, on a tenth of the outlets (scaled)
    zen      zen-engine, one decision a reading, on a small part (scaled)

Every contender runs in a process of its own; seconds are of the work, once limits or norm store are
laid down; memory is the peak resident set of the process. The counts of hand and judge, and of
pandas on its part, are compared: the run fails if they differ.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

OUTLETS = 1000
POLLUTANTS = {  # code → (limit of GB 4915-2013, kiln in use before 2014-03-01; level made up)
    "a20057": (0.05, 0.03),
    "a21001": (10.0, 6.0),
    "a21002": (400.0, 300.0),
    "a21018": (5.0, 3.0),
    "a21026": (200.0, 110.0),
    "a34013": (30.0, 18.0),
}
YEAR, HOURS = 2019, 8760
PART = 100
"""Outlets in one Parquet file."""

ZEN_READINGS = 50_000
Counts = list[list[Any]]
Result = tuple[float, float, Counts]
"""Seconds of the work, share of the readings, counts."""


def run(size: float = 1.0) -> None:
    """Print seconds, ratios and peak memory of all contenders at `size` of the full data."""
    outlets = max(10, int(OUTLETS * size))
    with tempfile.TemporaryDirectory(prefix="phaseout-bench-") as name:
        folder = Path(name)
        started = time.perf_counter()
        make(folder, outlets)
        readings = outlets * len(POLLUTANTS) * HOURS
        stored = sum(file.stat().st_size for file in folder.glob("*.parquet")) / 1e6
        print(f"{readings:,} readings, {stored:,.0f} MB, in {time.perf_counter() - started:.0f} s")
        results = {who: _in_process(who, folder, outlets) for who in CONTENDERS}
    if results["hand"]["counts"] != results["judge"]["counts"]:
        raise SystemExit("hand and judge count differently")
    part = results["pandas"]["counts"]
    if part != results["judge"]["counts"][: len(part)]:
        raise SystemExit("pandas and judge count differently")
    base = results["hand"]["seconds"]
    print(f"{'':8}{'seconds':>10}{'x hand':>9}{'peak MB':>10}")
    for who, result in results.items():
        seconds = result["seconds"] / result["share"]
        scaled = "" if result["share"] == 1 else f"  on {result['share']:.2%}, scaled"
        print(f"{who:8}{seconds:10.1f}{seconds / base:9.2f}{result['peak_mb']:10,.0f}{scaled}")


def smoke() -> None:
    """One outlet, by those who need no other library than ours."""
    with tempfile.TemporaryDirectory(prefix="phaseout-bench-") as name:
        make(Path(name), 1)
        counts = {who: CONTENDERS[who](Path(name), 1)[2] for who in ("scan", "hand", "judge")}
    if not counts["judge"] or counts["hand"] != counts["judge"]:
        raise SystemExit("hand and judge count differently")


def make(folder: Path, outlets: int) -> None:
    """Parquet files sorted by outlet, pollutant, hour; the same for the same number of outlets."""
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '1GB'")
    levels = ", ".join(
        f"({at}, '{code}', {level})" for at, (code, (_, level)) in enumerate(POLLUTANTS.items())
    )
    for first in range(0, outlets, PART):
        last = min(first + PART, outlets)
        connection.execute(
            f"""COPY (
              WITH made AS (
                SELECT 'DA' || lpad(CAST(o.i AS VARCHAR), 6, '0') AS outlet_id, p.code,
                  TIMESTAMP '{YEAR}-01-01' + to_hours(CAST(h.j AS INTEGER)) AS hour, p.level,
                  hash(o.i, p.k, h.j) % 1000000 / 1000000.0 AS u,
                  hash(o.i, h.j) % 1000000 / 1000000.0 AS w, hash(p.k, o.i, h.j, 9) % 10000 AS f
                FROM range({first}, {last}) AS o(i), (VALUES {levels}) AS p(k, code, level),
                  range({HOURS}) AS h(j)
              )
              SELECT outlet_id, code AS pollutant_code, hour AS time, 'hour' AS averaging,
                CAST(round(level * (0.5 + u * 0.7), 3) AS DOUBLE) AS value, 'mg/m3' AS unit,
                CASE WHEN f < 9600 THEN 'N' WHEN f < 9750 THEN 'F' WHEN f < 9820 THEN 'M'
                  WHEN f < 9870 THEN 'C' WHEN f < 9920 THEN 'D' WHEN f < 9950 THEN 'B'
                  WHEN f < 9970 THEN 'T' ELSE 'S' END AS flag,
                CAST(round(8 + w * 3.2, 2) AS DOUBLE) AS o2,
                CAST(round(180000 + w * 40000, 0) AS DOUBLE) AS flow, FALSE AS manual
              FROM made ORDER BY outlet_id, pollutant_code, time
            ) TO '{folder / f"part-{first:06d}.parquet"}' (FORMAT parquet, COMPRESSION zstd)"""
        )


def _in_process(who: str, folder: Path, outlets: int) -> dict[str, Any]:
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.monitoring", who, str(folder), str(outlets)],
        check=True,
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    )
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def scan(folder: Path, outlets: int) -> Result:
    del outlets
    connection = duckdb.connect()
    started = time.perf_counter()
    connection.execute(
        "SELECT count(*), max(outlet_id), max(pollutant_code), max(time), max(averaging), "
        "max(value), max(unit), max(flag), max(o2), max(flow), max(manual) "
        f"FROM '{folder}/*.parquet'"
    ).fetchall()
    return time.perf_counter() - started, 1.0, []


def hand(folder: Path, outlets: int) -> Result:
    """What an expert writes who knows limits and marks, and that every kiln is at 10 % oxygen."""
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '800MB'")
    limits = ", ".join(f"('{code}', {limit})" for code, (limit, _) in POLLUTANTS.items())
    connection.execute(
        f"""CREATE TABLE limits AS
        SELECT 'DA' || lpad(CAST(i AS VARCHAR), 6, '0') AS outlet_id, code AS pollutant_code,
          limit_value, DATE '2015-07-01' AS valid_from, DATE '9999-12-31' AS valid_to
        FROM range({outlets}) AS o(i), (VALUES {limits}) AS l(code, limit_value)"""
    )
    started = time.perf_counter()
    found = connection.execute(
        f"""
        WITH readings AS (
          SELECT outlet_id, pollutant_code, time, flag, limit_value, o2,
            CASE WHEN o2 >= 0 AND o2 < 21 THEN round(value * (21 - 10) / (21 - o2), 6) END AS folded
          FROM '{folder}/*.parquet' JOIN limits USING (outlet_id, pollutant_code)
          WHERE averaging = 'hour' AND unit = 'mg/m3' AND NOT manual
            AND CAST(time AS DATE) BETWEEN valid_from AND valid_to
        ), days AS (
          SELECT outlet_id, pollutant_code, CAST(time AS DATE) AS day,
            any_value(limit_value) AS limit_value,
            count(folded) FILTER (flag = 'N') AS valid,
            count(*) FILTER (flag = 'N' AND folded IS NULL) AS not_judgeable,
            count(*) FILTER (flag = 'F') AS stopped, count(*) FILTER (flag = 'M') AS marked_m,
            count(*) FILTER (flag = 'S') AS marked_s, count(*) FILTER (flag = 'D') AS marked_d,
            count(*) FILTER (flag = 'C') AS marked_c, count(*) FILTER (flag = 'T') AS marked_t,
            count(*) FILTER (flag = 'B') AS marked_b,
            count(*) FILTER (flag = 'N' AND folded > limit_value) AS exceeding,
            avg(folded) FILTER (flag = 'N') AS mean, max(folded) FILTER (flag = 'N') AS highest,
            arg_max(time, folded) FILTER (flag = 'N') AS highest_at,
            arg_max(o2, folded) FILTER (flag = 'N') AS highest_o2,
            min(time) FILTER (flag = 'N' AND folded > limit_value) AS first_exceeding,
            max(time) FILTER (flag = 'N' AND folded > limit_value) AS last_exceeding
          FROM readings GROUP BY outlet_id, pollutant_code, CAST(time AS DATE)
        )
        SELECT outlet_id, pollutant_code, CAST(date_trunc('quarter', day) AS DATE) AS quarter,
          CAST(sum(valid) AS BIGINT), CAST(sum(stopped) AS BIGINT),
          concat_ws(';', 'B:' || nullif(sum(marked_b), 0), 'C:' || nullif(sum(marked_c), 0),
            'D:' || nullif(sum(marked_d), 0), 'M:' || nullif(sum(marked_m), 0),
            'S:' || nullif(sum(marked_s), 0), 'T:' || nullif(sum(marked_t), 0)) AS marks,
          CAST(sum(exceeding) AS BIGINT),
          count(*) FILTER (valid > 0 AND valid >= 0.75 * (24 - stopped)) AS valid_days,
          count(*) FILTER (valid > 0 AND valid >= 0.75 * (24 - stopped) AND mean > limit_value),
          max(highest), min(first_exceeding), max(last_exceeding), sum(not_judgeable),
          arg_max(highest_at, highest), arg_max(highest_o2, highest)
        FROM days GROUP BY outlet_id, pollutant_code, date_trunc('quarter', day)
        ORDER BY outlet_id, pollutant_code, quarter
        """
    ).fetchall()
    return time.perf_counter() - started, 1.0, [_line(row[:12]) for row in found]


def judge(folder: Path, outlets: int) -> Result:
    from phaseout.facts.tables import CREATE_FACT_TABLES
    from phaseout.law.judgement import engine
    from phaseout.law.judgement.dimensions import Dimension
    from phaseout.law.norms import NormBook

    connection = engine.connect(memory_limit="750MB")
    for statement in CREATE_FACT_TABLES:
        if "facts.monitoring" not in statement:
            connection.execute(statement)
    connection.execute(
        f"CREATE VIEW facts.monitoring AS SELECT * FROM read_parquet('{folder}/*.parquet')"
    )
    connection.execute("INSERT INTO facts.unit_factors VALUES ('mg/m3', 'mg/m3', 1)")
    connection.execute("INSERT INTO facts.enterprises (uscc, name) VALUES ('U', '虚构企业')")
    connection.execute(
        "INSERT INTO facts.lines (line_id, uscc, name, industry, division_code, approved_on) "
        "VALUES ('L', 'U', '一线', 'cement', '640100', DATE '2010-01-01')"
    )
    connection.execute(
        "INSERT INTO facts.outlets (outlet_id, line_id, medium, source) "
        "SELECT 'DA' || lpad(CAST(i AS VARCHAR), 6, '0'), 'L', 'air', '水泥窑及窑尾余热利用系统' "
        f"FROM range({outlets}) AS o(i)"
    )
    connection.execute(
        "INSERT INTO facts.conditions (owner_kind, owner_id, key, text) "
        "SELECT 'outlet', outlet_id, 'reductant', 'ammonia' FROM facts.outlets"
    )
    engine.lay_norms(connection, NormBook.load(), on=date(YEAR + 1, 3, 1))
    started = time.perf_counter()
    engine.judge(connection, Dimension.ENVIRONMENT)
    found = connection.execute(
        """
        SELECT outlet_id, pollutant_code, period_start, CAST(valid_count AS BIGINT),
          CAST(stopped AS BIGINT), COALESCE(marks, ''), CAST(exceeding_count AS BIGINT),
          CAST(valid_days AS BIGINT), CAST(exceeding_days AS BIGINT), CAST(value AS DOUBLE),
          first_exceeding, last_exceeding
        FROM judged.environment ORDER BY outlet_id, pollutant_code, period_start
        """
    ).fetchall()
    return time.perf_counter() - started, 1.0, [_line(row) for row in found]


def pandas(folder: Path, outlets: int) -> Result:
    """As an analyst writes it: one outlet and pollutant after the other."""
    import pandas as pd
    import pyarrow.parquet as pq

    started = time.perf_counter()
    some = max(1, outlets // 10)
    last = f"DA{some - 1:06d}"
    frames = [
        pq.read_table(file, filters=[("outlet_id", "<=", last)]).to_pandas()
        for file in sorted(folder.glob("*.parquet"))[: some // PART + 1]
    ]
    data = pd.concat(frames)
    found: Counts = []
    for (outlet, code), group in data.groupby(["outlet_id", "pollutant_code"], sort=True):
        limit = POLLUTANTS[str(code)][0]
        group = group.assign(
            folded=(group["value"] * (21 - 10) / (21 - group["o2"])).round(6),
            day=group["time"].dt.normalize(),
            quarter=group["time"].dt.quarter,
        )
        for quarter, hours in group.groupby("quarter"):
            valid = hours[hours["flag"] == "N"]
            over = valid[valid["folded"] > limit]
            stopped = hours[hours["flag"] == "F"].groupby("day").size()
            days = valid.groupby("day")["folded"].agg(["size", "mean"])
            base = 24 - stopped.reindex(days.index, fill_value=0)
            good = days[days["size"] >= 0.75 * base]
            lost = hours.loc[~hours["flag"].isin(["N", "F"]), "flag"].value_counts().sort_index()
            marks = ";".join(f"{mark}:{count}" for mark, count in lost.items())
            row = (
                outlet, code, date(YEAR, 3 * int(str(quarter)) - 2, 1), len(valid),
                int(stopped.sum()), marks, len(over),
                len(good), int((good["mean"] > limit).sum()), float(valid["folded"].max()),
                *((over["time"].min(), over["time"].max()) if len(over) else (None, None)),
            )  # fmt: skip
            found.append(_line(row))
    return time.perf_counter() - started, some / outlets, found


def zen(folder: Path, outlets: int) -> Result:
    """One decision a reading: mark, oxygen, limit. The counts would still have to be made."""
    import zen as zen_engine

    rules = [
        {"_id": f"{code}", "code": f"'{code}'", "flag": "'N'", "limit": str(limit)}
        for code, (limit, _) in POLLUTANTS.items()
    ]
    decision = zen_engine.ZenEngine().create_decision(json.dumps(_graph(rules)))
    rows = (
        duckdb.sql(
            f"SELECT pollutant_code, flag, value, o2 FROM '{folder}/*.parquet' LIMIT {ZEN_READINGS}"
        )
        .fetchall()
    )  # fmt: skip
    started = time.perf_counter()
    exceeding = 0
    for code, flag, value, oxygen in rows:
        answer = decision.evaluate({"code": code, "flag": flag, "value": value, "o2": oxygen})
        exceeding += bool(answer["result"].get("exceeds"))
    assert exceeding > 0
    return time.perf_counter() - started, len(rows) / (outlets * len(POLLUTANTS) * HOURS), []


def _graph(rules: list[dict[str, str]]) -> dict[str, Any]:
    table = {
        "id": "limit",
        "name": "limit",
        "type": "decisionTableNode",
        "position": {"x": 0, "y": 0},
        "content": {
            "hitPolicy": "first",
            "passThrough": True,
            "inputs": [
                {"id": "code", "name": "code", "field": "code"},
                {"id": "flag", "name": "flag", "field": "flag"},
            ],
            "outputs": [{"id": "limit", "name": "limit", "field": "limit"}],
            "rules": rules,
        },
    }
    folding = {
        "id": "fold",
        "name": "fold",
        "type": "expressionNode",
        "position": {"x": 0, "y": 0},
        "content": {
            "expressions": [
                {
                    "id": "e",
                    "key": "exceeds",
                    "value": "limit != null and o2 < 21 and value * (21 - 10) / (21 - o2) > limit",
                }
            ],
            "passThrough": False,
        },
    }
    ends = [
        {"id": name, "name": name, "type": f"{name}Node", "position": {"x": 0, "y": 0}}
        for name in ("input", "output")
    ]
    path = ["input", "limit", "fold", "output"]
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairwise(path)
    ]
    return {"nodes": [*ends, table, folding], "edges": edges}


def _line(row: tuple[Any, ...]) -> list[Any]:
    return [
        round(cell, 6) if isinstance(cell, float) else None if cell is None else str(cell)
        for cell in row
    ]


CONTENDERS: dict[str, Callable[[Path, int], Result]] = {
    "scan": scan,
    "hand": hand,
    "judge": judge,
    "pandas": pandas,
    "zen": zen,
}


def _peak_mb() -> float:
    """Peak resident set of this process alone: ru_maxrss would remember that of the parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def _main() -> None:
    parser = argparse.ArgumentParser(description="one contender; prints one line of JSON")
    parser.add_argument("who", choices=CONTENDERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("outlets", type=int)
    options = parser.parse_args()
    seconds, part, counts = CONTENDERS[options.who](options.folder, options.outlets)
    peak = _peak_mb()
    print(json.dumps({"seconds": seconds, "share": part, "peak_mb": peak, "counts": counts}))


if __name__ == "__main__":
    _main()

"""Readings of an outlet beside their limit, by hour within a period, by day over all years."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import duckdb

from phaseout.casework.findings.measuring.measured import Measured
from phaseout.casework.models import Finding
from phaseout.facts.laying import create_schema, lay_unit_factors
from phaseout.facts.tables import FACT_TABLES
from phaseout.law.judgement import engine
from phaseout.law.norms import NormBook
from phaseout.law.norms.wording import cited_as
from phaseout.law.refusals import Bilingual
from phaseout.library.records import decisions_on
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.copying import scratch_folder, to_engine
from phaseout.registry.standing import Standing

_TABLES = ("enterprises", "lines", "outlets", "permitted", "conditions", "monitoring")

BATCH = 5_000

_HEADS: tuple[Bilingual, ...] = (
    ("日期", "day"),
    ("最高值", "highest"),
    ("均值", "mean"),
    ("限值", "limit"),
    ("有效读数", "valid"),
    ("超限值读数", "beyond the limit"),
    ("无效读数", "invalid"),
)


def of_outlet(finding: Finding, *, whole: bool) -> Measured | None:
    """The readings behind a finding on an outlet; None where none are kept any more."""
    with outlet_laid(finding) as laid:
        days = _days(laid, finding)
        if not days:
            return None
        first, last = span(finding)
        within = [day for day in days if first <= day["day"] <= last]
        shown = days if whole else within
        points = _daily(days) if whole else _hourly(list(hours(laid, finding, first, last)))
        limits = _limits(laid, finding, shown)
    unit = next((day["unit"] for day in shown if day["unit"]), finding.unit or "")
    return Measured(
        chart={"kind": "readings", "unit": unit, "whole": whole, "limits": limits, **points},
        notes=_notes(shown, whole=whole),
        heads=_HEADS,
        rows=[_row(day) for day in shown],
        whole=whole,
        can_widen=len(within) < len(days),
        numbers=frozenset(range(1, len(_HEADS))),
    )


def span(finding: Finding) -> tuple[date, date]:
    """The days of the finding's period."""
    first = finding.period_start or date.min
    return first, finding.period_end or finding.found_on


@contextmanager
def outlet_laid(finding: Finding) -> Iterator[duckdb.DuckDBPyConnection]:
    """The facts of the outlet as they were known while the finding stood, its limits beside."""
    outlet, pollutant = _subject(finding)
    book, ended = NormBook.load(), finding.ended_on
    known_on = None if ended is None else max(finding.found_on, ended - timedelta(days=1))
    on = finding.run.on_day if ended is None else max(finding.found_on, known_on or date.min)
    standing = Standing([finding.enterprise_id], known_on)
    standing.outlets = [outlet]
    laid = engine.connect(threads=2)
    try:
        create_schema(laid)
        with scratch_folder() as folder:
            for table in _TABLES:
                query, parameters = standing.query(table)
                if table == "monitoring":
                    query += " AND v.pollutant_code = %(pollutant)s"
                    parameters = {**parameters, "pollutant": pollutant}
                to_engine(laid, f"facts.{table}", FACT_TABLES[table], query, parameters, folder)
        lay_unit_factors(laid, book, None)
        engine.lay_norms(laid, book, on=on, decisions=decisions_on(on))
        limits = engine.query("environment_limits")
        laid.execute(f"CREATE TABLE judged.environment_limits AS {limits}")
        yield laid
    finally:
        laid.close()


def hours(
    laid: duckdb.DuckDBPyConnection, finding: Finding, first: date, last: date
) -> Iterator[dict[str, Any]]:
    """Reading by reading, as it was compared with the limit."""
    outlet, pollutant = _subject(finding)
    asked = {
        "outlet": outlet,
        "pollutant": pollutant,
        "row": finding.norm_row,
        "first_day": first,
        "last_day": last,
    }
    cursor = laid.cursor()
    cursor.execute(engine.query("environment_hours"), asked)
    names = [column[0] for column in cursor.description]
    while batch := cursor.fetchmany(BATCH):
        for row in batch:
            yield dict(zip(names, row, strict=True))


def _subject(finding: Finding) -> tuple[str, str]:
    outlet, _, pollutant = finding.subject.rpartition(" ")
    return outlet, pollutant


def _days(laid: duckdb.DuckDBPyConnection, finding: Finding) -> list[dict[str, Any]]:
    outlet, pollutant = _subject(finding)
    cursor = laid.execute(
        engine.query("environment_series"), {"outlet": outlet, "pollutant": pollutant}
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _limits(
    laid: duckdb.DuckDBPyConnection, finding: Finding, shown: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each limit with the days it holds within what is shown, and its clause."""
    if not shown:
        return []
    first, last = shown[0]["day"], shown[-1]["day"]
    outlet, pollutant = _subject(finding)
    found = laid.execute(
        "SELECT span_from, span_to, CAST(upper AS DOUBLE), CAST(floor AS DOUBLE), source_id, "
        "clause FROM judged.environment_limits WHERE outlet_id = ? AND pollutant_code = ? "
        "AND fold_mode <> 'greater' AND is_first AND (upper IS NOT NULL OR floor IS NOT NULL) "
        "AND span_to >= ? AND span_from <= ? ORDER BY span_from, slot_no",
        [outlet, pollutant, first, last],
    ).fetchall()
    return [
        {
            "from": max(starts, first).isoformat(),
            "to": (min(ends, last) + timedelta(days=1)).isoformat(),
            "upper": upper,
            "floor": floor,
            "clause": said(cited_as(source or "", clause or "")),
        }
        for starts, ends, upper, floor, source, clause in found
    ]


def _hourly(read: list[dict[str, Any]]) -> dict[str, Any]:
    """Every reading of a period; an invalid one is a gap and bears its mark."""
    counted = [_point(row) for row in read]
    return {
        "points": [[point[0].isoformat(" "), point[1]] for point in counted],
        "exceeding": _spans([(point[0], point[2]) for point in counted]),
        "invalid": _spans([(point[0], point[3]) for point in counted]),
        "manual": [
            [row["time"].isoformat(" "), row["compared"]] for row in read if row["use"] == "manual"
        ],
    }


def _point(row: dict[str, Any]) -> tuple[datetime, float | None, str, str]:
    value, use = row["compared"], row["use"]
    counts = use in ("valid", "manual") and value is not None
    beyond = counts and (
        (row["upper"] is not None and value > row["upper"])
        or (row["floor"] is not None and value < row["floor"])
    )
    mark = "" if counts else (row["flag"] or use)
    return row["time"], value if counts else None, "beyond" if beyond else "", mark


def _spans(marked: list[tuple[datetime, str]]) -> list[list[str]]:
    """Runs of readings with one mark: [first, last, mark]."""
    spans = []
    for mark, run in groupby(marked, key=lambda pair: pair[1]):
        if mark:
            times = [time for time, _ in run]
            spans.append([times[0].isoformat(" "), times[-1].isoformat(" "), mark])
    return spans


def _daily(days: list[dict[str, Any]]) -> dict[str, Any]:
    """A point a day: the highest and the mean of its valid readings."""
    moments = [datetime.combine(day["day"], datetime.min.time()) for day in days]
    exceeding = ["beyond" if day["exceeding"] else "" for day in days]
    invalid = ["invalid" if day["invalid"] and not day["valid"] else "" for day in days]
    return {
        "points": [[str(day["day"]), day["highest"]] for day in days],
        "means": [[str(day["day"]), day["mean"]] for day in days],
        "exceeding": _spans(list(zip(moments, exceeding, strict=True))),
        "invalid": _spans(list(zip(moments, invalid, strict=True))),
        "manual": [],
    }


def _row(day: dict[str, Any]) -> list[Any]:
    limit = day["upper"] if day["floor"] is None else f"{day['floor']:g}–{day['upper']:g}"
    return [
        str(day["day"]),
        day["highest"],
        day["mean"],
        limit,
        day["valid"],
        day["exceeding"],
        day["invalid"],
    ]


def _notes(days: list[dict[str, Any]], *, whole: bool) -> list[Bilingual]:
    valid, beyond, invalid = (
        sum(day[name] for day in days) for name in ("valid", "exceeding", "invalid")
    )
    notes: list[Bilingual] = [
        (
            f"有效读数{valid:,}个，超限值{beyond:,}个，无效{invalid:,}个；无效读数在图中留空。"
            "数值为折算后与限值比较的值。",
            f"{valid:,} valid readings, {beyond:,} beyond the limit, {invalid:,} invalid; invalid "
            "ones are gaps. Values are converted as they are compared with the limit.",
        )
    ]
    if whole:
        notes.append(
            (
                f"为便于查看，{len(days):,}天的读数按日归并：画出每日最高值和均值，逐时数据见CSV。",
                f"To be readable, readings of {len(days):,} days are drawn by day: the highest and "
                "the mean of each; every reading is in the CSV.",
            )
        )
    return notes

"""Fact charts: what an outlet measured, day by day, beside its limit; invalid days as gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from phaseout.law.judgement import engine

MOST = 3
MOST_ROWS = 400
"""Rows of the table shown under a chart; the facts folder has them all."""


@dataclass(frozen=True, slots=True)
class FactChart:
    """One chart and the table of the same data."""

    id: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    option: dict[str, Any]


# The outlet that exceeded most often first, and the longest series always: on the demo province
# that is the one with real measurements.
_CHOICE = """
WITH counted AS (
    SELECT outlet_id, pollutant_code, count(*) AS readings FROM facts.monitoring GROUP BY ALL
), asked AS (
    SELECT l.outlet_id, l.pollutant_code, any_value(l.line_id) AS line_id,
           any_value(l.pollutant_zh) AS zh, any_value(l.pollutant_en) AS en,
           any_value(l.outlet_source) AS source
    FROM judged.environment_limits l
    WHERE l.upper IS NOT NULL AND l.averaging = 'hour' GROUP BY ALL
), misses AS (
    SELECT subject, max(ratio) AS ratio FROM judged.environment
    WHERE verdict = 'noncompliant' GROUP BY 1
)
SELECT a.*, e.name AS enterprise, c.readings, m.ratio
FROM asked a
JOIN counted c ON c.outlet_id = a.outlet_id AND c.pollutant_code = a.pollutant_code
LEFT JOIN misses m ON m.subject = a.outlet_id || ' ' || a.pollutant_code
LEFT JOIN facts.lines l ON l.line_id = a.line_id
LEFT JOIN facts.enterprises e ON e.uscc = l.uscc
QUALIFY row_number() OVER (ORDER BY m.ratio DESC NULLS LAST, a.outlet_id, a.pollutant_code) < ?
     OR row_number() OVER (ORDER BY c.readings DESC, a.outlet_id, a.pollutant_code) = 1
ORDER BY c.readings DESC, a.outlet_id, a.pollutant_code
"""


def fact_charts(connection: duckdb.DuckDBPyConnection, lang: str) -> tuple[FactChart, ...]:
    """At most `MOST` charts: the longest series and those farthest above their limit."""
    cursor = connection.execute(_CHOICE, [MOST])
    names = [column[0] for column in cursor.description]
    chosen = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return tuple(
        _chart(f"chart-fact-{at}", outlet, _series(connection, outlet), lang)
        for at, outlet in enumerate(chosen, start=1)
    )


def _series(connection: duckdb.DuckDBPyConnection, outlet: dict[str, Any]) -> list[dict[str, Any]]:
    cursor = connection.execute(
        engine.query("environment_series"),
        {"outlet": outlet["outlet_id"], "pollutant": outlet["pollutant_code"]},
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _chart(id_: str, outlet: dict[str, Any], days: list[dict[str, Any]], lang: str) -> FactChart:
    english = lang == "en"
    unit = next((day["unit"] for day in days if day["unit"]), "")
    pollutant = outlet["en"] if english else outlet["zh"]
    title = " · ".join(
        part for part in (outlet["enterprise"], outlet["source"], f"{pollutant} {unit}") if part
    )
    note = (
        f"{sum(d['valid'] for d in days):,} valid hours, {sum(d['exceeding'] for d in days):,} "
        f"above the limit, {sum(d['invalid'] for d in days):,} invalid; each day's highest and "
        "mean hourly value as compared with the limit; days without a valid hour are gaps"
        if english
        else f"有效小时 {sum(d['valid'] for d in days):,} 个，超过限值 "
        f"{sum(d['exceeding'] for d in days):,} 个，无效 {sum(d['invalid'] for d in days):,} 个；"
        "图中为每日参与比较的小时值的最高值和均值，没有有效小时的日期留空"
    )
    heads = (
        ("day", f"highest {unit}", f"mean {unit}", f"limit {unit}", "valid", "above", "invalid")
        if english
        else ("日期", f"最高 {unit}", f"均值 {unit}", f"限值 {unit}", "有效", "超过", "无效")
    )
    return FactChart(id_, title, note, heads, _rows(days), _option(days, heads))


def _rows(days: list[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(day["day"]),
            *(_text(day[name]) for name in ("highest", "mean", "upper")),
            *(f"{day[name]:,}" for name in ("valid", "exceeding", "invalid")),
        )
        for day in days[-MOST_ROWS:]
    )


def _text(value: float | None) -> str:
    return "—" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def _option(days: list[dict[str, Any]], heads: tuple[str, ...]) -> dict[str, Any]:
    from phaseout.reporting.charts import AMBER, BLUE, RED, base

    def line(name: str, key: str, colour: str, **more: Any) -> dict[str, Any]:
        points = [[str(day["day"]), day[key]] for day in days]
        return {
            "name": name,
            "type": "line",
            "showSymbol": False,
            "connectNulls": False,
            "data": points,
            "lineStyle": {"color": colour, "width": 1.2, **more.pop("lineStyle", {})},
            "itemStyle": {"color": colour},
            **more,
        }

    return {
        **base(),
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "time", "axisLabel": {"hideOverlap": True}},
        "yAxis": {"type": "value"},
        "dataZoom": [{"type": "inside"}],
        "series": [
            line(heads[1], "highest", BLUE),
            line(heads[2], "mean", AMBER, lineStyle={"type": "dotted"}),
            line(heads[3], "upper", RED, step="end", lineStyle={"width": 2}),
        ],
    }

"""The charts of the report page as ECharts options; colour never carries the meaning alone."""

from __future__ import annotations

from typing import Any

import duckdb

from phaseout.law.industries import INDUSTRIES
from phaseout.reporting import factchart, figures
from phaseout.reporting.words import DIMENSIONS, say

INK, BLUE, RED, AMBER, GREY, GREEN = (
    "#1a2433",
    "#1f5fa8",
    "#a4161a",
    "#b26a00",
    "#8a94a3",
    "#2f7d5b",
)
FONT = '"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif'

_SERIES = (
    ("compliant", "达标", "compliant", GREEN, "none"),
    ("final", "不达标", "noncompliant", RED, "none"),
    ("provisional", "不达标（暂定）", "noncompliant, provisional", AMBER, "rect"),
    ("undetermined", "无法判定", "undetermined", GREY, "triangle"),
)

# The five cities as blocks in their rough places: column, row, width, height on a 6 × 9 grid.
# No border is drawn: a public map of real borders needs a map approval number.
_BLOCKS = {
    "640200": ("石嘴山市", "Shizuishan", 2, 0, 3, 2),
    "640100": ("银川市", "Yinchuan", 2, 2, 3, 2),
    "640300": ("吴忠市", "Wuzhong", 2, 4, 4, 3),
    "640500": ("中卫市", "Zhongwei", 0, 5, 2, 3),
    "640400": ("固原市", "Guyuan", 2, 7, 3, 2),
}


def options(connection: duckdb.DuckDBPyConnection, lang: str) -> dict[str, Any]:
    """Chart id → ECharts option."""
    found = {
        "chart-dimensions": _dimensions(connection, lang),
        "chart-industries": _industries(connection, lang),
        "chart-distances": _distances(connection, lang),
    }
    for chart in factchart.fact_charts(connection, lang):
        found[chart.id] = chart.option
    return found


def city_blocks(counts: dict[str, dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """The five cities with place, counts and shade (0 to 1, share of lines not found sound)."""
    blocks = []
    for code, (zh, en, column, row, width, height) in _BLOCKS.items():
        count = counts.get(code, {"lines": 0, "outdated": 0, "provisionally": 0})
        concerned = count["outdated"] + count["provisionally"]
        blocks.append(
            {
                "code": code,
                "name": en if lang == "en" else zh,
                "place": f"{column + 1} / span {width}",
                "level": f"{row + 1} / span {height}",
                "shade": round(concerned / count["lines"], 3) if count["lines"] else 0,
                **{name: count[name] for name in ("lines", "outdated", "provisionally")},
            }
        )
    return blocks


def base() -> dict[str, Any]:
    """What all charts share: type, room, a button that saves the picture, words for readers."""
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "color": INK},
        "grid": {"left": 8, "right": 24, "top": 40, "bottom": 8, "containLabel": True},
        "toolbox": {"right": 0, "feature": {"saveAsImage": {"pixelRatio": 2, "title": "PNG"}}},
        "legend": {"left": 0, "top": 0, "itemWidth": 14},
        "aria": {"enabled": True},
    }


def _stack(name: str, values: list[int], colour: str, decal: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "bar",
        "stack": "all",
        "data": values,
        "itemStyle": {"color": colour, "decal": {"symbol": decal}},
        "barMaxWidth": 26,
    }


def _bars(names: list[str], series: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **base(),
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "data": names, "inverse": True},
        "series": series,
    }


def _dimensions(connection: duckdb.DuckDBPyConnection, lang: str) -> dict[str, Any]:
    rows = figures.by_dimension(connection)
    series = [
        _stack(en if lang == "en" else zh, [row[key] for row in rows], colour, decal)
        for key, zh, en, colour, decal in _SERIES
    ]
    return _bars([say(DIMENSIONS, row["dimension"], lang) for row in rows], series)


def _industries(connection: duckdb.DuckDBPyConnection, lang: str) -> dict[str, Any]:
    rows = figures.by_industry(connection)
    parts = (
        ("outdated", "已认定不达标", "found outdated", RED, "none"),
        ("provisionally", "暂定不达标", "provisionally outdated", AMBER, "rect"),
        ("undetermined", "无法判定", "undetermined", GREY, "triangle"),
    )
    series = [
        _stack(en if lang == "en" else zh, [row[key] for row in rows], colour, decal)
        for key, zh, en, colour, decal in parts
    ]
    return _bars([_industry(row["industry"], lang) for row in rows], series)


def _distances(connection: duckdb.DuckDBPyConnection, lang: str) -> dict[str, Any]:
    rows = figures.distances(connection)
    names = [key for key in INDUSTRIES if any(row["industry"] == key for row in rows)]
    within = [_point(row, names) for row in rows if row["verdict"] == "compliant"]
    over = [_point(row, names) for row in rows if row["verdict"] != "compliant"]
    labels = ("达标", "不达标") if lang != "en" else ("compliant", "noncompliant")
    limit = "限值" if lang != "en" else "limit"
    return {
        **base(),
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "scale": True, "name": "×", "minInterval": 0.1},
        "yAxis": {
            "type": "category",
            "data": [_industry(name, lang) for name in names],
            "inverse": True,
        },
        "series": [
            {**_scatter(labels[0], within, GREEN, "circle"), "markLine": _limit_line(limit)},
            _scatter(labels[1], over, RED, "triangle"),
        ],
    }


def _scatter(name: str, points: list[Any], colour: str, symbol: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "scatter",
        "symbol": symbol,
        "symbolSize": 8,
        "data": points,
        "itemStyle": {"color": colour, "opacity": 0.65},
    }


def _limit_line(label: str) -> dict[str, Any]:
    return {
        "symbol": "none",
        "label": {"formatter": label, "color": INK},
        "lineStyle": {"color": INK, "type": "solid", "width": 1.5},
        "data": [{"xAxis": 1}],
    }


def _point(row: dict[str, Any], names: list[str]) -> dict[str, Any]:
    title = " · ".join(part for part in (row["enterprise"], row["line"], row["indicator"]) if part)
    return {"value": [float(row["ratio"]), names.index(row["industry"])], "name": title}


def _industry(key: str | None, lang: str) -> str:
    found = INDUSTRIES.get(key or "")
    return (key or "—") if found is None else (found.en if lang == "en" else found.zh)

"""The report page: one HTML file that needs nothing beside it, reads without scripts, prints."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from phaseout.facts.arriving import arriving
from phaseout.findings import Judgement
from phaseout.law.industries import INDUSTRIES
from phaseout.reporting import charts, factchart, figures
from phaseout.reporting.labels import LABELS
from phaseout.reporting.summary import summarize
from phaseout.reporting.words import (
    DIMENSIONS,
    PROVISIONAL,
    STANDINGS,
    VERDICTS,
    amount,
    quantity,
    say,
)

MOST_LINES = 200
MOST_CARDS = 10


def write_page(
    judgement: Judgement, path: Path, *, lang: str = "zh", notes: tuple[str, ...] = ()
) -> None:
    """Write the page to `path`. `notes` are lines about the data, such as attributions."""
    with arriving(path) as beside:
        beside.write_text(render(judgement, lang=lang, notes=notes), encoding="utf-8")


def render(judgement: Judgement, *, lang: str = "zh", notes: tuple[str, ...] = ()) -> str:
    """The page as text; the same findings give the same text."""
    connection = judgement.connection
    environment = Environment(
        loader=PackageLoader("phaseout.reporting"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    summary = summarize(judgement)
    city_counts = figures.by_city(connection)
    return environment.get_template("report.html").render(
        lang=lang,
        t={key: pair[lang == "en"] for key, pair in LABELS.items()},
        summary=summary,
        fictional=figures.only_fictional(connection),
        dimension=partial(say, DIMENSIONS, lang=lang),
        verdict=partial(say, VERDICTS, lang=lang),
        standing=partial(say, STANDINGS, lang=lang),
        provisional=PROVISIONAL[lang == "en"],
        amount=partial(amount, lang=lang),
        industry=partial(_industry, lang=lang),
        by_dimension=figures.by_dimension(connection),
        by_industry=figures.by_industry(connection),
        distance_table=figures.distance_table(connection),
        blocks=charts.city_blocks(city_counts, lang),
        outdated=figures.outdated_lines(connection, MOST_LINES),
        cards=_cards(judgement),
        fact_charts=factchart.fact_charts(connection, lang),
        editions=figures.editions(connection),
        problems=judgement.intake.problems[:MOST_LINES],
        problem_count=judgement.intake.problem_count,
        notes=notes,
        charts=Markup(_embed(charts.options(connection, lang))),
        echarts=Markup(_vendored("echarts.min.js")),
    )


def _cards(judgement: Judgement) -> list[dict[str, Any]]:
    cards = []
    for grave in summarize(judgement).gravest[:MOST_CARDS]:
        row, explanation = judgement.explain(grave.finding_id)
        cards.append({"grave": grave, "row": row, "explanation": explanation})
    return cards


def _industry(key: str | None, *, lang: str) -> str:
    found = INDUSTRIES.get(key or "")
    return (key or "—") if found is None else (found.en if lang == "en" else found.zh)


def _number(value: Any) -> str:
    """1,234 or 0.874; a dash for what is not known."""
    if value is None:
        return "—"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, Decimal):
        return quantity(value)
    return f"{value:,}"


def _embed(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, default=float, sort_keys=True)
    # `</` would end the script element, and `<!--` with `<script` would keep it from ending.
    return text.replace("<", "\\u003c")


def _vendored(name: str) -> str:
    return (resources.files(__package__) / "vendor" / name).read_text(encoding="utf-8")

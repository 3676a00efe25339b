"""A chart on a page: drawn on the server, so that it is there without JavaScript and in print."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe

from phaseout.documents.charts import Chart, inline, legend


def on_a_page(chart: Chart | None, key: str) -> dict[str, Any]:
    """`drawing` and `legend` (name, swatch) for `pages/_drawing.html`; `key` tells the charts of a
    page apart. Without a chart nothing is drawn."""
    if chart is None:
        return {"drawing": "", "legend": []}
    # Made of escaped text only (documents.charts).
    return {
        "drawing": mark_safe(inline(chart, key)),
        "legend": [(name, mark_safe(swatch)) for name, swatch in legend(chart, key)],
    }

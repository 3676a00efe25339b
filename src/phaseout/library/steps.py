"""The time line of a limit as a stepped chart: what ECharts draws, and the table has as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from phaseout.law.norms import NormBook
from phaseout.law.norms.records import Row
from phaseout.law.norms.validity import of_row
from phaseout.law.norms.wording import unit_name
from phaseout.library.showing import language, number, show
from phaseout.pages.templatetags.phaseout import said

OPEN_DAYS = 730
"""How far an open end is drawn beyond the last day known."""


def steps_of(row: Row, neighbours: Sequence[Row]) -> dict[str, Any] | None:
    """Segments (edition, condition, from, to, value) in one unit; None where nothing is to draw."""
    unit = getattr(row, "unit", "")
    figures = [r for r in neighbours if _value(r) is not None and getattr(r, "unit", "") == unit]
    if not figures:
        return None
    spans = [of_row(r, NormBook.load().sources.get(r.source_id)) for r in figures]
    days = [day for span in spans for day in (span.first, span.last) if day]
    if not days:
        return None
    begins, ends = min(days), max(days) + timedelta(days=OPEN_DAYS)
    segments = [
        _segment(one, span.first or begins, span.last or ends, span.last is None)
        for one, span in zip(figures, spans, strict=True)
    ]
    line = _line(row, segments)
    for segment in segments:
        segment["line"] = segment["row"] in line
    return {
        "unit": unit_name(unit, language()),
        "here": row.row_id,
        "segments": segments,
        "words": {name: said(pair) for name, pair in _WORDS.items()},
    }


_WORDS = {
    "open": ("未见截止日", "no end known"),
    "from": ("自", "from"),
    "to": ("至", "to"),
    "value": ("限值", "limit"),
}


def _line(row: Row, segments: Sequence[dict[str, Any]]) -> set[str]:
    """One segment an edition for the stepped line: the row's own, of the others the one under the
    same condition, or the first."""
    own = next((s["condition"] for s in segments if s["row"] == row.row_id), "")
    best: dict[str, tuple[int, str]] = {}
    for at, segment in enumerate(segments):
        far = 0 if segment["row"] == row.row_id else 1 if segment["condition"] == own else 2 + at
        best[segment["edition"]] = min(
            (far, segment["row"]), best.get(segment["edition"], (far, segment["row"]))
        )
    return {row_id for _, row_id in best.values()}


def _segment(row: Row, first: date, last: date, is_open: bool) -> dict[str, Any]:
    source = NormBook.load().sources[row.source_id]
    shown = show(row)
    return {
        "row": row.row_id,
        "edition": number(source),
        "clause": shown.clause,
        "limit": shown.limit,
        "condition": said(("；", "; ")).join(part.words or part.prose for part in shown.conditions),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "open": is_open,
        "value": float(_value(row) or 0),
    }


def _value(row: Row) -> Decimal | None:
    value = getattr(row, "value", None)
    if value is None:
        value = getattr(row, "kgce_per_unit", None)
    presence = getattr(row, "comparator", "") == "presence"
    return value if isinstance(value, Decimal) and not presence else None

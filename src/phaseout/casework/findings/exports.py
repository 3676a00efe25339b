"""Everything that a filter meets, as CSV or as a workbook, sent as it is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.findings.filters import InboxFilter, ask
from phaseout.casework.findings.sheet_stream import stream_workbook
from phaseout.casework.models import Finding
from phaseout.facts.export_safety import safe_text
from phaseout.findings.export import FINDING_COLUMNS, finding
from phaseout.law.judgement.reasons import reasons
from phaseout.pages.explaining import read
from phaseout.pages.templatetags.phaseout import english
from phaseout.reporting.words import COLUMNS, say

BATCH = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Beside the columns that `phaseout judge` writes, those of the registry and of time.
MORE = {
    "enterprise": ("企业", "enterprise"),
    "line": ("生产线名称", "line name"),
    "found_on": ("认定日", "found on"),
    "reason_words": ("原因", "reason in words"),
}
_NUMBERS = ("value", "limit", "ratio")


@require_safe
@requires(Power.READ)
def export(request: HttpRequest, form: str) -> Any:
    """The findings asked for, in the order in which they were found."""
    scope, today = scope_of_request(request), today_of(request)
    asked = ask(InboxFilter(request.GET, scope=scope), today)
    chosen: Any = asked.findings(scope)
    chosen = chosen.select_related("enterprise", "line", "reasoning").order_by("pk")
    rows = (_row(one) for one in chosen.iterator(chunk_size=BATCH))
    name = f"findings-{asked.as_of or today:%Y-%m-%d}"
    if form == "csv":
        return _sent(_csv(rows), "text/csv; charset=utf-8", f"{name}.csv")
    if form == "xlsx":
        title = "Findings" if english() else "判定结论"
        return _sent(stream_workbook(title, _heads(), _cells(rows)), XLSX, f"{name}.xlsx")
    raise Http404


def _sent(content: Iterator[bytes], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Accel-Buffering"] = "no"
    return response


def _row(one: Finding) -> dict[str, Any]:
    judged = {
        name: getattr(one, name)
        for name in (
            *("finding_id", "dimension", "line_id", "subject", "source_id", "clause"),
            *("indicator", "period_start", "period_end", "value", "comparator", "limit_value"),
            *("limit_text", "unit", "ratio", "verdict", "provisional", "reasons"),
        )
    }
    row = finding({**judged, "uscc": one.enterprise_id}, read(one.reasoning.tree))
    said = reasons()
    return {
        **row,
        "enterprise": one.enterprise.name,
        "line": one.line.name if one.line else None,
        "found_on": one.found_on,
        "reason_words": "；".join(said[code][english()] for code in one.reasons if code in said),
    }


def _csv(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    # The mark at the start lets spreadsheet programs in Chinese offices see that it is UTF-8.
    yield "\ufeff".encode()
    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow([*FINDING_COLUMNS, *MORE])
    waiting = [line.text]
    for row in rows:
        writer.writerow([_text(name, value) for name, value in row.items()])
        waiting.append(line.text)
        if len(waiting) >= BATCH:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()


class _Line:
    """Takes one line from the writer."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    # A number may begin with a minus; only text can be taken for a formula.
    return str(value) if name in _NUMBERS and _is_number(value) else safe_text(str(value))


def _heads() -> list[str]:
    lang = "en" if english() else "zh"
    return [say({**COLUMNS, **MORE}, name, lang) for name in (*FINDING_COLUMNS, *MORE)]


def _cells(rows: Iterator[dict[str, Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            Decimal(value) if name in _NUMBERS and _is_number(value) else value
            for name, value in row.items()
        ]


def _is_number(text: Any) -> bool:
    return isinstance(text, str) and text.removeprefix("-").replace(".", "", 1).isdecimal()

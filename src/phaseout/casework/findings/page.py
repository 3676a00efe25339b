"""One finding: the answer, its reasoning, what was measured, what it rests on, earlier answers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.cases.unsettled import SAYS, what_is_unsettled
from phaseout.casework.findings.history import answers, by_another_norm
from phaseout.casework.findings.measuring import Measured, measured_behind
from phaseout.casework.findings.measuring.measured import has_measurements, is_of_an_outlet
from phaseout.casework.findings.measuring.readings import hours, outlet_laid, span
from phaseout.casework.models import Case, Finding
from phaseout.facts.export_safety import safe_text
from phaseout.law.judgement.dimensions import Effect, Verdict
from phaseout.law.judgement.reasons import reasons
from phaseout.law.refusals import Bilingual
from phaseout.library.models import Confirmation
from phaseout.pages.templatetags.phaseout import english, said

SISTERS = 30


@require_safe
@requires(Power.READ)
def finding(request: HttpRequest, finding_id: str) -> HttpResponse:
    versions = _versions(request, finding_id)
    shown = _version(versions, request.GET.get("version", ""))
    today = today_of(request)
    latest = shown if shown.ended_on is None else versions.order_by("-pk")[0]
    told = answers(versions)
    seen = Finding.objects.filter(scope_of_request(request).findings())
    context = {
        "finding": shown,
        "latest": latest,
        "answers": told,
        "others": by_another_norm(told, seen),
        "doubts": [_reason(code) for code in shown.reasons if code not in SAYS],
        "has_measurements": has_measurements(shown),
        "sisters": _sisters(request, shown),
        "signatures": _signatures(shown),
        **_towards_a_case(request, shown, today),
    }
    return render(request, "casework/finding.html", context)


@require_safe
@vary_on_headers("HX-Request")
@requires(Power.READ)
def measurements(request: HttpRequest, finding_id: str) -> HttpResponse:
    """The chart and its table: a piece of the page of the finding, or a page of its own."""
    shown = _version(_versions(request, finding_id), request.GET.get("version", ""))
    found = measured_behind(shown, whole=request.GET.get("span") == "all")
    context = {"finding": shown, "measured": found, "words": _chart_words()}
    swap = bool(getattr(request, "htmx", False))
    part = "casework/_measurements.html" if swap else "casework/measurements.html"
    return render(request, part, context)


@require_safe
@requires(Power.READ)
def measurements_csv(request: HttpRequest, finding_id: str) -> Any:
    """Every measurement behind the finding; `span=all`: of the outlet at any time."""
    shown = _version(_versions(request, finding_id), request.GET.get("version", ""))
    whole = request.GET.get("span") == "all"
    if is_of_an_outlet(shown):
        lines = _lines_of_readings(shown, whole=whole)
    else:
        found = measured_behind(shown)
        if found is None:
            raise Http404
        lines = _lines_of_table(found)
    response = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.finding_id}.csv"'
    return response


def _versions(request: HttpRequest, finding_id: str) -> QuerySet[Finding]:
    """The versions that the person may see; there being none, there is no such page."""
    return Finding.objects.filter(scope_of_request(request).findings(), finding_id=finding_id)


def _version(versions: QuerySet[Finding], asked: str) -> Finding:
    """The version asked for, else the one that stands, else the last that stood."""
    chosen = versions.filter(pk=int(asked)) if asked.isdecimal() and len(asked) < 19 else versions
    found = chosen.select_related("enterprise", "line", "run", "reasoning").order_by("-pk").first()
    if found is None:
        raise Http404
    return found


def _sisters(request: HttpRequest, shown: Finding) -> list[Finding]:
    """What else stands about the same line (or the enterprise as a whole), gravest first."""
    same = Finding.objects.standing().filter(
        scope_of_request(request).findings(),
        enterprise_id=shown.enterprise_id,
        line_id=shown.line_id,
    )
    others = same.exclude(finding_id=shown.finding_id)
    return list(others.order_by("-gravity", "-pk")[: SISTERS + 1])


def _signatures(shown: Finding) -> list[dict[str, Any]]:
    """Who confirmed the row that the finding rests on."""
    if not shown.norm_row:
        return []
    signed = (
        Confirmation.objects.filter(row_id=shown.norm_row)
        .select_related("confirmed_by", "countersignature__countersigned_by")
        .order_by("pk")
    )
    return [_signature(one) for one in signed]


def _signature(one: Confirmation) -> dict[str, Any]:
    second = getattr(one, "countersignature", None)
    return {
        "document": one.document,
        "page": one.page,
        "first": one.confirmed_by,
        "first_on": one.confirmed_on,
        "second": second and second.countersigned_by,
        "second_on": second and second.countersigned_on,
        "digest": one.row_digest,
        "demo": one.demo,
    }


def _towards_a_case(request: HttpRequest, shown: Finding, today: date) -> dict[str, Any]:
    """Whether a case can be opened from it, the case that goes on, or what has to be settled."""
    if shown.verdict != Verdict.NONCOMPLIANT or shown.ended_on is not None:
        return {}
    case = None
    if shown.line_id is not None:
        open_cases = Case.objects.filter(
            scope_of_request(request).findings(),
            line_id=shown.line_id,
            dimension=shown.dimension,
            closed_on=None,
        )
        case = open_cases.first()
    may = scope_of_request(request).may(
        Power.OPEN_CASE, division=shown.division_code, dimension=shown.dimension
    )
    opens = shown.effect == Effect.OPENS
    return {
        "case": case,
        "warns": not opens,
        "can_be_opened": opens and not shown.provisional and case is None and may,
        "tentative": opens and shown.provisional,
        "unsettled": what_is_unsettled([shown], today) if opens and shown.provisional else [],
    }


def _reason(code: str) -> Bilingual:
    return reasons().get(code, (code, code))


def _lines_of_readings(shown: Finding, *, whole: bool) -> Iterator[list[Any]]:
    columns = (
        *("time", "averaging", "manual", "value", "unit", "flag", "o2", "use"),
        *("compared", "upper", "floor", "limit_unit"),
    )
    first, last = (date(1, 1, 1), date(9999, 12, 31)) if whole else span(shown)
    yield list(columns)
    with outlet_laid(shown) as laid:
        for row in hours(laid, shown, first, last):
            yield [row[name] for name in columns]


def _lines_of_table(found: Measured) -> Iterator[list[Any]]:
    yield [said(head) for head in found.heads]
    for row in found.rows:
        yield [said(cell) if isinstance(cell, tuple) else cell for cell in row]


class _Line:
    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _csv(lines: Iterator[list[Any]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    out = _Line()
    writer = csv.writer(out, lineterminator="\n")
    waiting: list[str] = []
    for line in lines:
        writer.writerow([safe_text(cell) if isinstance(cell, str) else cell for cell in line])
        waiting.append(out.text)
        if len(waiting) >= 500:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()


def _chart_words() -> dict[str, Any]:
    """What the script says on the chart, in the page's language."""
    return {
        "measured": _("实测值"),
        "highest": _("每日最高"),
        "mean": _("每日均值"),
        "manual": _("手工监测"),
        "limit": _("限值"),
        "floor": _("下限"),
        "beyond": _("超限值"),
        "invalid": _("无效"),
        "clause": _("依据"),
        "here": _("本结论"),
        "save": _("保存为图片"),
        "english": english(),
    }

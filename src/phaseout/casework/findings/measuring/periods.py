"""Years of energy use, samples of a product, annual totals: the sister findings as a series."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from phaseout.casework.findings.measuring.measured import Measured
from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms.wording import cited_as, unit_name
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said, unit_word
from phaseout.reporting.words import VERDICTS

MOST = 200
_HEADS: tuple[Bilingual, ...] = (
    ("期间", "period"),
    ("实测值", "value"),
    ("限值", "limit"),
    ("单位", "unit"),
    ("结论", "verdict"),
    ("依据", "source"),
)


def of_sisters(finding: Finding) -> Measured:
    """All standing findings of the same thing, oldest first; the latest `MOST` of them."""
    sisters = list(_sisters(finding))
    if finding.pk not in [one.pk for one in sisters]:
        sisters = [one for one in sisters if one.finding_id != finding.finding_id] + [finding]
    sisters.sort(key=lambda one: (one.until, one.period_start or one.until, one.pk))
    unit = finding.unit or ""
    points = [_point(one, finding) for one in sisters if (one.unit or "") == unit]
    return Measured(
        chart={
            "kind": "periods",
            "unit": unit_word(unit),
            "comparator": finding.comparator or "",
            "points": points,
        },
        notes=_notes(finding, sisters, len(points)),
        heads=_HEADS,
        rows=[_row(one) for one in sisters],
        numbers=frozenset({1, 2}),
    )


def _sisters(finding: Finding) -> Iterable[Finding]:
    same: Any = Finding.objects.standing().filter(
        enterprise_id=finding.enterprise_id,
        line_id=finding.line_id,
        judged_by=finding.judged_by,
        indicator=finding.indicator,
        value__isnull=False,
        period_end__isnull=False,
    )
    # A sample is a subject of its own; years and totals are of one subject.
    if finding.judged_by != Dimension.QUALITY:
        same = same.filter(subject=finding.subject)
    latest: Iterable[Finding] = same.order_by("-until", "-id")[:MOST]
    return latest


def _point(one: Finding, shown: Finding) -> dict[str, Any]:
    return {
        "label": _period(one),
        "value": None if one.value is None else float(one.value),
        "limit": None if one.limit_value is None else float(one.limit_value),
        "clause": _source(one),
        "verdict": one.verdict,
        "here": one.finding_id == shown.finding_id,
    }


def _row(one: Finding) -> list[Any]:
    limit = one.limit_value if one.limit_value is not None else one.limit_text
    unit = unit_name(one.unit or "", "zh"), unit_name(one.unit or "", "en")
    return [_period(one), one.value, limit, unit, VERDICTS[one.verdict], _source(one)]


def _source(one: Finding) -> str:
    return said(cited_as(one.source_id, one.clause or "")) if one.source_id else ""


def _period(one: Finding) -> str:
    """2017 · 2017-01-01–2017-06-30 · 2017-06-07"""
    first, last = one.period_start, one.period_end
    if first is None or last is None or first == last:
        return str(last or first)
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return str(first.year)
    return f"{first}–{last}"


def _notes(finding: Finding, sisters: list[Finding], drawn: int) -> list[Bilingual]:
    what: Bilingual = (
        ("同一生产线同一指标的各份样品。", "All samples of the line for the same characteristic.")
        if finding.judged_by == Dimension.QUALITY
        else ("同一对象同一指标的各个期间。", "All periods of the same thing and indicator.")
    )
    notes = [what]
    if len(sisters) >= MOST:
        notes.append((f"只列最近{MOST}条。", f"Only the latest {MOST} are shown."))
    if drawn < len(sisters):
        left = len(sisters) - drawn
        notes.append(
            (
                f"另有{left}条单位不同，未画入图中，见表。",
                f"{left} more in another unit are in the table, not in the chart.",
            )
        )
    return notes

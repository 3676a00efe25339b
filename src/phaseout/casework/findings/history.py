"""The earlier answers of a finding, and what changed from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from phaseout.casework.models import Finding
from phaseout.findings.export import plain
from phaseout.law.judgement.reasons import reasons
from phaseout.law.norms.wording import cited_as
from phaseout.pages.templatetags.phaseout import english, said, unit_word
from phaseout.reporting.words import PROVISIONAL, VERDICTS, say

MOST = 100
MOST_OTHERS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """One version, with what is different from the one before it."""

    finding: Finding
    changes: list[tuple[str, str, str]]
    first: bool
    fleeting: bool
    """Replaced on its own day: never the answer at a day's end."""


def answers(seen: QuerySet[Finding]) -> list[Answer]:
    """Of the versions of a finding that a person may see, the latest `MOST`, the latest first."""
    versions = list(seen.select_related("run", "ended_by").order_by("-pk")[: MOST + 1])
    shown = versions[:MOST]
    told = []
    for at, version in enumerate(shown):
        before = versions[at + 1] if at + 1 < len(versions) else None
        told.append(
            Answer(
                version,
                [] if before is None else changes(before, version),
                before is None,
                version.ended_on == version.found_on,
            )
        )
    return told


def by_another_norm(told: list[Answer], seen: QuerySet[Finding]) -> list[Finding]:
    """Answers to the same question by another norm row: those that made way when the first version
    of this one began, and those that took the place of its last. (Another law, another finding:
    decision 0002.) Of lines only. `told` are the answers by this row, the latest first."""
    finding, first = told[0].finding, told[-1].finding
    if finding.line_id is None:
        return []
    of_the_line = seen.filter(
        line_id=finding.line_id,
        judged_by=finding.judged_by,
        subject=finding.subject,
        period_start=finding.period_start,
    ).exclude(finding_id=finding.finding_id)
    turn = Q(ended_by=first.run_id)
    if finding.ended_by_id is not None:
        turn |= Q(run=finding.ended_by_id)
    return list(of_the_line.filter(turn).order_by("-pk")[:MOST_OTHERS])


def changes(before: Finding, after: Finding) -> list[tuple[str, str, str]]:
    """(what, before, after) of everything that a reader would see change."""
    told = [
        (label, _said(show(before)), _said(show(after)))
        for label, show in _shown()
        if show(before) != show(after)
    ]
    sentence = "summary_en" if english() else "summary_zh"
    one, other = getattr(before, sentence), getattr(after, sentence)
    if one != other or not told:
        told.append((_("结论表述"), one, other) if one != other else (_("推理"), "…", "…"))
    return told


def _said(text: str | None) -> str:
    return text or "—"


def _shown() -> list[tuple[str, Any]]:
    lang = "en" if english() else "zh"
    return [
        (_("结论"), lambda f: _verdict(f, lang)),
        (_("实测值"), lambda f: _with_unit(f.value, f.unit)),
        (_("限值"), lambda f: _with_unit(f.limit_value, f.unit) or f.limit_text),
        (_("与限值之比"), lambda f: plain(f.ratio)),
        (_("标准记录"), lambda f: f.norm_row),
        (_("依据"), lambda f: said(cited_as(f.source_id, f.clause or "")) if f.source_id else ""),
        (_("期间止"), lambda f: None if f.period_end is None else f.period_end.isoformat()),
        (_("原因"), lambda f: "；".join(_reason(code, lang) for code in f.reasons)),
        (_("行政区划代码"), lambda f: f.division_code),
    ]


def _verdict(finding: Finding, lang: str) -> str:
    said = say(VERDICTS, finding.verdict, lang)
    return f"{said} {PROVISIONAL[lang == 'en']}" if finding.provisional else said


def _with_unit(value: Any, unit: str | None) -> str | None:
    return None if value is None else f"{plain(value)} {unit_word(unit)}".rstrip()


def _reason(code: str, lang: str) -> str:
    zh, en = reasons().get(code, (code, code))
    return en if lang == "en" else zh

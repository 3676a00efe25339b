"""A certificate as JSON, and as plain Chinese or English text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from phaseout.law.norms import Confidence
from phaseout.law.periods.certificate import (
    Basis,
    Bound,
    Certificate,
    Citation,
    Direction,
    Doubt,
    Step,
)
from phaseout.law.periods.wording import day_en, day_zh

SCHEMA = "phaseout.period/1"
"""Raised when a key is removed or changes its meaning; new keys may come without."""


def as_json(certificate: Certificate) -> dict[str, Any]:
    """Plain data: days as ISO dates, moments as ISO with the Beijing offset."""
    return {
        "schema": SCHEMA,
        "due": _iso(certificate.due),
        "provisional": certificate.provisional,
        "provisional_because": [_doubt(doubt) for doubt in certificate.doubts],
        "trigger": _iso(certificate.trigger),
        "direction": certificate.direction.value,
        "bound": certificate.bound.value,
        "unit": certificate.unit.value,
        "length": certificate.length,
        "extension": certificate.extension,
        "basis": _basis(certificate.basis),
        "calendar": certificate.calendar_version,
        "steps": [_step(step) for step in certificate.steps],
    }


def _iso(day: date | datetime) -> str:
    return day.isoformat()


def _doubt(doubt: Doubt) -> dict[str, str]:
    return {"code": doubt.code, "zh": doubt.says[0], "en": doubt.says[1]}


def _citation(citation: Citation) -> dict[str, str]:
    return {
        "source_id": citation.source_id,
        "clause": citation.clause,
        "confidence": citation.confidence.value,
        "zh": citation.zh,
        "en": citation.en,
    }


def _basis(basis: Basis | None) -> dict[str, Any] | None:
    if basis is None:
        return None
    term = {"zh": basis.term[0], "en": basis.term[1]} if basis.term else None
    return {**_citation(basis.citation), "term": term, "row_id": basis.row_id or None}


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "day": _iso(step.day),
        "says_zh": step.says_zh,
        "says_en": step.says_en,
        "cites": [_citation(citation) for citation in step.cites],
    }


_HEADS: dict[tuple[Bound, bool], tuple[str, str]] = {
    (Bound.LATEST, True): ("期间届满日", "Last day of the period"),
    (Bound.LATEST, False): ("最迟日期", "Latest day"),
    (Bound.EARLIEST, True): ("最早日期", "Earliest day"),
    (Bound.EARLIEST, False): ("最早日期", "Earliest day"),
    (Bound.FIXED, True): ("规定日期", "Date"),
    (Bound.FIXED, False): ("规定日期", "Date"),
}


def as_text(certificate: Certificate, language: str) -> str:
    """The certificate for a reader. `language` is `zh` or `en`."""
    zh = language == "zh"
    head = _HEADS[certificate.bound, certificate.direction is Direction.FORWARD][0 if zh else 1]
    due = day_zh(certificate.due) if zh else day_en(certificate.due)
    lines = [f"{head}：{due}" if zh else f"{head}: {due}"]
    for doubt in certificate.doubts:
        lines.append(f"暂定：{doubt.says[0]}" if zh else f"Provisional: {doubt.says[1]}")
    lines.append("计算过程：" if zh else "How it was counted:")
    for number, step in enumerate(certificate.steps, start=1):
        lines.append(f"  {number}. {_line(step, zh)}")
    version = certificate.calendar_version
    lines.append(f"日历版本：{version}" if zh else f"Calendar: {version}")
    return "\n".join(lines)


def _line(step: Step, zh: bool) -> str:
    cites = ("；" if zh else "; ").join(_marked(citation, zh) for citation in step.cites)
    says = step.says_zh if zh else step.says_en
    return f"{says} [{cites}]" if cites else says


def _marked(citation: Citation, zh: bool) -> str:
    """The citation, with a mark where its text was recalled and not seen."""
    if citation.confidence is Confidence.VERIFIED:
        return citation.zh if zh else citation.en
    return f"{citation.zh}（条文待核）" if zh else f"{citation.en} ({citation.confidence})"

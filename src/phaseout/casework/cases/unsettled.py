"""What makes a finding provisional, as things that somebody can settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from phaseout.casework.models import Finding
from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.judgement.reasons import reasons
from phaseout.law.norms.confirmation import settled_rows
from phaseout.law.norms.wording import cited_as, describe
from phaseout.law.refusals import Bilingual
from phaseout.library.records import confirmations_on
from phaseout.library.shelf import all_rows, is_norm

NOT_VERIFIED = "norm_not_verified"
SAYS = frozenset(
    {
        "serious_exceedance",
        "over_range_check",
        "too_few_valid_hours",
        "recommended_standard_only",
        "ministry_order_only",
        "hazard_not_yet_outdated",
        "permit_missing",
        "permit_expired",
        "permit_not_yet_valid",
        "renewal_due",
        "dismantle_outright",
        "sealing_not_an_option",
        "sealed_not_dismantled",
        "exception_by_facts",
        "exception_proven",
        "limit_class_warning",
    }
)
"""Reasons that say what was found; every other reason of a provisional finding is a doubt."""


def what_is_unsettled(findings: Iterable[Finding], today: date) -> list[dict[str, Any]]:
    """Rows to confirm and conditions to settle, each once: kind, id, words, finding.

    A row is one the finding cites whose figure nobody has yet confirmed; a condition is any other
    doubt among the reasons it bears.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for finding in findings:
        for row_id in _unconfirmed(finding, today):
            found.setdefault(("norm_row", row_id), _row(row_id, finding))
        for code in finding.reasons:
            if code != NOT_VERIFIED and code not in SAYS:
                found.setdefault((code, finding.finding_id), _condition(code, finding))
    return list(found.values())


def _unconfirmed(finding: Finding, today: date) -> list[str]:
    if NOT_VERIFIED not in finding.reasons:
        return []
    cited = dict.fromkeys([finding.norm_row or "", *_cited(finding)])
    # What else is cited is a document or a clause: not a row people confirm.
    rows = [all_rows()[row_id] for row_id in cited if row_id in all_rows()]
    settled = settled_rows(rows, confirmations_on(today), today)
    return [row.row_id for row in rows if row.row_id not in settled]


def _cited(finding: Finding) -> Iterator[str]:
    reasoning = getattr(finding, "reasoning", None)
    if reasoning is not None:
        yield from _walk(reasoning.tree.get("explanation", {}))


def _walk(step: Mapping[str, Any]) -> Iterator[str]:
    if step.get("cites"):
        yield step["cites"]
    for below in step.get("because", ()):
        yield from _walk(below)


def _row(row_id: str, finding: Finding) -> dict[str, Any]:
    zh, en = _words(row_id)
    return {
        "kind": "norm_row",
        "id": row_id,
        "finding": finding.finding_id,
        "zh": zh,
        "en": en,
    }


def _words(row_id: str) -> Bilingual:
    """The row as people cite it: number, clause, and of a limit what it is about."""
    row = all_rows()[row_id]
    number = (
        cited_as(row.source_id, row.clause)[0],
        cited_as(row.source_id, clause_en(row.clause))[1],
    )
    if not is_norm(row):
        return number
    zh, en = (describe(row, lang) for lang in ("zh", "en"))
    return (
        f"{number[0]} {zh.subject} {zh.asks}".strip(),
        f"{number[1]} {en.subject}, {en.asks}".strip(", "),
    )


def _condition(code: str, finding: Finding) -> dict[str, Any]:
    zh, en = reasons().get(code, (code, code))
    return {
        "kind": "condition",
        "id": code,
        "finding": finding.finding_id,
        "row": finding.norm_row,
        "zh": zh,
        "en": en,
    }

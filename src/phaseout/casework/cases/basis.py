"""What a case rests on in law, and what the law attaches to its findings on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from phaseout.casework.models import Finding
from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.norms import NormBook
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.composition import Consequence
from phaseout.law.norms.records import Confidence
from phaseout.law.opinions import SOURCE_ID
from phaseout.law.procedures import Procedure
from phaseout.law.refusals import Bilingual

_NUMERALS = {4: "四", 5: "五", 6: "六", 7: "七", 8: "八"}


@dataclass(frozen=True, slots=True)
class Follows:
    """One consequence in words, with the law it rests on and its periods in months, if any."""

    row_id: str
    consequence: str
    words: Bilingual
    law: Bilingual
    settled: bool
    months: int | None
    extension_months: int | None

    def as_json(self) -> dict[str, Any]:
        return {
            "row_id": self.row_id,
            "consequence": self.consequence,
            "zh": self.words[0],
            "en": self.words[1],
            "law": {"zh": self.law[0], "en": self.law[1]},
            "settled": self.settled,
            "months": self.months,
            "extension_months": self.extension_months,
        }


def consequences(findings: Iterable[Finding], on: date) -> tuple[Consequence, ...]:
    """What the law in force on a day attaches to these findings, in the order of carrying out.

    The specific consequence takes the place of the general one for its finding, as in the
    composition of part 1 (docs/judgement/composition.md).
    """
    rows = cast(tuple[Consequence, ...], method_rows("consequences"))
    found: dict[str, Consequence] = {}
    for finding in findings:
        held = [r for r in rows if r.dimension == finding.dimension and r.holds_on(on)]
        special = [r for r in held if r.instead == "yes" and r.when_reason in finding.reasons]
        general = [
            r for r in held if r.instead != "yes" and r.when_reason in ("", *finding.reasons)
        ]
        for row in special or general:
            found.setdefault(row.consequence, row)
    return tuple(sorted(found.values(), key=lambda row: (row.turn, row.rank)))


def follows(row: Consequence) -> Follows:
    return Follows(
        row_id=row.row_id,
        consequence=row.consequence,
        words=(row.zh, row.en),
        law=(row.basis_zh, row.basis_en),
        settled=row.confidence == Confidence.VERIFIED,
        months=months_of(row.term),
        extension_months=months_of(row.extension_term),
    )


def basis(
    procedure: Procedure, attached: Sequence[Consequence], findings: Iterable[Finding]
) -> list[dict[str, Any]]:
    """The basis of the act as it is kept with it: clause, law in force, norm rows."""
    clause = procedure.clause
    cited: list[dict[str, Any]] = [
        {
            "kind": "opinions",
            "source_id": SOURCE_ID,
            "clause": _NUMERALS[clause],
            "number": clause,
            "zh": opinions_words(clause)[0],
            "en": opinions_words(clause)[1],
        }
    ]
    for row in attached:
        cited.append(
            {
                "kind": "law",
                "row_id": row.row_id,
                "source_id": row.source_id,
                "clause": row.clause,
                "zh": row.basis_zh,
                "en": row.basis_en,
                "settled": row.confidence == Confidence.VERIFIED,
            }
        )
    norms = {f.norm_row or f.source_id: _norm(f) for f in findings if f.norm_row or f.source_id}
    return cited + list(norms.values())


def opinions_words(clause: int) -> Bilingual:
    """A clause of the Opinions as one cites it."""
    return (
        f"实施意见第（{_NUMERALS[clause]}）项",
        f"Implementation Opinions, item ({clause})",
    )


def _norm(finding: Finding) -> dict[str, Any]:
    source = NormBook.load().sources.get(finding.source_id or "")
    number = source.number if source else finding.source_id or ""
    clause = finding.clause or ""
    return {
        "kind": "norm",
        "row_id": finding.norm_row,
        "source_id": finding.source_id,
        "clause": clause,
        "zh": f"{number} {in_chinese(clause)}".strip(),
        "en": f"{number} {clause_en(clause)}".strip(),
    }


def months_of(term: str) -> int | None:
    if not term:
        return None
    row: Any = NormBook.load().row(term)
    return int(row.length) if row.unit == "month" and row.length else None

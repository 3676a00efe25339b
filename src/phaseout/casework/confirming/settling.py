"""What an authority may settle for a finding, by a document with a number.

energy        the conditions of the row, for the line
environment   the conditions of the row, for the outlet or the whole line
safety        whether a criterion applies, for the hazard or the line; whether a permit is
              needed, for the enterprise
technology    whether an exception of the catalogue item is proven, for the equipment
quality       nothing: its doubts are settled by confirming rows or by another test
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from phaseout.casework.models import Finding
from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.safety import HazardReading, RequiredPermit
from phaseout.law.norms.records import EquipmentEntry, HazardCriterion, Row
from phaseout.law.refusals import Bilingual
from phaseout.library.records import decisions_on
from phaseout.library.shelf import all_rows
from phaseout.library.showing import Said, parts

OPEN = frozenset(
    {"condition_not_given", "open_condition", "exception_to_be_checked", "sector_by_inference"}
)
"""Reasons that a document takes away; all others wait for a signature, for facts, for a test."""


@dataclass(frozen=True, slots=True)
class Question:
    """One open question of a finding: what is asked of which row, for whom it may be answered.

    `subjects` are (key, words), the narrowest first; `asked` are texts in both languages, `said`
    the conditions of the row as they stand.
    """

    kind: str
    row: Row
    subjects: Sequence[tuple[str, Bilingual]]
    asked: Sequence[Bilingual]
    said: Sequence[Said]


def question_of(finding: Finding) -> Question | None:
    """What a document may settle for the finding; None where it leaves nothing open."""
    row = all_rows().get(finding.norm_row or "")
    if row is None or not OPEN.intersection(finding.reasons):
        return None
    subjects = _subjects(finding, row)
    asked, said = _asked(row, finding), _said(row)
    if not subjects or not (asked or said):
        return None
    kind = "exception" if finding.judged_by == Dimension.TECHNOLOGY else "condition"
    return Question(kind, row, subjects, asked, said)


def decided(question: Question, today: date) -> list[Decision]:
    """What has been decided already on this question and stands."""
    keys = {key for key, _ in question.subjects}
    return [
        decision
        for decision in decisions_on(today)
        if decision.kind == question.kind
        and decision.key == question.row.row_id
        and decision.subject in keys
    ]


def _subjects(finding: Finding, row: Row) -> list[tuple[str, Bilingual]]:
    line = finding.line_id
    lines = [(line, _named("整条生产线", "the whole line", line))] if line else []
    match finding.judged_by:
        case Dimension.ENERGY:
            return lines
        case Dimension.ENVIRONMENT:
            outlet = finding.subject.rpartition(" ")[0]
            own = [(outlet, _named("该排放口", "this outlet", outlet))] if outlet else []
            return [*own, *lines]
        case Dimension.TECHNOLOGY:
            return [(finding.subject, _named("该设备", "this equipment", finding.subject))]
        case Dimension.SAFETY if isinstance(row, RequiredPermit):
            uscc = finding.enterprise_id
            return [(uscc, _named("该企业", "the enterprise", uscc))]
        case Dimension.SAFETY:
            return [(finding.subject, _named("该隐患", "this hazard", finding.subject)), *lines]
    return []


def _named(zh: str, en: str, key: str) -> Bilingual:
    return f"{zh} {key}", f"{en} {key}"


def _asked(row: Row, finding: Finding) -> list[Bilingual]:
    if isinstance(row, RequiredPermit):
        word = row.product_word
        product = [
            (f"该企业是否生产名称含“{word}”的产品？", f"Does it make a product named {word}?")
        ]
        asked = [(row.question_zh, row.question_en)] if row.question_zh else []
        return [*asked, *(product if word else [])]
    if isinstance(row, HazardCriterion):
        return list(_hazard_questions(row))
    if isinstance(row, EquipmentEntry) and row.exceptions_zh:
        return [
            (
                f"目录所列例外是否已证明：{row.exceptions_zh}",
                f"Is the exception of the item proven: {row.exceptions_en or row.exceptions_zh}",
            )
        ]
    return []


def _hazard_questions(row: HazardCriterion) -> Iterator[Bilingual]:
    for reading in method_rows("hazard_readings"):
        assert isinstance(reading, HazardReading)
        same = (reading.source_id, reading.industry) == (row.source_id, row.industry)
        if same and reading.clause in (row.clause, "*"):
            yield reading.question_zh, reading.question_en


def _said(row: Row) -> list[Said]:
    if isinstance(row, EquipmentEntry):
        return []
    return [part for part in parts(row) if part.kind in ("condition", "open")]

"""Last days in a document, and the annex that shows how each was counted."""

from __future__ import annotations

from collections.abc import Sequence

from phaseout.documents import saying
from phaseout.documents.pieces import Heading, Items, Paragraph, Piece, Table
from phaseout.documents.records import Annex
from phaseout.documents.rights import BasisCited, Right
from phaseout.law.periods import Certificate, Step
from phaseout.law.periods.certificate import StepKind

TITLE = "期限计算说明"


def due(certificate: Certificate) -> str:
    """The last day with its weekday, marked where a notice still to come may move it."""
    mark = "，暂定" if certificate.provisional else ""
    return f"{saying.day(certificate.due)}（{saying.weekday(certificate.due)}{mark}）"


def last_days(rights: Sequence[Right]) -> list[Piece]:
    """The table of last days, where any is counted; nothing where none is."""
    counted = [right for right in rights if right.certificate]
    if not counted:
        return []
    triggers = {saying.day(right.certificate.trigger) for right in counted if right.certificate}
    rows = tuple(
        (
            right.name,
            right.before,
            saying.length(right.length, right.unit),
            due(right.certificate) if right.certificate else "自送达之次日起计算",
        )
        for right in rights
    )
    return [
        Paragraph(f"按{'、'.join(sorted(triggers))}送达计算，各项权利的最后一日如下："),
        Table(("权利", "受理机关", "期限", "最后一日（含当日）"), rows, (29, 50, 15, 62)),
    ]


def annex_of(certificates: Sequence[tuple[str, Certificate]]) -> Annex:
    """How each day was counted, step by step, so that anyone can recompute it."""
    body: list[Piece] = []
    for number, (name, certificate) in enumerate(certificates, start=1):
        body.append(Heading(f"{saying.numeral(number)}、{name}"))
        body.append(Items(tuple(_step(step) for step in certificate.steps)))
        body += [Paragraph(f"暂定的原因：{doubt.says[0]}") for doubt in certificate.doubts]
    versions = sorted({certificate.calendar_version for _, certificate in certificates})
    body.append(Paragraph(f"所用日历：{'；'.join(versions)}"))
    return Annex(TITLE, tuple(body))


def _step(step: Step) -> str:
    cites = "、".join(BasisCited.of(cite).says for cite in step.cites)
    if step.kind is StepKind.BASIS and cites:
        # The step quotes the register's own note on the start, which is in English.
        return f"期间的依据：{cites}。"
    return f"{step.says_zh}依据：{cites}。" if cites else step.says_zh

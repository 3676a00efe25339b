"""What the enterprise may do against a document, where, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phaseout.documents import saying
from phaseout.law.norms import Confidence
from phaseout.law.periods import Certificate, Citation, Unit
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class BasisCited:
    """A clause a document rests on, as it is printed.

    `law` is its title without the marks 《》, `edition` names the text that was applied
    (2018修正), `clause` is in words (第十六条第二款). `seen` is False while nobody has read the
    clause in a reliable text: a draft says so, a signed document is refused.
    """

    law: str
    clause: str = ""
    edition: str = ""
    seen: bool = True

    @classmethod
    def of(cls, citation: Citation) -> BasisCited:
        """The citation of a certificate or of a procedure, as a document prints it."""
        title, mark, edition = citation.title_zh.removesuffix("）").rpartition("（")
        if not mark:
            title, edition = edition, ""
        return cls(
            law=title,
            clause=saying.article(citation.clause),
            edition=edition,
            seen=citation.confidence is Confidence.VERIFIED,
        )

    @property
    def says(self) -> str:
        edition = f"（{self.edition}）" if self.edition else ""
        return f"《{self.law}》{edition}{self.clause}{'' if self.seen else '（条文待核）'}"


class RightKind(StrEnum):
    """The rights a document tells of. The values are used in forms and do not change."""

    STATEMENT = "statement"
    HEARING = "hearing"
    RETEST = "retest"
    RECONSIDERATION = "reconsideration"
    SUIT = "suit"


NAMES: dict[RightKind, Bilingual] = {
    RightKind.STATEMENT: ("陈述、申辩", "statement and defence"),
    RightKind.HEARING: ("要求听证", "hearing"),
    RightKind.RETEST: ("申请复检", "re-test"),
    RightKind.RECONSIDERATION: ("申请行政复议", "administrative reconsideration"),
    RightKind.SUIT: ("提起行政诉讼", "administrative litigation"),
}

_SENTENCES: dict[RightKind, str] = {
    RightKind.STATEMENT: (
        "你单位可以自收到{this}之日起{length}内，向{before}书面或者口头提出陈述、申辩意见，并可以提交"
        "证据{basis}。期满未提出的，视为未行使该权利。"
    ),
    RightKind.HEARING: (
        "你单位有权要求听证。要求听证的，应当自收到{this}之日起{length}内向{before}提出{basis}；组织"
        "听证的费用不由你单位承担。期满未提出的，视为未行使该权利。"
    ),
    RightKind.RETEST: (
        "对检验结果有异议的，可以自收到{this}之日起{length}内向{before}申请复检{basis}。"
        "期满未申请的，检验结果确定。"
    ),
    RightKind.RECONSIDERATION: (
        "不服{this}的，可以自收到{this}之日起{length}内向{before}申请行政复议{basis}。"
    ),
    RightKind.SUIT: (
        "不服{this}的，可以自收到{this}之日起{length}内向{before}提起行政诉讼{basis}。"
    ),
}


@dataclass(frozen=True, slots=True)
class Right:
    """One right, the body it is used before (`before`), its length, and its last day if counted.

    A document is mostly made before it is served: then there is no certificate, and it tells the
    length from service. Once the day of service is known, the certificate gives the last day.
    """

    kind: RightKind
    before: str
    length: int
    unit: Unit
    basis: BasisCited | None = None
    certificate: Certificate | None = None

    def __post_init__(self) -> None:
        counted = self.certificate
        if counted and (counted.length, counted.unit) != (self.length, self.unit):
            raise ValueError(
                f"{self.kind} is {self.length} {self.unit}, its certificate counts "
                f"{counted.length} {counted.unit}"
            )

    @classmethod
    def counted(
        cls,
        kind: RightKind,
        before: str,
        certificate: Certificate,
        *,
        basis: BasisCited | None = None,
    ) -> Right:
        """A right whose last day is known; the basis is the certificate's unless given."""
        cited = BasisCited.of(certificate.basis.citation) if certificate.basis else None
        return cls(
            kind=kind,
            before=before,
            length=certificate.length,
            unit=certificate.unit,
            basis=basis or cited,
            certificate=certificate,
        )

    @property
    def name(self) -> str:
        return NAMES[self.kind][0]

    @property
    def last_day(self) -> date | None:
        return self.certificate.due if self.certificate else None

    def says(self, this: str) -> str:
        """The sentence of a document that calls itself `this` (本通知书)."""
        return _SENTENCES[self.kind].format(
            this=this,
            before=self.before,
            length=saying.length(self.length, self.unit),
            basis=f"（{self.basis.says}）" if self.basis else "",
        )

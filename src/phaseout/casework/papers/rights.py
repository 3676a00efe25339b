"""What the enterprise may do against a document, before whom, and how long; from the procedure.

A document is made before it is served: it tells the length from service. Once it is served, the
case's own deadlines give the last days, with their certificates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from phaseout.casework.papers.kinds import serving
from phaseout.documents import BasisCited, Right, RightKind
from phaseout.law.norms import Confidence
from phaseout.law.periods import Certificate, Citation, Unit
from phaseout.law.procedures import ActRule, Procedure
from phaseout.law.procedures.counting import term_of, whole_length
from phaseout.law.procedures.deadlines import Deadline
from phaseout.law.procedures.reconsidering import (
    GOVERNMENT,
    SUPERIOR,
    reconsidered_before,
    superior_of,
)
from phaseout.law.procedures.records import Length, Period

OWN = "本机关"
COURT = "有管辖权的人民法院"
_KINDS = {
    "reply": RightKind.STATEMENT,
    "demand_reply": RightKind.STATEMENT,
    "retest": RightKind.RETEST,
    "reconsideration": RightKind.RECONSIDERATION,
    "suit": RightKind.SUIT,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A right that the service of a document opens, and the period it lasts; None where no period
    of the case watches it."""

    period: Period | None
    right: Right


def rights_against(
    rule: ActRule, procedure: Procedure, body: str, *, seen_only: bool
) -> tuple[Told, ...]:
    """The rights that the service of this act's document opens, in the order of telling.

    Args:
        body: before whom it is reconsidered, in words (`reviewing`).
        seen_only: leave the clause of a right out where nobody has read it.
    """
    kinds = serving(rule, procedure)
    found: list[Told] = []
    for period in procedure.periods.values():
        if set(kinds) & set(period.opens_by):
            found += _rights(period, rule, procedure, body, seen_only)
    order = list(RightKind)
    return tuple(sorted(found, key=lambda told: order.index(told.right.kind)))


def remedies(procedure: Procedure, body: str, *, seen_only: bool) -> tuple[Right, ...]:
    """Reconsideration and suit against a decision that no due process of its own comes before, such
    as a surcharge or a stop at once: as long as the due process that the procedure embeds gives
    them."""
    found: dict[RightKind, Right] = {}
    for period in procedure.periods.values():
        right = _right(period, body, seen_only)
        if right and right.kind in (RightKind.RECONSIDERATION, RightKind.SUIT):
            found.setdefault(right.kind, right)
    return tuple(found[kind] for kind in RightKind if kind in found)


def measures(rule: ActRule, procedure: Procedure) -> tuple[Period, ...]:
    """The periods of the enterprise's own duties that the service of the document starts."""
    kinds = set(serving(rule, procedure))
    return tuple(
        period
        for period in procedure.periods.values()
        if kinds & set(period.opens_by)
        and period.whose == "enterprise"
        and period.kind in ("measure", "duty")
    )


def with_last_days(
    told: Sequence[Told], deadlines: Sequence[Deadline], opened_by: int
) -> tuple[Right, ...]:
    """The rights with their last days, from the deadlines that the act of service has opened."""
    certificates = {
        one.period: one.certificate
        for one in deadlines
        if one.opened_by == opened_by and one.certificate is not None
    }
    return tuple(
        _counted(one, certificates.get(one.period.id if one.period else "")) for one in told
    )


def length_of(length: Length | None) -> tuple[int, Unit] | None:
    """How long a period is; None where it has no length of its own."""
    if length is None:
        return None
    unit = term_of(length.term).unit if length.term else length.unit
    whole = whole_length(length)
    if whole is None or unit not in set(Unit):
        return None
    return whole, Unit(unit)


def cited_by(length: Length) -> Citation:
    """The clause that sets the length: of the term where the register has one."""
    basis = term_of(length.term).basis if length.term else None
    return basis.citation if basis is not None else length.basis.citation


def _counted(told: Told, certificate: Certificate | None) -> Right:
    if certificate is None:
        return told.right
    return replace(
        told.right,
        length=certificate.length,
        unit=certificate.unit,
        certificate=certificate,
    )


def _rights(
    period: Period,
    rule: ActRule,
    procedure: Procedure,
    body: str,
    seen_only: bool,
) -> Iterator[Told]:
    right = _right(period, body, seen_only)
    if right is None:
        return
    yield Told(period, right)
    # Who is urged to perform may state reasons; a hearing belongs to the notice before a penalty.
    heard = period.id.endswith(".reply") and _has_hearing(rule, procedure)
    if right.kind is RightKind.STATEMENT and heard:
        yield Told(period, replace(right, kind=RightKind.HEARING, before=OWN))


def _right(period: Period, body: str, seen_only: bool) -> Right | None:
    """The right that lasts for the period; None where it is no right's, or has no length."""
    kind = _KINDS.get(period.id.rpartition(".")[2])
    counted = length_of(period.length)
    if kind is None or counted is None or period.length is None:
        return None
    length, unit = counted
    citation = cited_by(period.length)
    seen = citation.confidence is Confidence.VERIFIED
    basis = BasisCited.of(citation) if seen or not seen_only else None
    return Right(kind, _before(kind, body), length, unit, basis)


def reviewing(office: str, government: str, on: date) -> str:
    """Before whom a decision of the office, made that day, is reconsidered.

    Args:
        government: the name of the government above it, which a government's own is itself.
    """
    above = superior_of(office, on) or "上一级主管部门"
    names = {GOVERNMENT: government, SUPERIOR: above}
    return "或者".join(names[body] for body in reconsidered_before(office, on))


def _before(kind: RightKind, body: str) -> str:
    if kind is RightKind.SUIT:
        return COURT
    return body if kind is RightKind.RECONSIDERATION else OWN


def _has_hearing(rule: ActRule, procedure: Procedure) -> bool:
    return any(
        block.prefix == rule.prefix and "hearing" in block.options for block in procedure.blocks
    )

"""How far a row may be relied upon on a day: seen, confirmed by two, waiting, doubted, recalled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from phaseout.law.norms import confirmation as law
from phaseout.law.norms.records import Confidence, Row
from phaseout.law.refusals import Bilingual
from phaseout.library.models import Confirmation, Discrepancy

MANY = 500


class State(StrEnum):
    SEEN = "seen"
    """the figure was seen in a source"""
    CONFIRMED = "confirmed"
    """recalled, and confirmed by two people against the official print"""
    ONCE = "once"
    """one person has signed; another one must"""
    DOUBTED = "doubted"
    """somebody has recorded that the print says otherwise"""
    RECALLED = "recalled"
    """written from memory; nobody has confirmed it as it stands"""


STATE_WORDS: Mapping[State, Bilingual] = {
    State.SEEN: ("已见原文 ✓", "seen ✓"),
    State.CONFIRMED: ("两人核对 ✓", "confirmed by two ✓"),
    State.ONCE: ("待复核 ◇", "awaits the second signature ◇"),
    State.DOUBTED: ("有差异 ！", "doubted !"),
    State.RECALLED: ("凭记忆 ◇", "recalled ◇"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a row, and what was signed: of the row as it stands, then of other wordings."""

    state: State
    confirmation: Confirmation | None = None
    doubts: tuple[Discrepancy, ...] = ()
    earlier: tuple[Confirmation, ...] = ()

    @property
    def words(self) -> Bilingual:
        return STATE_WORDS[self.state]

    @property
    def settled(self) -> bool:
        return self.state in (State.SEEN, State.CONFIRMED)


def standings(rows: Collection[Row], on: date) -> Mapping[str, Standing]:
    """The standing of each row at the end of the day, by its id; two queries however many rows."""
    # of a whole store all signatures are read: naming thousands of rows would take longer
    among = {"row_id__in": [row.row_id for row in rows]} if len(rows) <= MANY else {}
    signed: dict[str, list[Confirmation]] = {}
    for one in signatures(on).filter(**among):
        signed.setdefault(one.row_id, []).append(one)
    doubted: dict[str, list[Discrepancy]] = {}
    for doubt in doubts(on).filter(**among):
        doubted.setdefault(doubt.row_id, []).append(doubt)
    return {
        row.row_id: _standing(row, signed.get(row.row_id, []), doubted.get(row.row_id, []), on)
        for row in rows
    }


def standing_of(row: Row, on: date) -> Standing:
    """The standing of one row at the end of the day."""
    return standings([row], on)[row.row_id]


def signatures(on: date) -> QuerySet[Confirmation]:
    """Confirmations made by the day, with their second signature and the people, in order."""
    return (
        Confirmation.objects.filter(confirmed_on__lte=on)
        .select_related("confirmed_by", "countersignature__countersigned_by", "print")
        .order_by("pk")
    )


def doubts(on: date) -> QuerySet[Discrepancy]:
    """Discrepancies recorded by the day, cleared ones too, in order."""
    return (
        Discrepancy.objects.filter(noted_on__lte=on)
        .select_related("noted_by", "clearance__cleared_by", "print")
        .order_by("pk")
    )


def cleared(doubt: Discrepancy, on: date) -> bool:
    """Whether somebody has looked again by the day."""
    clearance = getattr(doubt, "clearance", None)
    return clearance is not None and clearance.cleared_on <= on


def countersigned(confirmation: Confirmation, on: date) -> bool:
    """Whether the second signature was there by the day."""
    second = getattr(confirmation, "countersignature", None)
    return second is not None and second.countersigned_on <= on


def _standing(
    row: Row, signed: list[Confirmation], doubted: list[Discrepancy], on: date
) -> Standing:
    digest = law.digest(row) if signed or doubted else ""
    mine = next((one for one in signed if one.row_digest == digest), None)
    earlier = tuple(one for one in signed if one.row_digest != digest)
    said = tuple(one for one in doubted if one.row_digest == digest)
    state = State.SEEN if row.confidence is Confidence.VERIFIED else State.RECALLED
    if any(not cleared(one, on) for one in said):
        state = State.DOUBTED
    elif state is State.RECALLED and mine is not None:
        state = State.CONFIRMED if countersigned(mine, on) else State.ONCE
    return Standing(state, mine, said, earlier)

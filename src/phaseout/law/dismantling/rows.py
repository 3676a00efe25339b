"""The tables of this package as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from phaseout.law.norms import NormBook
from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual

T = TypeVar("T")


class Confidence(StrEnum):
    """`proposed`: our own proposal, no rule of law. The others as in the norm store."""

    VERIFIED = "verified"
    RECALLED_HIGH = "recalled-high"
    RECALLED_MEDIUM = "recalled-medium"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A notice or report that was seen and is no norm."""

    source_id: str
    title_zh: str
    title_en: str
    issuer: str
    seen_on: str
    url: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of equipment; `forms` are those in which it may exit."""

    kind: str
    zh: str
    en: str
    forms: str
    source_id: str
    clause: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form of exit, its words, and the document that asks for it."""

    form: str
    zh: str
    en: str
    source_id: str
    clause: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class NameRow:
    """A word in what the registry calls a piece of equipment of an industry, and its kind."""

    word: str
    industry: str
    kind: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part that must go, or a requirement; `proof` is how it is shown: photo or paper."""

    kind: str
    part: str
    proof: str
    zh: str
    en: str
    effective_from: date | None
    effective_to: date | None
    source_id: str
    clause: str
    confidence: Confidence

    def holds_on(self, day: date) -> bool:
        """Both ends are inside."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A slot of evidence. `about` is `part:photo`, `part:paper`, `equipment` or `line`; `acts` are
    acts of the case that show the same."""

    forms: str
    about: str
    item: str
    record: str
    gate: str
    slot: str
    type: str
    at_least: int
    acts: str
    item_zh: str
    item_en: str
    zh: str
    en: str
    source_id: str
    clause: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class GateRow:
    """What an act of the case waits for."""

    act: str
    gates: str
    signed: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of a record made on the spot. `when`: required where another field says so."""

    record: str
    field: str
    type: str
    required: str
    when: str
    options: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A code of the tables and its words."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Who signs the acceptance form."""

    party: str
    zh: str
    en: str
    level: str
    role_zh: str
    role_en: str
    source_id: str
    clause: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason for being closed and not yet dismantled."""

    reason: str
    zh: str
    en: str
    source_id: str
    clause: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class VisitRow:
    """How often somebody goes to see: `months` between two visits."""

    about: str
    months: int
    source_id: str
    clause: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A day that a task notice of a year sets for a step; `industry` empty: for all."""

    year: int
    industry: str
    step: str
    by: date
    source_id: str
    clause: str
    confidence: Confidence


def rows(kind: type[T], name: str) -> tuple[T, ...]:
    """The rows of a table, in its order. Read once."""
    return rows_of(__package__, name, kind)


def _keyed(kind: type[T], name: str, key: str) -> Mapping[str, T]:
    return {getattr(row, key): row for row in rows(kind, name)}


KINDS: Mapping[str, KindRow] = _keyed(KindRow, "kinds", "kind")
FORMS: Mapping[str, FormRow] = _keyed(FormRow, "forms", "form")
PARTIES: Mapping[str, PartyRow] = _keyed(PartyRow, "signers", "party")
REASONS: Mapping[str, ReasonRow] = _keyed(ReasonRow, "reasons", "reason")


def source_of(source_id: str) -> Bilingual:
    """The title of what a row rests on: a document of the norm store, or a notice seen.

    Raises:
        KeyError: neither knows it.
    """
    for row in rows(SourceRow, "sources"):
        if row.source_id == source_id:
            return row.title_zh, row.title_en
    found = NormBook.load().source(source_id)
    return found.title_zh, found.title_en or found.title_zh

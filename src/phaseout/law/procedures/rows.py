"""The tables of this package as records, line by line, before they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from phaseout.law.norms import Confidence, Source
from phaseout.law.norms.shipped import rows_of
from phaseout.law.periods import citations
from phaseout.law.periods.certificate import Citation
from phaseout.law.refusals import Bilingual

T = TypeVar("T")

PROCEDURES = ("energy", "environment", "quality", "safety", "technology", "exit")


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A row of `procedures.csv`."""

    procedure: str
    clause: int
    punishes: str
    first_day: date
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class EmbeddingRow:
    """A block set into a procedure: its prefix, its track, where it comes in and goes out."""

    procedure: str
    block: str
    prefix: str
    track: str
    entry: str
    done: str
    dropped: str
    restart: str
    approvable: str
    options: str
    decision: str
    decided_by: str
    decided_level: str
    decision_zh: str
    decision_en: str
    document: str
    file_needs: str
    demand_needs: str
    """the period within which what is decided is to be done: no demand before its end"""
    decision_brings: str
    closes: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """A row of `stages.csv`."""

    owner: str
    stage: str
    track: str
    kind: str
    ends_as: str
    only: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """A row of `acts.csv`; what stands in each column: docs/developers/procedures.md."""

    owner: str
    act: str
    track: str
    from_: str
    to: str
    by: str
    level: str
    role: str
    signs: str
    needs: str
    brings: str
    document: str
    service_of: str
    answers: str
    only: str
    when_paused: str
    reset: str
    mark: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A row of `periods.csv`."""

    owner: str
    period: str
    opens_by: str
    from_: str
    ends_by: str
    reopened_by: str
    lengthened_by: str
    length_fact: str
    kind: str
    whose: str
    only: str
    then: str
    zh: str
    en: str
    lapse_zh: str
    lapse_en: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A row with days of force."""

    effective_from: date | None
    effective_to: date | None

    def holds_on(self, day: date) -> bool:
        """Both ends are inside; an empty end is open."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True, slots=True)
class PublicNoticeRow(Dated):
    """After how long a public notice counts as served, for notices issued while the row holds: a
    term of the register, or unit and length."""

    term: str
    unit: str
    length: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class PeriodTermRow(Dated):
    """How long a period is while the row holds: a term of the register, or unit and length.

    unit: empty with a term; `set` (an act sets the day), `with` (ends with another period),
    `until_lifted`, `none` (the law of the time knows no such period), `hour_back`, or a unit of
    `law.periods`. procedure: `*`, a procedure, or `procedure:prefix`; the closest row counts.
    """

    owner: str
    period: str
    procedure: str
    term: str
    unit: str
    length: str
    max_extension: str
    source_id: str
    clause: str
    pauses: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class BasisRow(Dated):
    """A row of `bases.csv`: a clause that acts rest on."""

    owner: str
    procedure: str
    acts: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of `tasks.csv`."""

    owner: str
    task: str
    arises_by: str
    for_: str
    each: str
    done_by: str
    source_id: str
    clause: str
    confidence: Confidence
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class NotGivenRow:
    """An act that people ask for and the procedure does not know, with the reason."""

    procedure: str
    act: str
    source_id: str
    clause: str
    confidence: Confidence
    why_zh: str
    why_en: str
    instead_zh: str
    instead_en: str


@dataclass(frozen=True, slots=True)
class AppliedForRow:
    """A case that an application opens, without a finding: its dimension, and which function leads
    it. `clause` lists the clauses that this rests on, parted by semicolons."""

    procedure: str
    act: str
    dimension: str
    lead: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What an act does to production. `procedure`: one, or a block, whose acts take the prefix.

    effect: `restricts`, `suspends`, `closes` stop it, `allows` lets it go on, `rests` sets aside
    and `revives` brings back what `ends` names; empty: the act only ends. over: the line of the
    case, or its whole enterprise. ends: acts of the case whose effect ends with it; `*` all.
    """

    procedure: str
    act: str
    effect: str
    over: str
    ends: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What an act brings with it. type: file, text, date, moment, number, amount, list, map,
    licences."""

    item: str
    type: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of `documents.csv`."""

    document: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of `words.csv`."""

    kind: str
    key: str
    zh: str
    en: str


def rows(kind: type[T], table: str) -> tuple[T, ...]:
    """The lines of one table as records of `kind`, in the order of the file. Read once.

    Raises:
        ValueError: a line does not fit; names file, line and column.
    """
    return rows_of(__package__, table, kind)


def split(text: str, by: str = ";") -> tuple[str, ...]:
    """The parts of a list in a cell; none for an empty cell."""
    return tuple(part for part in text.split(by) if part)


@cache
def _own_sources() -> dict[str, Source]:
    return {s.source_id: s for s in rows(Source, "procedure_sources")}


def source(source_id: str) -> Source:
    """The document behind an id: of this room, of the periods, or of the norm store.

    Raises:
        KeyError: none of them has it.
    """
    own = _own_sources().get(source_id)
    return own if own is not None else citations.source(source_id)


def citation(source_id: str, clause: str, confidence: Confidence) -> Citation:
    """A clause with the titles of its document."""
    document = source(source_id)
    return Citation(source_id, clause, document.title_zh, document.title_en, confidence)


@cache
def words() -> dict[tuple[str, str], Bilingual]:
    """(kind, key) → its words."""
    return {(w.kind, w.key): (w.zh, w.en) for w in rows(WordRow, "words")}


@cache
def documents() -> dict[str, Bilingual]:
    """Document → its name."""
    return {d.document: (d.zh, d.en) for d in rows(DocumentRow, "documents")}


@cache
def items() -> dict[str, ItemRow]:
    """Item of an act → its row."""
    return {i.item: i for i in rows(ItemRow, "items")}

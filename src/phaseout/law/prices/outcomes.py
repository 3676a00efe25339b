"""What an answer is, and the refusal that stands where there is no rate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from phaseout.law.prices.asking import Question
from phaseout.law.prices.readings import Reading


class Outcome(StrEnum):
    """What came of a question."""

    RATE = "rate"
    """a surcharge above zero"""
    NONE = "none"
    """a document holds and charges nothing here"""
    NO_DOCUMENT = "no_document"
    """no document found puts this measure on this industry (or class)"""
    NO_RATE = "no_rate"
    """documents are there, none for this time: a hole in the record, or in the law"""
    STOPPED = "stopped"
    """another document has ended the measure for these firms"""
    DIVIDED = "divided"
    """the document changes within the time that was asked for"""
    EDGE_UNKNOWN = "edge_unknown"
    """the document knows tiers; where they begin was not found"""
    UNDETERMINED = "undetermined"
    """something that the document asks for is not known"""


DETERMINED = frozenset({Outcome.RATE, Outcome.NONE})


@dataclass(frozen=True, slots=True)
class Factor:
    """What multiplies the rate of the band: by how much, and the row that says so."""

    row: Reading
    factor: Decimal
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    `rate` is in CNY/kWh (None where the outcome is not determined), `base` the rate of the band
    before factors, `reading` the row it rests on. `ratio` is how far the use lies above its limit
    (punitive, water). `weaker` are determined answers of other documents that gave way to this one.
    `provisional` says why the answer is provisional, in words; empty: it is not.
    """

    question: Question
    outcome: Outcome
    reason: str = ""
    reading: Reading | None = None
    rate: Decimal | None = None
    base: Decimal | None = None
    steps_counted: int | None = None
    ratio: Decimal | None = None
    factors: tuple[Factor, ...] = ()
    weaker: tuple[Answer, ...] = ()
    provisional: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[date | None, date | None, str], ...] = ()
    """No rate, or divided: from when to when which document holds."""
    said: tuple[str, str] = field(default=("", ""))
    """Undetermined, stopped: what is missing, in words."""

    @property
    def determined(self) -> bool:
        return self.outcome in DETERMINED

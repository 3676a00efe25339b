"""Method of the safety dimension: how criteria are read, and which permits an enterprise needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class HazardReading(DatedRow):
    """What leaves a hazard criterion open for an industry while the row holds.

    `source_id` and `clause` are those of `hazard_criteria`; clause `*` is the whole source.
    reason: sector_by_inference (we take the industry for the sector the criterion names),
    open_condition (the criterion counts only if a person answers `question` with yes).
    """

    industry: str
    reason: str
    question_zh: str
    question_en: str


@dataclass(frozen=True, slots=True)
class PermitKind(Row):
    """A kind of permit, the dimension a finding on it belongs to. `covered`: yes where
    `required_permits` knows who needs the kind; no where we know it by name only."""

    kind: str
    name_zh: str
    name_en: str
    dimension: str
    covered: str


@dataclass(frozen=True, slots=True)
class PermitName(Row):
    """A name under which facts give a kind of permit."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class RequiredPermit(DatedRow):
    """An industry needs a kind of permit while the row holds.

    `product_word`: only enterprises of the industry that make a product whose name has this word;
    empty: all. `question`: what a person must answer with yes before the row applies; empty:
    nothing. `lead`: function that issues and watches the permit.
    """

    kind: str
    industry: str
    product_word: str
    question_zh: str
    question_en: str
    lead: str


@dataclass(frozen=True, slots=True)
class PermitRenewal(DatedRow):
    """How long before its last day a permit's renewal must be asked for; unit month or day."""

    kind: str
    length: int
    unit: str


@dataclass(frozen=True, slots=True)
class SafetyArticle(DatedRow):
    """The article of the Work Safety Law for a matter, by the text in force on the day."""

    matter: str
    matter_zh: str
    matter_en: str


TABLES: Mapping[str, type[Row]] = {
    "hazard_readings": HazardReading,
    "permit_kinds": PermitKind,
    "permit_names": PermitName,
    "required_permits": RequiredPermit,
    "permit_renewals": PermitRenewal,
    "safety_articles": SafetyArticle,
}

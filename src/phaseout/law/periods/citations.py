"""Which text says how to count, by the day on which the period begins to run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TypeVar

from phaseout.law.norms import Confidence, NormBook, Source
from phaseout.law.norms.book import read_csv
from phaseout.law.norms.records import parse
from phaseout.law.periods.certificate import Citation
from phaseout.law.refusals import Refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CountingRule:
    """One rule of counting in one edition. Both ends of the validity are inside; None is open."""

    rule: str
    effective_from: date | None
    effective_to: date | None
    source_id: str
    clause: str
    evidence: str
    confidence: Confidence

    def holds_on(self, day: date) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


def read_table(name: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of a table of this package, as records of `kind`, in the order of the file."""
    file = resources.files(__package__) / "tables" / name
    return tuple(parse(kind, cells) for _, cells in read_csv(file))


@cache
def counting_rules() -> tuple[CountingRule, ...]:
    """The rules by which periods are counted, each with its days of force."""
    return read_table("counting_rules.csv", CountingRule)


@cache
def _own_sources() -> dict[str, Source]:
    return {s.source_id: s for s in read_table("period_sources.csv", Source)}


def source(source_id: str) -> Source:
    """The document behind a source id, of the norm store or of this room.

    Raises:
        KeyError: neither has it.
    """
    own = _own_sources().get(source_id)
    return own if own is not None else NormBook.load().source(source_id)


def citation(source_id: str, clause: str, confidence: Confidence) -> Citation:
    """A clause with the titles of its document."""
    document = source(source_id)
    return Citation(source_id, clause, document.title_zh, document.title_en, confidence)


def cite(rule: str, on: date) -> tuple[Citation, ...]:
    """The clause for a counting rule in force on `on`, the day the period begins to run.

    Raises:
        Refusal: `period.no-counting-rule`, our record holds no text for that day.
        KeyError: no rule of that name at all.
    """
    rows = [row for row in counting_rules() if row.rule == rule]
    if not rows:
        raise KeyError(rule)
    for row in rows:
        if row.holds_on(on):
            return (citation(row.source_id, row.clause, row.confidence),)
    first = min(row.effective_from for row in rows if row.effective_from is not None)
    raise Refusal(
        "period.no-counting-rule",
        what=(f"不能计算自{on}起的期间", f"cannot count a period from {on}"),
        why=(
            f"本系统没有{first}以前关于期间计算的法律条文。",
            f"our record holds no law on counting periods before {first}.",
        ),
        instead=(
            "请核对日期；确需计算的，由法制部门依当时的规定人工计算。",
            "Check the date; if it is right, have the legal office count by the law of the time.",
        ),
    )

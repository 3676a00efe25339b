"""Grounds: a period of a case that ran out with its duty not met, as long as the case stands so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phaseout.law.procedures.causes import Causes
from phaseout.law.refusals import Bilingual
from phaseout.law.sanctions.tables import listed, table

SEVERITIES: dict[str, Bilingual] = {
    "slight": ("轻微", "slight"),
    "general": ("一般", "general"),
    "serious": ("严重", "serious"),
}


@dataclass(frozen=True, slots=True)
class _Row:
    procedure: str
    period: str
    ground: str
    severity: str
    standing: str
    pending: str
    penalty_kind: str
    zh: str
    en: str
    note: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A period of a procedure whose lapse is a ground.

    `standing`: stages of the case in which the duty is not met (`closure.*`: all that begin so).
    `pending`: stages in which the enterprise says it is, or it was seen and the case goes on: no
    new sanction, and one in force goes on until the case says so.
    `penalty_kind`: how the record of the decision names its kind, to begin with.
    """

    procedure: str
    period: str
    code: str
    severity: str
    standing: tuple[str, ...]
    pending: tuple[str, ...]
    penalty_kind: str
    words: Bilingual
    note: str

    def stands_in(self, stage: str) -> bool:
        return any(_is(stage, one) for one in self.standing)

    def waits_in(self, stage: str) -> bool:
        return any(_is(stage, one) for one in self.pending)


def _is(stage: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return stage.startswith(pattern[:-1])
    return stage == pattern


@cache
def grounds() -> tuple[Ground, ...]:
    """Which lapsed period of which procedure is a ground for joint sanctions, and how grave."""
    return tuple(
        Ground(
            r.procedure,
            r.period,
            r.ground,
            r.severity,
            listed(r.standing),
            listed(r.pending),
            r.penalty_kind,
            (r.zh, r.en),
            r.note,
        )
        for r in table("grounds", _Row)
    )


@cache
def ground_of(procedure: str, period: str) -> Ground | None:
    """The ground that a period of a procedure is when it lapses; None: it is none."""
    for one in grounds():
        if (one.procedure, one.period) == (procedure, period):
            return one
    return None


GONE = "gone"
CAUSES = Causes(__package__, otherwise=GONE)


def cause_of(kind: str) -> str:
    """What it means for a sanction that an act of this kind ended its ground.

    >>> cause_of("close_exited"), cause_of("closure.decision_annulled"), cause_of("file_plan")
    ('exited', 'annulled', 'gone')
    """
    return CAUSES.of(kind)


def cause_words(cause: str) -> Bilingual:
    """What is said of the cause of a sanction."""
    return CAUSES.words(cause)

"""A procedure put together for one version: stages, acts, periods, tasks. Immutable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from phaseout.law.norms import Confidence
from phaseout.law.periods.certificate import Citation
from phaseout.law.procedures.rows import NotGivenRow
from phaseout.law.refusals import Bilingual

MAIN = "main"
PAUSE = "pause"
STAY = "="
"""Of an act's `to`: the track stays where it is."""


class StageKind(StrEnum):
    """Where a stage stands on its track."""

    START = "start"
    RUN = "run"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a track stands. `ends_as` says how an end stage ended: met, exited, dropped …"""

    id: str
    track: str
    kind: StageKind
    ends_as: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause an act rests on, and a remark about the reading."""

    citation: Citation
    note: str = ""

    @property
    def recalled(self) -> bool:
        return self.citation.confidence is not Confidence.VERIFIED


@dataclass(frozen=True, slots=True)
class Need:
    """A condition of an act. What each kind means is said in `rules.py`.

    targets: acts, periods, tasks or stages, any one of which serves; `on`: a track, or the name
    of a fact.
    """

    kind: str
    targets: tuple[str, ...] = ()
    on: str = ""


@dataclass(frozen=True, slots=True)
class Bring:
    """An item an act must carry in its facts."""

    item: str
    type: str
    name: Bilingual
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ActRule:
    """An act as the table has it.

    by: whose act it is: `lead` (lead function of the clause), a function, or a body outside.
    level: at which level; role: who does it; signs: who signs, empty for nobody besides.
    document: what it issues; service_of: the act whose document it serves; answers: the act it
    disposes of. mark: what it is for the proof of the paths. reset: `all` or `prefix`: the acts
    before it no longer count.
    """

    kind: str
    name: Bilingual
    block: str
    prefix: str
    track: str
    from_stages: tuple[str, ...]
    to: str
    by: str
    level: str
    role: str
    signs: str
    needs: tuple[Need, ...]
    brings: tuple[Bring, ...]
    document: str
    service_of: str
    answers: str
    even_paused: bool
    reset: str
    mark: str
    bases: tuple[Basis, ...]

    @property
    def moves(self) -> bool:
        return self.to != STAY

    def to_from(self, stage: str) -> str:
        """The stage the act leads to from `stage`."""
        return self.to if self.moves else stage


@dataclass(frozen=True, slots=True)
class Length:
    """How long a period is in this version: see `rows.PeriodTermRow`."""

    term: str
    unit: str
    length: int | None
    basis: Basis
    pauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A period as the table has it. `start` says from what it runs:

    served, done, fact:NAME (of the opening act), end:PERIOD, with:PERIOD, ends:P;Q (the later),
    set:FACT@ACT (the day itself).
    """

    id: str
    name: Bilingual
    kind: str
    whose: str
    opens_by: tuple[str, ...]
    start: str
    ends_by: tuple[str, ...]
    reopened_by: tuple[str, ...]
    lengthened_by: tuple[str, ...]
    length_fact: str
    then: tuple[str, ...]
    lapse: Bilingual
    length: Length | None


@dataclass(frozen=True, slots=True)
class TaskRule:
    """A task that arises for a function; `each`: one for every entry of that fact."""

    id: str
    name: Bilingual
    arises_by: tuple[str, ...]
    for_: str
    each: str
    done_by: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is embedded: which decision it leads to, and whether that ends capacity."""

    name: str
    prefix: str
    track: str
    title: Bilingual
    decision: str
    closes: bool
    options: tuple[str, ...]


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure. `version` is its first day; `last` None: still in force."""

    name: str
    title: Bilingual
    clause: int
    punishes: bool
    version: str
    first: date
    last: date | None
    stages: Mapping[str, Stage]
    acts: Mapping[str, ActRule]
    periods: Mapping[str, Period]
    tasks: tuple[TaskRule, ...]
    blocks: tuple[Block, ...]
    not_given: Mapping[str, NotGivenRow]

    @cached_property
    def tracks(self) -> Mapping[str, str]:
        """Each track with the stage it starts in."""
        return {s.track: s.id for s in self.stages.values() if s.kind is StageKind.START}

    @cached_property
    def answered(self) -> frozenset[str]:
        """The acts that some act of the procedure answers."""
        return frozenset(rule.answers for rule in self.acts.values() if rule.answers)

    @cached_property
    def opened_by(self) -> Mapping[str, tuple[Period, ...]]:
        """Each act with the periods it opens, in the order of the table."""
        return {
            kind: tuple(one for one in self.periods.values() if kind in one.opens_by)
            for period in self.periods.values()
            for kind in period.opens_by
        }

    @cached_property
    def task(self) -> Mapping[str, TaskRule]:
        """The rules of tasks by their ids."""
        return {rule.id: rule for rule in self.tasks}

    def stages_of(self, track: str) -> tuple[Stage, ...]:
        return tuple(s for s in self.stages.values() if s.track == track)

    def acts_of(self, track: str) -> tuple[ActRule, ...]:
        return tuple(a for a in self.acts.values() if a.track == track)

    def within(self, day: date) -> date:
        """`day`, or the nearest day on which this version holds."""
        last = self.last or date.max
        return min(max(day, self.first), last)


def by_id(stages: Iterable[Stage]) -> dict[str, Stage]:
    """The stages by their id."""
    return {stage.id: stage for stage in stages}

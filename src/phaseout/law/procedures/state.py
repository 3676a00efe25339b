"""The engine: from a procedure and the acts done, where the case stands on a day.

    state(procedure, acts, on=day)      stage, deadlines, rights, tasks, what may be done next
    admit(procedure, acts, act)         raises the Refusal if the act may not be done
    gone_through(procedure, acts)       the acts taken one by one, to be carried on
    admitted(replay, act)               as `admit`, of acts that were gone through

Pure: the day, the acts and the calendar are arguments; the same arguments give the same answer.
Periods follow from the acts; a lapse is a fact on a day, found here and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from phaseout.law.periods import RestCalendar, shipped_calendar
from phaseout.law.procedures.assembly import versions
from phaseout.law.procedures.carried import carried
from phaseout.law.procedures.deadlines import Deadline, Done, Standing
from phaseout.law.procedures.records import MAIN, ActRule, Procedure, Stage, StageKind
from phaseout.law.procedures.refused import out_of_order, unknown_act
from phaseout.law.procedures.replay import Replay, Task
from phaseout.law.procedures.rules import Hindrance, hindrances, refusal_of
from phaseout.law.refusals import Bilingual, Refusal

__all__ = [
    "Choice",
    "Done",
    "Irregular",
    "Right",
    "State",
    "admit",
    "admitted",
    "gone_through",
    "state",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """An act and whether it may be done on the day, with what it must bring.

    `at` and `until` (the stage its track stands in, the last day of the period in its way) are
    for the words of the refusal, which are made only when somebody asks.
    """

    rule: ActRule
    hindrance: Hindrance | None
    procedure: Procedure
    at: str
    until: str

    @property
    def allowed(self) -> bool:
        return self.hindrance is None

    @property
    def refusal(self) -> Refusal | None:
        """Why it may not be done; None if it may."""
        if self.hindrance is None:
            return None
        return refusal_of(self.hindrance, self.rule, self.procedure, self.at, self.until)


@dataclass(frozen=True, slots=True)
class Right:
    """A right the enterprise can use now, by these acts, and the last day for it.

    until None: the last day cannot be counted yet (no calendar), so the right goes on.
    """

    name: Bilingual
    until: date | None
    deadline: Deadline
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Irregular:
    """An act of the sequence that was not lawful when it was done: its place, and why."""

    index: int
    refusal: Refusal


@dataclass(frozen=True)
class State:
    """What the acts have made of a case, on a day.

    deadlines: every period opened, in the order of opening, with its certificate.
    choices, rights, irregular: judged when somebody asks, since most who ask where a case stands
    ask for one of them only. The acts were gone through for this state alone.
    """

    procedure: Procedure
    on: date
    stages: Mapping[str, Stage]
    deadlines: tuple[Deadline, ...]
    tasks: tuple[Task, ...]
    _replay: Replay = field(repr=False)
    _pinned: Procedure = field(repr=False)

    def going(self, one: Deadline) -> bool:
        """Whether somebody still has to look at it: open, and if it ran out, what follows from
        that not yet done. A case at its end leaves only the enterprise's rights going."""
        if not one.open or (self.stage.kind is StageKind.END and one.kind != "right"):
            return False
        after = self._replay.acts[one.opened_by + 1 :]
        return one.standing is not Standing.LAPSED or not any(a.kind in one.then for a in after)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Every act of the procedure, and whether it may be done on the day."""
        return tuple(_choice(rule, self._replay) for rule in self.procedure.acts.values())

    @cached_property
    def rights(self) -> tuple[Right, ...]:
        """What the enterprise can use now."""
        return _rights(self.deadlines, self.choices)

    @cached_property
    def irregular(self) -> tuple[Irregular, ...]:
        """Acts that should not be there; empty for a case kept by `admit`."""
        return tuple(_irregular(self._pinned, self._replay.acts, self._replay.calendar))

    @property
    def newer(self) -> str:
        """The version in force on the day, where the case is pinned to an older one."""
        return _newer(self.procedure, self.on)

    @property
    def stage(self) -> Stage:
        return self.stages[MAIN]

    @property
    def running(self) -> tuple[Deadline, ...]:
        return tuple(d for d in self.deadlines if d.standing is Standing.RUNNING)

    @property
    def lapses(self) -> tuple[Deadline, ...]:
        """Duties and measures that have run out unmet, or were met too late. A right that was not
        used is no lapse: its standing is `over`."""
        late = (Standing.LAPSED, Standing.MET_LATE)
        return tuple(d for d in self.deadlines if d.standing in late)

    @property
    def may(self) -> tuple[ActRule, ...]:
        return tuple(choice.rule for choice in self.choices if choice.allowed)

    def why_not(self, kind: str) -> Refusal | None:
        """Why an act may not be done on the day; None if it may."""
        for choice in self.choices:
            if choice.rule.kind == kind:
                return choice.refusal
        return unknown_act(self.procedure, kind)


def state(
    procedure: Procedure,
    acts: Sequence[Done],
    *,
    on: date,
    calendar: RestCalendar | None = None,
) -> State:
    """Where a case stands at the end of `on`.

    Args:
        procedure: the version the case began under; a `move_version` among the acts changes it.
        acts: in the order in which they were done; those after `on` are left out.
        calendar: rest days; the shipped calendar when None.

    Raises:
        Refusal: `act.unknown`, an act is not of this procedure.
    """
    replay = gone_through(procedure, acts, until=on, calendar=calendar).look(on)
    current = replay.procedure
    return State(
        procedure=current,
        on=on,
        stages={track: current.stages[stage] for track, stage in replay.stages.items()},
        deadlines=replay.deadlines(),
        tasks=tuple(replay.tasks),
        _replay=replay,
        _pinned=procedure,
    )


def admit(
    procedure: Procedure,
    acts: Sequence[Done],
    act: Done,
    *,
    calendar: RestCalendar | None = None,
) -> ActRule:
    """The rule of an act that may be done now, after `acts`.

    Raises:
        Refusal: it may not; `code` says why (`act.…`), `instead` what is lawful.
    """
    return admitted(gone_through(procedure, acts, calendar=calendar), act)


def gone_through(
    procedure: Procedure,
    acts: Sequence[Done],
    *,
    until: date = date.max,
    calendar: RestCalendar | None = None,
) -> Replay:
    """The acts taken one by one. Each was admitted when it was done: none is judged again.

    Args:
        until: acts after this day are left out.

    Raises:
        Refusal: `act.unknown`.
    """
    replay = Replay(procedure, calendar or shipped_calendar())
    for act in acts:
        if act.on > until:
            break
        _known(replay, act)
        replay.take(act)
    return replay


def admitted(replay: Replay, act: Done) -> ActRule:
    """The rule of an act that may be done now, after the acts gone through. It is not taken yet.

    Raises:
        Refusal: as `admit`.
    """
    refusal = _against(act, replay)
    if refusal is not None:
        raise refusal
    return replay.procedure.acts[act.kind]


def _irregular(
    procedure: Procedure, acts: Sequence[Done], calendar: RestCalendar
) -> Iterator[Irregular]:
    replay = Replay(procedure, calendar)
    for index, act in enumerate(acts):
        refusal = _against(act, replay)
        if refusal is not None:
            yield Irregular(index, refusal)
        replay.take(act)


def _known(replay: Replay, act: Done) -> None:
    if act.kind not in replay.procedure.acts:
        raise unknown_act(replay.procedure, act.kind)


def _against(act: Done, replay: Replay) -> Refusal | None:
    """The first reason against an act, in the order a person would ask."""
    rule = replay.procedure.acts.get(act.kind)
    if rule is None:
        return unknown_act(replay.procedure, act.kind)
    if replay.acts and act.on < replay.acts[-1].on:
        return out_of_order(rule, act.on, replay.acts[-1].on)
    replay.look(act.on, act.facts)
    return _choice(rule, replay).refusal or next(carried(rule, act, replay), None)


def _choice(rule: ActRule, replay: Replay) -> Choice:
    hindrance = next(hindrances(rule, replay.procedure, replay), None)
    until = _until(hindrance, replay) if hindrance else ""
    return Choice(rule, hindrance, replay.procedure, replay.stage(rule.track), until)


def _until(hindrance: Hindrance, replay: Replay) -> str:
    periods = [t for t in hindrance.need.targets if t in replay.procedure.periods]
    return "; ".join(filter(None, (replay.until(period) for period in periods)))


def _rights(deadlines: Sequence[Deadline], choices: Sequence[Choice]) -> tuple[Right, ...]:
    mine = [c.rule for c in choices if c.allowed and c.rule.by == "enterprise"]
    found = []
    for deadline in deadlines:
        if deadline.standing not in (Standing.RUNNING, Standing.UNCOUNTED):
            continue
        acts = tuple(rule.kind for rule in mine if _rests_on(rule, deadline.period))
        if acts:
            found.append(Right(deadline.name, deadline.due, deadline, acts))
    return tuple(found)


def _rests_on(rule: ActRule, period: str) -> bool:
    return any(need.kind == "running" and period in need.targets for need in rule.needs)


def _newer(procedure: Procedure, on: date) -> str:
    for first, last in versions(procedure.name):
        if first <= on and (last is None or on <= last) and first > procedure.first:
            return first.isoformat()
    return ""

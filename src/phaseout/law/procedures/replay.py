"""A case gone through act by act: stages, what is on file, periods, tasks; as the rules see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from phaseout.law.periods import RestCalendar
from phaseout.law.periods.rest_days import DayKind
from phaseout.law.procedures.assembly import procedure as procedure_of
from phaseout.law.procedures.deadlines import Clockwork, Deadline, Done, Opening
from phaseout.law.procedures.records import (
    MAIN,
    ActRule,
    Procedure,
    Stage,
    StageKind,
    TaskRule,
)
from phaseout.law.procedures.rules import PeriodView
from phaseout.law.refusals import Bilingual, Refusal


@dataclass(slots=True)
class Task:
    """A task that has arisen. `item`: what it is about, where one act raises several.

    done_on None: open. `reported`: the procedure knows no act that ends it; whoever watches the
    tasks of other organisations (casework) says when it is done.
    """

    id: str
    name: Bilingual
    for_: str
    item: str
    arisen_on: date
    arisen_by: int
    reported: bool
    done_on: date | None = None


@dataclass(slots=True)
class Replay:
    """Where a case stands after the acts taken so far, looked at on `day`."""

    procedure: Procedure
    calendar: RestCalendar
    day: date = date.min
    urgent: bool = False
    stages: dict[str, str] = field(default_factory=dict)
    acts: list[Done] = field(default_factory=list)
    counts_from: int = 0
    waiting: dict[str, int] = field(default_factory=dict)
    points: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)
    clockwork: Clockwork = field(init=False)

    def __post_init__(self) -> None:
        self.stages = dict(self.procedure.tracks)
        self.clockwork = Clockwork(self.calendar)

    # The view of the rules

    def stage(self, track: str) -> str:
        return self.stages[track]

    def on_file(self, kind: str) -> bool:
        """A document served by public notice is on file from the day it counts as served."""
        return any(
            act.kind == kind and (act.served_on is None or act.served_on <= self.day)
            for act in self.acts[self.counts_from :]
        )

    def pending(self, kind: str) -> bool:
        return self.waiting.get(kind, 0) > 0

    def period(self, period: str) -> PeriodView:
        opening = self._opening(period)
        if opening is None:
            return PeriodView()
        met = opening.ended_on is not None
        past = self.clockwork.past(opening, self.day)
        if met and not past:
            # A case that has been met in time stays met; `past` still asks for the last day.
            return PeriodView(opened=True, met=True)
        return PeriodView(opened=True, met=met, past=past)

    def _opening(self, period: str) -> Opening | None:
        opening = self.clockwork.latest(period)
        if opening is None or opening.index < self.counts_from or opening.cut_on is not None:
            return None
        return opening

    def task_open(self, task: str) -> bool:
        return any(one.id == task and one.done_on is None for one in self.tasks)

    def reached(self, act: str, fact: str) -> bool:
        for done in reversed(self.acts):
            if done.kind == act:
                named = done.facts.get(fact)
                return isinstance(named, date) and named <= self.day
        return False

    def holiday(self) -> bool:
        return not self.urgent and self.calendar.status(self.day).kind is DayKind.HOLIDAY

    # Going on

    def look(self, day: date, facts: Mapping[str, object] | None = None) -> Replay:
        """The same case, looked at on a day (and for an act that says it is urgent)."""
        self.day = day
        self.urgent = bool((facts or {}).get("urgent"))
        return self

    def take(self, act: Done) -> None:
        """One act further. Whether it was lawful is not asked here."""
        rule = self.procedure.acts[act.kind]
        self._settle(rule, act)
        self._tasks_done(rule, act)
        self.acts.append(act)
        self.clockwork.take(self.procedure, act)
        self._raise_tasks(act)
        self.stages[rule.track] = rule.to_from(self.stages[rule.track])
        self._restart(rule, act)
        if self.ended and rule.moves and rule.track == MAIN:
            self.clockwork.cut(act.on)
        self._change_version(act)

    @property
    def main(self) -> Stage:
        """Where the main track stands."""
        return self.procedure.stages[self.stages[MAIN]]

    @property
    def ended(self) -> bool:
        return self.main.kind is StageKind.END

    def _settle(self, rule: ActRule, act: Done) -> None:
        if rule.answers:
            self.waiting[rule.answers] = 0
            self.points.pop(rule.answers, None)
        if act.kind in self.procedure.answered:
            self.waiting[act.kind] = self.waiting.get(act.kind, 0) + 1
            stated = act.facts.get("points", ())
            known = self.points.get(act.kind, ())
            self.points[act.kind] = (*known, *(point for point in stated if point not in known))

    def _raise_tasks(self, act: Done) -> None:
        index = len(self.acts) - 1
        for rule in self.procedure.tasks:
            if act.kind in rule.arises_by:
                for item, holder in _entries(rule, act):
                    task = Task(
                        rule.id, rule.name, holder, item, act.on, index, reported=not rule.done_by
                    )
                    self.tasks.append(task)

    def _tasks_done(self, rule: ActRule, act: Done) -> None:
        for task in self.tasks:
            ends = self.procedure.task[task.id].done_by
            about = not task.item or task.item == act.facts.get("licence")
            if task.done_on is None and act.kind in ends and about:
                task.done_on = act.on

    def _restart(self, rule: ActRule, act: Done) -> None:
        if not rule.reset:
            return
        prefix = rule.prefix if rule.reset == "prefix" else None
        for track, start in self.procedure.tracks.items():
            if track != rule.track and (prefix is None or track.startswith(f"{prefix}.")):
                self.stages[track] = start
        self.clockwork.cut(act.on, prefix=prefix, rights=True)
        kept = [] if prefix is None else [k for k in self.waiting if not k.startswith(f"{prefix}.")]
        self.waiting = {kind: self.waiting[kind] for kind in kept}
        self.points = {kind: self.points[kind] for kind in kept if kind in self.points}
        if prefix is None:
            self.counts_from = len(self.acts)
            self.tasks = [task for task in self.tasks if task.done_on is not None]

    def _change_version(self, act: Done) -> None:
        version = act.facts.get("version")
        if act.kind == "move_version" and isinstance(version, str):
            self.procedure = procedure_of(self.procedure.name, version=version)

    def deadlines(self) -> tuple[Deadline, ...]:
        return tuple(self.clockwork.deadline(one, self.day) for one in self.clockwork.openings)

    def until(self, period: str) -> str:
        """The last day of the latest opening of a period, as text."""
        opening = self._opening(period)
        if opening is None:
            return ""
        counted = self.clockwork.counted(opening, self.day)
        if isinstance(counted, Refusal):
            return counted.code
        return str(counted.due) if counted else ""


def _entries(rule: TaskRule, act: Done) -> list[tuple[str, str]]:
    """What each task is about and for whom: one entry, or one for each licence named. Where the act
    itself names the body (the receiving authority of a transfer), it is that body's."""
    if not rule.each:
        return [("", str(act.facts.get(rule.for_) or rule.for_))]
    named = act.facts.get(rule.each, ())
    return [(str(one["licence"]), str(one.get("issuer") or rule.for_)) for one in named]

"""What the acts of a case make of it: stage, closing day, deadlines, tasks. Derived, then kept.

`derive` is a function of case, acts and day; `keep` changes what differs from what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from phaseout.casework.models import Act, Case, CaseDeadline, CaseTask
from phaseout.casework.proceeding.standing import done, replay_of
from phaseout.casework.rows import Changes
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.procedures import Replay, Standing
from phaseout.law.procedures.deadlines import Deadline
from phaseout.law.procedures.records import StageKind
from phaseout.law.procedures.replay import Task

_ENDED = frozenset({Standing.MET, Standing.MET_LATE, Standing.ENDED})
OF_DEADLINES = (
    "kind",
    "whose",
    "runs_from",
    "due",
    "uncounted",
    "going",
    "office",
    "division_code",
    "dimension",
)
OF_TASKS = ("office", "holder", "arisen_on", "reported", "done_on", "division_code")
SAME_DEADLINE = ("period", "opened_by")
SAME_TASK = ("task", "item", "arisen_by")


@dataclass(frozen=True, slots=True)
class Derived:
    """What a case's acts make of it, as rows that are not yet written."""

    stage: str
    closed_on: date | None
    deadlines: tuple[CaseDeadline, ...]
    tasks: tuple[CaseTask, ...]


_NOTHING = Derived("", None, (), ())


def derive(case: Case, acts: Sequence[Act]) -> Derived:
    """Stage, closing day, deadlines and tasks after the last of the acts."""
    return _made_of(case, acts, replay_of(case, acts, until=acts[-1].done_on))


def keep(
    case: Case, acts: Sequence[Act], changes: Changes, replay: Replay | None = None
) -> Derived:
    """Change what is kept of the case to what the last act makes of it.

    What is kept is not read: it is what the acts before made of it, as `replaying` proves.

    Args:
        changes: takes what is to be written, inside the act's transaction.
        replay: the acts before the last, gone through; it is carried on by the last.
    """
    if replay is None:
        replay = replay_of(case, acts[:-1])
    before = _made_of(case, acts[:-1], replay) if len(acts) > 1 else _NOTHING
    replay.take(*done(acts[-1:]))
    derived = _made_of(case, acts, replay)
    bring_up(case, before, derived, changes)
    return derived


def bring_up(case: Case, kept: Derived, derived: Derived, changes: Changes) -> None:
    """Change what is kept of the case, which is `kept`, to what was derived."""
    if (case.stage, case.closed_on) != (derived.stage, derived.closed_on):
        case.stage, case.closed_on = derived.stage, derived.closed_on
        now = {"stage": case.stage, "closed_on": case.closed_on}
        changes.update(Case, now, {"id": case.pk})
    _bring_up(changes, kept.deadlines, derived.deadlines, SAME_DEADLINE, OF_DEADLINES)
    _bring_up(changes, kept.tasks, derived.tasks, SAME_TASK, OF_TASKS)


def _made_of(case: Case, acts: Sequence[Act], replay: Replay) -> Derived:
    """What these acts, just gone through, make of the case."""
    replay.look(acts[-1].done_on)
    return Derived(
        stage=replay.main.id,
        closed_on=_closed_on(replay, acts),
        deadlines=tuple(
            _deadline(case, one, _going(one, acts, replay)) for one in replay.deadlines()
        ),
        tasks=tuple(_task(case, one) for one in replay.tasks),
    )


def _bring_up(
    changes: Changes,
    before: Iterable[models.Model],
    after: Iterable[models.Model],
    same: tuple[str, ...],
    of: tuple[str, ...],
) -> None:
    """Rows added, changed, taken away: what the last act made other than it was."""
    there = {_key(row, same): row for row in before}
    for row in after:
        known = there.pop(_key(row, same), None)
        if known is None:
            changes.insert(row)
        elif _key(known, of) != _key(row, of):
            changes.update(type(row), _given(row, of), _given(row, ("case_id", *same)))
    for row in there.values():
        changes.delete(type(row), _given(row, ("case_id", *same)))


def _key(row: models.Model, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _given(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _closed_on(now: Replay, acts: Sequence[Act]) -> date | None:
    """The day of the act that led to an end, where the case stands at one."""
    if now.main.kind is not StageKind.END:
        return None
    moved = [act for act in acts if now.procedure.acts[act.kind].to == now.main.id]
    return (moved or list(acts))[-1].done_on


def _going(one: Deadline, acts: Sequence[Act], now: Replay) -> bool:
    """Whether somebody still has to look at it: not met, not cut off, and if it ran out, what
    follows from that not yet done. A closed case leaves only the enterprise's rights going."""
    if one.standing in _ENDED or (now.main.kind is StageKind.END and one.kind != "right"):
        return False
    return not any(act.kind in one.then for act in acts[one.opened_by + 1 :])


def _deadline(case: Case, one: Deadline, going: bool) -> CaseDeadline:
    return CaseDeadline(
        case=case,
        period=one.period,
        opened_by=one.opened_by + 1,
        kind=one.kind,
        whose=_office(case, one.whose),
        runs_from=_day(one.runs_from),
        due=one.due,
        uncounted=one.standing is Standing.UNCOUNTED,
        going=going,
        office=case.office,
        division_code=case.division_code,
        dimension=case.dimension,
    )


def _task(case: Case, one: Task) -> CaseTask:
    office = _office(case, one.for_)
    return CaseTask(
        case=case,
        task=one.id,
        item=one.item,
        office=office if _known(office) else "",
        holder="" if _known(office) else one.for_,
        arisen_by=one.arisen_by + 1,
        arisen_on=one.arisen_on,
        reported=one.reported,
        done_on=one.done_on,
        division_code=case.division_code,
    )


def _office(case: Case, function: str) -> str:
    if function == "lead":
        return case.office
    return Opinions.of().city_function(case.division_code) if function == CITIES else function


def _known(office: str) -> bool:
    return any(holder.function == office for holder in Opinions.of().holders)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment

"""What an act would do, told before it is done: the case is read once more with the act in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaseout.casework.cases.parties import party, signer_words
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.standing import done, pinned
from phaseout.law.procedures import ActRule, Done, Period, Standing, State, state
from phaseout.law.procedures.carried import serves
from phaseout.law.procedures.deadlines import Deadline
from phaseout.law.procedures.rows import documents
from phaseout.law.procedures.wording import length_said, opened_by
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What follows from an act.

    opens: periods with their last day, if served (or done) today; unset: periods whose last day
    hangs on what is still to be written; ends: periods it meets; tasks: what arises, for whom.
    """

    before: Bilingual
    after: Bilingual
    moves: bool
    opens: tuple[Deadline, ...]
    unset: tuple[tuple[Bilingual, Bilingual], ...]
    ends: tuple[Deadline, ...]
    document: Bilingual | None
    tasks: tuple[tuple[Bilingual, Bilingual], ...]
    signer: Bilingual | None
    serves: bool


def foresee(
    case: Case,
    acts: Sequence[Act],
    now: State,
    rule: ActRule,
    *,
    facts: Mapping[str, Any] | None = None,
    served_on: date | None = None,
) -> Foreseen:
    """What the act would do on the day of `now`.

    Args:
        facts: what is known of what it carries; what is not yet written is left open.
        served_on: the day of service; the day itself when None.
    """
    served = (served_on or now.on) if serves(rule) else None
    act = Done(rule.kind, now.on, served, facts or {})
    then = state(pinned(case), [*done(acts), act], on=now.on)
    opened = tuple(one for one in then.deadlines if one.opened_by == len(acts))
    return Foreseen(
        before=now.stages[rule.track].name,
        after=then.stages[rule.track].name,
        moves=now.stages[rule.track].id != then.stages[rule.track].id,
        opens=opened,
        unset=_unset(now, rule, {one.period for one in opened}),
        ends=_ended(now, then),
        document=documents().get(rule.document),
        tasks=_tasks(case, now, then, rule),
        signer=signer_words(rule, case, now.on),
        serves=serves(rule),
    )


def _unset(now: State, rule: ActRule, opened: set[str]) -> tuple[tuple[Bilingual, Bilingual], ...]:
    periods = [
        period
        for period in opened_by(now.procedure, rule.kind)
        if period.id not in opened and period.kind != "guard"
    ]
    return tuple((period.name, _length(period)) for period in periods)


def _length(period: Period) -> Bilingual:
    return length_said(period.length, 0), length_said(period.length, 1)


def _ended(now: State, then: State) -> tuple[Deadline, ...]:
    open_before = {(one.period, one.opened_by) for one in now.deadlines if one.open}
    return tuple(
        one
        for one in then.deadlines
        if (one.period, one.opened_by) in open_before
        and one.standing in (Standing.MET, Standing.MET_LATE)
    )


def _tasks(
    case: Case, now: State, then: State, rule: ActRule
) -> tuple[tuple[Bilingual, Bilingual], ...]:
    """Those that arise; of a kind that arises for each licence, once and without its holder."""
    known = len(now.tasks)
    arisen = [(one.name, party(case, one.for_, now.on)) for one in then.tasks[known:]]
    for task in now.procedure.tasks:
        if task.each and rule.kind in task.arises_by:
            arisen = [one for one in arisen if one[0] != task.name]
            each = ("每一证照的发证机关各一项", "one for the issuer of each licence")
            arisen.append((task.name, each))
    return tuple(arisen)

"""What the enterprise's pages show of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Act, Case, CaseDeadline, IssuedPaper
from phaseout.casework.own.seeing import own_scope
from phaseout.casework.proceeding.choosing import Choice, choices
from phaseout.casework.proceeding.holders import ENTERPRISE
from phaseout.casework.proceeding.standing import pinned
from phaseout.law.procedures import State
from phaseout.law.procedures.deadlines import Deadline
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Event:
    """Something the enterprise did, or that was told to it. Offices by name, people never."""

    on: date
    place: int
    name: Bilingual
    organisation: Bilingual
    own: bool
    paper: IssuedPaper | None


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of the enterprise as kept, with its name, for the list over all cases."""

    row: CaseDeadline
    name: Bilingual


def events(acts: Sequence[Act], papers: Sequence[IssuedPaper], now: State) -> list[Event]:
    """Its own acts, and what was told to it, by the day on which that came to it; newest first."""
    by_act = {paper.act_id: paper for paper in papers}
    found = []
    for act in acts:
        own, paper = act.function == ENTERPRISE, by_act.get(act.pk)
        if not own and paper is None:
            continue
        rule = now.procedure.acts.get(act.kind)
        name = rule.name if rule is not None else (act.kind, act.kind)
        on = paper.served_on or act.done_on if paper is not None else act.done_on
        office = (act.organisation_zh, act.organisation_en)
        found.append(Event(on, act.place, name, office, own, paper))
    return sorted(found, key=lambda event: (event.on, event.place), reverse=True)


def own_deadlines(now: State) -> tuple[list[Deadline], list[Deadline]]:
    """Periods of the enterprise: those that go on, the soonest first; those done with."""
    mine = [one for one in now.deadlines if one.whose == ENTERPRISE and one.kind != "guard"]
    going = [one for one in mine if now.going(one)]
    settled = [one for one in mine if one not in going]
    return sorted(going, key=lambda one: (one.due is None, one.due or date.max)), settled


def own_choices(case: Case, now: State, scope: Scope, today: date) -> list[Choice]:
    """The enterprise's own acts: those it may do now, and why not the near ones."""
    found = [one for one in choices(case, now, own_scope(scope), today) if one.yours]
    # What takes something back stands last: nobody should press it first.
    return sorted(found, key=lambda one: bool(one.rule.answers))


def dues(cases: Sequence[Case], rows: Sequence[CaseDeadline]) -> list[Due]:
    """Deadlines of several cases with their names; no query."""
    of = {case.pk: case for case in cases}
    found = []
    for row in rows:
        period = pinned(of[row.case_id]).periods.get(row.period)
        row.case = of[row.case_id]
        found.append(Due(row, period.name if period is not None else (row.period, row.period)))
    return found

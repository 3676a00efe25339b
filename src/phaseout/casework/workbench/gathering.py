"""What waits for a person: a few rows of each kind, and how many there are.

Numbers are counted to a hundred only: whoever has more than that needs no exact number, and the
page costs the same with a million cases.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.offices import office_of
from phaseout.casework.cases.signing.waiting import rule_of
from phaseout.casework.models import CaseDeadline, Proposal, TaskStanding
from phaseout.casework.tasks.holding import offices_of
from phaseout.casework.tasks.listing import in_words
from phaseout.casework.watching.pausing import paused
from phaseout.casework.watching.wording import period_words
from phaseout.casework.workbench import reading

SOON = timedelta(days=10)
COUNTED = 100
RETURNED = timedelta(days=60)
ROWS = {"lapsed": 6, "soon": 6, "later": 3}
TASKS = 4
PROPOSALS = {"sign": 6, "returned": 4, "waiting": 4}


@dataclass(frozen=True, slots=True)
class Workbench:
    """Rows by section and their numbers (`COUNTED` means that many or more)."""

    deadlines: dict[str, list[CaseDeadline]]
    tasks: list[TaskStanding]
    others: list[TaskStanding]
    proposals: dict[str, list[Proposal]]
    counts: Counter[str]
    works: bool

    @property
    def empty(self) -> bool:
        return not self.counts


def gather(user: User, scope: Scope, today: date) -> Workbench:
    """Everything on the page: four statements in one journey to the database, and one more where
    a period may stand still."""
    reach, span = _reach(scope), reading.Span(today, today + SOON, today - RETURNED)
    found = reading.read(
        reach, _signs(scope), user.pk, span, rows=ROWS, tasks=TASKS, counted=COUNTED
    )
    shown = [one for rows in found.deadlines.values() for one in rows]
    still = paused(shown)
    for one in shown:
        one.words = period_words(one.case, one.period)  # type: ignore[attr-defined]
        one.paused = one.pk in still  # type: ignore[attr-defined]
    proposals = {key: rows[: PROPOSALS[key]] for key, rows in found.proposals.items()}
    for prepared in (one for rows in proposals.values() for one in rows):
        rule = rule_of(prepared)
        kind = prepared.kind
        prepared.words = (kind, kind) if rule is None else rule.name  # type: ignore[attr-defined]
    found.counts.update({key: len(rows) for key, rows in found.proposals.items()})
    return Workbench(
        deadlines=found.deadlines,
        tasks=[in_words(one, today) for one in found.tasks.get("tasks", [])],
        others=[in_words(one, today) for one in found.tasks.get("others", [])],
        proposals=proposals,
        counts=found.counts,
        works=reach.works,
    )


def _reach(scope: Scope) -> reading.Reach:
    """The offices a person works in; who works in none oversees what lies in the scope."""
    overseen = [
        (grant.prefix, sorted(d.value for d in grant.dimensions))
        for grant in scope.grants
        if Power.READ in grant.powers and not grant.uscc
    ]
    return reading.Reach(offices_of(scope), overseen)


def _signs(scope: Scope) -> list[tuple[str, str]]:
    """The offices in which the person signs, with the prefixes of their places."""
    return [
        (office_of(grant), grant.prefix)
        for grant in scope.grants
        if Power.SIGN in grant.powers and not grant.uscc
    ]

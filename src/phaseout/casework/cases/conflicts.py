"""Where departments contradict each other: one has ordered an enterprise to stop or to cut back,
while another lets it go on.

What an act does to production stands in the tables of the law (`law.procedures.effects`). Two cases
contradict each other as long as what one stops and what the other allows are in force at the same
time, on the same line, or over the whole enterprise where the measure or the grant is of all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.standing import pinned
from phaseout.law.procedures import Procedure
from phaseout.law.procedures.effects import (
    InForce,
    effects_of,
    in_force,
    kinds_with_effect,
)
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Conflict:
    """A measure that stands, and what another case granted against it."""

    measure: Act
    measure_name: Bilingual
    grant: Act
    grant_name: Bilingual
    same_line: bool

    @property
    def acts(self) -> tuple[Act, Act]:
        return self.measure, self.grant


def conflicts_of(case: Case) -> list[Conflict]:
    """The contradictions that this case is a part of; one query, however many cases there are.

    Whoever sees one side is told of the other, though that case lies outside their reach: its
    number, its office, its act and its day, and no more.
    """
    with whole_reach():
        rows = list(
            Act.objects.filter(case__enterprise=case.enterprise_id, kind__in=kinds_with_effect())
            .select_related("case__line")
            .order_by("case_id", "place")
        )
    by_case: dict[int, list[Act]] = {}
    for act in rows:
        by_case.setdefault(act.case_id, []).append(act)
    own = by_case.pop(case.pk, [])
    found: list[Conflict] = []
    for other in by_case.values():
        found += _between(own, other)
        found += _between(other, own)
    return found


def _between(stopping: Sequence[Act], granting: Sequence[Act]) -> Iterable[Conflict]:
    """The gravest measure of the one against the latest grant of the other."""
    pairs = (
        (measure, grant)
        for measure in _measures(stopping)
        for grant in _grants(granting)
        if _meet(measure, grant)
    )
    for measure, grant in pairs:
        same_line = measure.case.line_id == grant.case.line_id
        yield Conflict(measure, _name(measure), grant, _name(grant), same_line)
        return


def _measures(acts: Sequence[Act]) -> Iterator[Act]:
    """The acts that stop production now, the gravest first: those of a case that goes on, or that
    ended with the exit."""
    if not acts:
        return
    procedure, case = pinned(acts[0].case), acts[0].case
    if case.closed_on is not None and procedure.stages[case.stage].ends_as != "exited":
        return
    for place in reversed(_in_force(procedure, acts).stops):
        yield acts[place]


def _grants(acts: Sequence[Act]) -> Iterator[Act]:
    """The acts that let production go on, the latest first."""
    if acts:
        for place in reversed(_in_force(pinned(acts[0].case), acts).allows):
            yield acts[place]


def _in_force(procedure: Procedure, acts: Sequence[Act]) -> InForce:
    return in_force(procedure, [act.kind for act in acts])


def _meet(measure: Act, grant: Act) -> bool:
    """At the same time, and on the same line or over all of the enterprise."""
    if grant.case.closed_on is not None and grant.done_on < measure.done_on:
        return False  # done with before the measure came
    return measure.case.line_id == grant.case.line_id or _whole(measure) or _whole(grant)


def _whole(act: Act) -> bool:
    return effects_of(pinned(act.case))[act.kind].whole


def _name(act: Act) -> Bilingual:
    rule = pinned(act.case).acts.get(act.kind)
    return rule.name if rule is not None else (act.kind, act.kind)

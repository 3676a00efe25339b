"""Where departments contradict each other: one has ordered an enterprise to stop or to cut back,
while another lets it go on.

A measure stands from the act that served it until an act of the same case lifts it. What another
case grants while it stands is the contradiction; the first grant is not judged, only shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.standing import pinned
from phaseout.law.refusals import Bilingual

STOPS = frozenset(
    {
        "restriction.serve_decision",
        "suspension.serve_decision",
        "stricter.serve_decision",
        "closure.serve_decision",
        "elimination.serve_decision",
        "order_temporary_stop",
        "cut_supplies",
    }
)
"""Acts that put a restriction, a suspension or a closure into force."""

GRANTS: Mapping[str, frozenset[str]] = {
    "energy": frozenset({"grant_extension"}),
    "environment": frozenset({"report_completion", "follow_up_clear"}),
    "quality": frozenset({"recheck_passed", "recheck_after_refusal"}),
    "safety": frozenset({"reacceptance_passed", "reacceptance_after_refusal", "restore_supplies"}),
}
"""By dimension: acts after which production goes on. An extension, a lifting, a re-acceptance; a
report of completion lifts the measure in the environmental procedure only (MEP Order 30, 18)."""

ENDS = frozenset(
    {"reopen", *(f"{kind.split('.')[0]}.decision_annulled" for kind in STOPS if "." in kind)}
)
"""Acts that take a measure away with the decision behind it."""

_ASKED = STOPS | ENDS | frozenset().union(*GRANTS.values())


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
            Act.objects.filter(case__enterprise=case.enterprise_id, kind__in=_ASKED)
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
    measure, grant = _standing_measure(stopping), _standing_grant(granting)
    if measure is None or grant is None:
        return
    if grant.case.closed_on is not None and grant.done_on < measure.done_on:
        return  # done with before the measure came
    yield Conflict(
        measure,
        _name(measure),
        grant,
        _name(grant),
        same_line=measure.case.line_id == grant.case.line_id,
    )


def _standing_measure(acts: Sequence[Act]) -> Act | None:
    standing = None
    for act in acts:
        if act.kind in STOPS:
            standing = act
        elif act.kind in ENDS or _grants(act):
            standing = None
    open_or_exited = standing is not None and (
        standing.case.closed_on is None or standing.case.stage == "closed_exited"
    )
    return standing if open_or_exited else None


def _standing_grant(acts: Sequence[Act]) -> Act | None:
    standing = None
    for act in acts:
        if _grants(act):
            standing = act
        elif act.kind in STOPS | ENDS:
            standing = None
    return standing


def _grants(act: Act) -> bool:
    return act.kind in GRANTS.get(act.case.dimension, ())


def _name(act: Act) -> Bilingual:
    rule = pinned(act.case).acts.get(act.kind)
    return rule.name if rule is not None else (act.kind, act.kind)

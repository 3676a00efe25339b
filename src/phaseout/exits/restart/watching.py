"""Which lines are watched: made by the acts of their cases, in the acts' own transaction.

derive(line_id)     what the acts of the line's cases make of it, written down
follow_acts         the follower of casework
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Act, Case
from phaseout.exits.restart.models import WatchedLine

State = WatchedLine.State

# Acts of the procedures `exit` and `technology`; each says from when the line draws no power for
# production, or that it was let run again.
_STATES = {
    "cut_power": State.CUT,
    "remove_drive": State.CUT,
    "record_sealed": State.SEALED,
    "shut_down": State.STOPPED,
    "cease_business": State.STOPPED,
    "close_enterprise": State.STOPPED,
    "ban": State.STOPPED,
    "dismantle": State.DISMANTLED,
    "acceptance_passed": State.DISMANTLED,
    "confirm_exit": State.EXITED,
    "close_exited": State.EXITED,
}
_RAN = frozenset({"record_restart", "restart_after_exit"})
"""The line was found running: it is watched on, and counted anew from the next cut."""
_LET_RUN = frozenset({"withdraw_case", "not_upheld", "terminate"})
"""The case came to nothing."""
_ANNULLED = "decision_annulled"
KINDS = frozenset({*_STATES, *_RAN, *_LET_RUN})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the acts of one case make of the line."""

    state: WatchedLine.State
    cut_on: date
    since: date
    last: int


def follow_acts(act: Act) -> None:
    """After each act of a case: those that do not concern the watch cost no query."""
    if act.kind in KINDS or act.kind.endswith(_ANNULLED):
        with whole_reach():  # what is watched does not depend on whose act it was
            derive(act.case.line_id)


def derive(line_id: str) -> WatchedLine | None:
    """Write down what the acts of all cases of the line make of it; None: it is not watched."""
    acts = (
        Act.objects.filter(case__line_id=line_id)
        .filter(kind__in=KINDS)
        .order_by("case_id", "place")
        .values_list("case_id", "kind", "done_on", "pk")
    )
    annulled = Act.objects.filter(case__line_id=line_id, kind__endswith=_ANNULLED)
    rows = sorted(
        [*acts, *annulled.values_list("case_id", "kind", "done_on", "pk")],
        key=lambda row: (row[0], row[3]),
    )
    standing = {}
    for case_id in {row[0] for row in rows}:
        found = _of_case((kind, on, pk) for case, kind, on, pk in rows if case == case_id)
        if found is not None:
            standing[case_id] = found
    if not standing:
        WatchedLine.objects.filter(pk=line_id).delete()
        return None
    case_id, now = max(standing.items(), key=lambda item: item[1].last)
    return _written(Case.objects.select_related("line").get(pk=case_id), now)


def _of_case(acts: Iterable[tuple[str, date, int]]) -> Standing | None:
    now: Standing | None = None
    ran = False
    for kind, on, pk in acts:
        if kind in _RAN and now is not None:
            now, ran = Standing(State.CUT, now.cut_on, on, pk), True
        elif kind in _LET_RUN or kind.endswith(_ANNULLED):
            now = None
        elif kind in _STATES:
            state = _STATES[kind]
            anew = now is None or (ran and kind == "cut_power")
            ran = ran and not anew
            if anew:
                now = Standing(state, on, on, pk)
            elif now is not None:
                further = list(State).index(state) > list(State).index(now.state)
                now = (
                    Standing(state, now.cut_on, on, pk)
                    if further
                    else Standing(now.state, now.cut_on, now.since, pk)
                )
    return now


def _written(case: Case, now: Standing) -> WatchedLine:
    line = case.line
    watched, _ = WatchedLine.objects.update_or_create(
        line=line,
        defaults={
            "enterprise_id": line.enterprise_id,
            "case": case,
            "division_code": line.division_code,
            "state": now.state,
            "cut_on": now.cut_on,
            "since": now.since,
        },
    )
    return watched

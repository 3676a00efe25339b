"""A determination ends on the day its ground ends: at once with the act of a case, else when the
judgement or a corrected fact is next looked at. Nothing is deleted; what was owed until then stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import F, Q, QuerySet

from phaseout.accounts.rows import whole_reach
from phaseout.casework.left import rest_of
from phaseout.casework.models import Act, Finding
from phaseout.casework.proceeding.standing import pinned
from phaseout.measures.prices.acts.appending import append
from phaseout.measures.prices.models import Determination, Ending, PriceAct
from phaseout.measures.prices.seats import PRICE, Seat

REGION = Seat(PRICE, "640000")
Cause = Ending.Cause
_OUTCOMES = {"exited": Cause.EXIT, "met": Cause.MET, "dropped": Cause.DROPPED}
EXITED = frozenset({"confirm_exit", "close_exited"})
"""Acts that by themselves say that the capacity is gone."""


def going() -> QuerySet[Determination]:
    """Determinations without an end."""
    return Determination.objects.filter(ending=None)


def follow_case(act: Act) -> None:
    """Called with every act of a case: one query, and none unless the act closes or exits."""
    case = act.case
    if act.kind not in EXITED and case.closed_on is None:
        return
    cause = Cause.EXIT if act.kind in EXITED else _cause(act)
    if cause is None:
        return
    with whole_reach():
        if cause is Cause.EXIT and rest_of(case.line_id):
            return  # what is left consumes on, and pays; the part that exited consumes nothing
    if cause is Cause.EXIT:
        touched = Q(line_id=case.line_id) | Q(finding__line_id=case.line_id)
    elif cause is Cause.MET:
        touched = Q(finding__line_id=case.line_id, finding__dimension=case.dimension)
    else:
        touched = Q(case=case)
    with whole_reach():  # whoever closes the case need not see what other departments found
        ended = list(going().filter(touched).select_related("line"))
        if ended:
            _end(ended, cause, act.done_on, act.done_on, case_act=act)


def _cause(act: Act) -> Cause | None:
    """What the end of a case says; None: it says nothing of the ground (moved, merged)."""
    stage = pinned(act.case).stages.get(act.case.stage)
    return _OUTCOMES.get(stage.ends_as) if stage is not None else None


@transaction.atomic
def end_where_the_ground_is_gone(today: date) -> int:
    """End what rests on a finding that stands no more, or on a fact that was replaced; returns how
    many. Each ends on the day on which that was so, which may lie behind."""
    with whole_reach():  # grounds are findings of every department
        return _end_what_has_none(today)


def _end_what_has_none(today: date) -> int:
    ended = 0
    for one in _without_finding():
        last = _last_version(one)
        assert last is not None and last.ended_on is not None
        _end([one], Cause.FINDING, last.ended_on, today, finding=last)
        ended += 1
    for one in going().filter(fact__replaced_by__isnull=False).select_related("fact", "line"):
        assert one.fact is not None and one.fact.replaced_on is not None
        _end([one], Cause.FACT, one.fact.replaced_on, today)
        ended += 1
    return ended


def _without_finding() -> Iterable[Determination]:
    """Whose finding has no standing version that still says the same of the line."""
    stands = Finding.objects.filter(ended_on=None).filter(
        Q(verdict="noncompliant") | Q(reasons__contains=["limit_class_warning"])
    )
    doubtful = going().filter(finding__ended_on__isnull=False).select_related("finding", "line")
    return [
        one
        for one in doubtful
        if one.finding is not None and not stands.filter(finding_id=one.finding.finding_id).exists()
    ]


def _last_version(one: Determination) -> Finding | None:
    """The last version of its finding that was a ground: it ended the day the ground ended."""
    assert one.finding is not None
    return (
        Finding.objects.filter(finding_id=one.finding.finding_id, ended_on__isnull=False)
        .filter(Q(verdict="noncompliant") | Q(reasons__contains=["limit_class_warning"]))
        .order_by(F("ended_on").desc(), "-pk")
        .first()
    )


def _end(
    ended: Iterable[Determination],
    cause: Cause,
    on: date,
    today: date,
    *,
    case_act: Act | None = None,
    finding: Finding | None = None,
) -> None:
    for one in ended:
        key = _key(one)
        reason = _said(cause, case_act, finding)
        act = append(
            PriceAct.Kind.END,
            REGION,
            by=None,
            today=today,
            key=key,
            about=f"determination:{one.pk}",
            content={"on": on.isoformat(), "cause": cause.value, "reason": reason},
        )
        Ending.objects.create(
            determination=one,
            act=act,
            cause=cause,
            ended_on=max(on, one.applies_from),
            reason=reason,
            case_act=case_act,
            judged_by=finding.ended_by if finding is not None else None,
        )


def _key(one: Determination) -> UUID:
    return uuid5(NAMESPACE_URL, f"phaseout:prices:end:{one.pk}")


def _said(cause: Cause, case_act: Act | None, finding: Finding | None) -> str:
    if case_act is not None:
        return f"{case_act.case.number}：{cause.label}"
    if finding is not None:
        return f"{finding.finding_id}自{finding.ended_on}起不再成立"
    return str(cause.label)

"""Which notices of supervision are settled: signed, answered, checked, lifted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from phaseout.coordination.supervision.models import Answer, Check
from phaseout.coordination.supervision.standing import (
    DemandState,
    State,
    all_demands,
    measures,
)
from phaseout.notices.models import Notice
from phaseout.notices.saying import number_of

OPEN = frozenset({DemandState.OPEN, DemandState.LATE})


def settled(notices: Sequence[Notice], on: date) -> Callable[[Notice], bool]:
    """Drawn up: signed or not; signed, recorded, sent back: nothing is left to answer; answered:
    checked. What is lifted asks for nothing more."""
    answers, checks = _numbers(notices, "answered"), _numbers(notices, "back")
    checked = set(Check.objects.filter(answer__in=answers).values_list("answer", flat=True))
    sent_back = dict(Check.objects.filter(pk__in=checks).values_list("pk", "answer__demand"))
    again = Answer.objects.filter(demand__in=sent_back.values())
    newest: dict[int, int] = {}
    for demand, answer in again.order_by("pk").values_list("demand", "pk"):
        newest[demand] = answer
    since = dict(Check.objects.filter(pk__in=checks).values_list("pk", "answer"))
    of = {_measure(one) for one in notices}
    states = dict(measures(on).filter(pk__in=of).values_list("pk", "state"))
    open_ = {row.measure_id for row in all_demands(of, on) if row.state in OPEN}

    def done(one: Notice) -> bool:
        measure, number = _measure(one), number_of(one)
        state = states.get(measure)
        if one.step == "lifted":
            return False
        if state in (State.LIFTED, State.DECLINED):
            return True
        if one.step == "drawn":
            return state != State.DRAWN
        if one.step == "answered":
            return number in checked
        if one.step == "back":
            return newest.get(sent_back.get(number, 0), 0) > since.get(number, 0)
        return measure not in open_ and state != State.TO_HOLD

    return done


def _numbers(notices: Sequence[Notice], step: str) -> set[int]:
    return {number_of(one) for one in notices if one.step == step}


def _measure(one: Notice) -> int:
    """Of `supervision:7` and `supervision:7:answer:12` the 7."""
    return int(one.subject.split(":")[1])

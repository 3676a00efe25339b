"""Where measures and their demands stand: read from the rows, nothing is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from phaseout.accounts.scope import Scope
from phaseout.coordination.supervision.models import (
    Answer,
    Check,
    Demand,
    Lifted,
    Measure,
    Record,
    Signed,
    SupervisionAct,
)
from phaseout.coordination.supervision.reading import supervises
from phaseout.coordination.supervision.targets import targets_read
from phaseout.law.refusals import Bilingual


class DemandState(StrEnum):
    """What became of a demand."""

    OPEN = "open"
    LATE = "late"
    ANSWERED = "answered"
    MET = "met"


DEMAND_STATES: Mapping[DemandState, Bilingual] = {
    DemandState.OPEN: ("办理中", "going on"),
    DemandState.LATE: ("逾期未完成", "late"),
    DemandState.ANSWERED: ("已答复，待核实", "answered, to be checked"),
    DemandState.MET: ("已完成", "met"),
}


class State(StrEnum):
    """What became of a measure."""

    DRAWN = "drawn"
    DECLINED = "declined"
    TO_HOLD = "to_hold"
    OPEN = "open"
    LATE = "late"
    MET = "met"
    LIFTED = "lifted"


STATES: Mapping[State, Bilingual] = {
    State.DRAWN: ("待签发", "to be signed"),
    State.DECLINED: ("未签发", "not signed"),
    State.TO_HOLD: ("已签发，待进行", "signed, to take place"),
    State.OPEN: ("办理中", "going on"),
    State.LATE: ("有逾期", "something is late"),
    State.MET: ("要求均已完成，待解除", "all met, to be lifted"),
    State.LIFTED: ("已解除", "lifted"),
}
GOING = (State.TO_HOLD, State.OPEN, State.LATE, State.MET)
"""In force and not lifted."""


def demands(on: date) -> QuerySet[Any]:
    """The demands of measures in force and not lifted, each with `state` at the end of a day.
    Answered is not late: it waits for the check; sent back it is what it was."""
    going = Demand.objects.filter(measure__signed__isnull=False, measure__lifted=None)
    return going.annotate(state=_demand_state(on))


def all_demands(measures: Collection[int], on: date) -> QuerySet[Any]:
    """Every demand of these measures with `state`, whatever became of the measures."""
    return Demand.objects.filter(measure__in=measures).annotate(state=_demand_state(on))


def _demand_state(on: date) -> Case:
    accepted = Check.objects.filter(answer__demand=OuterRef("pk"), accepted=True)
    # one that waits for its check is the last: until then no further answer is taken
    waits = Answer.objects.filter(demand=OuterRef("pk"), checked=None)
    return Case(
        When(Exists(accepted), then=Value(DemandState.MET.value)),
        When(Exists(waits), then=Value(DemandState.ANSWERED.value)),
        When(due__lt=on, then=Value(DemandState.LATE.value)),
        default=Value(DemandState.OPEN.value),
        output_field=CharField(),
    )


def measures(on: date) -> QuerySet[Any]:
    """Measures with `state` at the end of a day."""
    this = {"measure": OuterRef("pk")}
    accepted = Check.objects.filter(answer__demand=OuterRef("pk"), accepted=True)
    unmet = Demand.objects.filter(**this).filter(~Exists(accepted))
    waiting = Answer.objects.filter(demand=OuterRef("pk"), checked=None)
    late = unmet.filter(~Exists(waiting), due__lt=on)
    takes_place = Q(on__isnull=False) & ~Exists(Record.objects.filter(**this))
    declined = SupervisionAct.objects.filter(**this, kind=SupervisionAct.Kind.DECLINE)
    states = (
        (Exists(Lifted.objects.filter(**this)), State.LIFTED),
        (Exists(declined), State.DECLINED),
        (~Exists(Signed.objects.filter(**this)), State.DRAWN),
        (Exists(late) | (takes_place & Q(on__lt=on)), State.LATE),
        (takes_place, State.TO_HOLD),
        (~Exists(unmet), State.MET),
    )
    return Measure.objects.annotate(
        state=Case(
            *(When(condition, then=Value(state.value)) for condition, state in states),
            default=Value(State.OPEN.value),
            output_field=CharField(),
        )
    )


def seen(scope: Scope) -> Q:
    """Condition on measures: who leads or directs supervision sees every one, drafts too; an office
    that is supervised, whichever it is, those on itself once signed."""
    own = sorted(targets_read(scope))
    on_oneself = Q(target__in=own)
    if supervises(scope):
        return ~on_oneself | Q(signed__isnull=False)
    return on_oneself & Q(signed__isnull=False)

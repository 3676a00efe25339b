"""What of supervision waits for a person: each kind is a query of measures, which the home page
counts and the list of measures (`?waits=`) shows; and the proposals that nobody has dealt with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.coordination.offices import seats
from phaseout.coordination.supervision.reading import leading
from phaseout.coordination.supervision.recent import picture_of_today
from phaseout.coordination.supervision.slow import suggestions
from phaseout.coordination.supervision.standing import DemandState, State, demands, measures
from phaseout.coordination.supervision.targets import answered_by
from phaseout.pages.waiting import Waiting, register

WORK = (Role.OFFICER, Role.LEADER)


def _offices(scope: Scope, *roles: Role) -> list[str]:
    return sorted({seat.office for seat in seats(scope, *roles)})


def to_sign(scope: Scope, today: date) -> QuerySet[Any]:
    return measures(today).filter(office__in=_offices(scope, Role.LEADER), state=State.DRAWN)


def to_answer(scope: Scope, today: date) -> QuerySet[Any]:
    """With a demand on one's own office or county, going on or late."""
    open_ = demands(today).filter(state__in=[DemandState.OPEN, DemandState.LATE])
    own = measures(today).filter(target__in=answered_by(seats(scope, *WORK)))
    return own.filter(pk__in=open_.values("measure"))


def to_check(scope: Scope, today: date) -> QuerySet[Any]:
    answered = demands(today).filter(state=DemandState.ANSWERED)
    return _ours(scope, today).filter(pk__in=answered.values("measure"))


def unanswered(scope: Scope, today: date) -> QuerySet[Any]:
    """Of one's own office, with a demand past its day that nobody has answered."""
    late = demands(today).filter(state=DemandState.LATE)
    return _ours(scope, today).filter(pk__in=late.values("measure"))


def to_record(scope: Scope, today: date) -> QuerySet[Any]:
    """A summons or an inspection whose day has come, without its record."""
    due = _ours(scope, today).filter(on__lte=today, record=None)
    return due.filter(state__in=[State.TO_HOLD, State.LATE])


def to_lift(scope: Scope, today: date) -> QuerySet[Any]:
    return measures(today).filter(office__in=_offices(scope, Role.LEADER), state=State.MET)


def _ours(scope: Scope, today: date) -> QuerySet[Any]:
    return measures(today).filter(office__in=_offices(scope, *WORK))


@dataclass(frozen=True, slots=True)
class Kind:
    """Measures that wait for something: its words, which they are, how soon it binds."""

    label: str | Promise
    found: Callable[[Scope, date], QuerySet[Any]]
    order: int

    def count(self, scope: Scope, today: date) -> int:
        """Without asking where the person is in no office at all."""
        return self.found(scope, today).count() if _offices(scope, *WORK) else 0


KINDS: Mapping[str, Kind] = {
    "answer": Kind(_("待答复的督办措施"), to_answer, 44),
    "sign": Kind(_("待签发的督办措施"), to_sign, 48),
    "late": Kind(_("有要求逾期未答复的督办措施"), unanswered, 49),
    "record": Kind(_("待记录的约谈、督查"), to_record, 50),
    "check": Kind(_("有答复待核实的督办措施"), to_check, 51),
    "lift": Kind(_("待解除的督办措施"), to_lift, 54),
}


def proposals_open(scope: Scope, today: date) -> int:
    """What the figures propose and nobody has adopted or dismissed, on others than one's own
    office: for the offices that lead supervision."""
    own = set(_offices(scope, *WORK)) & set(leading())
    if not own:
        return 0
    found = suggestions(today, picture_of_today(today))
    return sum(one.waits and own != {one.target} for one in found)


def say_what_waits() -> None:
    """Called when the site starts."""
    for key, kind in KINDS.items():
        register(
            Waiting(
                key=f"supervision.{key}",
                label=kind.label,
                count=kind.count,
                url_name="supervision-measures",
                power=Power.ACT,
                query=f"waits={key}",
                order=kind.order,
            )
        )
    register(
        Waiting(
            key="supervision.proposals",
            label=_("待处理的督办建议"),
            count=proposals_open,
            url_name="supervision-proposals",
            power=Power.ACT,
            order=52,
        )
    )

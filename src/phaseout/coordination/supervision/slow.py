"""What the figures propose today: computed each time, kept nowhere, done by nobody but a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from phaseout.coordination.supervision.frozen import as_of
from phaseout.coordination.supervision.models import Measure, SupervisionAct
from phaseout.coordination.supervision.picture import WHOLE_REGION, Picture, picture
from phaseout.coordination.supervision.reading import WHOLE
from phaseout.coordination.supervision.standing import GOING, State, measures
from phaseout.coordination.supervision.targets import is_county, office_of_target
from phaseout.law.supervision import Proposed, Share, measure_kind, proposal, rule

Kind = SupervisionAct.Kind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A measure proposed on an office. `under_way`: one as grave is drawn up or in force;
    `dismissed`: the act that dismissed it, which still holds; `of_city`: of a county, and its city
    passes every one of its thresholds as well: said once, of the city."""

    target: str
    shares: Mapping[str, Share]
    proposed: Proposed
    under_way: Measure | None
    dismissed: SupervisionAct | None
    of_city: bool = False

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody to adopt or dismiss it."""
        return self.under_way is None and self.dismissed is None and not self.of_city


def suggestions(today: date, pictured: Picture | None = None) -> list[Suggestion]:
    """Who is slow by the thresholds in force, the gravest first, counties after cities and
    departments. Over everything, for who supervises.

    Args:
        pictured: the picture of today over everything, counties too, where it is there already.
    """
    whole = pictured or picture(WHOLE, as_of(today), with_counties=True)
    going = _going(today)
    dismissed = _dismissed(today)
    found, passed = [], _passed(whole, today)
    for target, proposed in passed.items():
        under_way = _as_grave(going.get(target, []), proposed)
        no = _holds(dismissed.get(target, []), proposed)
        city = passed.get(office_of_target(target)) if is_county(target) else None
        twice = city is not None and proposed.keys <= city.keys
        found.append(Suggestion(target, whole[target], proposed, under_way, no, twice))
    return sorted(
        found,
        key=lambda one: (
            not one.waits, -measure_kind(one.proposed.kind).weight, is_county(one.target)
        ),
    )  # fmt: skip


def _passed(whole: Picture, today: date) -> dict[str, Proposed]:
    """Of whom a threshold is passed."""
    told = {one: proposal(shares, today) for one, shares in whole.items() if one != WHOLE_REGION}
    return {target: proposed for target, proposed in told.items() if proposed is not None}


def of_target(target: str, today: date) -> Suggestion | None:
    """What is proposed on one office; None: nothing."""
    own = picture(WHOLE, as_of(today), target)
    return next((one for one in suggestions(today, own) if one.target == target), None)


def _going(today: date) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in measures(today).filter(state__in=[State.DRAWN, *GOING]).order_by("-pk"):
        found.setdefault(one.target, []).append(one)
    return found


def _as_grave(going: list[Any], proposed: Proposed) -> Measure | None:
    weight = measure_kind(proposed.kind).weight
    return next((one for one in going if measure_kind(one.kind).weight >= weight), None)


def _dismissed(today: date) -> dict[str, list[SupervisionAct]]:
    since = today - timedelta(days=int(rule("dismissed_for", today).value))
    acts = SupervisionAct.objects.filter(kind=Kind.DISMISS, done_on__gt=since, done_on__lte=today)
    found: dict[str, list[SupervisionAct]] = {}
    for act in acts.select_related("by").order_by("-pk"):
        found.setdefault(act.target, []).append(act)
    return found


def _holds(acts: list[SupervisionAct], proposed: Proposed) -> SupervisionAct | None:
    """The dismissal that covers all thresholds passed now; a further one brings it back."""
    return next((act for act in acts if proposed.keys <= set(act.content["thresholds"])), None)

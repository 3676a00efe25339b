"""采纳、不采纳建议: an officer of a leading office draws a measure up, or says why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.appending import begun
from phaseout.coordination.offices import Seat
from phaseout.coordination.supervision import refusing
from phaseout.coordination.supervision.acts.alike import (
    LONGEST_LINE,
    ROOM,
    Demanded,
    demands_of,
    leading_seat,
    said,
    write,
    write_demands,
)
from phaseout.coordination.supervision.frozen import as_of, frozen
from phaseout.coordination.supervision.models import Measure, SupervisionAct
from phaseout.coordination.supervision.picture import WHOLE_REGION, picture
from phaseout.coordination.supervision.reading import WHOLE
from phaseout.coordination.supervision.slow import of_target, suggestions
from phaseout.coordination.supervision.standing import GOING, State, measures
from phaseout.coordination.supervision.targets import is_county, may_be_supervised, territory
from phaseout.evidence.digests import digest_of
from phaseout.law.supervision import Crossed, MeasureKind, measure_kind

Kind = SupervisionAct.Kind


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a measure says. `on`, `place`, `persons`: when, where and who, of a summons or an
    inspection; `demands`: at once, of a circular or a supervised handling."""

    text: str
    demands: Sequence[Demanded] = ()
    on: date | None = None
    place: str = ""
    persons: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def adopt(
    target: str, kind: str, drawn: Drawn, *, by: User, scope: Scope, today: date, key: UUID
) -> Measure:
    """Draw up a measure on an office, on a proposal or of one's own motion, with the figures of the
    day; it binds nobody until a leader has signed it.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.no-such-target`, `supervision.oneself`,
            `supervision.under-way`, `supervision.text-wrong`, `supervision.day-wrong`,
            `supervision.demand-wrong`, `supervision.demands-missing`.
    """
    if (before := _begun(target, Kind.ADOPT, by, key)) is not None:
        return before.adopted
    seat, content = would_say(target, kind, drawn, scope=scope, today=today)
    of_kind = measure_kind(kind)
    act = write(Kind.ADOPT, seat, target, by=by, today=today, key=key, content=content)
    measure = Measure.objects.create(
        act=act,
        kind=kind,
        target=target,
        division_code=territory(target),
        office=seat.office,
        text=content["text"],
        on=drawn.on if of_kind.takes_place else None,
        place=content["place"],
        persons=content["persons"],
        figures_on=today,
        digest=digest_of(content),
    )
    write_demands(act, measure, content["demands"])
    return measure


def would_say(
    target: str, kind: str, drawn: Drawn, *, scope: Scope, today: date
) -> tuple[Seat, dict[str, Any]]:
    """In which office, and all that the act would say: for a preview, too. Raises as `adopt`."""
    seat = leading_seat(scope, today)
    of_kind = _known(target, kind, seat)
    going = measures(today).filter(target=target, kind=kind, state__in=[State.DRAWN, *GOING])
    if (other := going.select_related("act").first()) is not None:
        raise refusing.under_way(of_kind.name, other.act.done_on)
    return seat, _content(target, of_kind, drawn, today)


def _begun(target: str, kind: str, by: User, key: UUID) -> SupervisionAct | None:
    return begun(SupervisionAct, key, kind, by, room=ROOM, what=f"target:{target}", target=target)


def _known(target: str, kind: str, seat: Seat) -> MeasureKind:
    if not may_be_supervised(target) or kind not in Measure.Kind.values:
        raise refusing.no_such_target()
    if target == seat.office:
        raise refusing.oneself()
    return measure_kind(kind)


def _content(target: str, kind: MeasureKind, drawn: Drawn, today: date) -> dict[str, Any]:
    """All that the act says: what is drawn up, and on which figures."""
    window = as_of(today)
    whole = picture(WHOLE, window, with_counties=is_county(target))
    suggested = next((one for one in suggestions(today, whole) if one.target == target), None)
    proposed = suggested.proposed if suggested else None
    return {
        "kind": kind.kind,
        "target": target,
        "text": said(drawn.text, ("事由", "the reason")),
        **_meeting(kind, drawn, today),
        "demands": _demands(kind, drawn, today),
        "figures": frozen(whole.get(target, {}), window),
        "region": frozen(whole.get(WHOLE_REGION, {}), window),
        "proposed": proposed.kind if proposed else None,
        "because": [_reason(one) for one in (*proposed.because, *proposed.also)]
        if proposed
        else [],
    }


def _reason(one: Crossed) -> dict[str, Any]:
    return {
        "threshold": one.key,
        "figure": one.threshold.figure,
        "over": str(one.threshold.over),
        "part": one.share.part,
        "of": one.share.of,
    }


def _meeting(kind: MeasureKind, drawn: Drawn, today: date) -> dict[str, Any]:
    if not kind.takes_place:
        return {"on": None, "place": "", "persons": ""}
    if drawn.on is None or drawn.on < today:
        raise refusing.day_wrong()
    return {
        "on": drawn.on.isoformat(),
        "place": said(drawn.place, ("地点", "the place"), 120),
        "persons": said(drawn.persons, ("人员", "the persons"), LONGEST_LINE),
    }


def _demands(kind: MeasureKind, drawn: Drawn, today: date) -> list[dict[str, Any]]:
    if kind.takes_place:
        return []
    told = demands_of(drawn.demands, today)
    if not told:
        raise refusing.demands_missing()
    return told


@again_after_a_deadlock
@transaction.atomic(durable=True)
def dismiss(
    target: str, reason: str, *, by: User, scope: Scope, today: date, key: UUID
) -> SupervisionAct:
    """Dismiss what the figures propose on an office, with the reason. It holds as long as the
    table says (`dismissed_for`), unless a further threshold is passed.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.oneself`, `supervision.nothing-proposed`,
            `supervision.text-wrong`.
    """
    if (before := _begun(target, Kind.DISMISS, by, key)) is not None:
        return before
    seat = leading_seat(scope, today)
    if target == seat.office:
        raise refusing.oneself()
    one = of_target(target, today)
    if one is None or not one.waits:
        raise refusing.nothing_proposed()
    content = {
        "proposed": one.proposed.kind,
        "thresholds": sorted(one.proposed.keys),
        "because": [_reason(each) for each in (*one.proposed.because, *one.proposed.also)],
        "figures": frozen(one.shares, as_of(today)),
        "reason": said(reason, ("理由", "the reason")),
    }
    return write(Kind.DISMISS, seat, target, by=by, today=today, key=key, content=content)

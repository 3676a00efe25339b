"""登记电表: which meter tells of a line, from when; and its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.scope import Scope
from phaseout.exits.restart import refusing
from phaseout.exits.restart.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    seat,
)
from phaseout.exits.restart.models import Meter, MeterEnd, RestartAct, WatchedLine

Kind = RestartAct.Kind
JUDGE = "restart.judge_line"
MOST_MULTIPLIER = Decimal(100_000)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def assign_meter(
    line_id: str,
    number: str,
    *,
    covers: str,
    held_from: date,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    multiplier: Decimal = Decimal(1),
) -> Meter:
    """Put a meter on record for a watched line, from a day on (it may lie before the cut: what the
    line drew when it worked is what a restart is compared with).

    Raises:
        Refusal: `restart.not-yours`, `restart.meter-wrong`, `restart.meter-held`.
    """
    about = f"line:{line_id}"
    before = done_before(key, Kind.ASSIGN_METER, by, about)
    if before is not None:
        return before.meter
    watched = WatchedLine.objects.select_for_update(of=("self",)).get(pk=line_id)
    seated = seat(scope, watched, today, grid=True)
    if seated is None:
        raise refusing.meter_not_yours(office_of_case(watched, today))
    meter = Meter(
        number=number.strip(),
        line_id=line_id,
        division_code=watched.division_code,
        covers=covers,
        multiplier=multiplier,
        held_from=held_from,
    )
    _check(meter, today)
    _free(meter)
    kind, said = Kind.ASSIGN_METER, _said(meter)
    meter.act = append(
        kind, watched, seated, by=by, today=today, key=key, about=about, content=said
    )
    meter.save(force_insert=True)
    app.configure_task(JUDGE).defer(line_id=line_id)
    return meter


def _check(meter: Meter, today: date) -> None:
    if not 0 < len(meter.number) <= 40 or not meter.number.isprintable():
        raise refusing.meter_wrong(("电表编号应为1至40字", "a number has 1 to 40 characters"))
    if meter.covers not in Meter.Covers.values:
        raise refusing.meter_wrong(("未选择计量范围", "what it covers is not chosen"))
    if meter.held_from > today:
        raise refusing.meter_wrong(("起始日晚于今天", "its first day is later than today"))
    if not 0 < meter.multiplier <= MOST_MULTIPLIER:
        raise refusing.meter_wrong(
            ("倍率应大于零且不超过100000", "the multiplier is over 0 and at most 100000")
        )


def _said(meter: Meter) -> dict[str, str]:
    return {
        "number": meter.number,
        "covers": meter.covers,
        "held_from": meter.held_from.isoformat(),
        "multiplier": str(meter.multiplier),
    }


def _free(meter: Meter) -> None:
    """The same meter is not on record on that day or later: it tells of one line at a time."""
    held = _held(meter.number, meter.held_from)
    if held is not None:
        end = getattr(held, "end", None)
        raise refusing.meter_held(held.line.name, held.held_from, end.held_to if end else None)


def _held(number: str, held_from: date) -> Meter | None:
    return (
        Meter.objects.select_for_update(of=("self",))
        .filter(Q(end=None) | Q(end__held_to__gte=held_from), number=number)
        .select_related("line", "end")
        .first()
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def end_meter(
    meter_id: int,
    held_to: date,
    *,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> MeterEnd:
    """End a meter: `held_to` is the last day on which it tells of the line.

    Raises:
        Refusal: `restart.not-yours`, `restart.meter-ended`, `restart.meter-wrong`,
            `restart.no-reason`.
    """
    about = f"meter:{meter_id}"
    before = done_before(key, Kind.END_METER, by, about)
    if before is not None:
        return before.meter_end
    meter = Meter.objects.select_for_update(of=("self",)).get(pk=meter_id)
    watched = WatchedLine.objects.get(pk=meter.line_id)
    seated = seat(scope, watched, today, grid=True)
    if seated is None:
        raise refusing.meter_not_yours(office_of_case(watched, today))
    _may_end(meter, held_to, reason, today)
    act = append(
        Kind.END_METER,
        watched,
        seated,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"number": meter.number, "held_to": held_to.isoformat()},
        reason=reason,
    )
    made = MeterEnd.objects.create(
        act=act, meter=meter, division_code=meter.division_code, held_to=held_to
    )
    app.configure_task(JUDGE).defer(line_id=meter.line_id)
    return made


def _may_end(meter: Meter, held_to: date, reason: str, today: date) -> None:
    ended = MeterEnd.objects.filter(meter=meter).first()
    if ended is not None:
        raise refusing.meter_ended(ended.held_to)
    if not 0 < len(reason.strip()) <= 400:
        raise refusing.no_reason(("不能终止该登记", "it cannot be ended"))
    if not meter.held_from <= held_to <= today:
        raise refusing.meter_wrong(
            ("末日应在起始日与今天之间", "the last day lies between the first one and today")
        )


def office_of_case(watched: WatchedLine, today: date) -> tuple[str, str]:
    return office_name(watched.case.office, watched.division_code, today)

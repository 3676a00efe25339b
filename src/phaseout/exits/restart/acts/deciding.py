"""确认恢复生产 or 排除预警: a named officer answers an alarm, with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.exits.restart import refusing
from phaseout.exits.restart.acts.appending import (
    LONGEST_REASON,
    Seat,
    again_after_a_deadlock,
    append,
    done_before,
    seat,
)
from phaseout.exits.restart.acts.metering import office_of_case
from phaseout.exits.restart.models import Alarm, RestartAct, WatchedLine

Kind = RestartAct.Kind
LONGEST_AHEAD = timedelta(days=366)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def confirm_alarm(
    alarm_id: int, *, reason: str, digest: str, by: User, scope: Scope, today: date, key: UUID
) -> RestartAct:
    """Confirm that the line ran on the days of the alarm. What follows in the case is an act of
    its own (`carry`).

    Args:
        digest: of the alarm as it was read (`Alarm.digest`).

    Raises:
        Refusal: `restart.not-yours`, `restart.no-reason`, `restart.answered`, `restart.alarm-gone`,
            `restart.alarm-changed`, `key_used_for_another_act`.
    """
    return _answer(Kind.CONFIRM_ALARM, alarm_id, reason, digest, by, scope, today, key, None)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def dismiss_alarm(
    alarm_id: int,
    *,
    reason: str,
    digest: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    until: date | None = None,
) -> RestartAct:
    """Dismiss an alarm: the load was lawful, for the reason given.

    Args:
        until: the lawful load goes on to this day, inside: a like load up to it raises no new
            alarm. None: only the days of the alarm.

    Raises:
        Refusal: as `confirm_alarm`; `restart.until-wrong`.
    """
    return _answer(Kind.DISMISS_ALARM, alarm_id, reason, digest, by, scope, today, key, until)


def _answer(
    kind: str,
    alarm_id: int,
    reason: str,
    digest: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    until: date | None,
) -> RestartAct:
    about = f"alarm:{alarm_id}"
    before = done_before(key, kind, by, about)
    if before is not None:
        return before
    alarm = Alarm.objects.select_for_update(of=("self",)).get(pk=alarm_id)
    watched = WatchedLine.objects.select_related("case").get(pk=alarm.line_id)
    seated = _may(alarm, watched, reason, digest, scope, today)
    if until is not None and not alarm.last <= until <= today + LONGEST_AHEAD:
        raise refusing.until_wrong()
    act = append(
        kind,
        watched,
        seated,
        by=by,
        today=today,
        key=key,
        about=about,
        content=_content(alarm, watched, until),
        reason=reason,
    )
    alarm.answer = act
    alarm.save(update_fields=["answer"])
    return act


def _may(
    alarm: Alarm, watched: WatchedLine, reason: str, digest: str, scope: Scope, today: date
) -> Seat:
    seated = seat(scope, watched, today)
    if seated is None:
        raise refusing.answer_not_yours(office_of_case(watched, today))
    if alarm.answer_id is not None:
        raise refusing.answered(RestartAct.objects.select_related("by").get(pk=alarm.answer_id))
    if alarm.gone_on is not None:
        raise refusing.alarm_gone(alarm.gone_on)
    if alarm.digest != digest:
        raise refusing.alarm_changed()
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise refusing.no_reason()
    return seated


def _content(alarm: Alarm, watched: WatchedLine, until: date | None) -> dict[str, Any]:
    """The alarm as it was answered, whole."""
    content: dict[str, Any] = {
        "alarm": alarm.digest,
        "kind": alarm.kind,
        "days": alarm.days,
        "peak_kw": str(alarm.peak_kw),
        "excess_kwh": str(alarm.excess_kwh),
        "why": alarm.why,
        "case": watched.case.number,
    }
    if until is not None:
        content["until"] = until.isoformat()
    return content

"""Messages out. Each is claimed in a transaction of its own before it is handed over, so two
workers never send one, and who is killed in between sends none twice: what became of it is
unknown then, and said so."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from phaseout.accounts.scope import scope_of
from phaseout.notices.addresses import new_code
from phaseout.notices.composing import LATEST, compose, ready
from phaseout.notices.digest import write, write_code
from phaseout.notices.models import Address, Message, Notice
from phaseout.notices.saying import settled
from phaseout.notices.ways import Outcome, Written, hand_over, ways

Purpose, State = Message.Purpose, Message.State
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
"""After a failure: five minutes, then twice as long each time, six hours at most."""
CLAIM_LASTS = timedelta(minutes=15)
"""Handing over takes a minute at most: who claimed it longer ago is gone."""
CODE_LASTS = timedelta(hours=1)
"""A code that comes later is waited for by nobody."""


def post(on: date, now: datetime) -> int:
    """Lay what waits into messages and send what is due; how many have gone out. Run late, twice
    or by two workers at once, nothing goes out twice. In demo mode nothing goes out at all."""
    if settings.DEMO:
        return 0
    settle(now)
    compose(on, now)
    due = Message.objects.filter(state=State.WAITING, next_try_at__lte=now)
    sent = 0
    for pk in due.order_by("made_at", "pk").values_list("pk", flat=True):
        sent += _post_one(pk, on, now)
    return sent


def settle(now: datetime) -> None:
    """Messages whose sender is gone: nobody knows whether they arrived, so none goes out again."""
    Message.objects.filter(state=State.SENDING, claimed_at__lt=now - CLAIM_LASTS).update(
        state=State.UNKNOWN, ended_at=now, why="the sending process ended before it could say"
    )


def _post_one(pk: UUID, on: date, now: datetime) -> bool:
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(pk=pk, state=State.WAITING, next_try_at__lte=now)
            .first()
        )
        if message is None:  # another worker's
            return False
        if not _still_asks(message, on, now):
            return False
        address = _address_for(message, on)
        if address is None:
            _give_up_in_time(message, now)
            return False
        written = _written(message, address, on, now)
        message.state, message.claimed_at, message.title = State.SENDING, now, written.title[:200]
        message.way, message.address = address.way, address.address
        message.tries += 1
        message.save()
    outcome = hand_over(written, message.way, message.address)
    _conclude(message, outcome, now)
    return outcome.state == State.SENT


def _still_asks(message: Message, on: date, now: datetime) -> bool:
    """Leave out what was read or settled while the message waited: it would be told twice. A
    message of which nothing is left does not go out."""
    if message.purpose == Purpose.CODE or message.made_at == now:
        return True
    notices = list(message.notices.order_by("pk"))
    gone = settled(notices, on) | {one.pk for one in notices if one.read_at is not None}
    if not gone:
        return True
    Notice.objects.filter(pk__in=gone).update(message=None)
    message.count = len(notices) - len(gone)
    if not message.count:
        message.state, message.ended_at = State.DROPPED, now
        message.why = "what it would have said was read or settled by then"
    message.save(update_fields=["count", "state", "ended_at", "why"])
    return message.count > 0


def _address_for(message: Message, on: date) -> Address | None:
    """Where it goes now: the address may have changed since it was made."""
    if message.purpose == Purpose.CODE:
        return Address.objects.filter(user=message.user_id, way__in=ways()).first()
    return ready(on).filter(user=message.user_id).first()


def _written(message: Message, address: Address, on: date, now: datetime) -> Written:
    if message.purpose == Purpose.CODE:
        return write_code(message, new_code(address, now), address.language)
    scope = scope_of(message.user, on=on)
    notices = list(message.notices.order_by("pk"))
    return write(message, notices, scope, address)


def _conclude(message: Message, outcome: Outcome, now: datetime) -> None:
    message.state, message.why, message.ended_at = outcome.state, outcome.why[:300], now
    failed = {"failed_at": now, "failed_why": message.why}
    if outcome.state == State.FAILED and now - message.made_at < _lasts(message):
        message.state, message.ended_at = State.WAITING, None
        pause = FIRST_PAUSE * 2 ** (message.tries - 1)
        message.next_try_at = now + min(pause, LONGEST_PAUSE)
    elif outcome.state == State.SENT:
        failed = {"failed_at": None, "failed_why": ""}
    with transaction.atomic():
        # Only what is still claimed: it may have been settled in the meantime.
        Message.objects.filter(pk=message.pk, state=State.SENDING).update(
            state=message.state,
            why=message.why,
            ended_at=message.ended_at,
            next_try_at=message.next_try_at,
        )
        Address.objects.filter(user=message.user_id, address=message.address).update(**failed)


def _give_up_in_time(message: Message, now: datetime) -> None:
    """There is no address now; there may be one before it is no news any more."""
    if now - message.made_at >= _lasts(message):
        message.state, message.ended_at = State.DROPPED, now
        message.why = message.why or "there was no confirmed address"
        message.save(update_fields=["state", "ended_at", "why"])


def _lasts(message: Message) -> timedelta:
    return CODE_LASTS if message.purpose == Purpose.CODE else LATEST

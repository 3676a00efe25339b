"""Notices laid into messages: what is told at once now, the rest into the digest of the day.

A notice is laid into one message for ever, whatever becomes of that message or of the address; so
it goes out once at most. What was read in the site, or is settled by now, is laid into none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from phaseout.accounts.models import Post, held_on
from phaseout.law.periods import BEIJING, shipped_calendar
from phaseout.notices.choices import of_people
from phaseout.notices.models import Address, Choice, Message, Notice
from phaseout.notices.saying import settled
from phaseout.notices.ways import ways

How, Purpose, State = Choice.How, Message.Purpose, Message.State
TURN = "phaseout.notices"
LATEST = timedelta(days=3)
"""A message that could not go out for three days is given up; it stands in the site."""
BACK = timedelta(days=14)
"""How far a digest looks back: the longest run of rest days and a week of failures."""
DIGEST_FROM = time(8)
"""Beijing time: it is there when the working day begins."""
AT_ONCE_BETWEEN = (time(7), time(21))
"""Beijing time: even what is urgent can be dealt with by nobody at night."""


def compose(on: date, now: datetime) -> int:
    """Lay what waits into messages; how many there are anew. In turn, one process after another.

    Args:
        on: the business day. now: the moment, aware; it decides whether it is time.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [TURN])
        people = list(ready(on).values_list("user_id", flat=True))
        clock = now.astimezone(BEIJING).time()
        made = 0
        if AT_ONCE_BETWEEN[0] <= clock < AT_ONCE_BETWEEN[1]:
            made += _lay(people, Purpose.AT_ONCE, on, now)
        if clock >= DIGEST_FROM and is_digest_day(on):
            made += _lay(_without_digest(people, on), Purpose.DIGEST, on, now)
        return made


def ready(on: date) -> QuerySet[Address]:
    """Addresses to which something may go out: confirmed, by a way that is open, of a person who
    holds a post on that day."""
    held = Post.objects.filter(
        held_on(on),
        user=OuterRef("user"),
    )
    return Address.objects.filter(
        Exists(held), way__in=ways(), confirmed_at__isnull=False, user__is_active=True
    )


def is_digest_day(on: date) -> bool:
    """Whether it is a working day by the calendar of the law."""
    return not shipped_calendar().status(on).rest


def untold(users: Iterable[int], on: date, purpose: str) -> QuerySet[Notice]:
    """What these people were told and what is to go into a message of that purpose. What should
    have been told at once and could not for three days is part of the digest: it is not lost."""
    ids = [*users]
    unread = Notice.objects.filter(user__in=ids, read_at=None, message=None, given_on__lte=on)
    at_once, late = chosen(ids, How.AT_ONCE), Q(given_on__lte=on - LATEST)
    if purpose == Purpose.AT_ONCE:
        return unread.filter(at_once, ~late)
    wanted = chosen(ids, How.DIGEST) | (at_once & late)
    return unread.filter(wanted, given_on__gt=on - BACK)


def chosen(users: Iterable[int], how: str) -> Q:
    """Condition on notices: of a kind that the person wants told that way."""
    wanted: dict[frozenset[str], list[int]] = {}
    for user, kinds in of_people(users).items():
        wanted.setdefault(frozenset(k for k, h in kinds.items() if h == how), []).append(user)
    found = Q(pk__in=[])
    for keys, people in wanted.items():
        found |= Q(user__in=people, kind__in=keys)
    return found


def _lay(people: list[int], purpose: str, on: date, now: datetime) -> int:
    if not people:
        return 0
    waiting: dict[int, list[int]] = {}
    found = untold(people, on, purpose).order_by("pk")
    rows = list(found.select_for_update(of=("self",), skip_locked=True))
    gone = settled(rows, on)
    for one in rows:
        if one.pk not in gone:
            waiting.setdefault(one.user_id, []).append(one.pk)
    for user, pks in waiting.items():
        message = Message.objects.create(
            user_id=user, purpose=purpose, on=on, made_at=now, next_try_at=now, count=len(pks)
        )
        Notice.objects.filter(pk__in=pks).update(message=message)
        if purpose == Purpose.DIGEST:
            _take_in_the_last(message)
    return len(waiting)


def _without_digest(people: list[int], on: date) -> list[int]:
    had = Message.objects.filter(purpose=Purpose.DIGEST, on=on, user__in=people)
    return sorted(set(people) - set(had.values_list("user_id", flat=True)))


def _take_in_the_last(message: Message) -> None:
    """Earlier digests that never went out become part of this one: one message a day, even after a
    mail server was away for two."""
    earlier = list(
        Message.objects.select_for_update(skip_locked=True)
        .filter(user=message.user_id, purpose=Purpose.DIGEST, state=State.WAITING)
        .exclude(pk=message.pk)
    )
    if not earlier:
        return
    Notice.objects.filter(message__in=earlier).update(message=message)
    Message.objects.filter(pk__in=[one.pk for one in earlier]).update(state=State.MERGED)
    message.count = message.notices.count()
    message.save(update_fields=["count"])

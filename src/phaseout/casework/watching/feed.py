"""A person's deadlines as a calendar (ICS), at a secret address that can be renewed.

Whoever knows the address reads what the person would see now, and nothing else: no sign-in, since
a calendar program has none. Only the digest of the secret is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.models import CalendarFeed, CaseDeadline, TaskStanding
from phaseout.casework.tasks.holding import tasks_held
from phaseout.casework.tasks.wording import task_words
from phaseout.casework.watching.mine import deadlines_of
from phaseout.casework.watching.wording import period_words
from phaseout.pages.templatetags.phaseout import said

BACK, MOST = timedelta(days=90), 1000


@transaction.atomic
def renew(user: User) -> str:
    """A new secret address; the one before is void from now on. It is shown this once."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user,
        defaults={"digest": _digest(secret), "made_at": timezone.now(), "last_read_at": None},
    )
    return secret


def withdraw(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def whose(secret: str) -> User | None:
    """The person of a secret address; None where there is none."""
    feed = CalendarFeed.objects.select_related("user").filter(digest=_digest(secret)).first()
    return feed.user if feed is not None else None


def read(user: User) -> None:
    CalendarFeed.objects.filter(user=user).update(last_read_at=timezone.now())


def calendar_of(scope: Scope, today: date) -> bytes:
    """The last days within the scope as a calendar: three queries at most."""
    calendar = Calendar()
    calendar.add("prodid", "-//Phaseout//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", said(("产能退出期限", "Phaseout deadlines")))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for event in (*_deadlines(scope, today), *_tasks(scope, today)):
        calendar.add_component(event)
    ics: bytes = calendar.to_ical()
    return ics


def _deadlines(scope: Scope, today: date) -> list[Event]:
    rows = CaseDeadline.objects.filter(deadlines_of(scope), due__gte=today - BACK)
    return [
        _event(
            f"deadline-{one.case_id}-{one.opened_by}-{one.period}",
            f"{said(period_words(one.case, one.period))} · {one.case.number}",
            one.case.enterprise.name,
            one.due,
        )
        for one in rows.select_related("case__enterprise").order_by("due", "id")[:MOST]
        if one.due is not None
    ]


def _tasks(scope: Scope, today: date) -> list[Event]:
    rows = TaskStanding.objects.filter(
        tasks_held(scope), ended_on=None, due__gte=today - BACK
    )  # fmt: skip
    return [
        _event(
            f"task-{one.pk}",
            f"{said(task_words(one.task, one.item))} · {one.case.number}",
            one.case.enterprise.name,
            one.due,
        )
        for one in rows.select_related("case__enterprise").order_by("due", "id")[:MOST]
        if one.due is not None
    ]


def _event(uid: str, summary: str, description: str, due: date) -> Event:
    event = Event()
    event.add("uid", f"{uid}@phaseout")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

"""The sessions a person has open: so many at most, over when idle, ended all at once on request."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from allauth.account.signals import password_changed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from phaseout.accounts.history import address_of, agent_of, note
from phaseout.accounts.models import OpenSession, SignIn, User

NUMBER, SEEN_AT = "open_session", "seen_at"
NOTED_EVERY = 60
"""Seconds: that somebody is still there is not written down with every request."""


def still_open(session: SessionBase) -> bool:
    """Whether the session goes on: not idle for too long, not ended from elsewhere."""
    now = time.time()
    since = now - session.get(SEEN_AT, now)
    if since > settings.SESSION_IDLE_MINUTES * 60:
        return False
    if since < NOTED_EVERY and SEEN_AT in session:
        return True
    session[SEEN_AT] = now
    there = OpenSession.objects.filter(pk=session.get(NUMBER, 0))
    return bool(there.update(seen_at=timezone.now(), session_key=session.session_key))


@transaction.atomic
def end_all(user: User, *, request: HttpRequest | None = None) -> int:
    """在所有设备退出: every session of the person is over, this one too; on record."""
    ended = _end(OpenSession.objects.filter(user=user))
    note(SignIn.Outcome.ENDED, request, user)
    return ended


@receiver(user_logged_in)
def _begin(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The oldest give way where a person would have too many; what is over by its age is swept."""
    opened = OpenSession.objects.filter(user=user)
    _end(
        opened.filter(begun_at__lt=timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    )
    if settings.SESSIONS_A_PERSON:
        kept = opened.order_by("-seen_at", "-pk")[: settings.SESSIONS_A_PERSON - 1]
        _end(opened.exclude(pk__in=list(kept.values_list("pk", flat=True))))
    if not request.session.session_key:  # somebody else's was flushed: this one gets its key now
        request.session.create()
    key = request.session.session_key or ""
    # The same person signs in again in the same session: its key stays.
    OpenSession.objects.filter(session_key=key).delete()
    one = OpenSession.objects.create(
        user=user,
        session_key=key,
        address=address_of(request),
        agent=agent_of(request),
    )
    request.session[NUMBER], request.session[SEEN_AT] = one.pk, time.time()


@receiver(user_logged_out)
def _leave(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    OpenSession.objects.filter(pk=request.session.get(NUMBER, 0)).delete()


@receiver(password_changed)
def _new_key(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Django gives this session a new key and ends the others: their hash no longer fits."""
    others = OpenSession.objects.filter(user=user).exclude(pk=request.session.get(NUMBER, 0))
    _end(others)
    request.session.pop(SEEN_AT, None)  # the new key is written down with the next request


def _end(sessions: QuerySet[OpenSession]) -> int:
    keys = list(sessions.values_list("session_key", flat=True))
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        sessions.model.objects.filter(session_key__in=keys).delete()
    return len(keys)

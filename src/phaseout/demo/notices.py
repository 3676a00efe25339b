"""Notices of the demonstration: told by the acts as they were done; what is old was read, and one
leader chose otherwise than the table. Nothing is ever sent."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from phaseout.accounts.models import User
from phaseout.coordination.reminding import remind
from phaseout.disclosure.telling import tell_ready
from phaseout.notices.choices import choose
from phaseout.notices.kinds import kinds
from phaseout.notices.models import Choice, Notice

READ_AFTER = timedelta(days=10)
CHOSEN = {"task": "at_once", "escalation": "digest", "import": "digest"}


def told(on: date) -> int:
    """Tell what the round of the year asks up to `on`; how many notices are unread."""
    remind(on)
    tell_ready(on)
    old = Notice.objects.filter(read_at=None, given_on__lt=on - READ_AFTER)
    old.update(read_at=timezone.now())
    leader = User.objects.get(username="eic-leader")
    if not Choice.objects.filter(user=leader).exists():
        choose(leader, {**{key: kind.how.value for key, kind in kinds().items()}, **CHOSEN})
    return Notice.objects.filter(read_at=None).count()

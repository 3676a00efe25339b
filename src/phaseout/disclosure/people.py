"""The people of enterprises, for who tells them something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from phaseout.accounts.models import Post, held_on
from phaseout.accounts.powers import Role


def people_of(codes: Iterable[str], on: date) -> set[int]:
    """Ids of those who act for these enterprises on a day."""
    held = Post.objects.filter(
        held_on(on), uscc__in=set(codes), role=Role.ENTERPRISE, user__is_active=True
    )
    return set(held.values_list("user_id", flat=True))

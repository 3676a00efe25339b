"""What somebody who leaves a post leaves behind, and who is there to go on with it.

    # in the AppConfig.ready of a room above
    register("casework.tasks", gettext_lazy("已接受、未了结的任务"), accepted_tasks)

    def accepted_tasks(post: Post) -> int: ...      # how many, of the person in the post's office

It is asked when an administrator is about to end a post: work belongs to the office and goes on,
but only if somebody is there. The administrator reads no case; counts are all he is told, so they
are taken with the whole reach.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise

from phaseout.accounts.models import Post
from phaseout.accounts.rows import whole_reach

Count = Callable[[Post], int]
_KINDS: dict[str, tuple[str | Promise, Count]] = {}


def register(key: str, label: str | Promise, count: Count) -> None:
    """Add a kind of work; the same key again replaces it."""
    _KINDS[key] = (label, count)


def left_by(post: Post) -> list[tuple[str | Promise, int]]:
    """Of each kind of which there is any, how many."""
    with whole_reach():
        counted = [(label, count(post)) for label, count in _KINDS.values()]
    return [(label, number) for label, number in counted if number]


def colleagues(post: Post, on: date) -> list[Post]:
    """Posts of others in the same office and place that are held on the day and later."""
    return list(
        Post.objects.filter(
            Q(held_from=None) | Q(held_from__lte=on),
            Q(held_to=None) | Q(held_to__gt=on),
            function=post.function,
            division_code=post.division_code,
            uscc=post.uscc,
            user__is_active=True,
        )
        .exclude(user=post.user_id)
        .select_related("user")
        .order_by("role", "pk")
    )

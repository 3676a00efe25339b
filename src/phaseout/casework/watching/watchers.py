"""Who can be told: the people in their offices on a day, laid beside the deadlines in a temporary
table, so that a sweep joins instead of asking person by person."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import connection

from phaseout.accounts.models import Post, held_on
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import grant_of
from phaseout.casework.cases.offices import office_of
from phaseout.law.opinions import CITIES
from phaseout.registry.models import Enterprise

MAKE = """
DROP TABLE IF EXISTS watchers;
CREATE TEMPORARY TABLE watchers (office text, prefix text, role text, user_id bigint)
  ON COMMIT DROP
"""
FILL = """
INSERT INTO watchers
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[]);
CREATE INDEX watcher_by_office ON watchers (office, role);
ANALYZE watchers
"""


def lay_watchers(on: date) -> int:
    """Write `watchers`: one row a person, office, role; enterprise users under the code of their
    enterprise. Inside a transaction, at whose end it is gone. Returns how many there are."""
    rows = sorted({row for post in _posts(on) for row in _rows(post)})
    rows += _of_merged(rows)
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
        cursor.execute(FILL, columns)
    return len(rows)


def _posts(on: date) -> list[Post]:
    held = Post.objects.filter(
        held_on(on),
        user__is_active=True,
    ).exclude(role=Role.ADMINISTRATOR)
    if not settings.DEMO:
        held = held.filter(user__demo=False)
    return list(held)


def _rows(post: Post) -> list[tuple[str, str, str, int]]:
    if post.role == Role.ENTERPRISE:
        return [(post.uscc, "", post.role, post.user_id)]
    grant = grant_of(post)
    if post.function == CITIES and len(grant.prefix) < 4:
        return []  # `cities` over the whole region: no one city
    return [(office_of(grant), grant.prefix, post.role, post.user_id)]


def _of_merged(rows: list[tuple[str, str, str, int]]) -> list[tuple[str, str, str, int]]:
    """People of an enterprise are told of the cases of entries merged into it, one step deep."""
    users = [row for row in rows if row[2] == Role.ENTERPRISE]
    if not users:
        return []
    merged = Enterprise.objects.filter(merged_into__isnull=False)
    pairs = [(code, str(into)) for code, into in merged.values_list("pk", "merged_into")]
    same = [*pairs, *((into, code) for code, into in pairs)]
    others: dict[str, list[str]] = {}
    for one, other in same:
        others.setdefault(one, []).append(other)
    return [
        (other, prefix, role, user)
        for code, prefix, role, user in users
        for other in others.get(code, ())
    ]

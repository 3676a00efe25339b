"""A room tells people something: in the transaction of its own act, or from a job that may run
late or twice. Who was told already is not told again; the database sees to it.

    tell(told, users, on)                  write it down for these people
    tell_when_appended({Tip: of_tip})      from AppConfig.ready: of each row of these models
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save

from phaseout.law.refusals import Bilingual
from phaseout.notices.kinds import kinds
from phaseout.notices.models import Notice

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Told:
    """What is told. `words` say it outside the site too: no more of an enterprise than the number
    of its case. `url` is a path within the site. `due`: a last day; another one is told anew."""

    kind: str
    subject: str
    step: str
    words: Bilingual
    url: str
    due: date | None = None


def tell(told: Told, users: Iterable[int], on: date) -> None:
    """Tell people, by their ids, on a business day: one statement."""
    if told.kind not in kinds():
        raise KeyError(told.kind)
    rows = [
        Notice(
            user_id=user,
            kind=told.kind,
            subject=told.subject,
            step=told.step,
            due=told.due,
            words_zh=told.words[0][:LONGEST],
            words_en=told.words[1][:LONGEST],
            url=told.url,
            given_on=on,
        )
        for user in sorted(set(users))
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True)


def tell_when_appended(followers: Mapping[type[Model], Callable[[Any], None]]) -> None:
    """Have what is told of the rows of these models told when one is appended, in the transaction
    of its act; rows of a fixture are not told of. Called when the site starts."""
    for appended, follower in followers.items():
        post_save.connect(
            _once_appended(follower),
            sender=appended,
            weak=False,  # nobody else holds it
            dispatch_uid=f"{follower.__module__}.{follower.__qualname__}",
        )


def _once_appended(follower: Callable[[Any], None]) -> Callable[..., None]:
    def heard(instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
        if created and not raw:
            follower(instance)

    return heard

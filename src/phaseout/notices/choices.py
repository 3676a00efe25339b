"""How a person is told of each kind: as chosen, or as the table has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from phaseout.accounts.models import User
from phaseout.notices.kinds import kinds
from phaseout.notices.models import Choice

How = Choice.How


def ways_of(user_id: int) -> dict[str, How]:
    """Kind → how this person is told of it. One query."""
    return of_people([user_id])[user_id]


def of_people(users: Iterable[int]) -> dict[int, dict[str, How]]:
    """The same of several people, by id; one query."""
    found = {user: {key: kind.how for key, kind in kinds().items()} for user in users}
    for user, kind, how in Choice.objects.filter(user__in=found).values_list("user", "kind", "how"):
        if kind in found[user]:
            found[user][kind] = How(how)
    return found


def choose(user: User, chosen: Mapping[str, str]) -> None:
    """Keep what a person chose; what is as the table has it is not kept, and follows the table."""
    for key, kind in kinds().items():
        how = How(chosen.get(key, kind.how))
        if how == kind.how:
            Choice.objects.filter(user=user, kind=key).delete()
        else:
            Choice.objects.update_or_create(user=user, kind=key, defaults={"how": how})

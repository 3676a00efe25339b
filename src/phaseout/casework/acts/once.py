"""What an act of a room above does as an act of a case does: it happens once under its key, and who
acts on the same thing at once comes second.

Each room keeps its acts in a table of its own: appended, with who, for which office, on which day,
what was said and its digest, under a `key` that is there once.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Model

from phaseout.accounts.models import User
from phaseout.casework.acts.transactions import hold
from phaseout.casework.cases.refusing import key_used

M = TypeVar("M", bound=Model)


def hold_all(room: str, what: str) -> None:
    """Hold a thing of a room until the transaction ends: whoever acts on it at once comes second
    and sees what the first has done."""
    hold(uuid5(NAMESPACE_URL, f"phaseout:{room}:{what}"))


def done_before(kept: type[M], key: UUID, kind: str, by: User | None, **about: Any) -> M | None:
    """The act of the table `kept` that was done under this key before; the key is held until the
    transaction ends. `about` names columns of the act that must be the same.

    Raises:
        Refusal: `key_used_for_another_act`.
    """
    hold(key)
    found = kept._default_manager.filter(key=key).first()
    if found is None:
        return None
    told = {"kind": kind, "by_id": by.pk if by else None, **about}
    if any(getattr(found, name) != value for name, value in told.items()):
        raise key_used()
    return found

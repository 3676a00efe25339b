"""What an act of a room above does as an act of a case does: it happens once under its key, and who
acts on the same thing at once comes second.

Each room keeps its acts in a table of its own: appended, with who, for which office, on which day,
what was said and its digest, under a `key` that is there once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Model

from phaseout.accounts.models import User
from phaseout.casework.acts.transactions import hold
from phaseout.casework.cases.refusing import key_used
from phaseout.evidence.digests import digest_of
from phaseout.law.refusals import Bilingual

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


def append(
    kept: type[M],
    kind: str,
    office: str,
    name: Bilingual,
    *,
    by: User | None,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    **columns: Any,
) -> M:
    """The row of an act in the table `kept` (a `models.kept.KeptAct`), with its digest.

    Args:
        office, name: the function that acts and its name on the day; an enterprise acts by its own
            name for no office.
        columns: further columns of that table: what the act is about, and where.
    """
    return kept._default_manager.create(
        kind=kind,
        office=office,
        organisation_zh=name[0],
        organisation_en=name[1],
        by=by,
        done_on=today,
        content=content,
        digest=digest_of(content),
        key=key,
        **columns,
    )

"""What every act of this room does alike: hold its key and programme, append row and entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE
from phaseout.casework.acts.transactions import again_after_a_deadlock, hold
from phaseout.casework.cases.refusing import key_used
from phaseout.measures.funds.models import Account, Application, Entry, FundAct, Programme
from phaseout.measures.funds.seats import Seat

__all__ = ["again_after_a_deadlock", "append", "book", "done_before", "hold_all"]

Move = tuple[Account, Application | None, Decimal]


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    hold(uuid5(NAMESPACE_URL, f"phaseout:funds:{what}"))


def done_before(key: UUID, kind: str, by: User, about: str) -> FundAct | None:
    """The act that was done under this key before; the key is held until the transaction ends.

    Raises:
        Refusal: `key_used_for_another_act`.
    """
    hold(key)
    found = FundAct.objects.filter(key=key).first()
    if found is not None and (found.kind, found.by_id, found.about) != (kind, by.pk, about):
        raise key_used()
    return found


def append(
    kind: str,
    acting: Seat,
    *,
    by: User,
    today: date,
    key: UUID,
    about: str,
    content: Mapping[str, Any],
    application: Application | None = None,
) -> FundAct:
    """The row of an act."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return FundAct.objects.create(
        kind=kind,
        office=acting.office,
        organisation_zh=acting.name[0],
        organisation_en=acting.name[1],
        division_code=application.division_code if application else REGION_CODE,
        uscc=application.enterprise_id if application else "",
        about=about,
        by=by,
        done_on=today,
        content=content,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        key=key,
    )


def book(act: FundAct, programme: Programme, moves: Sequence[Move]) -> None:
    """The entries of an act; together they must be nought (the database sees to it)."""
    Entry.objects.bulk_create(
        Entry(
            act=act,
            programme=programme,
            account=account,
            application=application,
            amount=amount,
            booked_on=act.done_on,
        )
        for account, application, amount in moves
    )

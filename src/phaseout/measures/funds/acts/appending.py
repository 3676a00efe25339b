"""What every act of this room does alike: hold its key and programme, append row and entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.measures.funds.models import Account, Application, Entry, FundAct, Programme
from phaseout.measures.funds.seats import Seat

__all__ = ["again_after_a_deadlock", "append", "book", "done_before", "hold_all"]

Move = tuple[Account, Application | None, Decimal]


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    once.hold_all("funds", what)


def done_before(key: UUID, kind: str, by: User, about: str) -> FundAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(FundAct, key, kind, by, about=about)


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
    return once.append(
        FundAct,
        kind,
        acting.office,
        acting.name,
        by=by,
        today=today,
        key=key,
        content=content,
        division_code=application.division_code if application else REGION_CODE,
        uscc=application.enterprise_id if application else "",
        about=about,
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

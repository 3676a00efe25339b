"""What every act of this room does alike: hold its key, and append its row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.casework.acts.transactions import again_after_a_deadlock, hold
from phaseout.casework.cases.refusing import key_used
from phaseout.measures.prices.models import PriceAct
from phaseout.measures.prices.seats import Seat

__all__ = ["again_after_a_deadlock", "append", "digest_of", "done_before", "hold_all"]


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    hold(uuid5(NAMESPACE_URL, f"phaseout:prices:{what}"))


def done_before(key: UUID, kind: str, by: User | None, about: str = "") -> PriceAct | None:
    """The act that was done under this key before; the key is held until the transaction ends.

    Raises:
        Refusal: `key_used_for_another_act`.
    """
    hold(key)
    found = PriceAct.objects.filter(key=key).first()
    if found is None:
        return None
    if (found.kind, found.by_id, found.about) != (kind, by.pk if by else None, about):
        raise key_used()
    return found


def digest_of(content: Any) -> str:
    """SHA-256 over plain data as canonical JSON."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append(
    kind: str,
    seat: Seat,
    *,
    by: User | None,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    about: str = "",
) -> PriceAct:
    """The row of an act."""
    name = office_name(seat.office, seat.division_code, today)
    return PriceAct.objects.create(
        kind=kind,
        office=seat.office,
        organisation_zh=name[0],
        organisation_en=name[1],
        division_code=seat.division_code,
        about=about,
        by=by,
        done_on=today,
        content=content,
        digest=digest_of(content),
        key=key,
    )

"""What every act of this room does alike: hold its key and its list, and append its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.disclosure.lists import refusing
from phaseout.disclosure.lists.models import ListAct
from phaseout.disclosure.lists.seats import publisher
from phaseout.law.lists.kinds import ListKind
from phaseout.law.refusals import Bilingual

__all__ = ["again_after_a_deadlock", "append", "done_before", "hold_list", "key_of", "said"]
LONGEST = 2000


def hold_list(kind: ListKind) -> None:
    """Of two who act on one list at once one comes second, and sees what the first has done."""
    once.hold_all("lists", f"list:{kind.key}")


def done_before(key: UUID, kind: str, by: User | None, about: str = "") -> ListAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(ListAct, key, kind, by, about=about)


def said(text: str) -> str:
    """A text that must be there, trimmed.

    Raises:
        Refusal: `lists.no-reason`.
    """
    plain = text.strip()
    if not 0 < len(plain) <= LONGEST:
        raise refusing.no_reason()
    return plain


def key_of(what: str) -> UUID:
    """The key of what happens by itself: once, whoever brings it about."""
    return uuid5(NAMESPACE_URL, f"phaseout:lists:{what}")


def append(
    kind: str,
    of: ListKind,
    *,
    by: User | None,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    about: str = "",
    division_code: str = REGION_CODE,
    name: Bilingual | None = None,
    enterprise_id: str | None = None,
) -> ListAct:
    """The row of an act. `name`: of who acts where that is no department (a firm)."""
    return once.append(
        ListAct,
        kind,
        "" if name else of.function,
        name or publisher(of, today),
        by=by,
        today=today,
        key=key,
        content=content,
        list_kind=of.key,
        division_code=division_code,
        about=about,
        enterprise_id=enterprise_id,
    )

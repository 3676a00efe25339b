"""What every act of this room does alike: hold its key, and append its row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.measures.sanctions.models import SanctionAct
from phaseout.measures.sanctions.refusing import no_reason

__all__ = ["again_after_a_deadlock", "append", "done_before", "hold_all", "said"]
LONGEST = 2000


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    once.hold_all("sanctions", what)


def done_before(key: UUID, kind: str, by: User | None, **about: Any) -> SanctionAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(SanctionAct, key, kind, by, **about)


def said(text: str) -> str:
    """A text that must be there, trimmed.

    Raises:
        Refusal: `sanction.no-reason`.
    """
    plain = text.strip()
    if not 0 < len(plain) <= LONGEST:
        raise no_reason()
    return plain


def append(
    kind: str,
    office: str,
    *,
    by: User | None,
    today: date,
    key: UUID,
    content: Mapping[str, Any],
    division_code: str = REGION_CODE,
    name: tuple[str, str] | None = None,
    **about: Any,
) -> SanctionAct:
    """The row of an act. `name`: of who acts where that is no office (an enterprise, a bank)."""
    return once.append(
        SanctionAct,
        kind,
        office,
        name or office_name(office, REGION_CODE, today),
        by=by,
        today=today,
        key=key,
        content=content,
        division_code=division_code,
        **about,
    )

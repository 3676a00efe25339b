"""What every act of this room does alike: hold its key, and append its row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.casework.acts.transactions import again_after_a_deadlock, hold
from phaseout.casework.cases.refusing import key_used
from phaseout.measures.sanctions.models import SanctionAct
from phaseout.measures.sanctions.refusing import no_reason

__all__ = ["again_after_a_deadlock", "append", "digest_of", "done_before", "hold_all", "said"]
LONGEST = 2000


def hold_all(what: str) -> None:
    """Who acts on the same thing at once comes second and sees what the first has done."""
    hold(uuid5(NAMESPACE_URL, f"phaseout:sanctions:{what}"))


def done_before(key: UUID, kind: str, by: User | None, **about: Any) -> SanctionAct | None:
    """The act that was done under this key before; the key is held until the transaction ends.

    Raises:
        Refusal: `key_used_for_another_act`.
    """
    hold(key)
    found = SanctionAct.objects.filter(key=key).first()
    if found is None:
        return None
    told = {name: getattr(found, name) for name in about}
    if (found.kind, found.by_id) != (kind, by.pk if by else None) or told != about:
        raise key_used()
    return found


def digest_of(content: Any) -> str:
    """SHA-256 over the content as canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
    zh, en = name or office_name(office, REGION_CODE, today)
    return SanctionAct.objects.create(
        kind=kind,
        office=office,
        organisation_zh=zh,
        organisation_en=en,
        division_code=division_code,
        by=by,
        done_on=today,
        content=content,
        digest=digest_of(content),
        key=key,
        **about,
    )

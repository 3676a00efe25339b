"""The chain of a case's acts: a canonical text for each, hashed with the digest of the one before.

    digest = SHA-256(previous digest, as 64 hex digits, then the record, as UTF-8)

The text holds everything of the act, people by user name and name of the day among it, so that it
can be verified without this database. The database computes the digest again when the row comes
in (migration 0006); `phaseout audit verify` does so at any time, offline.
"""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import Any

from phaseout.casework.models import Act
from phaseout.casework.models.act import FIRST
from phaseout.evidence.digests import canonical

FORM = 1
"""The form of the record; a later form is read beside it, an earlier one never rewritten."""


def sealed(act: Act, *, after: Act | None, signed: str = "") -> Act:
    """The act with record, previous digest and digest, ready to be written.

    Args:
        after: the last act of the case; None before its first.
        signed: the digest that a signature covers (`preparing.digest_of`), empty if nobody signed.
    """
    act.record = canonical(record_of(act, signed))
    act.previous = after.digest if after is not None else FIRST
    act.digest = digest(act.previous, act.record)
    return act


def record_of(act: Act, signed: str = "") -> dict[str, Any]:
    """Everything of the act as plain data."""
    return {
        "form": FORM,
        "case": act.case.number,
        "place": act.place,
        "kind": act.kind,
        "done_on": act.done_on.isoformat(),
        "served_on": act.served_on.isoformat() if act.served_on else None,
        "by": _person(act.by),
        "signed_by": _person(act.signed_by) if act.signed_by else None,
        "signed": signed or None,
        "function": act.function,
        "office": act.office,
        "organisation": [act.organisation_zh, act.organisation_en],
        "basis": act.basis,
        "facts": act.facts,
        "detail": act.detail,
        "reason": act.reason,
        "key": str(act.key),
        "recorded_at": act.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def digest(previous: str, record: str) -> str:
    return hashlib.sha256(previous.encode() + record.encode()).hexdigest()


def _person(user: Any) -> dict[str, str]:
    return {"user": user.get_username(), "name": str(user)}

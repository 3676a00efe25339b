"""Whether the cases behind a draft have moved since it was made."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from phaseout.disclosure.lists.gathering import amended, gathered
from phaseout.disclosure.lists.models import Draft


def moved_since(draft: Draft, on: date) -> list[str]:
    """Names of the firms whose ground has ended since, or would be said otherwise now. A ground
    that has come since waits for the next edition: the draft still shows its own moment."""
    entries = list(draft.entries.all())
    said: dict[UUID, dict[str, Any]] = {}
    for one in draft.amendments.all():
        said.setdefault(one.ground, {})[one.column] = one.value
    cases = sorted({entry.case_id for entry in entries})
    now = {
        one.ground: amended(one, said.get(one.ground, {})).columns(draft.list_kind)
        for one in gathered(draft.list_kind, on, draft.year, only=cases)
    }
    return [e.columns["name"] for e in entries if now.get(e.ground) != e.columns]

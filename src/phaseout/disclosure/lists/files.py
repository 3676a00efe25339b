"""Which evidence of this room a person may read."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.scope import Scope
from phaseout.disclosure.lists.models import Objection
from phaseout.evidence.models import EvidenceFile


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """What a firm handed in with an objection: itself, and the officials of its place."""
    return Objection.objects.filter(
        scope.enterprises("enterprise__"), files__contains=[file.digest]
    ).exists()

"""Who may read a file that a record or a draft names."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.evidence.models import EvidenceFile
from phaseout.inspections.models import Record


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """Whoever may read a record may read its files."""
    if not scope.may(Power.READ):
        return False
    named = Record.objects.filter(
        scope.findings("assignment__"), files__contains=[{"digest": file.digest}]
    )
    return named.exists()

"""Who may read a file that an answer carries."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.coordination.supervision.models import Measure
from phaseout.coordination.supervision.standing import seen
from phaseout.evidence.models import EvidenceFile


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """Whoever may read a measure may read what was answered, with its files."""
    if not (scope.may(Power.READ) and scope.has_office):
        return False
    carrying = Measure.objects.filter(
        seen(scope), demands__answers__files__contains=[{"digest": file.digest}]
    )
    return carrying.exists()

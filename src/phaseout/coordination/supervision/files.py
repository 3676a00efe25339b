"""Who may read a file that an answer or a record carries."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.coordination.supervision.models import Measure
from phaseout.coordination.supervision.standing import seen
from phaseout.evidence.models import EvidenceFile


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """Whoever may read a measure may read what was recorded and answered, with its files."""
    if not (scope.may(Power.READ) and scope.has_office):
        return False
    one, readable = [{"digest": file.digest}], Measure.objects.filter(seen(scope))
    return (
        readable.filter(demands__answers__files__contains=one).exists()
        or readable.filter(record__files__contains=one).exists()
    )

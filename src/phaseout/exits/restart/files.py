"""Who may read a file of readings: who may see its batch."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.scope import Scope
from phaseout.evidence.models import EvidenceFile
from phaseout.exits.restart.models import Batch
from phaseout.exits.restart.seeing import batches_within


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    return Batch.objects.filter(batches_within(scope), evidence__digest=file.digest).exists()

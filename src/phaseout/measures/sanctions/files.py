"""Who may read a file of this room: of a batch the lead alone, of an act who sees the sanction."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from phaseout.accounts.scope import Scope
from phaseout.evidence.models import EvidenceFile
from phaseout.measures.sanctions.models import Batch, SanctionAct
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seats, within


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """Batches may hold identity numbers: they stay with the lead of clause (17)."""
    lead = not seats(scope).isdisjoint(leads(SANCTIONS))
    if lead and Batch.objects.filter(Q(sheet=file.digest) | Q(data=file.digest)).exists():
        return True
    named = SanctionAct.objects.filter(within(scope), content__files__contains=[file.digest])
    return named.exists()

"""Who may read a file that an act on land names."""

from __future__ import annotations

from typing import Any

from phaseout.evidence.models import EvidenceFile
from phaseout.measures.land.models import LandAct
from phaseout.measures.land.shown import within


def may_read(file: EvidenceFile, user: Any, scope: Any) -> bool:
    """Who may read about the parcel."""
    acts = LandAct.objects.filter(content__files__contains=[file.digest])
    return acts.filter(within(scope, "parcel__")).exists()

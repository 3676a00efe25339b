"""Who may read a file that a record names: officials who see the case."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.scope import Scope
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.papers.seeing import from_inside_an_enterprise
from phaseout.evidence.models import EvidenceFile
from phaseout.exits.models import ExitFile


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    if not scope.grants or from_inside_an_enterprise(scope):
        return False
    return ExitFile.objects.filter(
        file__digest=file.digest, act__case__in=cases_within(scope)
    ).exists()

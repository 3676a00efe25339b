"""Who may read the files of this room: lists as people, minutes as their settlement."""

from __future__ import annotations

from typing import Any

from phaseout.accounts.scope import Scope
from phaseout.evidence.models import EvidenceFile
from phaseout.measures.employees.models import EmployeeList, Procedure, Settlement
from phaseout.measures.employees.seats import sees_people
from phaseout.measures.employees.standing import settlements_within


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """Whoever may read what names the file."""
    if not scope:
        return False
    lists = EmployeeList.objects.filter(file__digest=file.digest)
    firms = [one.settlement.enterprise for one in lists.select_related("settlement__enterprise")]
    if any(sees_people(scope, firm) for firm in firms):
        return True
    seen = Settlement.objects.filter(settlements_within(scope))
    return Procedure.objects.filter(minutes__digest=file.digest, settlement__in=seen).exists()

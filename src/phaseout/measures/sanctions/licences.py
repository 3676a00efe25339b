"""Licences to be cancelled (clauses 7, 16), followed across cases: the tasks that cases raised, and
what the registry still holds as valid for an enterprise whose line is gone. No second truth: rows
are those of cases and of the registry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from phaseout.casework.left import partly_exited
from phaseout.casework.models import Case, CaseTask, TaskStanding
from phaseout.law.judgement.explain.subjects import permit_names
from phaseout.law.refusals import Bilingual
from phaseout.measures.sanctions.models import CreditRecord
from phaseout.registry.models import PermitVersion, ProductionLine

REVOKE = "revoke_licence"
GONE = ("exited", "closed_exited")
"""Stages of cases in which a line has exited."""


@dataclass(frozen=True, slots=True)
class ToCancel:
    """A licence that a case has to have cancelled: by whom, since when, until when, done when."""

    case: Case
    licence: str
    issuer: str
    since: date
    due: date | None
    done_on: date | None
    late: bool
    task_id: int
    record: CreditRecord | None


@dataclass(frozen=True, slots=True)
class StillValid:
    """A permit that the registry holds as valid though a line of the enterprise has exited. `lines`
    that still work may lawfully keep it: then it is changed, not cancelled."""

    uscc: str
    enterprise: str
    kind: Bilingual
    number: str
    valid_to: date | None
    exited_on: date
    lines: int
    asked: bool


def revocations(reach: Q, *, done: bool) -> QuerySet[CaseTask]:
    """The tasks of cases to cancel licences, within reach; the oldest first."""
    rows = CaseTask.objects.filter(reach, task=REVOKE).select_related("case__enterprise")
    return rows.exclude(done_on=None) if done else rows.filter(done_on=None)


def in_words(tasks: list[CaseTask], today: date) -> list[ToCancel]:
    """The tasks with their clocks and records; two queries, however many."""
    cases = {task.case_id for task in tasks}
    standings = {
        (s.case_id, s.item, s.arisen_by): s
        for s in TaskStanding.objects.filter(case__in=cases, task=REVOKE)
    }
    records = {
        (r.case_id, r.item): r
        for r in CreditRecord.objects.filter(case__in=cases, root=None).exclude(item="")
    }
    found = []
    for task in tasks:
        standing = standings.get((task.case_id, task.item, task.arisen_by))
        due = standing.due if standing else None
        found.append(
            ToCancel(
                task.case,
                *_item(task),
                task.arisen_on,
                due,
                task.done_on,
                late=task.done_on is None and due is not None and due < today,
                task_id=task.pk,
                record=records.get((task.case_id, task.item)),
            )
        )
    return found


def _item(task: CaseTask) -> tuple[str, str]:
    """Licence and issuer, as the case names them."""
    return task.item, task.holder


def still_valid(places: Q, today: date) -> list[StillValid]:
    """Permits valid on the day, or without an end on record, of enterprises with an exited line."""
    gone = (
        Case.objects.filter(places, stage__in=GONE, closed_on__isnull=False)
        .select_related("enterprise")
        .order_by("enterprise_id", "-closed_on")
        .distinct("enterprise_id")
    )
    exits = {case.enterprise_id: case for case in gone}
    working = _working_lines(list(exits))
    asked = set(
        CaseTask.objects.filter(case__enterprise__in=exits, task=REVOKE).values_list(
            "case__enterprise_id", "item"
        )
    )
    found = []
    for permit in _valid(list(exits), today):
        case = exits[permit.uscc]
        words = permit_names().get(permit.kind, (permit.kind, permit.kind))
        told = any(uscc == permit.uscc and words[0] in item for uscc, item in asked)
        closed = case.closed_on
        assert closed is not None
        found.append(
            StillValid(
                permit.uscc, case.enterprise.name, words, permit.number, permit.valid_to, closed,
                working.get(permit.uscc, 0), told,
            )
        )  # fmt: skip
    return found


def _valid(usccs: list[str], today: date) -> QuerySet[PermitVersion]:
    return PermitVersion.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        uscc__in=usccs,
        replaced_by=None,
        valid_from__lte=today,
    ).order_by("uscc", "kind", "number")


def _working_lines(usccs: list[str]) -> dict[str, int]:
    """How many lines of each enterprise have not exited."""
    exited = Case.objects.filter(
        ~Exists(partly_exited(OuterRef("line"))),
        line=OuterRef("pk"),
        stage__in=GONE,
        closed_on__isnull=False,
    )
    counts: dict[str, Any] = {}
    rows = ProductionLine.objects.filter(~Exists(exited), enterprise__in=usccs)
    for uscc in rows.values_list("enterprise_id", flat=True):
        counts[uscc] = counts.get(uscc, 0) + 1
    return counts

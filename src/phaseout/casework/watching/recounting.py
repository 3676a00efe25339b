"""A calendar of rest days published late: the deadlines that go on are counted anew.

    recount(on)     those whose last day may move, once for each version of the calendar

A last day of a year whose holidays were not published is missing or provisional. When a new
calendar is installed, each that moves is changed and the change appended as a
`DeadlineAmendment`; those concerned are told. Broken off, it goes on after the last case done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from phaseout.casework.models import Act, Case, CaseDeadline, DeadlineAmendment, Recount
from phaseout.casework.proceeding.deriving import OF_DEADLINES, derive
from phaseout.casework.watching.sweeping import TELL, WHOM
from phaseout.casework.watching.watchers import lay_watchers
from phaseout.law.periods import shipped_calendar

SLICE = 200
BACK = timedelta(days=60)
"""A last day that has passed may have been a rest day after all, when the notice came that late."""
MOVED = """
SELECT m.case_id, m.period, m.opened_by, m.due_now AS due, d.whose, d.office, d.division_code,
  c.enterprise_id, c.lead_function
FROM casework_deadlineamendment AS m JOIN casework_case AS c ON c.id = m.case_id
JOIN casework_casedeadline AS d
  ON (d.case_id, d.period, d.opened_by) = (m.case_id, m.period, m.opened_by)
WHERE m.because = %(because)s AND m.case_id = ANY(%(cases)s)
"""


@dataclass(frozen=True, slots=True)
class Recounted:
    """What a recount has done: the calendar, cases looked at, deadlines that moved."""

    calendar: str
    cases: int
    moved: int


def recount(on: date) -> Recounted | None:
    """Count anew what goes on, with the calendar installed; None: that was done already."""
    calendar = shipped_calendar().version
    state, new = Recount.objects.get_or_create(calendar=calendar, defaults={"begun_on": on})
    if new and not Recount.objects.exclude(pk=state.pk).exists():
        # The first there is: all deadlines were counted with it.
        Recount.objects.filter(pk=state.pk).update(finished_at=timezone.now())
        return None
    if state.finished_at is not None and not _taken_back(state):
        return None
    looked_at = 0
    while count := _slice(state.pk, on):
        looked_at += count
    state.refresh_from_db()
    return Recounted(calendar, looked_at, state.changed)


def _taken_back(state: Recount) -> bool:
    """Whether another calendar was counted with since, and this one is in force again: a notice
    that was entered by mistake and removed. The count then begins anew."""
    since = Recount.objects.filter(finished_at__gt=state.finished_at)
    if not since.exists():
        return False
    Recount.objects.filter(pk=state.pk).update(finished_at=None, last_case=0, changed=0)
    return True


def _slice(recount_id: int, on: date) -> int:
    """The next cases, in a transaction of their own; how many there were."""
    with transaction.atomic(durable=True):
        state = Recount.objects.select_for_update().get(pk=recount_id)
        open_ = CaseDeadline.objects.filter(case=OuterRef("pk"), going=True).filter(
            Q(uncounted=True) | Q(due__gte=on - BACK)
        )
        cases = list(
            Case.objects.select_for_update(of=("self",), no_key=True)
            .select_related("enterprise")
            .filter(Exists(open_), pk__gt=state.last_case)
            .order_by("pk")[:SLICE]
        )
        if not cases:
            state.finished_at = timezone.now()
        else:
            state.last_case = cases[-1].pk
            state.changed += _amend(cases, state.calendar, on)
        state.save()
        return len(cases)


def _amend(cases: Sequence[Case], calendar: str, on: date) -> int:
    acts: dict[int, list[Act]] = {}
    rows = Act.objects.filter(case__in=cases).order_by("case_id", "place")
    for act in rows.select_related("by", "signed_by"):
        acts.setdefault(act.case_id, []).append(act)
    kept: dict[int, list[CaseDeadline]] = {}
    for row in CaseDeadline.objects.filter(case__in=cases):
        kept.setdefault(row.case_id, []).append(row)
    moved = [
        change
        for case in cases
        if case.pk in acts
        for change in _moved(case, acts[case.pk], kept.get(case.pk, []), calendar, on)
    ]
    if moved:
        DeadlineAmendment.objects.bulk_create(moved, ignore_conflicts=True)
        _tell([case.pk for case in cases], calendar, on)
    return len(moved)


def _moved(
    case: Case, acts: list[Act], kept: list[CaseDeadline], calendar: str, on: date
) -> list[DeadlineAmendment]:
    """The deadlines of a case whose last day is another now, written."""
    derived = {(one.period, one.opened_by): one for one in derive(case, acts).deadlines}
    moved = []
    for row in kept:
        now = derived.get((row.period, row.opened_by))
        if now is None or (row.due, row.uncounted) == (now.due, now.uncounted):
            continue
        moved.append(
            DeadlineAmendment(
                case=case,
                period=row.period,
                opened_by=row.opened_by,
                due_before=row.due,
                due_now=now.due,
                because=calendar,
                amended_on=on,
            )
        )
        for name in OF_DEADLINES:
            setattr(row, name, getattr(now, name))
        row.save(update_fields=list(OF_DEADLINES))
    return moved


def _tell(cases: list[int], calendar: str, on: date) -> None:
    lay_watchers(on)
    whom = " UNION ".join((WHOM["officer"], WHOM["enterprise"]))
    with connection.cursor() as cursor:
        cursor.execute(
            TELL.format(due=MOVED, whom=whom),
            {
                "because": calendar,
                "cases": cases,
                "notice": "amendment",
                "step": f"amended-{hashlib.sha256(calendar.encode()).hexdigest()[:12]}",
                "on": on,
            },
        )

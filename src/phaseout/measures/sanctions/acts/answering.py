"""What an authority says: what it did in its area, and that it has taken a release in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.measures.sanctions import refusing
from phaseout.measures.sanctions.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
    said,
)
from phaseout.measures.sanctions.models import ReleaseNotice, SanctionAct, SanctionTask
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seat_of

OUTCOMES: dict[str, Bilingual] = {
    "carried_out": ("已落实", "carried out"),
    "under_way": ("正在办理", "under way"),
    "nothing_there": ("该企业无此类事项", "the firm has no such matter"),
    "not_possible": ("依法不能落实", "the law does not allow it"),
}
FINAL = frozenset({"carried_out", "nothing_there", "not_possible"})
"""Answers after which nothing more is waited for."""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer_task(
    task_id: int,
    *,
    outcome: str,
    statement: str,
    files: Collection[str] = (),
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SanctionAct:
    """The office of a task says what it did; as often as there is something to say.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `sanction.released`.
    """
    done = done_before(key, SanctionAct.Kind.ANSWER_TASK, by, task_id=task_id)
    if done is not None:
        return done
    hold_all(f"task:{task_id}")
    task = SanctionTask.objects.select_related("sanction__release").get(pk=task_id)
    office = seat_of(scope, [task.office], today)
    if hasattr(task.sanction, "release"):
        raise refusing.released(task.sanction.release.ended_on)
    if outcome not in OUTCOMES:
        raise refusing.no_reason()
    return append(
        SanctionAct.Kind.ANSWER_TASK,
        office,
        by=by,
        today=today,
        key=key,
        content={"outcome": outcome, "statement": said(statement), "files": sorted(set(files))},
        division_code=task.sanction.division_code,
        enterprise_id=task.sanction.enterprise_id,
        sanction=task.sanction,
        task=task,
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def acknowledge(
    notice_id: int, *, statement: str, by: User, scope: Scope, today: date, key: UUID
) -> SanctionAct:
    """A receiver says that it has ended what it did on a sanction. For the platform the lead office
    says so, by the platform's receipt.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `release.acknowledged`.
    """
    done = done_before(key, SanctionAct.Kind.ACKNOWLEDGE, by, notice_id=notice_id)
    if done is not None:
        return done
    hold_all(f"notice:{notice_id}")
    notice = ReleaseNotice.objects.select_related("release__sanction").get(pk=notice_id)
    platform = notice.receiver.startswith(ReleaseNotice.PLATFORM)
    office = seat_of(scope, leads(SANCTIONS) if platform else [notice.receiver], today)
    if SanctionAct.objects.filter(notice=notice).exists():
        raise refusing.acknowledged()
    sanction = notice.release.sanction
    return append(
        SanctionAct.Kind.ACKNOWLEDGE,
        office,
        by=by,
        today=today,
        key=key,
        content={"statement": said(statement)},
        division_code=sanction.division_code,
        enterprise_id=sanction.enterprise_id,
        sanction=sanction,
        notice=notice,
    )

"""What stands: read from the rows and their acts, kept nowhere."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from phaseout.law.sanctions.clocks import last_day
from phaseout.measures.sanctions.acts.answering import FINAL
from phaseout.measures.sanctions.models import (
    CreditListing,
    ReleaseNotice,
    Sanction,
    SanctionAct,
    SanctionTask,
)

Kind = SanctionAct.Kind


def in_force() -> Q:
    """Condition on sanctions: not released."""
    return Q(release=None)


def published(on: date) -> QuerySet[Sanction]:
    """Sanctions that are published on the day: from their first day to their last, and no longer
    than they are in force."""
    return Sanction.objects.filter(
        Q(publish_until=None) | Q(publish_until__gte=on), release=None, publish_from__lte=on
    )


def open_tasks() -> QuerySet[SanctionTask]:
    """Tasks of sanctions in force to which no final answer was given."""
    return SanctionTask.objects.filter(~Exists(_final_answers()), sanction__release=None)


def _final_answers() -> QuerySet[SanctionAct]:
    return SanctionAct.objects.filter(
        task=OuterRef("pk"), kind=Kind.ANSWER_TASK, content__outcome__in=sorted(FINAL)
    )


def with_answer(tasks: QuerySet[SanctionTask]) -> QuerySet[SanctionTask]:
    """The tasks with `settled`: whether a final answer was given."""
    return tasks.annotate(settled=Exists(_final_answers()))


def open_notices() -> QuerySet[ReleaseNotice]:
    return ReleaseNotice.objects.filter(acknowledged=None)


def notice_due(notice: ReleaseNotice) -> date | None:
    """The last day to acknowledge, by our own clock."""
    return last_day("acknowledge", notice.release.ended_on)


def withdrawals() -> QuerySet[SanctionAct]:
    return SanctionAct.objects.filter(kind=Kind.WITHDRAW, listing=OuterRef("pk"))


def listed() -> QuerySet[CreditListing]:
    """Listings in force."""
    return CreditListing.objects.filter(~Exists(withdrawals()))


def open_questions() -> QuerySet[SanctionAct]:
    """Objections and requests for repair that nobody has answered."""
    return SanctionAct.objects.filter(kind__in=[Kind.OBJECT, Kind.ASK_REPAIR], answered=None)

"""The one provider of the business day."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from phaseout.desk.models import DemoDay
from phaseout.law.refusals import Refusal

BEIJING = ZoneInfo("Asia/Shanghai")
JOBS_OF_A_DAY = (
    "casework.judge_day",
    "casework.sweep",
    "casework.checkpoint_day",
    "coordination.remind",
    "disclosure.tell_day",
)


def today() -> date:
    """The business day: in demo mode the demo day, otherwise the Beijing day by the real clock."""
    if not settings.DEMO:
        return beijing_day()
    latest = DemoDay.objects.order_by("-day").values_list("day", flat=True).first()
    return latest or settings.DEMO_FIRST_DAY


@transaction.atomic(durable=True)
def move_forward(to: date, *, by: Any | None) -> DemoDay:
    """Move the demo day forward to `to`, and have judged anew and told what the day changes.

    Raises:
        Refusal: `no_demo_day` outside demo mode; `demo_day_only_forward`; `demo_day_not_yet`, the
            norms of a day that has not come are not known.
    """
    if not settings.DEMO:
        raise Refusal(
            "no_demo_day",
            what=("不能调整日期", "the day cannot be moved"),
            why=("本系统按北京时间的真实日期运行。", "this system runs on the real Beijing day."),
            instead=("请在演示系统中试用。", "Try it in a demonstration system."),
        )
    with connection.cursor() as cursor:  # two people moving at once: one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('phaseout.demo_day'))")
    now, last = today(), beijing_day()
    if to > last:
        raise Refusal(
            "demo_day_not_yet",
            what=(f"不能把演示日调到{to}", f"the demo day cannot be moved to {to}"),
            why=(
                "该日尚未到来，届时有效的标准无从得知。",
                "nobody knows the norms of a day to come.",
            ),
            instead=(f"请选择不晚于{last}的日期。", f"Choose a day not after {last}."),
        )
    if to <= now:
        raise Refusal(
            "demo_day_only_forward",
            what=(f"不能把演示日调到{to}", f"the demo day cannot be moved to {to}"),
            why=(f"演示日现为{now}，只能向后推移。", f"it is {now} and only moves forward."),
            instead=("请选择更晚的日期。", "Choose a later day."),
        )
    moved = DemoDay.objects.create(day=to, moved_by=by)
    for job in JOBS_OF_A_DAY:
        _ask_for(job)
    return moved


def beijing_day() -> date:
    """The day in Beijing by the real clock."""
    return datetime.now(BEIJING).date()


def _ask_for(job: str) -> None:
    """Defer a job of the new day inside the move's own transaction.

    One of a kind waits at most. One that waits already may begin before the move is committed, and
    read the old day: so after the commit it is asked for again.
    """
    if not _defer(job):
        transaction.on_commit(partial(_defer, job))


def _defer(job: str) -> bool:
    try:
        with transaction.atomic():  # a refused insert must not take the move with it
            app.configure_task(job, queueing_lock=job).defer()
    except AlreadyEnqueued:
        return False
    return True

"""The one provider of the business day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from phaseout.desk.models import DemoDay
from phaseout.law.refusals import Refusal

BEIJING = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The business day: in demo mode the demo day, otherwise the Beijing day by the real clock."""
    if not settings.DEMO:
        return datetime.now(BEIJING).date()
    latest = DemoDay.objects.order_by("-day").values_list("day", flat=True).first()
    return latest or settings.DEMO_FIRST_DAY


@transaction.atomic(durable=True)
def move_forward(to: date, *, by: Any | None) -> DemoDay:
    """Move the demo day forward to `to`.

    Raises:
        Refusal: `no_demo_day` outside demo mode; `demo_day_only_forward`.
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
    now = today()
    if to <= now:
        raise Refusal(
            "demo_day_only_forward",
            what=(f"不能把演示日调到{to}", f"the demo day cannot be moved to {to}"),
            why=(f"演示日现为{now}，只能向后推移。", f"it is {now} and only moves forward."),
            instead=("请选择更晚的日期。", "Choose a later day."),
        )
    return DemoDay.objects.create(day=to, moved_by=by)

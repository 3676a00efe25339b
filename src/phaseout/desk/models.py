"""The demo day: one row, present in demo mode only."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class DemoDay(models.Model):
    """A move of the demo day. The latest move is the day; days only go forward."""

    day = models.DateField("演示日")
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day"], name="demo_day_moves_each_day_once")]

    def __str__(self) -> str:
        return self.day.isoformat()

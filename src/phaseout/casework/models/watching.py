"""What the watch over deadlines leaves behind: sweeps, lapses, amendments. (Who was told what is
kept by the room of notices, under `case:` and the id of the case.)"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.casework.models.case import Case


class Sweep(models.Model):
    """A day up to which everything that falls due has been told. Days only go forward: the last
    row says where the next sweep begins, so a late one makes up for what it missed."""

    on = models.DateField("日期", unique=True)
    lapses = models.PositiveIntegerField("新逾期")
    notices = models.PositiveIntegerField("新通知")
    swept_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.on}: {self.lapses}, {self.notices}"


class LateComer(models.Model):
    """A deadline that came in with a last day the sweep has already passed (a service recorded
    late, a period reopened): written by the database itself (a trigger), read and deleted by the
    next sweep, so that a sweep need not look at all that lapsed long ago."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    period = models.CharField(max_length=50)
    opened_by = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.case_id} · {self.period}"


class Lapse(models.Model):
    """A fact that the system found by itself: the last day of a duty or a measure was over and
    what was due was not done. Appended, once a deadline and last day (the database refuses
    changes); what follows from it in law is an act of the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lapses")
    period = models.CharField("期间", max_length=50)
    opened_by = models.PositiveIntegerField("起算行为的次序")
    due = models.DateField("最后一日")
    whose = models.CharField("谁的期间", max_length=32)
    office = models.CharField("承办机关", max_length=32)
    found_on = models.DateField("发现日")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "period", "opened_by", "due"], name="lapse_once_a_deadline"
            ),
            models.CheckConstraint(
                name="lapse_found_after_the_last_day", condition=Q(found_on__gt=F("due"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.period} · {self.due}"


class Recount(models.Model):
    """A calendar of rest days that the deadlines were counted with; `last_case` is how far a
    recount has come, so that one that was broken off goes on from there."""

    calendar = models.CharField("日历版本", max_length=120, unique=True)
    begun_on = models.DateField("日期")
    last_case = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveIntegerField("改算期限", default=0)
    finished_at = models.DateTimeField("完成时间", null=True)

    def __str__(self) -> str:
        return self.calendar


class DeadlineAmendment(models.Model):
    """A last day that moved without an act, because the calendar it is counted with was published
    late: appended, never changed (the database refuses)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="amendments")
    period = models.CharField("期间", max_length=50)
    opened_by = models.PositiveIntegerField("起算行为的次序")
    due_before = models.DateField("原最后一日", null=True)
    due_now = models.DateField("现最后一日", null=True)
    because = models.CharField("日历版本", max_length=120)
    amended_on = models.DateField("日期")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "period", "opened_by", "because"],
                name="amendment_once_a_calendar",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.period} · {self.due_before} → {self.due_now}"


class CalendarFeed(models.Model):
    """The secret address at which a person's calendar program reads their deadlines. Only the
    digest of the secret is kept; a new one makes the old one void."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user)

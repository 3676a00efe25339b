"""What the room keeps. Every table is appended to only: the database refuses the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from phaseout.casework.models import KeptAct


class MechanismAct(KeptAct):
    """What somebody did for an office: the one row of one function and one transaction.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON. What an act
    brings about (a meeting, minutes, a report) names the act; `meeting` is the one an act is about
    where that was there before.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("召集会议")
        MOVE = "move", _("会议改期")
        CALL_OFF = "call_off", _("取消会议")
        MINUTES = "minutes", _("拟写纪要")
        ISSUE = "issue", _("印发纪要")
        REPORT = "report", _("反馈落实情况")
        CHECK = "check", _("核实落实情况")

    kind = models.CharField("行为", max_length=10, choices=Kind)
    meeting = models.ForeignKey("mechanism.Meeting", models.PROTECT, null=True, related_name="acts")
    division_code = models.CharField("行政区划代码", max_length=6)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mechanism_acts")

    class Meta:
        indexes = [models.Index(fields=["meeting", "id"], name="mechanism_act_of_a_meeting")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"


class Meetings(models.Manager["Meeting"]):
    """Meetings as they now stand: `day`, `venue` (as the last change has them), `is_off`."""

    def get_queryset(self) -> QuerySet[Meeting]:
        changes = Change.objects.filter(meeting=OuterRef("pk"))
        last = changes.filter(called_off=False).order_by("-pk")
        stands: dict[str, Any] = {
            "day": Coalesce(Subquery(last.values("on")[:1]), F("on")),
            "venue": Coalesce(Subquery(last.values("place")[:1]), F("place")),
            "is_off": Exists(changes.filter(called_off=True)),
        }
        found: QuerySet[Meeting] = super().get_queryset().annotate(**stands)
        return found


class Meeting(models.Model):
    """A meeting of the mechanism of the region or of a city: called by an office that leads it, for
    a day, with the offices invited.

    `on` and `place` are what it was called for and never change; when and where it is to be held is
    `day` and `venue`, which the manager gives to queries under the same names.
    """

    act = models.OneToOneField(MechanismAct, models.PROTECT, related_name="called")
    office = models.CharField("召集机关", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("次序")
    on = models.DateField("会议日期")
    place = models.CharField("地点", max_length=120)
    topic = models.CharField("议题", max_length=400)
    invited = ArrayField(models.CharField(max_length=32), verbose_name="参加单位")

    objects = Meetings()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="meeting_numbered")
        ]
        indexes = [models.Index(fields=["-on", "-id"], name="meeting_newest")]

    def __str__(self) -> str:
        return f"{self.office} {self.year}-{self.number}"

    @property
    def moves(self) -> list[Change]:
        """The changes of day or place, the first first."""
        return [one for one in self.changes.all() if not one.called_off]

    @property
    def called_off(self) -> Change | None:
        """How it was called off; None: it was not."""
        return next((one for one in self.changes.all() if one.called_off), None)

    @cached_property
    def day(self) -> date:
        """The day on which it is to be held."""
        return next((one.on for one in reversed(self.moves) if one.on), self.on)

    @cached_property
    def venue(self) -> str:
        """The place at which it is to be held."""
        return next((one.place for one in reversed(self.moves)), self.place)

    @property
    def paper(self) -> str:
        """The number its minutes are issued under."""
        return f"纪要〔{self.year}〕{self.number}号"


class Change(models.Model):
    """A meeting moved, or called off for good, and why. Moved: `on` and `place` are day and place
    from then on, both of them, whichever is new."""

    act = models.OneToOneField(MechanismAct, models.PROTECT, related_name="change")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="changes")
    called_off = models.BooleanField("取消")
    on = models.DateField("会议日期", null=True)
    place = models.CharField("地点", max_length=120, blank=True)
    reason = models.TextField("原因")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(called_off=True), name="meeting_called_off_once"
            ),
            models.CheckConstraint(
                name="meeting_moved_to_a_day_and_a_place",
                condition=Q(called_off=True, on=None, place="")
                | (Q(called_off=False, on__isnull=False) & ~Q(place="")),
            ),
            models.CheckConstraint(name="meeting_changed_for_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {'off' if self.called_off else self.on}"


class Minutes(models.Model):
    """A version of the minutes of a meeting held; a correction before they are issued is a further
    version. `digest` covers all of it and is what the leader issues."""

    act = models.OneToOneField(MechanismAct, models.PROTECT, related_name="minutes")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField("版次")
    held_on = models.DateField("召开日")
    chair = models.CharField("主持人", max_length=60)
    present = ArrayField(models.CharField(max_length=32), verbose_name="到会单位")
    summary = models.TextField("会议情况")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} v{self.version}"


class Point(models.Model):
    """A decision of the meeting: what is to be done, by which office, by which day, inside. It
    binds once the minutes are issued."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="points")
    place = models.PositiveSmallIntegerField("次序")
    text = models.TextField("议定事项")
    office = models.CharField("责任单位", max_length=32)
    due = models.DateField("完成时限")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "place"], name="point_in_its_place")
        ]
        indexes = [models.Index(fields=["office", "due"], name="point_of_an_office")]

    def __str__(self) -> str:
        return f"{self.minutes} · {self.place}"


class Issue(models.Model):
    """The minutes of a meeting as issued: once a meeting."""

    act = models.OneToOneField(MechanismAct, models.PROTECT, related_name="issue")
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="issue")
    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="issue")
    issued_on = models.DateField("印发日")

    def __str__(self) -> str:
        return f"{self.minutes} {self.issued_on}"


class Report(models.Model):
    """What the responsible office says of a point: how far it is, or (`done`) that it is done."""

    act = models.OneToOneField(MechanismAct, models.PROTECT, related_name="report")
    point = models.ForeignKey(Point, models.PROTECT, related_name="reports")
    done = models.BooleanField("已完成")
    text = models.TextField("落实情况")

    def __str__(self) -> str:
        return f"{self.point} {self.text[:40]}"


class Check(models.Model):
    """Whether who called the meeting takes a point reported as done to be done; otherwise why not,
    and the point goes on."""

    act = models.OneToOneField(MechanismAct, models.PROTECT, related_name="checked")
    report = models.OneToOneField(Report, models.PROTECT, related_name="checked")
    accepted = models.BooleanField("核实完成")
    reason = models.TextField("说明", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_not_accepted_with_a_reason", condition=Q(accepted=True) | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.accepted}"

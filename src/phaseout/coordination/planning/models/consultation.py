"""Consulting the departments: who was asked, what each said, how each point was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.coordination.planning.models.act import PlanAct
from phaseout.coordination.planning.models.plan import WorkPlan


class Consultation(models.Model):
    """A draft sent to departments for their opinion, up to a day, inside."""

    act = models.OneToOneField(PlanAct, models.PROTECT, related_name="consultation")
    plan = models.OneToOneField(WorkPlan, models.PROTECT, related_name="consultation")
    last_day = models.DateField("反馈截止日")

    def __str__(self) -> str:
        return f"{self.plan} {self.last_day}"


class Asked(models.Model):
    """A department that was asked. `reply`: its one answer; none by the last day: no objection."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="asked")
    place = models.PositiveSmallIntegerField("次序")
    office = models.CharField("部门", max_length=32)
    named = models.BooleanField("第（十九）项所列部门")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "office"], name="asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation} · {self.office}"


class Reply(models.Model):
    """What a department said: points, each an `Opinion`; none: it agrees."""

    act = models.OneToOneField(PlanAct, models.PROTECT, related_name="reply")
    asked = models.OneToOneField(Asked, models.PROTECT, related_name="reply")

    def __str__(self) -> str:
        return str(self.asked)


class Opinion(models.Model):
    """One point of a reply."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="opinions")
    place = models.PositiveSmallIntegerField("次序")
    text = models.TextField("意见")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "place"], name="opinion_in_its_place")
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Answer(models.Model):
    """How a point was answered by who leads the plan: once, with the reason where it was not (or
    not wholly) followed."""

    class Outcome(models.TextChoices):
        FOLLOWED = "followed", "采纳"
        PARTLY = "partly", "部分采纳"
        DECLINED = "declined", "不采纳"

    act = models.OneToOneField(PlanAct, models.PROTECT, related_name="answer")
    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="answer")
    outcome = models.CharField("处理", max_length=10, choices=Outcome)
    reason = models.TextField("说明", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opinion_not_followed_with_a_reason",
                condition=Q(outcome="followed") | ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.opinion} · {self.get_outcome_display()}"

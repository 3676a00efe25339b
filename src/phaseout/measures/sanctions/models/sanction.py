"""Sanctions, what each authority has to do, and their release."""

from __future__ import annotations

from django.db import models

from phaseout.casework.models import Act, Case
from phaseout.measures.sanctions.models.act import SanctionAct
from phaseout.registry.models import Enterprise, ProductionLine


class Sanction(models.Model):
    """One sanction against an enterprise, on one ground: a period of a case that ran out.

    `facts` is the ground as it stood, `bases` and `list_edition` what it rests on, `areas` where it
    takes hold. `publish_from` None: it is not published; `publish_until` None: no rule of that day
    sets an end, so it is published as long as its ground stands. Whether it is in force follows
    from its release.
    """

    act = models.OneToOneField(SanctionAct, models.PROTECT, related_name="imposed")
    case = models.ForeignKey(Case, models.PROTECT, related_name="sanctions")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="sanctions")
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="sanctions")
    division_code = models.CharField("行政区划代码", max_length=6)
    dimension = models.CharField("标准", max_length=12)
    period = models.CharField("期间", max_length=50)
    opened_by = models.PositiveIntegerField("起算行为的次序")
    due = models.DateField("最后一日")
    ground = models.CharField("事由", max_length=40)
    severity = models.CharField("失信程度", max_length=10)
    facts = models.JSONField("事实")
    bases = models.JSONField("依据")
    list_edition = models.CharField("清单版本", max_length=20, blank=True)
    areas = models.JSONField("惩戒方面")
    begins = models.DateField("起始日")
    repair_rule = models.CharField("信用修复规则", max_length=20, blank=True)
    publish_from = models.DateField("公示起", null=True)
    publish_until = models.DateField("公示止", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "period", "opened_by"], name="sanction_once_a_ground"
            )
        ]
        indexes = [
            models.Index(fields=["line"], name="sanction_of_a_line"),
            models.Index(fields=["begins", "id"], name="sanction_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.begins}"


class SanctionTask(models.Model):
    """What one authority has to do in one area. `due`: the last day to answer, by our own clock;
    None where the calendar does not reach so far. Whether it is late follows from the answers."""

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="tasks")
    area = models.CharField("方面", max_length=24)
    office = models.CharField("承担机关", max_length=32)
    arisen_on = models.DateField("产生日")
    due = models.DateField("反馈期限", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sanction", "area", "office"], name="sanction_task_once_an_office"
            )
        ]
        indexes = [models.Index(fields=["office", "due", "id"], name="sanction_task_of_an_office")]

    def __str__(self) -> str:
        return f"{self.sanction} · {self.area} · {self.office}"


class Release(models.Model):
    """The end of a sanction, the day its ground was gone. `ended_by`: the act of a case that ended
    it; None where an objection was upheld."""

    act = models.OneToOneField(SanctionAct, models.PROTECT, related_name="released")
    sanction = models.OneToOneField(Sanction, models.PROTECT, related_name="release")
    cause = models.CharField("原因", max_length=20)
    ended_on = models.DateField("解除日")
    ended_by = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.sanction} {self.ended_on}"


class ReleaseNotice(models.Model):
    """That a receiver has been told of a release: an office that had a task, or the platform that
    took the record (`platform`; the lead office confirms for it)."""

    PLATFORM = "platform"

    release = models.ForeignKey(Release, models.PROTECT, related_name="notices")
    receiver = models.CharField("接收者", max_length=32)
    areas = models.JSONField("方面", default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "receiver"], name="release_told_once_a_receiver"
            )
        ]
        indexes = [models.Index(fields=["receiver", "id"], name="release_notice_of_an_office")]

    def __str__(self) -> str:
        return f"{self.release} → {self.receiver}"

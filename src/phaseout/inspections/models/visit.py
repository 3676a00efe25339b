"""Assignments, drafts and records."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.inspections.models.act import InspectionAct
from phaseout.inspections.models.plan import Draw
from phaseout.inspections.models.tip import Tip
from phaseout.registry.models import Enterprise, Import


class Assignment(models.Model):
    """One firm to visit: when, by whom, and the checklist as the norms stood that day."""

    act = models.ForeignKey(InspectionAct, models.PROTECT, related_name="assignments")
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="assignments")
    tip = models.OneToOneField(Tip, models.PROTECT, null=True, related_name="assignment")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="inspections")
    office = models.CharField("机关", max_length=32)
    dimension = models.CharField("标准", max_length=12)
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    place = models.PositiveSmallIntegerField("路线次序")
    begins = models.DateField("起")
    ends = models.DateField("止")
    pressing = models.DateField("最近的案件期限", null=True)
    checklist = models.JSONField("检查表")
    digest = models.CharField("检查表摘要", max_length=64)
    inspectors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="AssignedInspector", related_name="visits"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "enterprise"],
                condition=Q(draw__isnull=False),
                name="inspection_assigned_once_a_draw",
            ),
            models.CheckConstraint(
                name="inspection_comes_from_a_draw_or_a_tip",
                condition=Q(draw=None, tip__isnull=False) | Q(draw__isnull=False, tip=None),
            ),
            models.CheckConstraint(
                name="inspection_ends_after_it_begins", condition=Q(ends__gte=F("begins"))
            ),
        ]
        indexes = [
            models.Index(fields=["office", "begins", "id"], name="inspection_of_an_office"),
            models.Index(fields=["enterprise", "begins"], name="inspection_of_a_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.begins}"


class AssignedInspector(models.Model):
    """An inspector of an assignment; the first is of the department itself."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="team")
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assigned_visits"
    )
    place = models.PositiveSmallIntegerField("次序")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "inspector"], name="inspection_inspector_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.inspector}"


class Handover(models.Model):
    """That an inspector of a visit was replaced by another, with the reason. The draw stays as it
    was: who was drawn and who went can both be read."""

    act = models.OneToOneField(InspectionAct, models.PROTECT, related_name="handover")
    leaves = models.OneToOneField(AssignedInspector, models.PROTECT, related_name="left")
    comes = models.OneToOneField(AssignedInspector, models.PROTECT, related_name="came")

    def __str__(self) -> str:
        return f"{self.leaves} → {self.comes.inspector}"


class Draft(models.Model):
    """A record not finished yet: its inspector's own, written over as often as it is saved."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="drafts")
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="inspection_drafts"
    )
    content = models.JSONField("内容", default=dict)
    files = models.JSONField("附件", default=list)
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "inspector"], name="inspection_draft_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.inspector}"


class Record(models.Model):
    """What was found at the visit. Who wrote it has signed it by the act; the other inspectors
    sign its digest, each by an act of their own."""

    act = models.OneToOneField(InspectionAct, models.PROTECT, related_name="record")
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="record")
    visited_on = models.DateField("检查日")
    answers = models.JSONField("检查结果")
    permits = models.JSONField("许可证核查")
    statement = models.TextField("企业陈述", blank=True)
    representative = models.CharField("企业代表", max_length=60, blank=True)
    position = models.CharField("职务", max_length=60, blank=True)
    refused_to_sign = models.CharField("拒签原因", max_length=400, blank=True)
    witnesses = models.JSONField("见证人", default=list)
    files = models.JSONField("附件", default=list)
    problems = models.PositiveSmallIntegerField("发现问题数")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspection_record_signed_or_refused",
                condition=~Q(representative="", refused_to_sign=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.visited_on}"


class RecordImport(models.Model):
    """The import that took what a record measured into the registry."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="brought")
    brought = models.OneToOneField(Import, models.PROTECT, related_name="inspection")

    def __str__(self) -> str:
        return f"{self.record} → {self.brought}"

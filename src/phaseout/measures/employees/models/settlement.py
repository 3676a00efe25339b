"""Settlements and their democratic procedures: nothing about single people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaseout.casework.models import Case
from phaseout.evidence.models import EvidenceFile
from phaseout.measures.employees.models.act import EmployeeAct
from phaseout.registry.models import Enterprise


class Settlement(models.Model):
    """One enterprise settles its employees, for one exit (a case) or before there is a case."""

    act = models.OneToOneField(EmployeeAct, models.PROTECT, related_name="settlement")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="settlements")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="settlements")
    division_code = models.CharField("行政区划代码", max_length=6)
    staff = models.PositiveIntegerField("职工总数")
    opened_on = models.DateField("建立日")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "case"],
                nulls_distinct=False,
                name="employee_settlement_once_an_exit",
            ),
            models.CheckConstraint(name="employee_settlement_has_staff", condition=Q(staff__gte=1)),
        ]
        indexes = [models.Index(fields=["division_code", "-id"], name="employee_settlement_place")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.opened_on}"


class Procedure(models.Model):
    """民主程序: the plan explained, heard on, and put to the workers' congress or to all staff.
    The latest stands."""

    class Form(models.TextChoices):
        CONGRESS = "congress", _("职工代表大会")
        ALL_STAFF = "all_staff", _("全体职工大会")

    act = models.OneToOneField(EmployeeAct, models.PROTECT, related_name="procedure")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="procedures")
    form = models.CharField("形式", max_length=12, choices=Form)
    explained_on = models.DateField("向工会或全体职工说明日")
    held_on = models.DateField("会议日")
    entitled = models.PositiveIntegerField("应到人数")
    present = models.PositiveIntegerField("实到人数")
    in_favour = models.PositiveIntegerField("赞成人数")
    reported_on = models.DateField("向人社部门报告日", null=True)
    opinions = models.TextField("听取的意见", blank=True)
    minutes = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="employee_procedure_counts_agree",
                condition=Q(
                    entitled__gte=1, present__lte=F("entitled"), in_favour__lte=F("present")
                ),
            ),
            models.CheckConstraint(
                name="employee_procedure_explained_first",
                condition=Q(held_on__gte=F("explained_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement} {self.held_on}"

    @property
    def adopted(self) -> bool:
        """More than half of those present were in favour, and more than half had come (ours)."""
        return 2 * self.present > self.entitled and 2 * self.in_favour > self.present

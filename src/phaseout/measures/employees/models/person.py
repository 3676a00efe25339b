"""Personal: lists, employees, what is owed to them, what they got."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaseout.evidence.models import EvidenceFile
from phaseout.measures.employees.models.act import EmployeeAct
from phaseout.measures.employees.models.settlement import Settlement


class EmployeeList(models.Model):
    """A list as it was handed in. `taken`: no row was refused, and it stands until the next that is
    taken; else nothing of it counts and `problems` says why, cell by cell."""

    act = models.OneToOneField(EmployeeAct, models.PROTECT, related_name="list")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="lists")
    version = models.PositiveSmallIntegerField("版次")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    taken = models.BooleanField("已采用")
    rows = models.PositiveIntegerField("行数")
    problems = models.JSONField("问题", default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "version"], name="employee_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.settlement} v{self.version}"


class Employee(models.Model):
    """One row of a list. Money in yuan; an empty cell is None, nought is nought."""

    roster = models.ForeignKey(EmployeeList, models.PROTECT, related_name="employees")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="employees")
    uscc = models.CharField("企业", max_length=18)
    division_code = models.CharField("行政区划代码", max_length=6)
    row = models.PositiveIntegerField("行")
    number = models.CharField("工号", max_length=40)
    name = models.CharField("姓名", max_length=60)
    people = models.CharField("人员类别", max_length=20)
    born_on = models.DateField("出生日期")
    started_on = models.DateField("入职日期")
    ended_on = models.DateField("合同终止日期", null=True)
    ground = models.CharField("终止事由", max_length=20, blank=True)
    wage_total = models.DecimalField("工资合计", max_digits=12, decimal_places=2, null=True)
    wage_months = models.PositiveSmallIntegerField("工资月数", default=12)
    carried_from = models.DateField("原单位起始日期", null=True)
    carried_to = models.DateField("原单位终止日期", null=True)
    carried_paid = models.BooleanField("原单位已付补偿", default=False)
    groups = ArrayField(models.CharField(max_length=20), verbose_name="保护情形", default=list)
    way = models.CharField("安置方式", max_length=24, blank=True)
    old_amount = models.DecimalField("2008年前补偿", max_digits=12, decimal_places=2, null=True)
    firm_average = models.DecimalField("企业月平均工资", max_digits=12, decimal_places=2, null=True)
    wages_owed = models.DecimalField("拖欠工资", max_digits=12, decimal_places=2, default=0)
    insurance_owed = models.DecimalField(
        "欠缴社会保险费", max_digits=12, decimal_places=2, default=0
    )
    insured_months = models.PositiveSmallIntegerField("失业保险缴费月数", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "number"], name="employee_number_once"),
            models.CheckConstraint(
                name="employee_end_has_its_ground",
                condition=Q(ended_on=None, ground="") | (Q(ended_on__isnull=False) & ~Q(ground="")),
            ),
            models.CheckConstraint(
                name="employee_is_settled_or_ended",
                condition=Q(ended_on__isnull=False) | ~Q(way=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Assessment(models.Model):
    """What the law owes an employee, as computed on a day; the latest stands. `amount` None: it
    cannot be told, `missing` says what for. `old_months`: service before 2008, not in it;
    `old_amount`: what the rules of that time give for it, None where they are not known."""

    act = models.ForeignKey(EmployeeAct, models.PROTECT, related_name="assessments")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assessments")
    amount = models.DecimalField("应付", max_digits=14, decimal_places=2, null=True)
    old_months = models.PositiveSmallIntegerField("2008年前月数", default=0)
    old_amount = models.DecimalField("2008年前应付", max_digits=14, decimal_places=2, null=True)
    missing = ArrayField(models.CharField(max_length=20), default=list)
    provisional = models.BooleanField("暂定", default=False)
    reasoning = models.JSONField("推理")

    class Meta:
        indexes = [models.Index(fields=["employee", "-id"], name="employee_assessment_latest")]

    def __str__(self) -> str:
        return f"{self.employee}: {self.amount}"


class Paid(models.Model):
    """Money an employee got, in yuan."""

    class What(models.TextChoices):
        SEVERANCE = "severance", _("经济补偿")
        WAGES = "wages", _("拖欠工资")
        INSURANCE = "insurance", _("社会保险费")

    act = models.ForeignKey(EmployeeAct, models.PROTECT, related_name="payments")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="payments")
    number = models.CharField("工号", max_length=40)
    what = models.CharField("款项", max_length=12, choices=What)
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2)
    paid_on = models.DateField("支付日")
    voucher = models.CharField("凭证", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(name="employee_paid_something", condition=Q(amount__gt=0))
        ]
        indexes = [models.Index(fields=["settlement", "number"], name="employee_paid_to")]

    def __str__(self) -> str:
        return f"{self.number} {self.what} {self.amount}"


class Step(models.Model):
    """What was done for an employee besides paying."""

    class What(models.TextChoices):
        TRANSFERRED = "transferred", _("档案和社会保险关系已转移")
        PLACED = "placed", _("安置已落实")
        LISTED = "listed", _("失业人员名单已报送")
        REEMPLOYED = "reemployed", _("已再就业")

    act = models.ForeignKey(EmployeeAct, models.PROTECT, related_name="steps")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="steps")
    number = models.CharField("工号", max_length=40)
    what = models.CharField("事项", max_length=12, choices=What)
    done_on = models.DateField("办理日")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "number", "what"], name="employee_step_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.what}"

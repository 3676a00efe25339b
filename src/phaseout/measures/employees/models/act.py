"""Acts of this room, and the wage standards that the human-resources office records."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaseout.casework.models import KeptAct


class EmployeeAct(KeptAct):
    """What somebody did: the one row of one function and one transaction.

    `content` is what the act says, `digest` SHA-256 over it as canonical JSON. People are named
    there by their number in the enterprise. `uscc`: the enterprise; empty for a wage standard.
    """

    class Kind(models.TextChoices):
        OPEN = "open_settlement", "建立安置方案"
        PROCEDURE = "record_procedure", "记录民主程序"
        TAKE_LIST = "take_list", "导入职工名册"
        ASSESS = "assess", "计算经济补偿"
        CONFIRM = "confirm_plan", "确认安置方案"
        PAY = "record_payments", "记录支付"
        STEP = "record_steps", "记录办理"
        OVERRIDE = "override_claims", "安置未了准予结案"
        STANDARD = "record_standard", "登记工资标准"

    kind = models.CharField("行为", max_length=20, choices=Kind)
    organisation_zh = models.CharField("机关名称", max_length=200)
    organisation_en = models.CharField("机关英文名称", max_length=200)
    division_code = models.CharField("行政区划代码", max_length=6)
    uscc = models.CharField("企业", max_length=18, blank=True)
    about = models.CharField("对象", max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="employee_acts")

    class Meta:
        indexes = [models.Index(fields=["about", "id"], name="employee_act_about")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"


class WageStandard(models.Model):
    """A published figure: the average monthly wage of a city in a year, or the minimum wage of a
    place from a day on. Succeeded by a later row for the same year or day, never edited."""

    class Kind(models.TextChoices):
        AVERAGE = "average", _("上年度职工月平均工资")
        MINIMUM = "minimum", _("最低工资标准")

    act = models.OneToOneField(EmployeeAct, models.PROTECT, related_name="standard")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    division_code = models.CharField("行政区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("年度", null=True)
    valid_from = models.DateField("执行起", null=True)
    amount = models.DecimalField("元/月", max_digits=10, decimal_places=2)
    document = models.CharField("文件", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="employee_standard_has_its_time",
                condition=Q(kind="average", year__isnull=False, valid_from=None)
                | Q(kind="minimum", year=None, valid_from__isnull=False),
            ),
            models.CheckConstraint(name="employee_standard_is_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.get_kind_display()} {self.year or self.valid_from}"

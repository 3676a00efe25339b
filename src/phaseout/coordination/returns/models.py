"""Returns and what was done about them, all appended to; and drafts, which are nobody's word."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.casework.models import Case, KeptAct
from phaseout.registry.models import Enterprise, ProductionLine


class ReturnAct(KeptAct):
    """What somebody did about the return of a city to a department for a year: one row, one
    function, one transaction. `division_code` is the city's. `content` is all that the act says,
    `digest` SHA-256 over it as canonical JSON."""

    class Kind(models.TextChoices):
        FILE = "file", "报送"
        SEND_BACK = "send_back", "退回"
        ACCEPT = "accept", "核对接受"

    kind = models.CharField("行为", max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField("年度")
    department = models.CharField("自治区主管部门", max_length=32)
    division_code = models.CharField("市", max_length=6)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="return_acts")

    class Meta:
        indexes = [
            models.Index(
                fields=["year", "department", "division_code", "id"], name="return_act_in_its_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.department} {self.division_code} · {self.get_kind_display()}"


class Return(models.Model):
    """A version of a city's return. `nil`: the city says that nothing exited; that is not the same
    as saying nothing. `days_late` is of the first version: nought is in time."""

    act = models.OneToOneField(ReturnAct, models.PROTECT, related_name="filed")
    year = models.PositiveSmallIntegerField("年度")
    department = models.CharField("自治区主管部门", max_length=32)
    division_code = models.CharField("市", max_length=6)
    version = models.PositiveSmallIntegerField("版次")
    nil = models.BooleanField("零报告")
    days_late = models.PositiveSmallIntegerField("逾期天数")
    due = models.DateField("期限")
    reason = models.CharField("说明", max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "department", "division_code", "version"],
                name="return_version_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.department} {self.division_code} 第{self.version}版"


class Columns(models.Model):
    """A row in the columns of the form. `amount` is in the unit of the ledger (`unit`); `way` an
    account of exit; `line`, `case` empty: outside the register, without a case here."""

    place = models.PositiveIntegerField("序号")
    line = models.ForeignKey(ProductionLine, models.PROTECT, null=True, related_name="+")
    firm = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    enterprise = models.CharField("企业名称", max_length=200)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    way = models.CharField("退出方式", max_length=14)
    dimension = models.CharField("依据标准类别", max_length=12)
    equipment = models.CharField("设备型号", max_length=400)
    quantity = models.PositiveIntegerField("数量", null=True)
    amount = models.DecimalField("产能", max_digits=26, decimal_places=6)
    unit = models.CharField("单位", max_length=40)
    cut_on = models.DateField("断水断电日期", null=True)
    sealed_on = models.DateField("封存日期", null=True)
    dismantled_on = models.DateField("拆除日期", null=True)
    accepted_on = models.DateField("验收日期", null=True)
    document = models.CharField("决定文号", max_length=120, blank=True)
    remarks = models.CharField("备注", max_length=400, blank=True)

    class Meta:
        abstract = True


class ReturnRow(Columns):
    """A row as the city reports it; `reason` is why it differs from what the ledger says."""

    of_return = models.ForeignKey(Return, models.PROTECT, related_name="rows")
    reason = models.CharField("更正理由", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_return", "place"], name="return_row_in_its_place"),
            models.CheckConstraint(name="return_row_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.of_return}/{self.place} {self.enterprise}"


class CountedRow(Columns):
    """A row as the department takes it over with an acceptance: what the city reported, or what the
    ledger holds, or nothing (`amount` zero); where they differ, why."""

    class Choice(models.TextChoices):
        AGREED = "agreed", "一致"
        CITY = "city", "采用市报数"
        LEDGER = "ledger", "采用台账数"
        EXCLUDED = "excluded", "不计入"

    act = models.ForeignKey(ReturnAct, models.PROTECT, related_name="counted")
    year = models.PositiveSmallIntegerField("年度")
    department = models.CharField("自治区主管部门", max_length=32)
    row = models.ForeignKey(ReturnRow, models.PROTECT, null=True, related_name="counted")
    choice = models.CharField("取数", max_length=8, choices=Choice)
    reason = models.CharField("理由", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "place"], name="counted_row_in_its_place"),
            models.CheckConstraint(name="counted_row_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="counted_row_says_why", condition=Q(choice="agreed") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["year", "line"], name="counted_row_of_a_line")]

    def __str__(self) -> str:
        return f"{self.act}/{self.place} {self.enterprise}"


class Draft(models.Model):
    """Rows that a city prepares (`rows.Row.plain`), not yet reported; changed and thrown away."""

    year = models.PositiveSmallIntegerField("年度")
    department = models.CharField("自治区主管部门", max_length=32)
    division_code = models.CharField("市", max_length=6)
    rows = models.JSONField("内容", default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "department", "division_code"], name="return_draft_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.department} {self.division_code}"

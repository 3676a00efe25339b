"""What was planned and recorded about an exit. All of it is appended to only (the database refuses
the rest); what stands is read from the rows (`standing`)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.casework.models import Case, KeptAct
from phaseout.evidence.models import EvidenceFile


class Placed(models.Model):
    """When and where, as the device said it: the coordinates are stated, nobody has checked them.
    `accuracy` is in metres."""

    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    accuracy = models.PositiveIntegerField("精度（米）", null=True)

    class Meta:
        abstract = True


class ExitAct(Placed, KeptAct):
    """What somebody planned, recorded or signed about the exit of a case: one function, one row.

    `content` is all that it says, `digest` SHA-256 over it as canonical JSON. `item` names an item
    of the plan; `case_place` how many acts the case had by then; `happened_at` the time on the
    spot, as the device said it, `done_on` the business day on which it came in.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "拟定退出方案"
        RECORD = "record", "现场记录"
        SHEET = "sheet", "提请联合验收"
        SIGN = "sign", "签署验收意见"
        PUT_OFF = "put_off", "列入关停未拆除"
        REVIEW = "review", "审核退出申请"
        TASK = "task", "下达退出任务"

    case = models.ForeignKey(Case, models.PROTECT, related_name="exit_acts")
    kind = models.CharField("行为", max_length=10, choices=Kind)
    record = models.CharField("记录种类", max_length=12, blank=True)
    item = models.CharField("项目", max_length=120, blank=True)
    case_place = models.PositiveIntegerField("当时案件已有行为数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exit_acts")
    happened_at = models.DateTimeField("现场时间", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="exit_act_of_a_case"),
            models.Index(fields=["kind", "case"], name="exit_act_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="exit_record_says_when",
                condition=~Q(kind="record") | Q(happened_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_kind_display()}"


class ExitFile(Placed):
    """A file that an act brought, in a slot of its item; `taken_at` as the device said it."""

    act = models.ForeignKey(ExitAct, models.PROTECT, related_name="files")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="exit_files")
    slot = models.CharField("位置", max_length=20)
    taken_at = models.DateTimeField("拍摄时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "file"], name="exit_file_once_an_act")
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.file}"

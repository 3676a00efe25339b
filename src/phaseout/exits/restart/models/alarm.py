"""What the detector said of a line, and the alarms that follow."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from phaseout.exits.restart.models.act import RestartAct
from phaseout.registry.models import ProductionLine


class LineJudgement(models.Model):
    """What the detector said of a watched line on the readings then at hand. Appended only; the
    latest one counts. `days` holds day by day what was measured, `why` the explanation."""

    class Answer(models.TextChoices):
        RESTARTED = "restarted", "疑似恢复生产"
        NOT_RESTARTED = "not_restarted", "未见恢复生产"
        CANNOT_JUDGE = "cannot_judge", "无法判断"

    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="restart_judgements")
    division_code = models.CharField("行政区划代码", max_length=6)
    judged_on = models.DateField("判断日")
    cut_on = models.DateField("断电日")
    first = models.DateField("起")
    last = models.DateField("止")
    answer = models.CharField("结论", max_length=16, choices=Answer)
    unjudged = models.IntegerField("未判断的天数")
    read_to = models.DateField("读数截至", null=True)
    why = models.JSONField("理由")
    base = models.JSONField("基准", null=True)
    days = models.JSONField("逐日")
    parameters = models.JSONField("参数")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["line", "-id"], name="restart_judged_latest")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.judged_on}"


class Alarm(models.Model):
    """Days on which a watched line seems to have run in one way. While it is open a later judgement
    may carry its last day on; once an act has answered it, it stands as it was answered.

    `gone_on`: corrected readings no longer show it; nobody need answer it.
    """

    class Kind(models.TextChoices):
        SUSTAINED = "sustained", "持续生产性负荷"
        NIGHT = "night", "夜间反复运行"
        RUN = "run", "短时试车"
        CREEP = "creep", "负荷缓慢爬升"

    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="restart_alarms")
    judgement = models.ForeignKey(LineJudgement, models.PROTECT, related_name="alarms")
    division_code = models.CharField("行政区划代码", max_length=6)
    kind = models.CharField("方式", max_length=12, choices=Kind)
    first = models.DateField("首日")
    last = models.DateField("末日")
    days = models.JSONField("预警日")
    peak_kw = models.DecimalField("最高负荷", max_digits=12, decimal_places=2)
    excess_kwh = models.DecimalField("高出基准的电量", max_digits=14, decimal_places=1)
    why = models.JSONField("理由")
    digest = models.CharField("摘要", max_length=64)
    found_on = models.DateField("发现日")
    gone_on = models.DateField("不再成立之日", null=True)
    answer = models.OneToOneField(RestartAct, models.PROTECT, null=True, related_name="alarm")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kind", "first"],
                condition=Q(gone_on=None),
                name="restart_alarm_once",
            ),
            models.CheckConstraint(
                name="restart_alarm_ends_after_it_begins", condition=Q(last__gte=F("first"))
            ),
        ]
        indexes = [
            models.Index(fields=["line", "first"], name="restart_alarm_of_a_line"),
            models.Index(
                fields=["division_code", "id"],
                name="restart_alarm_open",
                condition=Q(answer=None, gone_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.first} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.answer_id is None and self.gone_on is None

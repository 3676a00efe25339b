"""What the room keeps. Every table is appended to only: the database refuses the rest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phaseout.casework.models import KeptAct


class SupervisionAct(KeptAct):
    """What somebody did for an office: the one row of one function and one transaction.

    `content` is all that the act says, `digest` SHA-256 over it as canonical JSON. `target` is the
    office supervised, `division_code` its territory; `measure` is the one an act is about where
    that was there before.
    """

    class Kind(models.TextChoices):
        ADOPT = "adopt", "采纳建议，拟定措施"
        DISMISS = "dismiss", "不采纳建议"
        SIGN = "sign", "签发"
        DECLINE = "decline", "不予签发"
        RECORD = "record", "记录约谈、督查情况"
        HAND_OVER = "hand_over", "移交检查线索"
        ANSWER = "answer", "答复督办要求"
        CHECK = "check", "核实答复"
        LIFT = "lift", "解除"

    kind = models.CharField("行为", max_length=10, choices=Kind)
    target = models.CharField("被督办单位", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    measure = models.ForeignKey(
        "supervision.Measure", models.PROTECT, null=True, related_name="acts"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="supervision_acts"
    )

    class Meta:
        indexes = [
            models.Index(fields=["measure", "id"], name="supervision_act_of_a_measure"),
            models.Index(fields=["target", "kind", "-id"], name="supervision_act_on_a_target"),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"


class Measure(models.Model):
    """A measure of supervision as it was drawn up: in force once its leader has signed (`Signed`).
    Its act holds the figures of that day and why; `digest` covers all of it and is what the leader
    signs. `on`, `place`, `persons`: of a summons or an inspection, when, where, who."""

    class Kind(models.TextChoices):
        CIRCULAR = "circular", "通报"
        SUMMONS = "summons", "约谈"
        INSPECTION = "inspection", "现场督查"
        HANDLING = "handling", "挂牌督办"

    act = models.OneToOneField(SupervisionAct, models.PROTECT, related_name="adopted")
    kind = models.CharField("措施", max_length=10, choices=Kind)
    target = models.CharField("被督办单位", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    office = models.CharField("督办机关", max_length=32)
    text = models.TextField("事由")
    on = models.DateField("日期", null=True)
    place = models.CharField("地点", max_length=120, blank=True)
    persons = models.CharField("人员", max_length=400, blank=True)
    figures_on = models.DateField("指标截至日")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        indexes = [models.Index(fields=["target", "-id"], name="measure_on_a_target")]
        constraints = [
            models.CheckConstraint(
                name="measure_takes_place_somewhere",
                condition=Q(kind__in=["circular", "handling"], on=None)
                | Q(kind__in=["summons", "inspection"], on__isnull=False) & ~Q(place=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}"


class Signed(models.Model):
    """A measure as its leader signed it: in force from that day, under its number; once."""

    act = models.OneToOneField(SupervisionAct, models.PROTECT, related_name="signed")
    measure = models.OneToOneField(Measure, models.PROTECT, related_name="signed")
    office = models.CharField("督办机关", max_length=32)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("号")
    signed_on = models.DateField("签发日")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "number"], name="supervision_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class Record(models.Model):
    """What took place at a summons or an on-site inspection; once. `files` as of an answer."""

    act = models.OneToOneField(SupervisionAct, models.PROTECT, related_name="recorded")
    measure = models.OneToOneField(Measure, models.PROTECT, related_name="record")
    held_on = models.DateField("日期")
    present = models.CharField("参加人员", max_length=400)
    summary = models.TextField("情况")
    files = models.JSONField("附件", default=list)

    def __str__(self) -> str:
        return f"{self.measure} {self.held_on}"


class Demand(models.Model):
    """What a measure demands, by which day, inside. It binds with the act that makes it: that of
    the record, or for what stands in the measure itself the signature."""

    act = models.ForeignKey(SupervisionAct, models.PROTECT, related_name="demands")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="demands")
    place = models.PositiveSmallIntegerField("次序")
    text = models.TextField("要求")
    due = models.DateField("期限")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "place"], name="demand_in_its_place")
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.place}"


class Answer(models.Model):
    """What the target says it has done about a demand. `files`: what proves it, each with its
    `digest` and `name`."""

    act = models.OneToOneField(SupervisionAct, models.PROTECT, related_name="answered")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="answers")
    text = models.TextField("答复")
    files = models.JSONField("附件", default=list)

    def __str__(self) -> str:
        return f"{self.demand} {self.text[:40]}"


class Check(models.Model):
    """Whether who supervises takes the demand to be met by an answer; otherwise why not, and the
    demand goes on."""

    act = models.OneToOneField(SupervisionAct, models.PROTECT, related_name="checked")
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="checked")
    accepted = models.BooleanField("已完成")
    reason = models.TextField("说明", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answer_not_accepted_with_a_reason", condition=Q(accepted=True) | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.accepted}"


class Lifted(models.Model):
    """The end of a measure: what it demanded is met. Its act holds the figures of that day."""

    act = models.OneToOneField(SupervisionAct, models.PROTECT, related_name="lifted")
    measure = models.OneToOneField(Measure, models.PROTECT, related_name="lifted")
    lifted_on = models.DateField("解除日")
    reason = models.TextField("说明")

    def __str__(self) -> str:
        return f"{self.measure} {self.lifted_on}"

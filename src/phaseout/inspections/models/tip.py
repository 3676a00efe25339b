"""Complaints and tips, and apart from them who brought them."""

from __future__ import annotations

from django.db import models

from phaseout.inspections.models.act import InspectionAct


class Tip(models.Model):
    """举报投诉: what somebody says is wrong. Nothing of who says it.

    `matter`: a plain tip in a duty of clause 16, or that a line that was cut, sealed or has exited
    runs again (clause 9).
    """

    class Matter(models.TextChoices):
        PLAIN = "", "一般举报投诉"
        RESTART = "restart", "已断电、封存或退出的生产线恢复生产"

    act = models.OneToOneField(InspectionAct, models.PROTECT, related_name="tip")
    office = models.CharField("承办机关", max_length=32)
    dimension = models.CharField("标准", max_length=12)
    matter = models.CharField("事由", max_length=12, choices=Matter, blank=True, default="")
    division_code = models.CharField("行政区划代码", max_length=6)
    uscc = models.CharField("企业代码", max_length=18, blank=True)
    firm = models.CharField("企业", max_length=200)
    text = models.TextField("内容")
    received_on = models.DateField("收到日")
    public = models.BooleanField("公众提交")
    receipt = models.CharField("查询码", max_length=16, unique=True)

    class Meta:
        indexes = [models.Index(fields=["office", "-id"], name="inspection_tip_of_an_office")]

    def __str__(self) -> str:
        return f"{self.received_on} {self.firm}"


class TipPerson(models.Model):
    """Who brought a tip: read by the office that handles it, by nobody else."""

    tip = models.OneToOneField(Tip, models.PROTECT, related_name="person")
    office = models.CharField("承办机关", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    name = models.CharField("姓名", max_length=60)
    contact = models.CharField("联系方式", max_length=120)

    def __str__(self) -> str:
        return f"{self.tip_id}"


class Knock(models.Model):
    """That a tip came from a network address (as a digest with the day): for the rate limit only,
    swept away with the next day's first."""

    source = models.CharField(max_length=64)
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["source"], name="inspection_knock_source")]

    def __str__(self) -> str:
        return self.source[:8]

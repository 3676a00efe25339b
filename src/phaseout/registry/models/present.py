"""What exists: enterprises, their sites and lines. The present state; histories are versions.

Keys are the law's own: the USCC of an enterprise, the line id the department gave the line.
"""

from __future__ import annotations

from django.db import models


class Enterprise(models.Model):
    """One legal person: one USCC. A duplicate that a person found points to the entry kept."""

    uscc = models.CharField("统一社会信用代码", max_length=18, primary_key=True)
    name = models.CharField("企业名称", max_length=200)
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    employees = models.IntegerField("职工人数", null=True, blank=True)
    address = models.CharField("地址", max_length=300, null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta:
        indexes = [
            models.Index(fields=["division_code", "industry"], name="enterprise_by_place"),
            models.Index(fields=["name"], name="enterprise_by_name"),
            # The order of the list of enterprises, page by page.
            models.Index(fields=["division_code", "name", "uscc"], name="enterprise_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                name="enterprise_is_not_merged_into_itself",
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("uscc")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """Where an enterprise has lines: one place a division, until it names more."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="sites")
    division_code = models.CharField("行政区划代码", max_length=6)
    name = models.CharField("厂区名称", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "division_code", "name"], name="site_once"
            )
        ]

    def __str__(self) -> str:
        return self.name or f"{self.enterprise} {self.division_code}"


class ProductionLine(models.Model):
    """生产线: the thing that is judged and exits."""

    line_id = models.CharField("生产线编号", max_length=64, primary_key=True)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="lines")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="lines")
    name = models.CharField("生产线名称", max_length=200)
    industry = models.CharField("行业", max_length=40)
    # The line's own place, or that of its enterprise where none was given: what scopes compare.
    division_code = models.CharField("行政区划代码", max_length=6)
    product = models.CharField("产品", max_length=120, null=True, blank=True)
    capacity = models.DecimalField("产能", max_digits=18, decimal_places=6, null=True, blank=True)
    capacity_unit = models.CharField("产能单位", max_length=40, null=True, blank=True)
    commissioned_on = models.DateField("投产日期", null=True, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    status = models.CharField("状态", max_length=40, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["division_code", "industry"], name="line_by_place"),
        ]

    def __str__(self) -> str:
        return self.name

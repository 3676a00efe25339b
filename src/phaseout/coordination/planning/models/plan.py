"""Drafts of a year's plan with all they hold, and the editions that were adopted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from phaseout.casework.models import Case
from phaseout.coordination.planning.models.act import PlanAct
from phaseout.registry.models import Enterprise, ProductionLine

AIMS = [("exit", "退出"), ("rectify", "整改")]


class WorkPlan(models.Model):
    """One draft (第n稿) of the region's plan of a year, whole: a change is a further draft, nothing
    edits one. `turn` counts the adoptions it leads to: 1 until the plan is adopted, then 2 for its
    first amendment. `measured_on`: the day whose findings and cases it was computed from."""

    act = models.OneToOneField(PlanAct, models.PROTECT, related_name="drafted")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("稿次")
    turn = models.PositiveSmallIntegerField("轮次")
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    office = models.CharField("牵头机关", max_length=32)
    measured_on = models.DateField("依据数据日期")
    reason = models.TextField("说明", blank=True)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="work_plan_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}年方案第{self.number}稿"


class Goal(models.Model):
    """What is to be reached in an industry: so many lines of so many enterprises that exit, or that
    are to be rectified. Frozen sums over the lines listed; `untold` of the lines have no capacity
    on the ledger, which is not nought. `offices`: who is responsible, most lines first."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="goals")
    place = models.PositiveSmallIntegerField("次序")
    aim = models.CharField("目标", max_length=8, choices=AIMS)
    industry = models.CharField("行业", max_length=40)
    lines = models.PositiveIntegerField("生产线")
    enterprises = models.PositiveIntegerField("企业")
    untold = models.PositiveIntegerField("产能未填报的生产线")
    offices = ArrayField(models.CharField(max_length=32), verbose_name="责任部门")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "aim", "industry"], name="plan_goal_once"),
            models.CheckConstraint(name="plan_goal_has_lines", condition=Q(lines__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.aim} {self.industry}"


class GoalAmount(models.Model):
    """So much capacity of a product, in a unit of the ledger, within a goal."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="amounts")
    product = models.CharField("产品", max_length=120, blank=True)
    unit = models.CharField("单位", max_length=40)
    amount = models.DecimalField("产能", max_digits=26, decimal_places=6)

    class Meta:
        ordering = ["product", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "product", "unit"], name="goal_amount_once")
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.amount} {self.unit}"


class Milestone(models.Model):
    """So many lines of a goal are through by the end of a day: counted from the year's beginning,
    one row a quarter end that adds lines."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="milestones")
    by = models.DateField("时间节点")
    lines = models.PositiveIntegerField("累计生产线")

    class Meta:
        ordering = ["by"]
        constraints = [models.UniqueConstraint(fields=["goal", "by"], name="milestone_once")]

    def __str__(self) -> str:
        return f"{self.goal} {self.by}: {self.lines}"


class Measure(models.Model):
    """A measure of a clause, for one industry or (empty) for all, with who leads and cooperates.
    `as_computed` is the text drawn up where somebody wrote another, with the reason."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="measures")
    place = models.PositiveSmallIntegerField("次序")
    clause = models.PositiveSmallIntegerField("项")
    subject = models.CharField("事项", max_length=60)
    industry = models.CharField("行业", max_length=40, blank=True)
    lines = models.PositiveIntegerField("生产线")
    enterprises = models.PositiveIntegerField("企业")
    lead = ArrayField(models.CharField(max_length=32), verbose_name="牵头部门")
    cooperating = ArrayField(models.CharField(max_length=32), verbose_name="配合部门")
    due = models.DateField("时限", null=True)
    text = models.TextField("工作措施")
    as_computed = models.TextField("原拟措施", blank=True)
    reason = models.CharField("修改理由", max_length=400, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="plan_measure_in_its_place"),
            models.CheckConstraint(
                name="plan_measure_rewritten_with_a_reason",
                condition=Q(as_computed="") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} ({self.clause}) {self.industry}"


class PlannedLine(models.Model):
    """A line a draft looked at: planned (`included`) or left out, by which day, whose it is.

    `amount` in `unit` is what stood live on the ledger; None: not told. `ground` is why the line is
    here: an open case, a standing finding, both, or a person who took it in. `computed` holds what
    the system had said of `included`, `due`, `office` where a person said otherwise, with `reason`.
    """

    class Ground(models.TextChoices):
        CASE = "case", "在办案件"
        FINDING = "finding", "认定不达标"
        PROVISIONAL = "provisional", "暂定不达标"
        PERSON = "person", "人工列入"

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="lines")
    line = models.ForeignKey(ProductionLine, models.PROTECT, related_name="planned")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    product = models.CharField("产品", max_length=120, blank=True)
    unit = models.CharField("单位", max_length=40, blank=True)
    amount = models.DecimalField("产能", max_digits=26, decimal_places=6, null=True)
    aim = models.CharField("目标", max_length=8, choices=AIMS)
    dimension = models.CharField("标准", max_length=12)
    ground = models.CharField("依据", max_length=12, choices=Ground)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    office = models.CharField("责任部门", max_length=32)
    due = models.DateField("时间节点")
    included = models.BooleanField("列入")
    left_out = models.CharField("未列入原因", max_length=12, blank=True)
    computed = models.JSONField("原值", default=dict)
    reason = models.CharField("修改理由", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "line"], name="planned_line_once"),
            models.CheckConstraint(
                name="planned_line_changed_with_a_reason",
                condition=Q(computed={}) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "industry", "id"], name="planned_line_of_an_industry"),
            models.Index(fields=["office", "due"], name="planned_line_of_an_office"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.line_id}"


class Edition(models.Model):
    """A draft the government adopted: the plan in force from the day of the act, until the next
    edition. 1 is the plan of the year, what follows amends it."""

    act = models.OneToOneField(PlanAct, models.PROTECT, related_name="edition")
    plan = models.OneToOneField(WorkPlan, models.PROTECT, related_name="edition")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("版次")
    document = models.CharField("文号", max_length=80)
    adopted_on = models.DateField("印发日")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="plan_edition_once")]

    def __str__(self) -> str:
        return f"{self.year}年方案第{self.number}版"

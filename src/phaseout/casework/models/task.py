"""What organisations do with the tasks that cases raise for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.casework.models.case import Case


class TaskAct(models.Model):
    """What somebody did with a task: accepted it, returned, reported, urged, transferred it.

    Appended, never changed (the database refuses). The task is named by what raised it (case,
    task, item, place of the act), since `CaseTask` is derived and may be written anew. `office` is
    who acted, `to_office` who holds the task afterwards; `files` are digests kept in `evidence`.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept", "接受"
        RETURN = "return", "退回"
        REPORT = "report", "报告完成"
        URGE = "urge", "催办"
        TRANSFER = "transfer", "转办"

    case = models.ForeignKey(Case, models.PROTECT, related_name="task_acts")
    task = models.CharField("任务", max_length=40)
    item = models.CharField("对象", max_length=200, blank=True)
    arisen_by = models.PositiveIntegerField("产生任务的行为次序")
    place = models.PositiveIntegerField("次序")
    kind = models.CharField("行为", max_length=10, choices=Kind)
    done_on = models.DateField("日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="task_acts")
    office = models.CharField("机关", max_length=32)
    organisation_zh = models.CharField("机关名称", max_length=120)
    organisation_en = models.CharField("机关英文名称", max_length=160)
    to_office = models.CharField("转至", max_length=32, blank=True)
    reason = models.TextField("说明", blank=True)
    files = models.JSONField("附件", default=list)
    key = models.UUIDField("一次性标识", unique=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "task", "item", "arisen_by", "place"],
                name="task_act_has_its_place",
            ),
            models.CheckConstraint(
                name="task_act_transfers_to_somebody",
                condition=Q(kind="transfer") & ~Q(to_office="")
                | ~Q(kind="transfer") & Q(to_office=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.task} · {self.get_kind_display()}"


class TaskStanding(models.Model):
    """Where a task stands: derived from `CaseTask` and its `TaskAct`s, kept for lists.

    The database itself (triggers on `CaseTask`) adds a row with each task and ends it when an act
    of the case does, or when the round of the case it belongs to is over. `office` holds the task
    now; a task whose holder is named in words only (a licence issuer) is watched by the office of
    the case. `due` is the last day of the clock that runs, None until it is counted. `dimension` is
    that of the case: who may see a task is told from its row alone.
    """

    class State(models.TextChoices):
        ARISEN = "arisen", "待接受"
        ACCEPTED = "accepted", "办理中"
        RETURNED = "returned", "已退回"
        REPORTED = "reported", "已报告"

    case = models.ForeignKey(Case, models.CASCADE, related_name="task_standings", db_index=False)
    task = models.CharField("任务", max_length=40)
    item = models.CharField("对象", max_length=200, blank=True)
    arisen_by = models.PositiveIntegerField("产生任务的行为次序")
    arisen_on = models.DateField("产生日")
    reported = models.BooleanField("由承担者报告完成")
    holder = models.CharField("承担者", max_length=200, blank=True)
    office = models.CharField("承担机关", max_length=32)
    case_office = models.CharField("办案机关", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    dimension = models.CharField("标准", max_length=12)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ARISEN)
    since = models.DateField("现承担机关接手日")
    due = models.DateField("最后一日", null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_on = models.DateField("了结日", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "task", "item", "arisen_by"], name="task_stands_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "due", "id"],
                name="task_open_in_an_office",
                condition=Q(ended_on=None),
            ),
            models.Index(
                fields=["case_office", "due", "id"],
                name="task_open_of_our_cases",
                condition=Q(ended_on=None),
            ),
            # What an office waits for: a city that holds most of its own tasks would look through
            # all of them to find the few that others hold.
            models.Index(
                fields=["case_office", "due", "id"],
                name="task_open_with_others",
                condition=Q(ended_on=None) & (~Q(office=F("case_office")) | Q(state="returned")),
            ),
            models.Index(
                fields=["id"],
                name="task_not_yet_counted",
                condition=Q(ended_on=None, due=None),
            ),
            models.Index(fields=["due"], name="task_due", condition=Q(ended_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.task} · {self.get_state_display()}"

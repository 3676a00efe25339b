"""What the acts of a case make of it, kept for lists and sweeps; and acts prepared for signature.

Deadlines and tasks here are derived: `proceeding.deriving` writes them with each act, and
`phaseout cases replay` derives them again and must find the same.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.casework.models.act import Act
from phaseout.casework.models.case import Case


class CaseDeadline(models.Model):
    """A period that an act of the case has opened. `due` is its last day, inside.

    `going` holds until an act meets it, or ends the round or the case; whether it has lapsed on a
    day follows from `due` and is not kept. `due` None: it has no last day, or (`uncounted`) none
    that can be counted yet, since the calendar of that year is not published.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    period = models.CharField("期间", max_length=50)
    opened_by = models.PositiveIntegerField("起算行为的次序")
    kind = models.CharField("性质", max_length=10)
    whose = models.CharField("谁的期间", max_length=32)
    runs_from = models.DateField("起算日")
    due = models.DateField("最后一日", null=True)
    uncounted = models.BooleanField("待日历公布", default=False)
    going = models.BooleanField("未了")
    office = models.CharField("承办机关", max_length=32)
    division_code = models.CharField("行政区划代码", max_length=6)
    dimension = models.CharField("标准", max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "period", "opened_by"], name="deadline_once_an_opening"
            )
        ]
        indexes = [
            # The sweep and the workbench read what is due, not what there is.
            models.Index(F("due"), name="deadline_due", condition=Q(going=True)),
            models.Index(
                fields=["office", "division_code", "due"],
                name="deadline_of_an_office",
                condition=Q(going=True),
            ),
            # The workbench, by last day alone: of an office, and of who oversees all. Rights that
            # are over go on until the case is closed and would stand before everything else.
            models.Index(
                fields=["office", "due", "id"],
                name="deadline_next_of_an_office",
                condition=Q(going=True, kind__in=["duty", "measure", "reply"]),
            ),
            models.Index(
                fields=["due", "id"],
                name="deadline_next_of_all",
                condition=Q(going=True, kind__in=["duty", "measure"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.period} · {self.due}"


class CaseTask(models.Model):
    """A task that an act of the case raised for an organisation.

    `office` is the function that holds it (the city of the line for `cities`, the office of the
    case for `lead`); empty where the holder is named in words only (`holder`: a licence issuer).
    `reported` tasks are ended by their holder's report, the others by acts of the case.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    task = models.CharField("任务", max_length=40)
    item = models.CharField("对象", max_length=200, blank=True)
    office = models.CharField("承担机关", max_length=32, blank=True)
    holder = models.CharField("承担者", max_length=200, blank=True)
    arisen_by = models.PositiveIntegerField("产生任务的行为次序")
    arisen_on = models.DateField("产生日")
    reported = models.BooleanField("由承担者报告完成")
    done_on = models.DateField("完成日", null=True)
    division_code = models.CharField("行政区划代码", max_length=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "task", "item", "arisen_by"], name="task_once_an_act"
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "division_code", "arisen_on"],
                name="task_of_an_office",
                condition=Q(done_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.task}"


class Proposal(models.Model):
    """An act prepared by one person for another's signature. Not an act: it changes no case.

    `digest` covers all that would be done. Who signs sends the digest of what was read; if the two
    differ the signature is refused. A change is a new proposal, so a signature never slides.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待签发"
        SIGNED = "signed", "已签发"
        DECLINED = "declined", "退回"
        WITHDRAWN = "withdrawn", "撤回"
        VOID = "void", "失效"

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    kind = models.CharField("行为", max_length=40)
    facts = models.JSONField("所附事项", default=dict)
    served_on = models.DateField("送达日", null=True)
    reason = models.TextField("理由", blank=True)
    after_place = models.PositiveIntegerField("拟办时已有行为数")
    office = models.CharField("机关", max_length=32)
    function = models.CharField("职能", max_length=32)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals"
    )
    prepared_on = models.DateField("拟办日")
    prepared_at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField("内容摘要", max_length=64)
    key = models.UUIDField("一次性标识", unique=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="settled_proposals"
    )
    settled_on = models.DateField("处理日", null=True)
    answer = models.TextField("意见", blank=True)
    act = models.OneToOneField(Act, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state="waiting"),
                name="proposal_one_of_a_kind_waits",
            ),
            models.CheckConstraint(
                name="proposal_signed_has_its_act",
                condition=Q(state="signed", act__isnull=False) | ~Q(state="signed"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "prepared_on"],
                name="proposal_waits_in_an_office",
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.kind} · {self.get_state_display()}"

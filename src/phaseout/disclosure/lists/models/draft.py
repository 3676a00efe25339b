"""Before publication: the list as it stood at a moment, who was told, what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.casework.models import Case
from phaseout.disclosure.lists.models.act import ListAct
from phaseout.law.lists.kinds import ListKind, list_kind
from phaseout.registry.models import Enterprise


class Draft(models.Model):
    """A list as the acts of all cases had made it at the moment `as_of`. Never edited: another
    draft succeeds it. `digest` covers all that would be published; a leader signs that digest.

    `year` only where the list is of a year. `corrects`: the edition that it corrects, None where
    it is a new one. `follows`: the edition that was the newest then.
    """

    act = models.OneToOneField(ListAct, models.PROTECT, related_name="draft")
    list_kind = models.CharField("名单", max_length=40)
    year = models.PositiveSmallIntegerField("年度", null=True)
    division_code = models.CharField("行政区划代码", max_length=6)
    as_of = models.DateTimeField("截至")
    on = models.DateField("拟定日")
    reason = models.TextField("说明", blank=True)
    follows = models.ForeignKey("Edition", models.PROTECT, null=True, related_name="followed_by")
    corrects = models.ForeignKey("Edition", models.PROTECT, null=True, related_name="corrections")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        indexes = [models.Index(fields=["list_kind", "-id"], name="list_draft_of_list")]
        constraints = [
            models.CheckConstraint(
                name="list_correction_has_a_reason", condition=Q(corrects=None) | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_kind} {self.on}"

    @property
    def kind(self) -> ListKind:
        return list_kind(self.list_kind)


class DraftEntry(models.Model):
    """One entry of a draft: `columns` as they would be published, `inside` what is known besides
    (for officials), the case and the act of it that is the ground."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="entries")
    place = models.PositiveIntegerField("序号")
    ground = models.UUIDField("依据标识")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    act_place = models.PositiveIntegerField("依据行为次序")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    new = models.BooleanField("新列入")
    asks_objections = models.BooleanField("公布前须征求异议")
    columns = models.JSONField("公布内容")
    inside = models.JSONField("内部内容", default=dict)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "place"], name="list_draft_entry_in_order"),
            models.UniqueConstraint(fields=["draft", "ground"], name="list_draft_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.place}"


class Notice(models.Model):
    """A firm was told that a ground is going to be published, and may object until `last_day`,
    itself inside. Once for a ground, however often the list is drafted anew."""

    act = models.ForeignKey(ListAct, models.PROTECT, related_name="notices")
    list_kind = models.CharField("名单", max_length=40)
    ground = models.UUIDField("依据标识", unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="list_notices")
    division_code = models.CharField("行政区划代码", max_length=6)
    columns = models.JSONField("拟公布内容")
    told_on = models.DateField("告知日")
    last_day = models.DateField("异议最后一日")

    def __str__(self) -> str:
        return f"{self.enterprise} {self.list_kind} {self.last_day}"


class Objection(models.Model):
    """What the firm says against being listed: before publication (`before`) or while listed."""

    act = models.OneToOneField(ListAct, models.PROTECT, related_name="objection")
    list_kind = models.CharField("名单", max_length=40)
    ground = models.UUIDField("依据标识", db_index=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="list_objections")
    division_code = models.CharField("行政区划代码", max_length=6)
    before = models.BooleanField("公布前提出")
    statement = models.TextField("异议")
    files = models.JSONField("附件", default=list)

    def __str__(self) -> str:
        return f"{self.enterprise} {self.list_kind}"


class Answer(models.Model):
    """The answer to an objection, once. Upheld: the ground is not published, or is cancelled."""

    act = models.OneToOneField(ListAct, models.PROTECT, related_name="answer")
    objection = models.OneToOneField(Objection, models.PROTECT, related_name="answer")
    upheld = models.BooleanField("异议成立")
    reason = models.TextField("答复")

    def __str__(self) -> str:
        return f"{self.objection}: {self.upheld}"


class Amendment(models.Model):
    """A published value that is wrong, and what is right: part of a draft that corrects. From its
    publication on, later drafts say it so as well."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="amendments")
    ground = models.UUIDField("依据标识", db_index=True)
    column = models.CharField("栏目", max_length=40)
    was = models.JSONField("原公布", null=True)
    value = models.JSONField("更正为", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "ground", "column"], name="list_amendment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.column}"

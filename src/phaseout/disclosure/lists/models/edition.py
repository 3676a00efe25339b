"""What was published, and which ground stands on which list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phaseout.casework.models import Act, Case
from phaseout.disclosure.lists.models.act import ListAct
from phaseout.disclosure.lists.models.draft import Draft
from phaseout.law.lists.kinds import ListKind, list_kind
from phaseout.law.refusals import Bilingual
from phaseout.registry.models import Enterprise


class Edition(models.Model):
    """A published list. `content` is all of it as plain data, `digest` SHA-256 over that as
    canonical JSON: every download is made from it, the same bytes each time.

    `number` counts the editions of a list from 1, `document` is the number of the notice in the
    register of its department. `corrects` with `correction`: the edition whose
    number or name was wrong, and the how-manieth correction of the list this is.
    """

    act = models.OneToOneField(ListAct, models.PROTECT, related_name="edition")
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="edition")
    list_kind = models.CharField("名单", max_length=40)
    number = models.PositiveIntegerField("期号")
    document = models.CharField("文号", max_length=60, unique=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    as_of = models.DateTimeField("截至")
    published_on = models.DateField("公布日")
    published_at = models.DateTimeField("公布时间")
    organisation_zh = models.CharField("公布机关", max_length=200)
    organisation_en = models.CharField("公布机关英文名称", max_length=200)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    correction = models.PositiveSmallIntegerField("更正号", null=True)
    count = models.PositiveIntegerField("条数")
    content = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_kind", "number"], name="list_edition_once"),
            models.UniqueConstraint(
                fields=["list_kind", "correction"], name="list_correction_numbered_once"
            ),
            models.CheckConstraint(
                name="list_correction_corrects",
                condition=Q(corrects=None, correction=None)
                | Q(corrects__isnull=False, correction__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_kind} {self.number}"

    @property
    def kind(self) -> ListKind:
        return list_kind(self.list_kind)

    @property
    def title(self) -> Bilingual:
        """Its full name, as it is cited."""
        zh, en = self.kind.words
        if self.year:
            zh, en = f"{self.year}年{zh.removeprefix('年度')}", f"{en} {self.year}"
        if self.correction:
            return (
                f"{zh}（第{self.number}期，更正第{self.correction}号）",
                f"{en} (edition {self.number}, correction {self.correction})",
            )
        return f"{zh}（第{self.number}期）", f"{en} (edition {self.number})"


class Entry(models.Model):
    """One row of an edition: `columns` whole, and what lists are searched and filtered by."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries", db_index=False)
    place = models.PositiveIntegerField("序号")
    ground = models.UUIDField("依据标识")
    uscc = models.CharField("统一社会信用代码", max_length=18)
    name = models.CharField("企业名称", max_length=200)
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    columns = models.JSONField("内容")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="list_entry_in_order"),
            models.UniqueConstraint(fields=["edition", "ground"], name="list_entry_once"),
        ]
        indexes = [
            models.Index(fields=["uscc", "edition"], name="list_entry_of_firm"),
            models.Index(fields=["edition", "division_code", "place"], name="list_entry_by_place"),
            models.Index(fields=["edition", "industry", "place"], name="list_entry_by_industry"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.place} {self.name}"


class Listing(models.Model):
    """A ground stands on a list since an edition, until its `ending`."""

    list_kind = models.CharField("名单", max_length=40)
    ground = models.UUIDField("依据标识", unique=True)
    entered_in = models.ForeignKey(Edition, models.PROTECT, related_name="entered")
    case = models.ForeignKey(Case, models.PROTECT, related_name="listings")
    act_place = models.PositiveIntegerField("依据行为次序")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="listings")
    division_code = models.CharField("行政区划代码", max_length=6)

    def __str__(self) -> str:
        return f"{self.list_kind} {self.enterprise}"


class Ending(models.Model):
    """A listing has ended: left, the day its ground ended, or cancelled."""

    class How(models.TextChoices):
        LEFT = "left", "移出"
        CANCELLED = "cancelled", "撤销"

    act = models.OneToOneField(ListAct, models.PROTECT, related_name="ending")
    listing = models.OneToOneField(Listing, models.PROTECT, related_name="ending")
    how = models.CharField("方式", max_length=10, choices=How)
    cause = models.CharField("原因", max_length=20)
    on = models.DateField("日期")
    ended_by = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.listing} {self.get_how_display()}"

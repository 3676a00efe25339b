"""The capacity ledger: entries and their postings. Only appended; `registry.capacity` writes it.

    CapacityEntry      one booking: a line, a product, a unit, what caused it
    CapacityPosting    so much into (plus) or out of (minus) an account; per entry they sum to zero

The database refuses (migration 0005) an entry without postings, one that does not balance or mixes
lines, products or units, an account below zero on any day, a counter-entry that is not the exact
opposite of what it corrects, and every change or deletion. An entry comes with its postings in one
statement.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from phaseout.evidence.models import EvidenceFile
from phaseout.registry.models.imports import Import
from phaseout.registry.models.present import Enterprise, ProductionLine


class CapacityEntry(models.Model):
    """One booking of a line's capacity. It names its one ground: the import (or merger, or sale)
    that registered it, the standing that found it outdated, the act of a case, the document of a
    replacement, or the entry it corrects.

    `effective_on` is the day from which it counts, `known_on` the business day on which it was
    booked, the same or later. Standings and acts are of rooms above: they are named by number and
    key, and those rooms have the database check that they are there.
    """

    class Kind(models.TextChoices):
        REGISTRATION = "registration", "登记"
        ADJUSTMENT = "adjustment", "登记产能调整"
        TRANSFER = "transfer", "权属或属地变更"
        REPLACEMENT = "replacement", "用于产能置换"
        FOUND = "found", "认定落后"
        LIFTED = "lifted", "不再认定落后"
        ACT = "act", "案件行为"
        COUNTER = "counter", "冲销"

    kind = models.CharField("种类", max_length=14, choices=Kind)
    # The database sees to it that the line is there, once a statement and not once a row.
    line = models.ForeignKey(
        ProductionLine,
        models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="capacity_entries",
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    division_code = models.CharField("行政区划代码", max_length=6)
    product = models.CharField("产品", max_length=120, blank=True)
    unit = models.CharField("单位", max_length=40)
    effective_on = models.DateField("生效日")
    known_on = models.DateField("入账日")
    of_import = models.ForeignKey(
        Import, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    standing_no = models.BigIntegerField("认定版本", null=True)
    act_key = models.UUIDField("行为标识", null=True)
    case_no = models.BigIntegerField("案件", null=True)
    case_number = models.CharField("案号", max_length=60, blank=True)
    act_kind = models.CharField("行为", max_length=40, blank=True)
    # Of an exit: the main equipment that the capacity was, as the act names it.
    equipment = models.CharField("主体设备", max_length=500, blank=True, db_default="")
    document = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="countered_by", verbose_name="冲销对象"
    )
    # Booked anew, otherwise, after a counter-entry: it has the ground of the one it stands for.
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="booked_anew", verbose_name="更正对象"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    reason = models.CharField("理由", max_length=500, blank=True)
    key = models.UUIDField("一次性标识", null=True, unique=True)
    recorded_at = models.DateTimeField("记录时间", db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="capacity_entry_known_when_it_counts_or_later",
                condition=Q(known_on__gte=models.F("effective_on")),
            ),
            models.CheckConstraint(
                name="capacity_entry_of_hand_has_a_reason",
                condition=~Q(kind__in=["counter", "replacement"])
                | ~Q(reason="") & Q(by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["line", "id"], name="capacity_entry_of_line"),
            models.Index(
                fields=["case_no", "line"],
                name="capacity_entry_of_case",
                condition=Q(case_no__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.get_kind_display()} {self.line_id}"


class CapacityPosting(models.Model):
    """So much into an account of a line (plus) or out of it (minus).

    What it is counted by is repeated here, so that a balance reads one table: whose, where, which
    industry, product and unit, from which day. The database holds it to its entry.
    """

    entry = models.ForeignKey(
        CapacityEntry,
        models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="postings",
    )
    place = models.SmallIntegerField("次序")
    line = models.ForeignKey(
        ProductionLine, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    division_code = models.CharField("行政区划代码", max_length=6)
    industry = models.CharField("行业", max_length=40)
    product = models.CharField("产品", max_length=120, blank=True)
    unit = models.CharField("单位", max_length=40)
    account = models.CharField("状态", max_length=14)
    amount = models.DecimalField("数量", max_digits=26, decimal_places=6)
    effective_on = models.DateField("生效日")
    known_on = models.DateField("入账日")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "place"], name="capacity_posting_in_its_place"
            ),
            models.CheckConstraint(name="capacity_posting_moves", condition=~Q(amount=0)),
        ]
        indexes = [models.Index(fields=["line", "account"], name="capacity_posting_of_line")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.place} {self.account} {self.amount}"

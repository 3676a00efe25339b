"""Two entries that are one enterprise, or that a person said are two."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phaseout.registry.models.imports import Import
from phaseout.registry.models.present import Enterprise


class Merge(models.Model):
    """A person said that two entries are one enterprise, or took that back. Only appended."""

    of_import = models.OneToOneField(Import, models.PROTECT, related_name="merge")
    keep = models.ForeignKey(Enterprise, models.PROTECT, related_name="merges_kept")
    drop = models.ForeignKey(Enterprise, models.PROTECT, related_name="merges_dropped")
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges")
    done_on = models.DateField("日期")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(keep=F("drop"))),
            models.CheckConstraint(name="merge_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.drop_id} → {self.keep_id}"


class Distinction(models.Model):
    """A person said that two entries which look alike are two enterprises."""

    one = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    other = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="distinctions")
    done_on = models.DateField("日期")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinction_once_a_pair"),
            models.CheckConstraint(
                name="distinction_of_two_in_order", condition=Q(one__lt=F("other"))
            ),
            models.CheckConstraint(name="distinction_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"

"""Filters of the inbox that a person keeps under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedFilter(models.Model):
    """A query string of the inbox; at most one opens by default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=2000)
    is_default = models.BooleanField("默认打开", default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_one_a_name"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_default=True),
                name="saved_filter_one_default_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

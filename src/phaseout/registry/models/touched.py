"""Whom the judgement must look at again."""

from __future__ import annotations

from django.db import models


class Touched(models.Model):
    """An enterprise whose facts changed since it was last judged.

    One enterprise may stand here many times: whoever judges deletes the rows it has read, by their
    id, so that a change that comes in meanwhile is not lost.
    """

    uscc = models.CharField(max_length=18)

    def __str__(self) -> str:
        return self.uscc

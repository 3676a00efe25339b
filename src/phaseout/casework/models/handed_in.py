"""Evidence that an enterprise hands in on its own account, beside its acts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phaseout.casework.models.case import Case
from phaseout.evidence.models import EvidenceFile


class HandedIn(models.Model):
    """A file the enterprise of a case has brought, with what it says it shows. Never changed: the
    offices see it in the case and may take it up by an act of theirs."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="handed_in")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    note = models.CharField("证明内容", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_on = models.DateField("提交日")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "file"], name="file_handed_in_once")]

    def __str__(self) -> str:
        return f"{self.case} · {self.file}"

"""Forms of plans, records, signatures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.exits.acts.applying import STEPS
from phaseout.law.dismantling import REASONS
from phaseout.law.dismantling.missing import AGREES, REFUSES
from phaseout.pages.forms import ActForm, day_field
from phaseout.pages.templatetags.phaseout import said

STEP_WORDS = {
    "cut_off": _("断水断电"),
    "dismantling": _("拆除"),
    "acceptance": _("联合验收"),
    "report": _("上报和公告"),
}


class PutOffForm(ActForm):
    reason = forms.ChoiceField(label=_("理由"))
    note = forms.CharField(
        label=_("具体情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, day: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (key, said((row.zh, row.en))) for key, row in REASONS.items()
        ]
        if day is None:
            self.fields["dismantle_by"] = day_field(_("拆除期限"))


class ReviewForm(ActForm):
    level = forms.CharField(widget=forms.HiddenInput)
    opinion = forms.ChoiceField(
        label=_("意见"), choices=[(AGREES, _("同意")), (REFUSES, _("不同意"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    on_paper = forms.CharField(label=_("县（市、区）来函文号"), max_length=80, required=False)


class TaskForm(ActForm):
    notice = forms.CharField(label=_("任务通知文号"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in STEPS:
            self.fields[step] = day_field(STEP_WORDS[step])

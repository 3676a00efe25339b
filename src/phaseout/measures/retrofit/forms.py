"""Forms of the acts on retrofit projects."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.desk.fields import Day
from phaseout.law.retrofit import Target, counted_in
from phaseout.pages.forms import ActForm, MoneyField, QuantityField
from phaseout.pages.templatetags.phaseout import amount, said


class ProjectForm(ActForm):
    """A project; the limits of the norm to choose from."""

    name = forms.CharField(label=_("项目名称"), max_length=120)
    method = forms.CharField(
        label=_("采用的技术"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    target = forms.ChoiceField(label=_("目标限值"), widget=forms.RadioSelect)
    expected = QuantityField(label=_("预计改造后"), max_digits=18, decimal_places=6)
    output = QuantityField(
        label=_("年产量"),
        required=False,
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=6,
        help_text=_("用于计算年节约量。"),
    )
    investment = MoneyField(label=_("投资（元）"))
    begins = forms.DateField(label=_("计划开工"), widget=Day())
    ends = forms.DateField(label=_("计划竣工"), widget=Day())

    def __init__(self, *args: Any, aims: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = aims[0].unit
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (one.row_id, f"{said(one.words)} {one.comparator} {amount(one.value, one.unit)}")
            for one in aims
        ]
        self.fields["target"].initial = aims[0].row_id
        self.fields["expected"].help_text = unit
        counted = counted_in(unit)
        if counted is None:
            del self.fields["output"]
        else:
            self.fields["output"].label = f"{self.fields['output'].label}（{counted[1]}）"


class NoteForm(ActForm):
    """An act with a note."""

    note = forms.CharField(
        label=_("说明"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

"""Forms of the watch."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.desk.fields import Day
from phaseout.exits.restart.models import Batch, Meter
from phaseout.pages.forms import ActForm, QuantityField


class MeterForm(ActForm):
    number = forms.CharField(label=_("电表编号"), max_length=40)
    covers = forms.ChoiceField(
        label=_("计量范围"),
        choices=[
            (Meter.Covers.LINE.value, _("只计该生产线")),
            (Meter.Covers.SITE.value, _("计整个厂区")),
        ],
    )
    held_from = forms.DateField(
        label=_("自哪一天起"),
        widget=Day(),
        help_text=_("可以早于断电日：断电前的负荷用来比较。"),
    )
    multiplier = QuantityField(
        label=_("倍率"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        initial=1,
        help_text=_("只用于表底示值；文件给出电量的填1。"),
    )


class EndMeterForm(ActForm):
    meter = forms.IntegerField(widget=forms.HiddenInput)
    held_to = forms.DateField(label=_("末日"), widget=Day())
    reason = forms.CharField(label=_("理由"), max_length=400)


class AnswerForm(ActForm):
    """Confirm an alarm or dismiss it: with a reason, on what was read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DismissForm(AnswerForm):
    until = forms.DateField(
        label=_("同类合法负荷持续到"),
        required=False,
        widget=Day(),
        help_text=_("可不填。填写后，此日以前同类的负荷不再预警。"),
    )


class BatchForm(ActForm):
    upload = forms.FileField(label=_("读数文件（CSV或XLSX）"))
    times = forms.ChoiceField(
        label=_("文件中的时间表示"),
        choices=[
            (Batch.Times.START.value, _("时段的起点（00:00表示0时开始的时段）")),
            (Batch.Times.END.value, _("时段的终点（00:15或24:00表示到该时刻为止）")),
        ],
    )
    corrects = forms.BooleanField(
        label=_("更正已有读数"),
        required=False,
        help_text=_("供电企业更正过的文件才勾选；原读数仍然保留。"),
    )

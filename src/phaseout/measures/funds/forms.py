"""Forms of programmes, income, applications, allocations and payments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.measures.funds.models import Application, Income, Programme
from phaseout.pages.forms import ActForm, MoneyField, QuantityField, day_field


def _money(label: Any, **given: Any) -> MoneyField:
    return MoneyField(label=label, **given)


class ProgrammeForm(ActForm):
    name = forms.CharField(label=_("名称"), max_length=120)
    fund = forms.ChoiceField(label=_("资金"), choices=Programme.Fund.choices)
    document = forms.CharField(label=_("依据文件"), max_length=200)
    runs_from = day_field(_("执行起"), help_text=_("按这一天的规定记录使用范围。"))
    runs_to = day_field(_("执行止"), required=False)


class IncomeForm(ActForm):
    source = forms.ChoiceField(label=_("来源"), choices=Income.Source.choices)
    amount = _money(_("金额（元）"))
    year = forms.IntegerField(label=_("年度"), min_value=2016, max_value=2100)
    received_on = day_field(_("到账日"))
    document = forms.CharField(
        label=_("文件"), max_length=200, help_text=_("下达文件或国库入账凭证。")
    )
    remitted = forms.ChoiceField(
        label=_("出自账上款项"),
        required=False,
        help_text=_(
            "来源为差别电价加价收入、土地出让收入的，选择由价格措施账上缴、由土地账安排用于职工安置的款项。"
        ),
    )

    def __init__(self, *args: Any, given: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("不出自账上款项")), *given]
        self.fields["remitted"].choices = chosen  # type: ignore[attr-defined]


class ApplicationForm(ActForm):
    uscc = forms.CharField(label=_("企业统一社会信用代码"), max_length=18, min_length=18)
    year = forms.IntegerField(label=_("资金年度"), min_value=2016, max_value=2100)
    ownership = forms.ChoiceField(label=_("企业性质"), choices=Application.Ownership.choices)
    capacity = QuantityField(label=_("退出产能"), max_digits=18, decimal_places=3, min_value=0)
    capacity_unit = forms.ChoiceField(
        label=_("产能单位"), choices=[("万t/a", _("万吨/年")), ("t/a", _("吨/年"))]
    )
    exit_year = forms.IntegerField(label=_("退出年度"), min_value=2010, max_value=2100)
    employees = forms.IntegerField(label=_("需安置职工人数"), min_value=0)
    mines = forms.IntegerField(label=_("退出矿井数"), min_value=0, required=False)
    purpose = forms.CharField(
        label=_("用途说明"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AcceptForm(ActForm):
    in_plan = forms.BooleanField(label=_("已核对：列入年度方案和下达的退出任务"), required=False)


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(ReasonForm):
    amount = _money(_("金额（元）"))
    field_order = ("amount", "reason")


class PayForm(ActForm):
    use = forms.ChoiceField(label=_("用途"))
    amount = _money(_("金额（元）"))
    day = day_field(_("支付日"))
    voucher = forms.CharField(label=_("凭证"), max_length=200)

    def __init__(self, *args: Any, uses: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = uses  # type: ignore[attr-defined]


class AllocateForm(ActForm):
    """A division of a year's money. By factors: the year's money and a degree of difficulty each;
    decided: an amount each."""

    year = forms.IntegerField(widget=forms.HiddenInput)
    document = forms.CharField(label=_("分配文件"), max_length=200)
    total = _money(_("当年资金总额（元）"), required=False)

    def __init__(
        self, *args: Any, waiting: Sequence[Application], by_factors: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.waiting, self.by_factors = waiting, by_factors
        if by_factors:
            self.fields["total"].required = True
        else:
            del self.fields["total"]
        for one in waiting:
            self.fields[f"for_{one.pk}"] = (
                QuantityField(
                    max_digits=10, decimal_places=4, min_value=0, initial=1, label=_("困难程度")
                )
                if by_factors
                else _money(_("金额（元）"), required=False)
            )

    def rows(self) -> list[tuple[Application, Any]]:
        return [(one, self[f"for_{one.pk}"]) for one in self.waiting]

    def given(self) -> dict[int, Any]:
        """What was filled in, by application; empty cells are left out."""
        return {
            one.pk: value
            for one in self.waiting
            if (value := self.cleaned_data.get(f"for_{one.pk}")) is not None
            and (self.by_factors or value)
        }

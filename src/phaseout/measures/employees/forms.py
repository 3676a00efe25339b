"""Forms of settlements, procedures, lists, payments and standards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import divisions
from phaseout.measures.employees.models import Paid, Procedure, Step, WageStandard
from phaseout.pages.forms import ActForm, MoneyField, day_field
from phaseout.pages.templatetags.phaseout import said


class SettlementForm(ActForm):
    uscc = forms.CharField(label=_("企业统一社会信用代码"), max_length=18, min_length=18)
    staff = forms.IntegerField(
        label=_("职工总数"), min_value=1, help_text=_("全部在册职工，裁员比例按此计算。")
    )
    case_number = forms.CharField(
        label=_("退出案案号"),
        max_length=80,
        required=False,
        help_text=_("已立退出案的填写；案件有未了安置事项时不能确认退出。"),
    )


class ProcedureForm(ActForm):
    form = forms.ChoiceField(label=_("会议形式"), choices=Procedure.Form.choices)
    explained_on = day_field(_("向工会或全体职工说明日"))
    held_on = day_field(_("会议日"))
    entitled = forms.IntegerField(label=_("应到人数"), min_value=1)
    present = forms.IntegerField(label=_("实到人数"), min_value=0)
    in_favour = forms.IntegerField(label=_("赞成人数"), min_value=0)
    reported_on = day_field(
        _("向人社部门报告日"), required=False, help_text=_("达到裁员标准的必填。")
    )
    opinions = forms.CharField(
        label=_("听取的意见"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    minutes = forms.FileField(label=_("会议记录和决议"))


class ListForm(ActForm):
    file = forms.FileField(
        label=_("职工名册"),
        help_text=_("xlsx、xls、ods 或 csv；逐行核对，全部合格才采用。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class SettleForm(ActForm):
    """What was paid to, or done for, the chosen employees. `do` is a payment or a step."""

    do = forms.ChoiceField(label=_("办理事项"))
    day = day_field(_("办理日"))
    note = forms.CharField(
        label=_("支付凭证或说明"), max_length=200, required=False, help_text=_("支付的必填凭证。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["do"].choices = [  # type: ignore[attr-defined]
            (_("支付全部未付数额"), Paid.What.choices),
            (_("其他办理"), Step.What.choices),
        ]


class PayForm(ActForm):
    """An amount paid to one employee."""

    what = forms.ChoiceField(label=_("款项"), choices=Paid.What.choices)
    amount = MoneyField(label=_("金额（元）"), max_digits=14)
    day = day_field(_("支付日"))
    voucher = forms.CharField(label=_("凭证"), max_length=200)


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class StandardForm(ActForm):
    kind = forms.ChoiceField(label=_("种类"), choices=WageStandard.Kind.choices)
    division_code = forms.ChoiceField(label=_("地区"))
    year = forms.IntegerField(
        label=_("统计年度"),
        min_value=2007,
        max_value=2100,
        required=False,
        help_text=_("平均工资填写；终止年度的上一年。"),
    )
    valid_from = day_field(_("执行起"), required=False, help_text=_("最低工资标准填写。"))
    amount = MoneyField(label=_("元/月"), max_digits=10)
    document = forms.CharField(label=_("公布文件"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division_code"].choices = [  # type: ignore[attr-defined]
            (code, said(name)) for code, name in divisions().items()
        ]

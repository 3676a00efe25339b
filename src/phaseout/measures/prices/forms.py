"""Forms of the room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.desk.fields import Day
from phaseout.law.industries import INDUSTRIES
from phaseout.law.opinions import Opinions
from phaseout.measures.prices import words
from phaseout.pages.forms import ActForm, MoneyField, QuantityField
from phaseout.pages.templatetags.phaseout import said

ANY: tuple[tuple[str, Any], ...] = (("", _("全部")),)
STATES = (
    ("charged", _("应加价")),
    ("conflict", _("两项措施重叠")),
    ("unsettled", _("无法判定")),
    ("provisional", _("暂定")),
    ("none", _("不加价")),
)
LARGEST = 50 * 1024 * 1024


CLASSES_OF_WATER = (("limit", _("限制类")), ("eliminate", _("淘汰类")))


def _cubic(label: Any) -> QuantityField:
    return QuantityField(label=label, min_value=0, max_digits=16, decimal_places=3)


def _percent(label: Any) -> QuantityField:
    return QuantityField(label=label, min_value=0, max_value=100, max_digits=6, decimal_places=3)


class YearForm(ActForm):
    year = forms.IntegerField(label=_("用电年度"), min_value=2008, max_value=2100)


class MonthForm(ActForm):
    month = forms.CharField(label=_("月份"), widget=forms.TextInput(attrs={"type": "month"}))

    def clean_month(self) -> date:
        text = str(self.cleaned_data["month"]).strip()
        try:
            return date.fromisoformat(f"{text}-01")
        except ValueError:
            raise forms.ValidationError(_("月份写作 2018-02。")) from None


class ConsumptionForm(MonthForm):
    file = forms.FileField(
        label=_("用电量文件"),
        help_text=_("CSV 或 XLSX；列：生产线编号、起、止、用电量（kWh）。起止空白表示整月。"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 50 MB。"))
        return file


class DetermineForm(ActForm):
    first = forms.DateField(
        label=_("加价自"), required=False, widget=Day(),
        help_text=_("空白：差别电价自认定之日起，其他自年初起。"),
    )  # fmt: skip
    last = forms.DateField(
        label=_("至"), required=False, widget=Day(),
        help_text=_("空白：至年末，或至依据消失之日。"),
    )  # fmt: skip
    reason = forms.CharField(label=_("说明"), required=False, max_length=1000)


class EndForm(ActForm):
    on = forms.DateField(
        label=_("终止日"), widget=Day(),
        help_text=_("自该日起不再加价。"),
    )  # fmt: skip
    reason = forms.CharField(label=_("理由"), max_length=400)


class SignForm(ActForm):
    """Signing a notice; a correction says why."""

    reason = forms.CharField(
        label=_("更正理由"), max_length=400, required=False,
        help_text=_("首次签发不必填写；更正已发的通知书必须写明，新文号替代原文号。"),
    )  # fmt: skip


class NoticeForm(ActForm):
    received_on = forms.DateField(label=_("收到缴费通知日"), widget=Day())
    pay_by = forms.DateField(label=_("合同约定的缴费期限"), widget=Day())
    contract_percent = QuantityField(
        label=_("合同约定的违约金（%/日）"), required=False, max_digits=5, decimal_places=3,
        help_text=_("由供用电合同约定，须在《电力供应与使用条例》第三十九条的幅度以内。"),
    )  # fmt: skip


class PaymentForm(ActForm):
    amount = MoneyField(label=_("金额（元）"), min_value=Decimal("0.01"), max_digits=18)
    paid_on = forms.DateField(label=_("缴费日"), widget=Day())


class WaterForm(ActForm):
    """The water of a year, as its paper tells it."""

    uscc = forms.CharField(label=_("企业统一社会信用代码"), max_length=18, min_length=18)
    year = forms.IntegerField(label=_("用水年度"), min_value=2008, max_value=2100)
    quota = _cubic(_("定额或计划（m³）"))
    used = _cubic(_("用水量（m³）"))
    basic_price = QuantityField(
        label=_("基本水价（元/m³）"), min_value=0, max_digits=9, decimal_places=4,
        help_text=_("该类用户的基本水价，不含污水处理费；文件按水资源费累进的填水资源费。"),
    )  # fmt: skip
    price_class = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("一般用户")), *CLASSES_OF_WATER]
    )
    document = forms.CharField(
        label=_("定额和用水量的依据"), max_length=200, help_text=_("下达定额的文件、计量记录。")
    )


class ShareForm(ActForm):
    """What the relief of the tiered price asks for."""

    uscc = forms.CharField(label=_("企业统一社会信用代码"), max_length=18, min_length=18)
    year = forms.IntegerField(label=_("用电年度"), min_value=2016, max_value=2100)
    percent = _percent(_("非水可再生能源电量占比（%）"))
    incentive = _percent(_("自治区激励值（%）"))
    document = forms.CharField(label=_("依据材料"), max_length=200)


class FilterForm(forms.Form):
    """What the list of a year is narrowed by."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=(*ANY, *STATES))
    city = forms.ChoiceField(label=_("城市"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)
    measure = forms.ChoiceField(label=_("措施"), required=False)
    source = forms.ChoiceField(label=_("文件"), required=False)

    def __init__(self, *args: Any, sources: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        cities = {
            holder.function.removeprefix("city_"): (holder.name_zh, holder.name_en)
            for holder in Opinions.of().holders
            if holder.function.startswith("city_")
        }
        self._choices("city", [(code, said(name)) for code, name in cities.items()])
        self._choices("industry", [(k, said((i.zh, i.en))) for k, i in INDUSTRIES.items()])
        named = [(k, said(w)) for k, w in words.MEASURES.items() if k != "water"]
        self._choices("measure", named)
        self._choices("source", [(one, one) for one in sources])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = (*ANY, *choices)  # type: ignore[attr-defined]

"""Forms of the acts on land."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import divisions
from phaseout.desk.fields import Day
from phaseout.evidence.attaching import ACCEPT
from phaseout.law.land import RIGHTS, ways
from phaseout.measures.land.models import Parcel
from phaseout.pages.forms import ActForm, MoneyField, QuantityField
from phaseout.pages.templatetags.phaseout import said


class ParcelForm(ActForm):
    """A parcel as the land register has it."""

    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18)
    line_id = forms.CharField(
        label=_("生产线编号"),
        max_length=64,
        required=False,
        help_text=_("地块只供一条生产线使用的，填写其编号。"),
    )
    number = forms.CharField(label=_("宗地编号"), max_length=40)
    address = forms.CharField(label=_("坐落"), max_length=200)
    area = QuantityField(
        label=_("面积（平方米）"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2
    )
    right = forms.ChoiceField(label=_("权利类型"))
    division_code = forms.ChoiceField(label=_("所在县（市、区）"))

    def __init__(self, *args: Any, prefixes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right"].choices = [  # type: ignore[attr-defined]
            (right.value, said(words)) for right, words in RIGHTS.items()
        ]
        self.fields["division_code"].choices = [  # type: ignore[attr-defined]
            (code, said(words))
            for code, words in divisions().items()
            if not code.endswith("00") and any(code.startswith(p) for p in prefixes)
        ]


class DocumentForm(ActForm):
    """An act that rests on a document with a number, which may be attached."""

    document = forms.CharField(label=_("文号"), max_length=80)
    file = forms.FileField(
        label=_("附上文件"), required=False, widget=forms.ClearableFileInput({"accept": ACCEPT})
    )


class DecisionForm(DocumentForm):
    """The way of disposal and what the way asks for."""

    way = forms.ChoiceField(label=_("处置方式"), widget=forms.RadioSelect)
    decided_on = forms.DateField(label=_("决定日期"), widget=Day())
    planning = forms.CharField(
        label=_("规划部门意见文号"),
        max_length=80,
        required=False,
        help_text=_("转产的须符合城乡规划。"),
    )
    trade = forms.CharField(label=_("转产行业"), max_length=120, required=False)
    encouraged = forms.BooleanField(label=_("属于生产性服务业等国家鼓励发展行业"), required=False)
    filed_on = forms.DateField(
        label=_("转产项目备案日"),
        widget=Day(),
        required=False,
        help_text=_("五年自备案日起算；不填按决定日期。"),
    )
    field_order = ("way", "document", "decided_on", "planning", "trade", "encouraged", "filed_on")

    def __init__(self, *args: Any, parcel: Parcel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            (way.way, said(way.words)) for way in ways().values() if parcel.right in way.rights
        ]


class SumForm(DocumentForm):
    """An amount with its document."""

    amount = MoneyField(label=_("金额（元）"), min_value=Decimal("0.01"))
    field_order = ("amount", "document", "file")


class EndForm(ActForm):
    """Why the continued use ends."""

    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

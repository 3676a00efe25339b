"""Forms of sanctions, records, receipts, credit lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.desk.fields import Day
from phaseout.evidence.attaching import ACCEPT
from phaseout.law.norms.records import CreditField
from phaseout.law.refusals import Bilingual
from phaseout.law.sanctions.areas import area
from phaseout.law.sanctions.bases import Basis
from phaseout.law.sanctions.fields import Problem, Values
from phaseout.law.sanctions.grounds import SEVERITIES
from phaseout.measures.sanctions.acts.answering import OUTCOMES
from phaseout.measures.sanctions.acts.crediting import BANK_OUTCOMES, NOTED
from phaseout.measures.sanctions.models import CreditListing
from phaseout.pages.forms import ActForm, MoneyField
from phaseout.pages.templatetags.phaseout import said

Choices = list[tuple[str, str]]


def _choices(words: Mapping[str, Bilingual], leave_out: Iterable[str] = ()) -> Choices:
    return [(key, said(pair)) for key, pair in words.items() if key not in leave_out]


def _text(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows})
    )


class ImposeForm(ActForm):
    areas = forms.MultipleChoiceField(
        label=_("惩戒方面"), widget=forms.CheckboxSelectMultiple, required=False
    )
    bases = forms.MultipleChoiceField(
        label=_("依据"), widget=forms.CheckboxSelectMultiple, required=False
    )
    severity = forms.ChoiceField(label=_("失信程度"))
    publish = forms.BooleanField(label=_("公示"), required=False, initial=True)
    reason = _text(_("理由"))

    def __init__(
        self, *args: Any, codes: Sequence[str], bases: Sequence[Basis], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in ("areas", "bases"):  # the act refuses without one, and says by which clause
            fields[name].depends = True  # no “(optional)”
        fields["areas"].choices = [(code, said(area(code).words)) for code in codes]
        fields["areas"].initial = list(codes)
        fields["bases"].choices = [(basis.basis, said(basis.cited)) for basis in bases]
        fields["bases"].initial = [basis.basis for basis in bases]
        fields["severity"].choices = _choices(SEVERITIES)


class FileForm(ActForm):
    file = forms.FileField(
        label=_("附件"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )


class AnswerForm(FileForm):
    outcome = forms.ChoiceField(label=_("落实情况"))
    statement = _text(_("说明"))
    field_order = ("outcome", "statement", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = _choices(OUTCOMES)  # type: ignore[attr-defined]


class StatementForm(ActForm):
    statement = _text(_("说明"))


class ObjectForm(FileForm):
    statement = _text(_("异议内容"))
    field_order = ("statement", "file")


class RepairForm(FileForm):
    promise = forms.BooleanField(label=_("我单位公开承诺依法生产经营、不再违反"), required=False)
    statement = _text(_("纠正和履行义务的情况"))
    field_order = ("promise", "statement", "file")


class DecideForm(ActForm):
    """Yes or no, and why."""

    decision = forms.ChoiceField(label=_("决定"), widget=forms.RadioSelect)
    other_met = forms.BooleanField(
        label=_("法律、法规和中央政策文件的其他要求已满足"), required=False
    )
    reason = _text(_("理由"))

    def __init__(self, *args: Any, repair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = (
            [("yes", _("准予修复")), ("no", _("不予修复"))]
            if repair
            else [("yes", _("异议成立，解除惩戒")), ("no", _("异议不成立"))]
        )
        self.fields["decision"].choices = words  # type: ignore[attr-defined]
        if not repair:
            del self.fields["other_met"]


class RecordForm(ActForm):
    """The fields of a record as its form of the day has them. What is wrong is said by the rules of
    the record, all at once, beside each field."""

    decided_on = forms.DateField(label=_("决定日期"), widget=Day())

    def __init__(
        self, *args: Any, fields: Sequence[CreditField], begin: Values, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record_fields = fields
        for one in fields:
            code = one.field_code
            self.fields[code] = _record_field(one, begin)

    def values(self) -> dict[str, str]:
        """Field code → text as it was sent, whatever else is wrong with the form."""
        sent = {f.field_code: str(self.data.get(f.field_code, "")) for f in self.record_fields}
        return {code: text.strip() for code, text in sent.items() if text.strip()}

    def show(self, problems: Sequence[Problem]) -> None:
        """Each problem beside its field, once."""
        for problem in problems:
            name = problem.field if problem.field in self.fields else None
            if name is None or name not in self.errors:
                self.add_error(name, said(problem.expected))


def _record_field(one: CreditField, begin: Values) -> forms.Field:
    """`required` only where the form always asks for it: the rest depends on the other fields, and
    the rules of the record say so."""
    given: dict[str, Any] = {
        "label": f"{one.name_zh}（{one.field_code}）",
        "required": one.required == "yes",
        "initial": begin.get(one.field_code, ""),
    }
    made = _of_format(one, given)
    made.depends = one.required not in ("yes", "no")  # type: ignore[attr-defined]  # no “(optional)”
    return made


def _of_format(one: CreditField, given: dict[str, Any]) -> forms.Field:
    if one.format == "enum" and "其他" not in one.allowed_values:
        listed = [("", "—"), *((v, v) for v in one.allowed_values.split("|"))]
        return forms.ChoiceField(choices=listed, **given)
    long = one.max_length.isdigit() and int(one.max_length) >= 512
    widget = forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput()
    help_text = one.allowed_values.replace("|", "、") if "enum" in one.format else ""
    return forms.CharField(widget=widget, help_text=help_text, **given)


class SendForm(ActForm):
    records = forms.MultipleChoiceField(
        label=_("待报记录"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, records: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = records  # type: ignore[attr-defined]
        self.fields["records"].required = bool(records)  # else it is asked for its key alone
        self.fields["records"].initial = [value for value, _words in records]


_REFUSED_ROW = re.compile(r"第?(?P<place>\d{1,6})行?[\s、，,.．:：]+(?P<reason>\S.*)")
"""A row of a receipt as people write it: `3 …`, `第3行：…`, with a blank of full width."""


class ReceiptForm(ActForm):
    number = forms.CharField(label=_("接收方回执号"), max_length=60)
    accepted_to = forms.IntegerField(
        label=_("已接收至第几行"),
        min_value=0,
        help_text=_("其后未列为退回的行，按未处理登记，可重新报送。"),
    )
    refusals = forms.CharField(
        label=_("被退回的行"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行写一条：行号，空格，退回原因。例如：3 处罚机关代码不存在"),
    )

    def clean_refusals(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for line in self.cleaned_data["refusals"].splitlines():
            if not line.strip():
                continue
            told = _REFUSED_ROW.fullmatch(line.strip())
            if told is None:
                raise forms.ValidationError(
                    _("“%(line)s”：应为行号、空格、退回原因。"), params={"line": line}
                )
            place = int(told["place"])  # of full width too
            if place in found:
                raise forms.ValidationError(
                    _("第%(place)s行写了两次；一行只写一个退回原因。"), params={"place": place}
                )
            found[place] = told["reason"]
        return found


class BankForm(ActForm):
    uscc = forms.CharField(label=_("银行统一社会信用代码"), min_length=18, max_length=18)
    name_zh = forms.CharField(label=_("银行名称"), max_length=120)
    name_en = forms.CharField(label=_("银行英文名称"), max_length=160)


class ListForm(ActForm):
    """One ground, one list: a sanction (no new credit, reduce) or an exit of one's own will."""

    ground = forms.ChoiceField(label=_("依据"))
    reason = _text(_("理由"))

    def __init__(self, *args: Any, grounds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]


class BankAnswerForm(ActForm):
    outcome = forms.ChoiceField(label=_("落实情况"))
    amount = MoneyField(label=_("涉及金额（元）"), required=False, max_digits=18)
    statement = _text(_("说明"))

    def __init__(self, *args: Any, withdrawn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = set(BANK_OUTCOMES) - {NOTED} if withdrawn else {NOTED}
        self.fields["outcome"].choices = _choices(BANK_OUTCOMES, left_out)  # type: ignore[attr-defined]


SORTS = dict(CreditListing.Sort.choices)

"""Forms of the registry's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaseout.accounts.organisations import cities
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.law.industries import INDUSTRIES
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.imports.unpacking import ENDINGS
from phaseout.registry.models import ProductionLine


class EnterpriseFilter(forms.Form):
    """Which enterprises: by name or code, by city, by industry."""

    q = forms.CharField(label=_("名称或信用代码"), required=False, max_length=80, strip=True)
    division = forms.ChoiceField(label=_("所在市"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = [
            (code, said(words))
            for code, words in cities().items()
            if scope.may(Power.READ, division=code)
        ]
        self.fields["division"].choices = [("", _("全部")), *reached]  # type: ignore[attr-defined]
        self.fields["industry"].choices = [  # type: ignore[attr-defined]
            ("", _("全部")),
            *((key, said((industry.zh, industry.en))) for key, industry in INDUSTRIES.items()),
        ]
        self.scope = scope

    def condition(self) -> Q:
        """The enterprises asked for, within the scope: there themselves, or with a line there."""
        asked = self.cleaned_data
        line = ProductionLine.objects.filter(self.scope.lines(), enterprise=OuterRef("pk"))
        condition = Q(merged_into=None) & (self.scope.enterprises() | Q(Exists(line)))
        if asked["q"]:
            condition &= Q(name__icontains=asked["q"]) | Q(uscc__startswith=asked["q"].upper())
        if asked["division"]:
            condition &= Q(division_code__startswith=asked["division"][:4])
        if asked["industry"]:
            condition &= Q(industry=asked["industry"])
        return condition


class SeveralFilesInput(forms.ClearableFileInput):
    """A place for one file or many."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or many, as a list."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in given]


class UploadForm(forms.Form):
    """The files of an import. What may be in them the act decides."""

    uploads = SeveralFilesField(
        label=pgettext_lazy("导入", "文件"),
        help_text=_(
            "一个工作簿，或若干以表命名的CSV文件，或监测数据的Parquet文件，或CSV文件的ZIP包。"
        ),
        widget=SeveralFilesInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": _("请选择文件。"), "empty": _("文件是空的。")},
    )


class ReasonForm(forms.Form):
    """Why two entries are one, or are not."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写入登记库，不能更改。"),
    )

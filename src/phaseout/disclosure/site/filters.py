"""How a public list is narrowed: by words, place, industry, and whether an entry still stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import REGION_CODE, divisions
from phaseout.law.industries import INDUSTRIES
from phaseout.pages.templatetags.phaseout import said

STANDING = {"yes": True, "no": False, "": None}


class ListFilter(forms.Form):
    """The parts of the address of a list."""

    q = forms.CharField(
        label=_("企业名称或代码"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("地区"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)
    standing = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("全部")), ("yes", _("仍在名单上")), ("no", _("已移出或撤销"))],
    )  # fmt: skip
    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        places = [(code, said(name)) for code, name in divisions().items() if code != REGION_CODE]
        self.fields["place"].choices = [("", _("全区")), *places]  # type: ignore[attr-defined]
        industries = [(one.key, said((one.zh, one.en))) for one in INDUSTRIES.values()]
        self.fields["industry"].choices = [("", _("各行业")), *industries]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """The arguments of `published.entries`, without the place to go on after."""
        given = self.cleaned_data
        return {
            "text": given["q"],
            "division_code": given["place"],
            "industry": given["industry"],
            "standing": STANDING[given["standing"]],
        }

    @property
    def narrows(self) -> bool:
        given = self.cleaned_data
        return any(given[name] for name in ("q", "place", "industry", "standing"))

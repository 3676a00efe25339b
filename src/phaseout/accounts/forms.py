"""What an administrator, or somebody with a machine, fills in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import get_language, gettext, gettext_lazy

from phaseout.accounts.acts import Wanted
from phaseout.accounts.organisations import divisions, functions_on
from phaseout.accounts.powers import OF_A_FIRM, ROLE_WORDS, Role
from phaseout.desk.fields import Day
from phaseout.facts.identifiers import compact, uscc_mistake
from phaseout.law.refusals import Bilingual


def _said(words: Bilingual) -> str:
    return words[1] if (get_language() or "").startswith("en") else words[0]


class OfficeLogin(LoginForm):  # type: ignore[misc]
    """allauth's form without grey words inside the fields: the label says it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_labels(self, login=gettext_lazy("用户名"), password=gettext_lazy("密码"))


class OfficePassword(ChangePasswordForm):  # type: ignore[misc]
    """allauth's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_labels(
            self,
            oldpassword=gettext_lazy("当前密码"),
            password1=gettext_lazy("新密码"),
            password2=gettext_lazy("再输一次新密码"),
        )


def _say_labels(form: forms.Form, **labels: Any) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class PersonForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=gettext_lazy("登录时使用，建立后不能修改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name_zh = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PostForm(forms.Form):
    """A post to grant: of an office (function and place), or of an enterprise (USCC)."""

    role = forms.ChoiceField(label=gettext_lazy("角色"))
    function = forms.ChoiceField(label=gettext_lazy("机构（职能）"), required=False)
    division_code = forms.ChoiceField(label=gettext_lazy("管辖区划"), required=False)
    uscc = forms.CharField(
        label=gettext_lazy("企业统一社会信用代码"),
        max_length=18,
        required=False,
        help_text=gettext_lazy("只用于企业用户和银行用户；机构人员不填。"),
    )
    held_from = forms.DateField(label=gettext_lazy("起（含）"), widget=Day())
    held_to = forms.DateField(
        label=gettext_lazy("止（含）"),
        required=False,
        widget=Day(),
        help_text=gettext_lazy("不填为长期。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        help_text=gettext_lazy("任职文件的文号或批准人，将与授予人一并记录。"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", "—")
        self.fields["role"].choices = [(r.value, _said(ROLE_WORDS[r])) for r in Role]  # type: ignore[attr-defined]
        self.fields["function"].choices = [  # type: ignore[attr-defined]
            none,
            *((key, _said(words)) for key, words in functions_on(today).items()),
        ]
        self.fields["division_code"].choices = [  # type: ignore[attr-defined]
            none,
            *((code, f"{code} {_said(words)}") for code, words in divisions().items()),
        ]
        self.fields["held_from"].initial = today

    def clean(self) -> dict[str, Any]:
        """An office's post has function and place; an enterprise's its USCC; neither both."""
        data = super().clean() or {}
        enterprise = data.get("role") in OF_A_FIRM
        for name in ("function", "division_code"):
            if enterprise and data.get(name):
                self.add_error(name, gettext("企业用户不属于任何机构，此处请留空。"))
            elif not enterprise and not data.get(name):
                self.add_error(name, gettext("机构人员须选择此项。"))
        if not enterprise and data.get("uscc"):
            self.add_error("uscc", gettext("机构人员不填企业代码。"))
        data["uscc"] = compact(data.get("uscc") or "")
        if enterprise and not data["uscc"]:
            self.add_error("uscc", gettext("企业用户须填写企业的统一社会信用代码。"))
        elif enterprise and (mistake := uscc_mistake(data["uscc"])):
            self.add_error("uscc", _said(mistake))
        first, last = data.get("held_from"), data.get("held_to")
        if first and last and last < first:
            self.add_error("held_to", gettext("止日不能早于起日。"))
        return data

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            role=Role(data["role"]),
            function=data["function"],
            division_code=data["division_code"],
            uscc=data["uscc"],
            held_from=data["held_from"],
            held_to=data["held_to"],
        )


class EndForm(forms.Form):
    last_day = forms.DateField(
        label=gettext_lazy("最后一日（含）"),
        widget=Day(),
        help_text=gettext_lazy("填昨日即刻结束；填今日则今日24时结束。"),
    )
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=200)


class BlockForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("停用或恢复的理由"), max_length=200)


class FactorForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("清除的理由"),
        max_length=200,
        help_text=gettext_lazy("例如：手机遗失，已当面核实本人。"),
    )


class IdentityForm(forms.Form):
    subject = forms.CharField(
        label=gettext_lazy("统一身份标识"),
        max_length=190,
        help_text=gettext_lazy("由本人从统一身份认证登录一次，页面会显示此标识。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=200)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=80,
        help_text=gettext_lazy("例如：能源在线监测平台每日上传。"),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("有效期至（含）"),
        widget=Day(),
        help_text=gettext_lazy("最长一年。到期后自动失效。"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = today + timedelta(days=90)

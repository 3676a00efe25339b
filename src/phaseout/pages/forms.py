"""How forms are drawn: by templates of the site, errors next to the field they concern. And what
the forms of all rooms have: a key, days; a page of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from phaseout.desk.fields import Day
from phaseout.facts.written_numbers import number
from phaseout.law.refusals import Refusal


class OfficeForms(TemplatesSetting):
    """Named by `FORM_RENDERER`; `{{ form }}` is all a template needs."""

    form_template_name = "pages/_form.html"
    field_template_name = "pages/_field.html"


class ActForm(forms.Form):
    """The form of an act. `cleaned_data["key"]` is its one-time key, a UUID made with the empty
    form and sent hidden: it makes the act happen once, however often the form is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class QuantityField(forms.DecimalField):
    """A number as officials write it: digits, a point, thousands by commas if one likes, digits of
    full width. `1e3`, `NaN` and `1,00` are refused, and it is said what is expected.

    `max_digits` and `decimal_places` bound it, as in a `DecimalField`. The browser's own number
    field is not used: it sends nothing at all for `1,000`.
    """

    widget = forms.TextInput
    default_error_messages: ClassVar = {
        "invalid": _(
            "“%(value)s”不是数字。请只写数字，例如 1234.5 或 1,234.5；不写单位，不用科学记数法。"
        )
    }

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 6, **given})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        found = number(str(value))
        if found is None:
            shown = {"value": str(value)[:40]}
            raise forms.ValidationError(self.error_messages["invalid"], "invalid", shown)
        return found

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}


class MoneyField(QuantityField):
    """An amount of money, in yuan and fen: as a quantity, not below nought, two places at most."""

    default_error_messages: ClassVar = {
        "invalid": _(
            "“%(value)s”不是金额。请以元为单位只写数字，最多两位小数，例如 12345.67 或 12,345.67。"
        ),
        "max_decimal_places": _("金额精确到分，最多两位小数。"),
    }

    def __init__(self, **given: Any) -> None:
        super().__init__(
            **{"max_digits": 16, "decimal_places": 2, "min_value": Decimal(0), **given}
        )


def day_field(label: Any, **given: Any) -> forms.DateField:
    """A day of a form; `given` goes to the field (`required`, `help_text`, `initial`)."""
    return forms.DateField(label=label, widget=Day(), **given)


@dataclass(frozen=True, slots=True)
class Pressed:
    """How a page of several acts answers: `done`, or what was refused, and the page's status."""

    done: bool = False
    refusal: Refusal | None = None
    status: int = 200


def press(
    request: HttpRequest,
    shown: Mapping[str, forms.Form],
    do: Callable[[str, Any], object],
) -> Pressed:
    """A page with one form for each act that can be done now: `do` of the form whose button (named
    `do`) was pressed, if it is valid. Nothing was pressed: not done, nothing refused.

    Raises:
        Http404: a button that the page does not have.
    """
    if request.method != "POST":
        return Pressed()
    name = request.POST.get("do", "")
    if name not in shown:
        raise Http404
    if not shown[name].is_valid():
        return Pressed(status=422)
    try:
        do(name, shown[name])
    except Refusal as refused:
        return Pressed(refusal=refused, status=409)
    return Pressed(done=True)

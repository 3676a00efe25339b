"""How forms are drawn: by templates of the site, errors next to the field they concern. And what
the forms of all rooms have: a key, days; a page of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import Http404, HttpRequest

from phaseout.desk.fields import Day
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

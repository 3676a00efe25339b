"""How forms are drawn: by templates of the site, errors next to the field they concern. And what
the forms of all rooms have: a key, days."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.forms.renderers import TemplatesSetting

from phaseout.desk.fields import Day


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

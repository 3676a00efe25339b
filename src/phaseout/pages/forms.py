"""How forms are drawn: by templates of the site, errors next to the field they concern."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class OfficeForms(TemplatesSetting):
    """Named by `FORM_RENDERER`; `{{ form }}` is all a template needs."""

    form_template_name = "pages/_form.html"
    field_template_name = "pages/_field.html"

"""Words of acts for templates: `{% load act_words %}`."""

from __future__ import annotations

from django import template

from phaseout.pages.templatetags.phaseout import english

register = template.Library()


@register.filter
def or_english(zh: str, en: str) -> str:
    """`{{ act.organisation_zh|or_english:act.organisation_en }}`: in the page's language."""
    return en if english() else zh

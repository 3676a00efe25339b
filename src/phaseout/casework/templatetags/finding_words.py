"""Words of findings for templates: `{% load finding_words %}`."""

from __future__ import annotations

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from phaseout.casework.models import Finding
from phaseout.pages.templatetags.phaseout import english
from phaseout.reporting.words import PROVISIONAL, VERDICTS, say

register = template.Library()


@register.filter
def verdict_mark(finding: Finding) -> SafeString:
    """The verdict with its mark, and whether it is provisional: as `pages/_verdict.html` draws it,
    for lists of many rows."""
    return _mark(finding.verdict, finding.provisional, "en" if english() else "zh")


@cache
def _mark(verdict: str, provisional: bool, lang: str) -> SafeString:
    mark = format_html('<span class="verdict {}">{}</span>', verdict, say(VERDICTS, verdict, lang))
    if not provisional:
        return mark
    return format_html('{} <span class="provisional">{}</span>', mark, PROVISIONAL[lang == "en"])

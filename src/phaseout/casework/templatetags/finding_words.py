"""Words of findings for templates: `{% load finding_words %}`."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from phaseout.casework.models import Finding
from phaseout.pages.templatetags.phaseout import english, number, said
from phaseout.reporting.words import PROVISIONAL, VERDICTS, say

register = template.Library()


@register.filter
def verdict_mark(finding: Finding) -> SafeString:
    """The verdict with its mark, and whether it is provisional: as `pages/_verdict.html` draws it,
    for lists of many rows."""
    return _mark(finding.verdict, finding.provisional, "en" if english() else "zh")


@register.filter
def cause_word(cause: str) -> str:
    """Why a judgement was made: 数据变动, or facts changed."""
    return said(_CAUSES.get(cause, (cause, cause)))


@register.filter
def cell_text(value: Any) -> str:
    """A cell of a table of measurements: a number, a pair of words, a text; a dash for nothing."""
    if value is None:
        return "—"
    if isinstance(value, tuple):
        return said(value)
    return value if isinstance(value, str) else number(value)


_CAUSES = {
    "facts": ("数据变动", "facts changed"),
    "norms": ("标准变动", "norms changed"),
    "day": ("日期推移", "the day moved"),
    "all": ("全部重判", "all judged anew"),
}


@cache
def _mark(verdict: str, provisional: bool, lang: str) -> SafeString:
    mark = format_html('<span class="verdict {}">{}</span>', verdict, say(VERDICTS, verdict, lang))
    if not provisional:
        return mark
    return format_html('{} <span class="provisional">{}</span>', mark, PROVISIONAL[lang == "en"])

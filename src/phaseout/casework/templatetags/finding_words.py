"""Words of findings for templates: `{% load finding_words %}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phaseout.casework.models import Finding
from phaseout.pages.templatetags.phaseout import english, number, said
from phaseout.reporting.words import DIMENSIONS, PROVISIONAL, VERDICTS, say

register = template.Library()


@register.filter
def verdict_mark(finding: Finding) -> SafeString:
    """The verdict with its mark, and whether it is provisional: as `pages/_verdict.html` draws it,
    for lists of many rows."""
    return _mark(finding.verdict, finding.provisional, "en" if english() else "zh")


# One row of the inbox. Fifty rows of tags and filters took half of the page; so did escaping what
# is ours and has nothing to escape.
_ROW = (
    "<tr><td>{mark}</td><td>{dimension}</td>"
    '<td><a href="{enterprise}">{name}</a>{line}</td><td><a href="{finding}">{summary}</a></td>'
    '<td class="number" data-label="{ratio_label}">{ratio}</td>'
    '<td class="day" data-label="{until_label}">{until}</td>'
    '<td class="day" data-label="{since_label}">{since}</td></tr>\n'
)


@register.simple_tag
def inbox_rows(findings: Iterable[Any], as_of: date | None = None) -> SafeString:
    """The rows of the inbox: verdict, dimension, of whom, what, ratio, period end, since when.

    `findings` are named tuples, as `findings.inbox` reads them. Read `as_of` a day, each leads to
    the version that stood then.
    """
    lang = "en" if english() else "zh"
    labels = {
        "ratio_label": escape(_("与限值之比")),
        "until_label": escape(_("期间止")),
        "since_label": escape(_("认定日")),
    }
    finding, enterprise = (_address_of(name) for name in ("finding", "enterprise"))
    return mark_safe(
        "".join(
            _ROW.format(
                mark=_mark(one.verdict, one.provisional, lang),
                dimension=escape(say(DIMENSIONS, one.dimension, lang)),
                enterprise=escape(enterprise.format(one.enterprise_id)),
                name=escape(one.enterprise__name),
                line=f" · {escape(one.line__name)}" if one.line__name else "",
                finding=escape(finding.format(one.finding_id))
                + (f"?version={one.id}" if as_of else ""),
                summary=escape(one.summary_en if lang == "en" else one.summary_zh),
                ratio=number(one.ratio),
                until=one.period_end or "",
                since=one.found_on,
                **labels,
            )
            for one in findings
        )
    )


def _address_of(name: str) -> str:
    """The address of a page with a hole for the id, which is letters and digits only."""
    return reverse(name, args=["0"])[::-1].replace("0", "}{", 1)[::-1]


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

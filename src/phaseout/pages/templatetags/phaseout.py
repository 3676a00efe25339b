"""Tags and filters that every template may use without loading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaseout.findings.export import plain
from phaseout.law.judgement.explanation import Explanation
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.wording import unit_name
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.pages import explaining, navigating
from phaseout.pages.refusing import note
from phaseout.reporting import words
from phaseout.reporting.words import VERDICTS, say

register = template.Library()

SOON = 10
"""Days before the last one on which a deadline is shown as near."""

WEEKDAYS = (
    ("星期一", "Mon"),
    ("星期二", "Tue"),
    ("星期三", "Wed"),
    ("星期四", "Thu"),
    ("星期五", "Fri"),
    ("星期六", "Sat"),
    ("星期日", "Sun"),
)


def english() -> bool:
    """Whether the page being made is in English."""
    return (translation.get_language() or "").startswith("en")


@register.simple_tag
def both(zh: Any, en: Any) -> Any:
    """The text in the page's language: `{% both refusal.zh refusal.en %}`."""
    return en if english() else zh


@register.simple_tag
def noted(refusal: Any) -> str:
    """Counts and logs a refusal where it is shown: `{% noted refusal %}`."""
    if isinstance(refusal, Refusal):
        note(refusal)
    return ""


@register.filter
def said(text: Bilingual) -> str:
    """A bilingual pair in the page's language: `{{ words|said }}`."""
    return text[1] if english() else text[0]


@register.filter
def remark(text: str) -> str:
    """A text of the norm store that was received in English, in the page's language: our
    translation on a Chinese page, the received text on an English one."""
    return text if english() else in_chinese(text)


@register.filter
def number(value: Any) -> str:
    """A decimal as people write it: 13,700 · 0.85; nothing for None."""
    if value is None or value == "":
        return ""
    text = plain(value) if isinstance(value, Decimal) else str(value)
    whole, point, rest = (text or "").partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}" if digits.isdigit() else digits
    return f"{sign}{grouped}{point}{rest}"


@register.filter
def plainly(value: Any) -> str:
    """A number as programs read it, for `<data value>`: 13700.5; nothing for None."""
    if isinstance(value, Decimal):
        return plain(value) or ""
    return "" if value is None else str(value)


@register.simple_tag
def amount(value: Any, unit: str | None = None) -> str:
    """`{% amount line.capacity line.capacity_unit %}`: 25.1 万t/a, or 251,000 t/a; nothing where
    there is no value."""
    if not isinstance(value, Decimal):
        return "" if value is None else f"{number(value)} {unit_word(unit)}".rstrip()
    figure, name = words.amount(value, unit or "", "en" if english() else "zh")
    return (
        f"{figure}{name}" if name.startswith("%") and not english() else f"{figure} {name}".rstrip()
    )


@register.filter
def unit_word(unit: str | None) -> str:
    """A unit as people read it: 标张牛皮/年, kgce/t; nothing for a plain number."""
    return unit_name(unit or "", "en" if english() else "zh")


@register.filter
def in_words(day: date | None) -> str:
    """A day in prose: 2017年6月30日, or 30 June 2017."""
    if day is None:
        return ""
    if english():
        return f"{day.day} {day.strftime('%B')} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def weekday(day: date | None) -> str:
    return "" if day is None else said(WEEKDAYS[day.weekday()])


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """`{{ words|lookup:key }}`; the key itself where nothing is known."""
    return mapping.get(key, key)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The present query string with changes; a change to None or "" takes the part out."""
    parts = dict(context["request"].GET.lists())
    for name, value in changes.items():
        parts.pop(name, None)
        if value not in (None, ""):
            parts[name] = [value]
    return "?" + urlencode(parts, doseq=True)


@register.filter
def verdict_word(verdict: str) -> str:
    """达标 ✓ · 不达标 ✕ · 无法判定 ？: the word with its mark, never colour alone."""
    return say(VERDICTS, verdict, "en" if english() else "zh")


@register.filter
def days_after(day: date, today: date) -> int:
    """Days from `today` until `day`: 0 on the last day itself, negative when it is past."""
    return (day - date(today.year, today.month, today.day)).days


@register.simple_tag
def deadline_chip(due: date, today: date, met: object = False, certificate: str = "") -> str:
    """The chip of a last day. Put together here, not in a template: lists are full of them, and
    a template takes three times as long.

    Args:
        due: the last day, itself inside.
        met: whether it was done in time.
        certificate: the address of how the day was counted; empty for none.
    """
    left = days_after(due, today)
    near = " met" if met else " past" if left < 0 else " soon" if left <= SOON else ""
    link = format_html(' · <a href="{}">{}</a>', certificate, _("期限计算")) if certificate else ""
    return format_html(
        '<span class="chip deadline{}"><time datetime="{}">{}</time> {} · {}{}</span>',
        *(near, f"{due:%Y-%m-%d}", f"{due:%Y-%m-%d}", weekday(due), _left(left, met), link),
    )


def _left(left: int, met: object) -> str:
    if met:
        return _("已完成")
    if left < 0:
        return ngettext("已逾期 %(days)s 天", "已逾期 %(days)s 天", -left) % {"days": -left}
    if left == 0:
        return _("今天是最后一天")
    return ngettext("还有 %(days)s 天", "还有 %(days)s 天", left) % {"days": left}


@register.filter
def size(count: int) -> int:
    """A count without its sign."""
    return abs(count)


@register.simple_tag
def reading(stored: Mapping[str, Any]) -> Explanation:
    """`{% reading finding.reasoning.tree as read %}`: the explanation behind its stored JSON."""
    return explaining.read(stored)


@register.filter
def row_url(cites: str) -> str:
    """The page of the norm row that a step cites; empty for a plain source and clause."""
    return explaining.row_url(cites)


@register.filter
def row_words(cites: str) -> str:
    """What a step cites as people write it: GB 21346-2013 4.1."""
    return said(explaining.row_words(cites))


@register.simple_tag(takes_context=True)
def here(context: template.Context, names: str) -> str:
    """`<a href="…"{% here "findings finding" %}>`: marks the entry of the page one is on.

    `names` are the URL names of the pages that belong to the entry, its own first.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    place = match.url_name if match else context.get("place")
    listed = names.split()
    if place not in listed:
        return ""
    return mark_safe(f' aria-current="{"page" if place == listed[0] else "true"}"')


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> SafeString:
    """The site's navigation, as the person behind the page sees it."""
    return navigating.drawn(navigating.sight_of(context))

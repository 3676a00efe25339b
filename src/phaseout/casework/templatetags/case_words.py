"""Words of cases for templates: `{% load case_words %}`."""

from __future__ import annotations

from django import template

from phaseout.pages.templatetags.phaseout import english
from phaseout.reporting.words import DIMENSIONS, STANDINGS, say

register = template.Library()


@register.filter
def dimension_word(dimension: str) -> str:
    """能耗, or energy."""
    return say(DIMENSIONS, dimension, "en" if english() else "zh")


@register.filter
def standing_word(outdated: str) -> str:
    """What the findings of a line make of it together: 已认定不达标 …"""
    return say(STANDINGS, outdated, "en" if english() else "zh")

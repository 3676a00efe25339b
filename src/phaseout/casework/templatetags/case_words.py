"""Words of cases for templates: `{% load case_words %}`."""

from __future__ import annotations

from django import template

from phaseout.casework.left import rest_said
from phaseout.casework.models import Finding
from phaseout.law.judgement.explain.subjects import indicator_words, subject_words
from phaseout.law.procedures.rows import words
from phaseout.law.refusals import Bilingual
from phaseout.pages.explaining import row_words
from phaseout.pages.templatetags.phaseout import english, said
from phaseout.reporting.words import DIMENSIONS, STANDINGS, say

register = template.Library()


@register.filter
def dimension_word(dimension: str) -> str:
    """能耗, or energy."""
    return say(DIMENSIONS, dimension, "en" if english() else "zh")


@register.filter
def body_word(holder: str) -> str:
    """A body that does not work here: its name as the act gave it, or what it is (接收机关)."""
    return said(words().get(("by", holder), (holder, holder)))


@register.filter
def standing_word(outdated: str) -> str:
    """What the findings of a line make of it together: 已认定不达标 …"""
    return say(STANDINGS, outdated, "en" if english() else "zh")


@register.filter
def subject_word(finding: Finding) -> str:
    """What a finding is about: 焦炭（捣固焦炉）, or coke (stamp-charging coke oven)."""
    return said(subject_words(finding.judged_by, finding.subject))


@register.filter
def indicator_word(finding: Finding) -> str:
    """What was asked of it; empty where the subject says it already."""
    return said(indicator_words(finding.judged_by, finding.subject, finding.indicator))


@register.filter
def basis_word(finding: Finding) -> str:
    """What a finding rests on: GB 21346-2013 4.1; empty where no document is known."""
    cites = finding.norm_row or f"{finding.source_id or ''} {finding.clause or ''}".strip()
    return said(row_words(cites)) if cites else ""


@register.filter
def about(finding: Finding) -> str:
    """Subject and indicator: 排放口DA001 · 二氧化硫."""
    return " · ".join(part for part in (subject_word(finding), indicator_word(finding)) if part)


@register.simple_tag(name="rest_said")
def rest_of_line(line_id: str | None) -> tuple[Bilingual, Bilingual] | None:
    """What of a line has exited and what is left (`casework.left`); None where not in parts."""
    return rest_said(line_id) if line_id else None

"""Papers on other pages: `{% papers_by_act case as papers %}`, one query a case."""

from __future__ import annotations

from typing import Any

from django import template

from phaseout.casework.models import Case, IssuedPaper
from phaseout.casework.papers.seeing import papers_within

register = template.Library()


@register.simple_tag(takes_context=True)
def papers_by_act(context: template.Context, case: Case) -> dict[int, IssuedPaper]:
    """The papers of a case that the person may see, by the act that issued each; then
    `{% include "casework/_papers.html" with paper=papers|of_act:act.pk %}`."""
    scope = context["request"].scope
    return {paper.act_id: paper for paper in papers_within(scope).filter(case=case)}


@register.filter
def of_act(papers: dict[int, IssuedPaper], act: Any) -> IssuedPaper | None:
    return papers.get(act)


@register.filter
def paper_title(paper: IssuedPaper) -> tuple[str, str]:
    """Its name, for `|said`."""
    return paper.title_zh, paper.title_en

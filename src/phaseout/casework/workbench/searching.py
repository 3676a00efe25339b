"""Quick search: enterprises, cases and documents by name or number, lines by their whole number;
within the scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.casework.cases.listing import NEWEST_FIRST, cases_within
from phaseout.casework.models import Case, IssuedPaper
from phaseout.casework.papers.seeing import papers_within
from phaseout.registry.merging import same_enterprises
from phaseout.registry.models import Enterprise, ProductionLine

MOST = 20
LONGEST = 60
# 〔 and 〕 are on no keyboard: people type what is, and digits of full width beside Chinese.
_AS_NUMBERED = str.maketrans("[]()（）【】［］０１２３４５６７８９", "〔〕" * 5 + "0123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, a few of each kind. `cut`: the kinds of which there are more; `line`: the
    production line that bears exactly this number."""

    enterprises: list[Enterprise]
    cases: list[Case]
    papers: list[IssuedPaper]
    cut: frozenset[str]
    line: ProductionLine | None = None

    @property
    def nothing(self) -> bool:
        return not (self.enterprises or self.cases or self.papers or self.line)


def find(text: str, scope: Scope) -> Found:
    """By a name, or a part of it, or a number, in whatever brackets. Of a merged enterprise the
    cases of all entries."""
    number = numbered(text)
    named = Q(pk=text) | Q(name__icontains=text)
    enterprises = list(
        Enterprise.objects.filter(scope.enterprises(), named).order_by("name", "pk")[: MOST + 1]
    )
    codes = same_enterprises([text, *(e.pk for e in enterprises)])
    cases = list(
        cases_within(scope)
        .filter(Q(number__contains=number) | Q(enterprise_id__in=codes))
        .order_by(*NEWEST_FIRST)[: MOST + 1]
    )
    papers = list(
        papers_within(scope)
        .filter(number__contains=number)
        .exclude(number="")
        .select_related("case__enterprise")
        .order_by("-issued_on", "-id")[: MOST + 1]
    )
    kinds: dict[str, Sequence[Any]] = {"enterprises": enterprises, "cases": cases, "papers": papers}
    cut = frozenset(kind for kind, rows in kinds.items() if len(rows) > MOST)
    line = ProductionLine.objects.filter(scope.lines(), pk=text).first()
    return Found(enterprises[:MOST], cases[:MOST], papers[:MOST], cut, line)


def numbered(text: str) -> str:
    """A number as cases and documents bear it.

    >>> numbered("宁经信能立[2018]３号")
    '宁经信能立〔2018〕3号'
    """
    return text.translate(_AS_NUMBERED)


def exactly(text: str, found: Found) -> str | None:
    """The address of the one thing that bears exactly this number; None where there is none."""
    for case in found.cases:
        if case.number == numbered(text):
            return reverse("case", args=[case.pk])
    for paper in found.papers:
        if paper.number == numbered(text):
            return reverse("paper", args=[paper.pk])
    for enterprise in found.enterprises:
        if enterprise.pk == text:
            return reverse("enterprise", args=[enterprise.pk])
    return reverse("line", args=[found.line.pk]) if found.line is not None else None

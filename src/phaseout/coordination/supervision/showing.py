"""Figures, targets and rows of lists in the words of pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from phaseout.casework.tasks.wording import task_words
from phaseout.casework.watching.wording import period_words
from phaseout.coordination.offices import name_of
from phaseout.coordination.planning.progress import STATES as LINE_STATES
from phaseout.coordination.planning.progress import State as LineState
from phaseout.coordination.supervision.picture import WHOLE_REGION
from phaseout.coordination.supervision.reading import Window
from phaseout.coordination.supervision.targets import target_name
from phaseout.law.refusals import Bilingual
from phaseout.law.supervision import Figure, Share

REGION: Bilingual = ("全区", "whole region")
TOGETHER: Bilingual = ("您的范围合计", "all that you see")
ACTS: Mapping[str, Bilingual] = {
    "adopt": ("拟定措施", "drawn up"),
    "dismiss": ("不采纳建议", "proposal dismissed"),
    "sign": ("签发", "signed"),
    "decline": ("不予签发", "not signed"),
    "record": ("记录约谈、督查情况", "recorded"),
    "hand_over": ("移交检查线索", "firms handed to the inspections"),
    "answer": ("答复督办要求", "answered"),
    "check": ("核实答复", "answer checked"),
    "lift": ("解除", "lifted"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a target as a page shows it: `part` of `of`, `percent` where it may be compared;
    each number opens its list."""

    target: str
    name: Bilingual
    share: Share
    percent: Decimal | None
    too_few: bool
    told: bool
    url: str
    base_url: str


def name_of_all(target: str, on: date, *, whole: bool = True) -> Bilingual:
    """The name of a target, or of all together: the region, or what somebody sees of it."""
    if target == WHOLE_REGION:
        return REGION if whole else TOGETHER
    return target_name(target, on)


def cell(
    figure: Figure, target: str, shares: Mapping[str, Share], window: Window, *, whole: bool = True
) -> Cell:
    told = figure.key in shares
    share = shares.get(figure.key, Share())
    return Cell(
        target=target,
        name=name_of_all(target, window.today, whole=whole),
        share=share,
        percent=share.percent_of_at_least(figure.least),
        too_few=figure.is_share and share.is_too_few(figure.least),
        told=told,
        url=list_url(figure.key, target, window),
        base_url=list_url(figure.key, target, window, whole=True),
    )


def list_url(figure: str, target: str, window: Window, *, whole: bool = False) -> str:
    """The list behind a figure. A time that does not begin with its year, or goes on beyond it, is
    named by its first day."""
    asked = {"figure": figure, "of": target, "year": window.year}
    if window != Window.of_year(window.year, window.today):
        asked = {"figure": figure, "of": target, "since": window.first.isoformat()}
    if whole:
        asked["whole"] = 1
    return f"{reverse('supervision-list')}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list behind a figure. `url` empty: told, and not to be opened by who reads."""

    words: Bilingual
    about: str
    office: Bilingual
    day: date | None
    state: Bilingual
    url: str


def line_of(source: str, one: Any, on: date, opens: set[int]) -> Line:
    """A row of a source in words. `opens`: the cases that who reads may open."""
    if source == "planned":
        state = LINE_STATES[LineState(one.state)]
        return Line(
            (one.line.name, one.line.name), one.enterprise.name, name_of(one.office, on), one.due,
            state, reverse("line", args=[one.line_id]),
        )  # fmt: skip
    if source == "cases":
        url = reverse("case", args=[one.pk]) if one.pk in opens else ""
        day = one.closed_on or one.opened_on
        return Line(
            (one.number, one.number), one.enterprise.name, name_of(one.office, on), day,
            _case_state(one), url,
        )  # fmt: skip
    case = one.case
    url = reverse("case", args=[case.pk]) if case.pk in opens else ""
    about = f"{case.number} {case.enterprise.name}"
    if source == "tasks":
        return Line(
            task_words(one.task, one.item), about, name_of(one.office, on), one.due,
            _NOTHING, url,
        )  # fmt: skip
    return Line(
        period_words(case, one.period), about, name_of(one.office, on), one.due, _NOTHING, url
    )


_NOTHING: Bilingual = ("", "")


def _case_state(case: Any) -> Bilingual:
    from phaseout.casework.cases.showing import stage_pair

    return stage_pair(case)

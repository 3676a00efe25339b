"""The pages: all themes at a glance, one theme with all its panels, a panel to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.coordination.dashboards.asking import Asked, DashboardFilter
from phaseout.coordination.dashboards.panels import Panel
from phaseout.coordination.dashboards.seeing import of_leaders
from phaseout.coordination.dashboards.themes import THEMES, WORDS, headlines, panel
from phaseout.law.industries import INDUSTRIES
from phaseout.pages.drawing import on_a_page
from phaseout.pages.handing_out import PICTURES, TABLES, demo_note, picture_file, table_file
from phaseout.pages.templatetags.phaseout import english, said


@require_safe
@of_leaders
def dashboard(request: HttpRequest) -> HttpResponse:
    """What a leader asks first, and the first panel of each theme."""
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, "", [], status=422)
    made = {name: of_theme(form.asked()) for name, of_theme in THEMES.items()}
    shown = [of_theme[0] for of_theme in made.values()]
    return _page(request, form, "", shown, headlines=headlines(made))


@require_safe
@of_leaders
def theme_page(request: HttpRequest, theme: str) -> HttpResponse:
    """All panels of a theme."""
    if theme not in THEMES:
        raise Http404
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, theme, [], status=422)
    return _page(request, form, theme, THEMES[theme](form.asked()))


@require_safe
@of_leaders
def export(request: HttpRequest, panel: str, ending: str) -> HttpResponse:
    """A panel as it is shown: its table as CSV or XLSX, its picture as SVG or PNG."""
    form = _form(request)
    if ending not in (*TABLES, *PICTURES) or not form.is_valid():
        raise Http404
    asked = form.asked()
    found = _found(panel, asked)
    parts = [found.key if english() else found.title, *_narrowed(asked), asked.cutoff.isoformat()]
    name = "-".join(parts)
    if ending in TABLES:
        return table_file(found.as_rows(), ending, name=name, title=found.title)
    if not found.rows:
        raise Http404
    return picture_file(found.chart(*_said_of(asked)), ending, name=name)


def _found(key: str, asked: Asked) -> Panel:
    found = panel(key, asked)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest) -> DashboardFilter:
    return DashboardFilter(request.GET, scope=scope_of_request(request), today=today_of(request))


def _page(
    request: HttpRequest,
    form: DashboardFilter,
    theme: str,
    panels: list[Panel],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context: Mapping[str, Any] = {
        "form": form,
        "theme": theme,
        "themes": WORDS,
        "theme_words": WORDS.get(theme, ""),
        "panels": [_shown(one) for one in panels],
        "asked": form.asked() if form.is_valid() else None,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        **more,
    }
    return render(request, "dashboards/dashboard.html", context, status=status)


def _shown(one: Panel) -> dict[str, Any]:
    return {"panel": one, **on_a_page(one.chart() if one.rows else None, one.key)}


def _said_of(asked: Asked) -> list[str]:
    """What a picture says of itself: its day, what it is narrowed to, that it is a demonstration
    where it is one."""
    words = [_("截至 %(day)s") % {"day": asked.cutoff.isoformat()}, *_narrowed(asked)]
    return [" · ".join(words), *demo_note()]


def _narrowed(asked: Asked) -> list[str]:
    """City and industry in words, where they are asked."""
    words = []
    if asked.city:
        words.append(said(place_words(f"{asked.city}00")))
    if known := INDUSTRIES.get(asked.industry):
        words.append(said((known.zh, known.en)))
    return words

"""The page of the demo day; there is none outside demo mode."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from phaseout.desk.day import beijing_day, move_forward, today
from phaseout.desk.falling_due import changes
from phaseout.desk.fields import Day
from phaseout.law.refusals import Refusal

STEPS = ("day", "month")


class DayForm(forms.Form):
    to = forms.DateField(
        label=gettext_lazy("推移到"),
        widget=Day(),
    )


@require_http_methods(["GET", "POST"])
def demo_day(request: HttpRequest) -> HttpResponse:
    """Shows what the chosen step would bring, then moves. A move names its day: pressed twice, the
    second is refused, so a double click never moves two steps."""
    if not settings.DEMO:
        raise Http404
    return _for_people(request)


@login_required
def _for_people(request: HttpRequest) -> HttpResponse:
    now = today()
    step = request.POST.get("step") or request.GET.get("step") or "day"
    data = (
        request.POST if request.method == "POST" else request.GET if "to" in request.GET else None
    )
    form = DayForm(data, initial={"to": later(now, step)})
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, now, step, form, status=status)
    try:
        moved = move_forward(form.cleaned_data["to"], by=request.user)
    except Refusal as refusal:
        return _page(request, now, step, form, refusal=refusal, status=409)
    text = gettext("演示日已推移到%(day)s，因日期而变化的结论正在重新判定。")
    messages.success(request, text % {"day": moved.day.isoformat()})
    again = f"?step={step}" if step in STEPS else ""
    return redirect(reverse("demo-day") + again)


def later(day: date, step: str) -> date:
    """One day on, or the same day of the next month (its last day where it has none)."""
    if step != "month":
        return day + timedelta(days=1)
    year, month0 = divmod(day.year * 12 + day.month, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def _page(
    request: HttpRequest,
    now: date,
    step: str,
    form: DayForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    to = later(now, step)
    if form.is_bound and form.is_valid():
        to = form.cleaned_data["to"]
    context: dict[str, Any] = {
        "now": now,
        "to": to,
        "step": "date" if form.is_bound and request.method == "GET" else step,
        "form": form,
        "refusal": refusal,
        "possible": now < to <= beijing_day(),
        "days": (to - now).days,
        "changes": changes(now, to) if now < to <= beijing_day() else None,
    }
    return render(request, "desk/demo_day.html", context, status=status)

"""Entries that look like one enterprise: the list, one pair side by side, the acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.law.refusals import Refusal
from phaseout.registry import showing
from phaseout.registry.forms import ReasonForm
from phaseout.registry.labels import cell_words
from phaseout.registry.merging import (
    merge_enterprises,
    part_enterprises,
    proposals,
    tell_apart,
)
from phaseout.registry.merging.proposals import REASONS
from phaseout.registry.models import Enterprise, Merge

SHOWN = 100


@require_safe
@requires(Power.MERGE)
def duplicates(request: HttpRequest) -> HttpResponse:
    scope = scope_of_request(request)
    found = proposals(scope)
    merges = Merge.objects.filter(
        scope.enterprises("keep__", Power.READ), undoes=None, undone_by=None
    ).select_related("keep", "drop", "by")
    context = {
        "total": len(found),
        "rows": [
            {
                "one": pair.one,
                "other": pair.other,
                "reasons": [REASONS[reason] for reason in pair.reasons],
            }
            for pair in found[:SHOWN]
        ],
        "merges": list(merges.order_by("-pk")[:SHOWN]),
    }
    return render(request, "registry/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.MERGE)
def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """The two entries side by side; a POST merges them, or tells them apart."""
    entries = _two(request, one, other)
    form = ReasonForm(request.POST or None, label_suffix="")
    if request.method != "POST" or not form.is_valid():
        return _pair(request, entries, form, status=422 if request.method == "POST" else 200)
    who: dict[str, Any] = {"by": request.user, "today": today_of(request)}
    reason = form.cleaned_data["reason"]
    keep = request.POST.get("keep", "")
    try:
        if keep in entries:
            drop = other if keep == one else one
            merge_enterprises(keep, drop, reason=reason, **who)
            messages.success(request, _("已合并，涉及的企业将重新判定。"))
            return redirect("enterprise", uscc=keep)
        tell_apart(one, other, reason=reason, **who)
    except Refusal as refusal:
        return _pair(request, entries, form, status=409, refusal=refusal)
    messages.success(request, _("已标为不同企业，以后不再提示。"))
    return redirect("duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.MERGE)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing a merging does; a POST does it."""
    scope = scope_of_request(request)
    merge = get_object_or_404(
        Merge.objects.filter(scope.enterprises("keep__", Power.READ)).select_related(
            "keep", "drop", "by"
        ),
        pk=pk,
        undoes=None,
    )
    form = ReasonForm(request.POST or None, label_suffix="")
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                part_enterprises(
                    merge.pk,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                    today=today_of(request),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已撤销合并，两家企业分开登记。"))
                return redirect("enterprise", uscc=merge.drop_id)
    context = {"merge": merge, "form": form, "refusal": refusal}
    return render(request, "registry/merge_undo.html", context, status=status)


def _two(request: HttpRequest, one: str, other: str) -> dict[str, Enterprise]:
    scope = scope_of_request(request)
    found = {
        each.pk: each
        for each in Enterprise.objects.filter(scope.enterprises(), pk__in=(one, other))
    }
    if len(found) != 2:
        raise Http404
    return {one: found[one], other: found[other]}


def _pair(
    request: HttpRequest,
    entries: dict[str, Enterprise],
    form: ReasonForm,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    scope = scope_of_request(request)
    one, other = entries
    reasons = [p.reasons for p in proposals(scope, within=(one, other))]
    context = {
        "entries": [
            {
                "enterprise": entry,
                "division": place_words(entry.division_code),
                "industry": cell_words("enterprises", "industry", entry.industry),
                "lines": showing.lines_of(entry, scope),
                "permits": showing.permits_of(entry, today_of(request)),
            }
            for entry in entries.values()
        ],
        "reasons": [REASONS[reason] for each in reasons for reason in each],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "registry/duplicate.html", context, status=status)

"""A file: what is known of it, its image or text, and its bytes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.evidence.access import may_read
from phaseout.evidence.models import EvidenceFile, FileText
from phaseout.evidence.relying import relies_on, seeing_all
from phaseout.evidence.restating import LONGEST_REASON, Days, restate
from phaseout.evidence.showing import as_answer
from phaseout.law.refusals import Refusal

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AREA = forms.Textarea(attrs={"rows": 2})


class RestateForm(forms.Form):
    """The file's own date and its last valid day, as who brought it states them anew, and why."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    dated_on = forms.DateField(label=_lazy("文件日期"), required=False, widget=DAY)
    expires_on = forms.DateField(label=_lazy("有效期至"), required=False, widget=DAY)
    reason = forms.CharField(label=_lazy("更正理由"), max_length=LONGEST_REASON, widget=AREA)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def file(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _readable(request, pk)
    form, refusal = None, None
    if shown.kept_by_id == request.user.pk:
        days = {"dated_on": shown.dated_on, "expires_on": shown.expires_on}
        form = RestateForm(request.POST or None, initial=days, label_suffix="")
    elif request.method == "POST":
        raise Http404
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            _restate(request, shown, form.cleaned_data)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("已记录文件日期和有效期。"))
            return redirect("evidence-file", pk=pk)
    with seeing_all():  # that an act rests on it, not which: the person may not read the act
        resting = relies_on(shown) if form is not None else None
    context = {
        "file": shown,
        "text": FileText.objects.filter(digest=shown.digest).first(),
        "form": form,
        "resting": resting,
        "refusal": refusal,
        "stated": shown.stated.select_related("by").order_by("place"),
        "expired": shown.expired(request.today),  # type: ignore[attr-defined]
    }
    status = 409 if refusal else 422 if form is not None and form.errors else 200
    return render(request, "evidence/file.html", context, status=status)


def _restate(request: HttpRequest, shown: EvidenceFile, given: dict[str, Any]) -> None:
    day = request.today  # type: ignore[attr-defined]  # lazy: made a plain date
    restate(
        shown,
        Days(given["dated_on"], given["expires_on"]),
        reason=given["reason"],
        by=request.user,
        today=date(day.year, day.month, day.day),
        key=given["key"],
    )


@require_safe
@login_required
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes: an image to look at, anything else to take away. Never run, never framed."""
    file = _readable(request, pk)
    return as_answer(file, file.media_type)


def _readable(request: HttpRequest, pk: int) -> EvidenceFile:
    """The file, for those who may read it; to others it is not there."""
    found = EvidenceFile.objects.filter(pk=pk).first()
    if found is None or not may_read(found, request.user, request.scope):  # type: ignore[attr-defined]
        raise Http404
    return found

"""A file: what is known of it, its image or text, and its bytes."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.evidence.access import may_read
from phaseout.evidence.models import EvidenceFile, FileText
from phaseout.evidence.showing import as_answer

DAY = {"type": "date"}


class FileDays(forms.ModelForm):  # type: ignore[type-arg]
    """The file's own date and its last valid day, as who brought it states them."""

    class Meta:
        model = EvidenceFile
        fields = ("dated_on", "expires_on")
        widgets: ClassVar = {
            "dated_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "expires_on": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("dated_on"), given.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", _("有效期截止日早于文件日期。"))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def file(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _readable(request, pk)
    mine = shown.kept_by_id == request.user.pk
    form = FileDays(request.POST or None, instance=shown, label_suffix="") if mine else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            form.save()
            messages.success(request, _("已记录文件日期和有效期。"))
            return redirect("evidence-file", pk=pk)
    context = {
        "file": shown,
        "text": FileText.objects.filter(digest=shown.digest).first(),
        "form": form,
        "expired": shown.expired(request.today),  # type: ignore[attr-defined]
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "evidence/file.html", context, status=status)


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

"""Objections to being listed, and their answers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request
from phaseout.casework.models import Case
from phaseout.disclosure.lists import acts
from phaseout.disclosure.lists.forms import AnswerForm
from phaseout.disclosure.lists.models import Listing, Notice, Objection
from phaseout.disclosure.lists.pages.acting import attempt
from phaseout.disclosure.lists.published import Listed, of_enterprise
from phaseout.disclosure.lists.seats import may
from phaseout.evidence.models import EvidenceFile
from phaseout.law.lists.kinds import list_kind
from phaseout.pages import keyset

WORK = (Role.OFFICER, Role.LEADER)


def _seen(request: HttpRequest) -> QuerySet[Objection]:
    """Objections to lists, of firms in the places that the person looks after."""
    return Objection.objects.filter(
        scope_of_request(request).enterprises("enterprise__")
    ).select_related("enterprise", "answer__act__by", "act")


@require_safe
@officials
def objections(request: HttpRequest) -> HttpResponse:
    answered = request.GET.get("which") == "answered"
    rows = _seen(request).filter(answer__isnull=not answered)
    page = keyset.page(rows, ("-id",), request.GET.get("cursor", ""))
    shown = [(one, list_kind(one.list_kind)) for one in page.rows]
    context = {"page": page, "rows": shown, "answered": answered}
    return render(request, "lists/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_seen(request), pk=pk)
    kind = list_kind(found.list_kind)
    ours = may(scope_of_request(request), kind, *WORK)
    listing = Listing.objects.filter(ground=found.ground, ending=None).first()
    form = AnswerForm(request.POST or None, listed=listing is not None)
    refusal, status = None, 200
    if request.method == "POST":
        if not ours:
            raise PermissionDenied("lists")
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            _, refusal = attempt(
                request, acts.answer, pk, key=given["key"], reason=given["reason"],
                upheld=given["decision"] == "yes",
            )  # fmt: skip
            if refusal is None:
                return redirect("list-objection", pk=pk)
            status = 409
    answer = getattr(found, "answer", None)
    context = {
        "one": found,
        "kind": kind,
        "case": _case(request, found),
        "columns": _columns(found),
        "files": EvidenceFile.objects.filter(digest__in=found.files).order_by("pk"),
        "answer": answer,
        "listing": listing,
        "form": form if ours and answer is None else None,
        "refusal": refusal,
    }
    return render(request, "lists/objection.html", context, status=status)


def _case(request: HttpRequest, found: Objection) -> Case | None:
    visible = Case.objects.filter(scope_of_request(request).findings())
    return visible.filter(pk=found.case_id).first()


def _columns(found: Objection) -> dict[str, Any]:
    """What is, or would be, published."""
    listed = listed_as(found.enterprise_id, found.ground)
    if listed is not None:
        return dict(listed.row.columns)
    told = Notice.objects.filter(ground=found.ground).first()
    return dict(told.columns) if told else {}


def listed_as(uscc: str, ground: Any) -> Listed | None:
    return next((one for one in of_enterprise(uscc) if one.row.ground == ground), None)

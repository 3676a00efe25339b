"""The firm's own pages: on which lists it is going to be, is, was; it objects here, and takes the
proof that it was removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.requests import person, scope_of_request, today_of
from phaseout.casework.own.seeing import for_enterprises, own_scope
from phaseout.disclosure.lists import acts, published
from phaseout.disclosure.lists.forms import ObjectForm
from phaseout.disclosure.lists.models import Notice, Objection
from phaseout.disclosure.lists.pages.acting import attempt
from phaseout.disclosure.lists.pages.objections import listed_as
from phaseout.disclosure.lists.published import Listed
from phaseout.evidence.attaching import attach
from phaseout.law.lists.kinds import list_kind
from phaseout.law.lists.terms import objection_term
from phaseout.law.refusals import Refusal


def _codes(request: HttpRequest) -> list[str]:
    return [grant.uscc for grant in own_scope(scope_of_request(request)).grants]


@require_safe
@for_enterprises
def own_lists(request: HttpRequest) -> HttpResponse:
    today = today_of(request)
    listed = [one for code in _codes(request) for one in published.of_enterprise(code)]
    there = {one.row.ground for one in listed}
    proposed = [
        (one, list_kind(one.list_kind), one.last_day >= today)
        for one in Notice.objects.filter(enterprise__in=_codes(request)).order_by("-pk")
        if one.ground not in there
    ]
    context = {"listed": listed[::-1], "proposed": proposed, "term": objection_term()}
    return render(request, "lists/own_lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_enterprises
def own_list(request: HttpRequest, ground: UUID) -> HttpResponse:
    """One ground: what is or would be published, until when one may object, what was answered."""
    told, listed = _told(request, ground), _listed(request, ground)
    if told is None and listed is None:
        raise Http404
    form = ObjectForm(request.POST or None, request.FILES or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refusal = _objected(request, ground, form.cleaned_data)
            if refusal is None:
                return redirect("own-list", ground=ground)
            status = 409
    objections = list(
        Objection.objects.filter(ground=ground, enterprise__in=_codes(request))
        .select_related("answer", "act")
        .order_by("pk")
    )
    waits = any(not hasattr(one, "answer") for one in objections)
    open_ = (
        listed.row.ended is None if listed else bool(told and told.last_day >= today_of(request))
    )
    context = {
        "kind": listed.kind if listed else list_kind(told.list_kind if told else ""),
        "told": told,
        "listed": listed,
        "columns": listed.row.columns if listed else told.columns if told else {},
        "objections": objections,
        "form": form if open_ and not waits else None,
        "late": told is not None and listed is None and not open_,
        "refusal": refusal,
        "ground": ground,
    }
    return render(request, "lists/own_list.html", context, status=status)


@require_safe
@for_enterprises
def own_proof(request: HttpRequest, ground: UUID) -> HttpResponse:
    """All that happened to the firm on the list, as a proof file."""
    listed = _listed(request, ground)
    found = published.proof(listed.kind.key, uscc=listed.row.uscc) if listed else None
    if found is None or listed is None:
        raise Http404
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"{listed.kind.key}-{listed.row.uscc}.proof.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _told(request: HttpRequest, ground: UUID) -> Notice | None:
    return Notice.objects.filter(ground=ground, enterprise__in=_codes(request)).first()


def _listed(request: HttpRequest, ground: UUID) -> Listed | None:
    return next(filter(None, (listed_as(code, ground) for code in _codes(request))), None)


def _objected(request: HttpRequest, ground: UUID, given: dict[str, Any]) -> Refusal | None:
    uploaded, files = given["file"], []
    if isinstance(uploaded, UploadedFile):
        try:
            files = [attach(uploaded, by=person(request)).digest]
        except Refusal as refused:
            return refused
    _, refusal = attempt(
        request, acts.object_to, ground, statement=given["statement"], files=files, key=given["key"]
    )
    return refusal

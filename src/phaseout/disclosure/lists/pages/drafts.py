"""A draft: every entry with its reason and its case; what hinders it; told, signed, published."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, person, scope_of_request, today_of
from phaseout.casework.models import Case
from phaseout.disclosure.lists import acts
from phaseout.disclosure.lists.differing import changes
from phaseout.disclosure.lists.forms import ReasonForm
from phaseout.disclosure.lists.models import Draft, Ending, Entry, ListAct, Notice
from phaseout.disclosure.lists.pages.acting import attempt
from phaseout.disclosure.lists.seats import may
from phaseout.disclosure.lists.standing import State, about, hindrances, state
from phaseout.law.lists.columns import columns_of
from phaseout.law.lists.grounds import cause_words
from phaseout.law.lists.terms import objection_term
from phaseout.law.refusals import Refusal
from phaseout.pages.forms import ActForm

SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Draft.objects.select_related("act__by", "follows", "corrects", "edition"), pk=pk
    )
    if request.method != "POST":
        return _page(request, found)
    scope, kind = scope_of_request(request), found.kind
    do = request.POST.get("do", "")
    roles = (Role.LEADER,) if do in ("sign", "return") else (Role.OFFICER, Role.LEADER)
    if not may(scope, kind, *roles):
        raise PermissionDenied("lists")
    form = ReasonForm(request.POST) if do == "return" else ActForm(request.POST)
    if not form.is_valid():
        returning = form if isinstance(form, ReasonForm) else None
        return _page(request, found, returning=returning, status=422)
    made, refusal = _done(request, found, do, form.cleaned_data)
    if refusal is not None:
        return _page(request, found, refusal=refusal, status=409)
    if do == "publish":
        return redirect("list-edition", kind=made.list_kind, number=made.number)
    return redirect("list-draft", pk=pk)


def _done(
    request: HttpRequest, found: Draft, do: str, given: dict[str, Any]
) -> tuple[Any, Refusal | None]:
    if do == "tell":
        return attempt(request, acts.open_objections, found.pk, **given)
    if do == "sign":
        digest = request.POST.get("digest", "")
        return attempt(request, acts.sign, found.pk, digest=digest, **given)
    if do == "return":
        return attempt(request, acts.return_, found.pk, **given)
    if do == "publish":
        return attempt(request, acts.publish, found.pk, **given)
    raise PermissionDenied("lists")


def _page(
    request: HttpRequest,
    found: Draft,
    *,
    returning: ReasonForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today, kind = scope_of_request(request), today_of(request), found.kind
    how, stops = state(found, today), hindrances(found, today)
    leads = may(scope, kind, Role.LEADER)
    works = may(scope, kind, Role.OFFICER, Role.LEADER)
    waits = how in (State.PREPARED, State.OBJECTIONS, State.READY)
    context = {
        "draft": found,
        "kind": kind,
        "state": how,
        "rows": _rows(request, found),
        "gone": _gone(found),
        "total": found.entries.count(),
        "new": found.entries.filter(new=True).count(),
        "hindrances": stops,
        "acts": ListAct.objects.filter(about=about(found)).select_related("by").order_by("pk"),
        "amendments": _amendments(found),
        "term": objection_term(),
        "may_tell": works and how is State.PREPARED,
        "may_sign": leads and how is State.READY and found.act.by_id != person(request).pk,
        "may_return": leads and waits,
        "may_publish": works and how is State.SIGNED,
        "form": ActForm(auto_id=False),
        "returning": returning or ReasonForm(auto_id="id_return_%s"),
        "refusal": refusal,
    }
    return render(request, "lists/draft.html", context, status=status)


def _rows(request: HttpRequest, found: Draft) -> list[dict[str, Any]]:
    """Entries with what they have been said to be before, and their case where one may see it."""
    entries = list(found.entries.all()[:SHOWN])
    visible = Case.objects.filter(scope_of_request(request).findings())
    cases = dict(visible.filter(pk__in=[e.case_id for e in entries]).values_list("pk", "number"))
    notices = {n.ground: n for n in Notice.objects.filter(ground__in=[e.ground for e in entries])}
    before = {}
    if found.follows is not None:
        rows = Entry.objects.filter(edition=found.follows)
        before = {entry.ground: entry.columns for entry in rows}
    return [
        {
            "entry": entry,
            "case": cases.get(entry.case_id),
            "notice": notices.get(entry.ground),
            "changes": changes(found.list_kind, before[entry.ground], entry.columns)
            if entry.ground in before
            else (),
        }
        for entry in entries
    ]


def _gone(found: Draft) -> list[dict[str, Any]]:
    """Entries of the edition before that are not in the draft, and why."""
    if found.follows is None:
        return []
    kept = found.entries.values("ground")
    ended = {
        one.listing.ground: one
        for one in Ending.objects.filter(
            listing__ground__in=found.follows.entries.values("ground")
        ).select_related("listing")
    }
    return [
        {
            "entry": entry,
            "ending": ended.get(entry.ground),
            "cause": cause_words(ended[entry.ground].cause) if entry.ground in ended else None,
        }
        for entry in found.follows.entries.exclude(ground__in=kept)
    ]


def _amendments(found: Draft) -> list[dict[str, Any]]:
    columns = {column.key: column for column in columns_of(found.list_kind)}
    names = {entry.ground: entry.columns["name"] for entry in found.entries.all()}
    return [
        {"column": columns[one.column], "was": one.was, "value": one.value,
         "name": names.get(one.ground, "")}
        for one in found.amendments.order_by("pk")
    ]  # fmt: skip

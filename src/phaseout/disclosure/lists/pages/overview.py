"""名单: all lists, one list with its editions and its draft, one edition, two side by side."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Role
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.disclosure.lists import acts, downloads, published
from phaseout.disclosure.lists.forms import CorrectForm, DraftForm, ReasonForm
from phaseout.disclosure.lists.models import Draft, Edition, Listing
from phaseout.disclosure.lists.pages.acting import attempt
from phaseout.disclosure.lists.seats import may, publisher
from phaseout.disclosure.lists.standing import ENDED, newest_edition, state
from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.lists.kinds import ListKind, list_kind, list_kinds
from phaseout.law.lists.terms import objection_term
from phaseout.law.refusals import Refusal

WORK = (Role.OFFICER, Role.LEADER)
SIZE = 50


@require_safe
@officials
def lists(request: HttpRequest) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    rows = []
    for kind in list_kinds():
        edition = published.newest(kind.key)
        rows.append(
            {
                "kind": kind,
                "office": publisher(kind, today),
                "edition": edition,
                "standing": published.counted(edition, standing=True) if edition else None,
                "draft": _open_draft(kind.key, today),
                "ours": may(scope, kind, *WORK),
            }
        )
    context = {"rows": rows, "head": published.tree_head()}
    return render(request, "lists/lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def one_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Editions of a list; an officer of its department drafts the next one here."""
    of, scope, today = _kind(kind), scope_of_request(request), today_of(request)
    ours = may(scope, of, *WORK)
    form = DraftForm(request.POST or None, annual=of.annual)
    refusal, status = None, 200
    if request.method == "POST":
        if not ours:
            raise PermissionDenied("lists")
        status = 422
        if form.is_valid():
            made, refusal = attempt(request, acts.draft, of.key, **form.cleaned_data)
            if refusal is None:
                return redirect("list-draft", pk=made.pk)
            status = 409
    elif of.annual:
        form.fields["year"].initial = today.year
    drafts = Draft.objects.filter(list_kind=of.key).select_related("act__by", "edition")
    context = {
        "kind": of,
        "clause": (of.clause, clause_en(of.clause)),
        "office": publisher(of, today),
        "editions": published.editions(of.key),
        "drafts": [(draft, state(draft, today)) for draft in drafts.order_by("-pk")[:20]],
        "form": form if ours else None,
        "refusal": refusal,
        "term": objection_term(),
    }
    return render(request, "lists/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def edition(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One edition; a leader of the department cancels here what was entered by mistake."""
    found = _edition(kind, number)
    leads = may(scope_of_request(request), found.kind, Role.LEADER)
    form, refusal, status = ReasonForm(request.POST or None), None, 200
    if request.method == "POST":
        if not leads:
            raise PermissionDenied("lists")
        status = 422
        listing = Listing.objects.filter(
            ground=_ground(found, request.POST.get("place", "")), ending=None
        ).first()
        if listing is None:
            raise Http404
        if form.is_valid():
            _, refusal = attempt(request, acts.cancel, listing.pk, **form.cleaned_data)
            if refusal is None:
                return redirect("list-edition", kind=kind, number=number)
            status = 409
    return _edition_page(request, found, form if leads else None, refusal, status)


def _edition_page(
    request: HttpRequest, found: Edition, form: Any, refusal: Refusal | None, status: int
) -> HttpResponse:
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    text = request.GET.get("q", "")[:60]
    rows = published.entries(found, text=text, after=start, limit=SIZE + 1)
    newest = newest_edition(found.list_kind, found.year)
    context = {
        "edition": found,
        "kind": found.kind,
        "rows": rows[:SIZE],
        "more": rows[SIZE - 1].place if len(rows) > SIZE else None,
        "q": text,
        "standing": published.counted(found, standing=True),
        "older": [
            one
            for one in published.editions(found.list_kind, found.year)
            if one.number < found.number
        ],
        "corrected_by": list(found.corrected_by.order_by("number")),
        "is_newest": newest is not None and newest.pk == found.pk,
        "ours": may(scope_of_request(request), found.kind, *WORK),
        "formats": downloads.FORMATS,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "lists/edition.html", context, status=status)


@require_safe
@officials
def edition_file(request: HttpRequest, kind: str, number: int, form: str) -> HttpResponse:
    """A download: CSV, JSON, XLSX, PDF."""
    if form not in downloads.FORMATS:
        raise Http404
    file = downloads.made(_edition(kind, number), form)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@require_safe
@officials
def edition_proof(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The proof that the edition was published as it is, for `phaseout lists verify`."""
    _edition(kind, number)
    found = published.proof(kind, number=number)
    if found is None:
        raise Http404
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{kind}-{number}.proof.json"'
    return response


@require_safe
@officials
def difference(request: HttpRequest, kind: str, older: int, newer: int) -> HttpResponse:
    found = published.differences(_edition(kind, older), _edition(kind, newer))
    return render(request, "lists/difference.html", {"found": found, "kind": _kind(kind)})


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def correct(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """更正: a published value said otherwise, under a number of its own."""
    found = _edition(kind, number)
    if not may(scope_of_request(request), found.kind, *WORK):
        raise PermissionDenied("lists")
    form = CorrectForm(request.POST or None, kind=kind, entries=list(found.entries.all()))
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            made, refusal = attempt(
                request, acts.correct, kind, number, form.rights(),
                key=given["key"], reason=given["reason"],
            )  # fmt: skip
            if refusal is None:
                return redirect("list-draft", pk=made.pk)
            status = 409
    context = {"edition": found, "kind": found.kind, "form": form, "refusal": refusal}
    return render(request, "lists/correct.html", context, status=status)


def _kind(key: str) -> ListKind:
    try:
        return list_kind(key)
    except KeyError:
        raise Http404 from None


def _edition(kind: str, number: int) -> Edition:
    _kind(kind)
    # Beyond what the column holds there is none either.
    found = published.edition(kind, number) if number < 10**9 else None
    if found is None:
        raise Http404
    return found


def _ground(found: Edition, place: str) -> Any:
    if not (place.isascii() and place.isdigit() and len(place) < 10):
        raise Http404
    entry = found.entries.filter(place=int(place)).first()
    if entry is None:
        raise Http404
    return entry.ground


def _open_draft(kind: str, today: Any) -> tuple[Draft, str] | None:
    draft = Draft.objects.filter(list_kind=kind).select_related("edition").order_by("-pk").first()
    if draft is None:
        return None
    how = state(draft, today)
    return None if how in ENDED else (draft, how)

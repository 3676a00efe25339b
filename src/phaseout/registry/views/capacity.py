"""The capacity ledger on the site: balances, the entries behind a number, one entry, one line."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.pages import keyset
from phaseout.registry.capacity import Asked, balances
from phaseout.registry.capacity.asking import CapacityFilter
from phaseout.registry.capacity.grounds import grounds_of
from phaseout.registry.capacity.showing import Table, shown_entries, stocks_shown, table_of
from phaseout.registry.capacity.writing_out import entries_written_out, written_out
from phaseout.registry.models import CapacityEntry, CapacityPosting, ProductionLine


@require_safe
@requires(Power.READ)
def balance(request: HttpRequest) -> HttpResponse:
    form = _filter(request)
    if not form.is_valid():
        context: dict[str, Any] = {"form": form, "table": None}
        return render(request, "registry/capacity.html", context, status=422)
    context = {
        "form": form,
        "table": _table(form, request),
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "enterprise": form.enterprise,
        "given": form.given(),
    }
    return render(request, "registry/capacity.html", context)


@require_safe
@requires(Power.READ)
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """The balance as it is shown, as CSV or XLSX."""
    form = _filter(request)
    if ending not in ("csv", "xlsx") or not form.is_valid():
        raise Http404
    return written_out(_table(form, request), form, ending)


def _filter(request: HttpRequest) -> CapacityFilter:
    return CapacityFilter(
        request.GET, scope=scope_of_request(request), today=today_of(request), label_suffix=""
    )


def _table(form: CapacityFilter, request: HttpRequest) -> Table:
    return table_of(form, form.asked(scope_of_request(request)))


@require_safe
@requires(Power.READ)
def entries(request: HttpRequest) -> HttpResponse:
    """What went into and out of the states that a number of the balance counts."""
    form = _filter(request)
    if not form.is_valid():
        raise Http404
    scope = scope_of_request(request)
    postings = form.behind(form.asked(scope), request.GET)
    page = keyset.page(
        postings, ("-id",), request.GET.get("cursor", ""),
        shown=CapacityPosting.objects.select_related("entry__document", "line", "enterprise"),
    )  # fmt: skip
    grounds = grounds_of([row.entry for row in page.rows], scope, request.user)
    context = {
        "form": form,
        "page": page,
        "rows": shown_entries(page.rows, grounds),
        "sums": form.sums(postings),
        "said": form.said(request.GET),
    }
    return render(request, "registry/capacity_entries.html", context)


MOST_ROWS = 50_000
"""Of a file of entries; who needs more narrows what is asked."""


@require_safe
@requires(Power.READ)
def entries_export(request: HttpRequest, ending: str) -> HttpResponse:
    """The entries behind a number as CSV or XLSX, with what each rests on and the equipment it
    was for."""
    form = _filter(request)
    if ending not in ("csv", "xlsx") or not form.is_valid():
        raise Http404
    scope = scope_of_request(request)
    found = form.behind(form.asked(scope), request.GET).select_related(
        "entry__document", "line", "enterprise"
    )
    postings = list(found.order_by("-id")[:MOST_ROWS])
    grounds = grounds_of([row.entry for row in postings], scope, request.user)
    return entries_written_out(shown_entries(postings, grounds), ending)


@require_safe
@requires(Power.READ)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its postings, what it rests on, what corrects it."""
    return render(request, "registry/capacity_entry.html", entry_context(request, pk))


def entry_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the page of an entry shows; 404 where the reader sees none of its postings."""
    scope = scope_of_request(request)
    mine = CapacityPosting.objects.filter(scope.lines(), entry=pk).values("entry")
    found = get_object_or_404(
        CapacityEntry.objects.select_related("line", "enterprise", "by", "document"), pk__in=mine
    )
    postings = found.postings.select_related("enterprise").order_by("place")
    grounds = grounds_of([found], scope, request.user)
    counter = CapacityEntry.objects.filter(corrects=found).first()
    may = scope.may(Power.DECIDE, division=found.division_code)
    return {
        "entry": found,
        "rows": shown_entries(postings, {found.pk: grounds[found.pk]}, entry=found),
        "ground": grounds[found.pk],
        "counter": counter,
        "anew": CapacityEntry.objects.filter(instead_of=found).first(),
        "may_correct": may and counter is None and found.kind != CapacityEntry.Kind.COUNTER,
    }


@require_safe
@requires(Power.READ)
def line(request: HttpRequest, line_id: str) -> HttpResponse:
    """The ledger of one line: what stands, and every entry."""
    scope = scope_of_request(request)
    found = get_object_or_404(
        ProductionLine.objects.filter(scope.lines()).select_related("enterprise"), pk=line_id
    )
    page = keyset.page(
        CapacityEntry.objects.filter(line=found),
        ("-id",),
        request.GET.get("cursor", ""),
        shown=CapacityEntry.objects.select_related("document").prefetch_related("postings"),
    )
    stands = balances(Asked(line_id=found.pk))
    context = {
        "line": found,
        "enterprise": found.enterprise,
        "stands": stocks_shown(stands),
        "page": page,
        "entries": [
            (one, grounds[one.pk], shown_entries(one.postings.all(), {}, entry=one))
            for grounds in [grounds_of(page.rows, scope, request.user)]
            for one in page.rows
        ],
        "may_decide": scope.may(Power.DECIDE, division=found.division_code),
    }
    return render(request, "registry/capacity_line.html", context)

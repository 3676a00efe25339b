"""Records of the credit publicity: drawn up, corrected; the batches that carry them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import CaseTask
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Refusal
from phaseout.law.sanctions.fields import (
    NEVER_PUBLIC,
    Edition,
    edition,
    edition_on,
    fields_of,
    problems,
)
from phaseout.measures.sanctions import acts, drafting, refusing
from phaseout.measures.sanctions.batches import waiting, waiting_of
from phaseout.measures.sanctions.forms import ReceiptForm, RecordForm, SendForm
from phaseout.measures.sanctions.licences import REVOKE
from phaseout.measures.sanctions.models import Batch, CreditRecord, RowOutcome, Sanction
from phaseout.measures.sanctions.pages.entering import done
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seats, within
from phaseout.pages import keyset
from phaseout.pages.refusing import refused

Outcome = RowOutcome.Outcome
OUTCOMES = {
    Outcome.ACCEPTED: (_("已接收 ✓")),
    Outcome.REFUSED: (_("被退回 ✕")),
    Outcome.UNSENT: (_("未处理")),
}


def _leads(request: HttpRequest) -> bool:
    return not seats(scope_of_request(request)).isdisjoint(leads(SANCTIONS))


def _lead_only(request: HttpRequest) -> None:
    """Records may hold identity numbers: they are the lead's own matter."""
    if not _leads(request):
        raise PermissionDenied("sanctions")


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def record_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of the decision behind a sanction, in the form of the day."""
    _lead_only(request)
    today = today_of(request)
    one = get_object_or_404(
        Sanction.objects.filter(within(scope_of_request(request))).select_related("enterprise"),
        pk=pk,
    )
    form = edition_on("penalty", today)
    if form is None:
        return refused(request, refusing.no_edition(today))
    with whole_reach():  # papers and findings of dimensions that the lead leads not
        begin = drafting.of_sanction(one, form, today)
        paper = drafting.decision_of(one)
    return _drawn_up(
        request,
        form,
        begin,
        paper.issued_on if paper else None,
        lambda **given: done(
            request, acts.draw_up, one.case_id, "penalty", sanction_id=one.pk, **given
        ),
        {"title": one.enterprise.name, "sanction": one},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def record_licence(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a permit that a case has revoked."""
    _lead_only(request)
    scope, today = scope_of_request(request), today_of(request)
    with whole_reach():
        rows = CaseTask.objects.filter(within(scope), task=REVOKE)
        task = get_object_or_404(rows.select_related("case__enterprise"), pk=pk)
    form = edition_on("licence", today)
    if form is None:
        return refused(request, refusing.no_edition(today))
    with whole_reach():
        begin = drafting.of_licence(task.case, task.item, form, today)
    return _drawn_up(
        request,
        form,
        begin,
        task.done_on,
        lambda **given: done(
            request, acts.draw_up, task.case_id, "licence", item=task.item, **given
        ),
        {"title": f"{task.case.enterprise.name} · {task.item}"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A record as it is sent, what came of it; its correction where the receiver refused it."""
    _lead_only(request)
    today = today_of(request)
    one = get_object_or_404(
        CreditRecord.objects.filter(within(scope_of_request(request))).select_related(
            "enterprise", "act__by"
        ),
        pk=pk,
    )
    use = "licence" if one.record.startswith("licence") else "penalty"
    form = edition_on(use, today)
    sendings = list(one.sendings.select_related("batch", "outcome").order_by("pk"))
    latest = not CreditRecord.objects.filter(replaces=one).exists()
    refused_ = any(getattr(s, "outcome", None) and s.outcome.outcome == "refused" for s in sendings)
    context = {
        "one": one,
        "title": one.enterprise.name,
        "shown": [
            (field, one.values.get(field.field_code, ""), field.field_code in NEVER_PUBLIC)
            for field in fields_of(edition(one.record))
        ],
        "sendings": sendings,
        "form_words": edition(one.record).words,
        "outcomes": OUTCOMES,
    }
    correctable = latest and form is not None and (refused_ or form.record != one.record)
    if form is None or not correctable:
        return render(request, "sanctions/record.html", context)
    return _drawn_up(
        request,
        form,
        one.values,
        one.decided_on,
        lambda **given: done(request, acts.correct, one.pk, **given),
        context,
        template="sanctions/record.html",
    )


def _drawn_up(
    request: HttpRequest,
    edition_: Edition,
    begin: Mapping[str, str],
    decided_on: Any,
    act: Callable[..., Refusal | None],
    context: dict[str, Any],
    template: str = "sanctions/record_new.html",
) -> HttpResponse:
    """The form of a record; sent, all that is wrong beside its fields, or the record."""
    form = RecordForm(
        request.POST or None,
        fields=fields_of(edition_),
        begin=begin,
        initial={"decided_on": decided_on},
    )
    refusal, status = None, 200
    if request.method == "POST":
        form.show(problems(edition_, form.values()))
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            refusal = act(values=form.values(), decided_on=given["decided_on"], key=given["key"])
            status = 409
            if refusal is None:
                made = CreditRecord.objects.get(act__key=given["key"])
                return redirect("credit-record", pk=made.pk)
    context = {**context, "form": form, "edition": edition_, "refusal": refusal}
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def batches(request: HttpRequest) -> HttpResponse:
    """The records that wait, to be sent; the batches that were."""
    _lead_only(request)
    words = {
        str(one.pk): f"{one.enterprise.name} · {edition(one.record).words[0]} · {one.decided_on}"
        for one in waiting()
    }
    form = SendForm(request.POST or None, records=list(words.items()))
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            ids = [int(one) for one in form.cleaned_data["records"]]
            refusal = done(request, acts.send, ids, key=form.cleaned_data["key"])
            status = 409
            if refusal is None:
                return redirect("credit-batch", pk=Batch.objects.latest("pk").pk)
    page = keyset.page(
        Batch.objects.select_related("act__by").prefetch_related("rows__outcome"),
        ("-id",),
        request.GET.get("cursor", ""),
    )
    context = {
        "page": page,
        "rows": [{"batch": one, "counts": _counts(one)} for one in page.rows],
        "form": form if words else None,
        "refusal": refusal,
    }
    return render(request, "sanctions/batches.html", context, status=status)


def _counts(batch: Batch) -> dict[str, int]:
    counts = dict.fromkeys(("rows", *Outcome.values), 0)
    for row in batch.rows.all():
        counts["rows"] += 1
        outcome = getattr(row, "outcome", None)
        if outcome is not None:
            counts[outcome.outcome] += 1
    return counts


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: its files, the receiver's receipt row by row, its rest sent again."""
    _lead_only(request)
    one = get_object_or_404(Batch.objects.select_related("act__by", "resend_of"), pk=pk)
    rows = list(one.rows.select_related("credit_record__enterprise", "outcome").order_by("place"))
    answered = any(hasattr(row, "outcome") for row in rows)
    form = ReceiptForm(request.POST or None, initial={"accepted_to": len(rows)})
    refusal, status = None, 200
    if request.method == "POST":
        again = request.POST.get("do") == "resend"
        status = 422
        if again or form.is_valid():
            refusal, status = _sent_or_received(request, one, form, again=again), 409
            if refusal is None:
                return redirect("credit-batch", pk=Batch.objects.latest("pk").pk if again else pk)
    context = {
        "one": one,
        "rows": rows,
        "form": None if answered else form,
        "again": answered and _rest(rows),
        "fresh": SendForm(records=[])["key"].value() if answered else None,
        "files": list(EvidenceFile.objects.filter(digest__in=[one.sheet, one.data])),
        "receipts": one.receipts.select_related("by"),
        "resends": one.resends.all(),
        "outcomes": OUTCOMES,
        "refusal": refusal,
    }
    return render(request, "sanctions/batch.html", context, status=status)


def _sent_or_received(
    request: HttpRequest, one: Batch, form: ReceiptForm, *, again: bool
) -> Refusal | None:
    if not again:
        return done(request, acts.record_receipt, one.pk, **form.cleaned_data)
    fresh = SendForm(request.POST, records=[])
    if not fresh.is_valid():
        raise Http404
    return done(request, acts.resend, one.pk, key=fresh.cleaned_data["key"])


def _rest(rows: list[Any]) -> bool:
    """Whether something of the batch waits to be sent again."""
    open_ = [row for row in rows if row.outcome.outcome != Outcome.ACCEPTED]
    roots = {row.credit_record.root_id_or_own for row in open_}
    return bool(waiting_of(roots))

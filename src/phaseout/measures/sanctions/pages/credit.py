"""信贷名单 (clause 13): the office's page, and the one banks see."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import officials, requires, scope_of_request
from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Case
from phaseout.law.sanctions.clocks import clock_words, last_day
from phaseout.law.sanctions.grounds import cause_words
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.acts.crediting import (
    FINANCING,
    OWN_WILL,
    against_support,
    bank_of,
)
from phaseout.measures.sanctions.forms import SORTS, BankAnswerForm, BankForm, ListForm
from phaseout.measures.sanctions.models import Bank, CreditListing, Sanction, SanctionAct
from phaseout.measures.sanctions.pages.entering import done
from phaseout.measures.sanctions.seats import CREDIT, leads, seats, within
from phaseout.measures.sanctions.standing import listed, withdrawals
from phaseout.measures.sanctions.wording import bank_answer_words
from phaseout.pages import keyset

Kind, Sort = SanctionAct.Kind, CreditListing.Sort


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def lists(request: HttpRequest) -> HttpResponse:
    """Who is on which list; the leads of clause (13) list here and register banks."""
    scope = scope_of_request(request)
    ours = not seats(scope).isdisjoint(leads(CREDIT))
    adding = request.POST.get("do") == "bank"
    grounds = _grounds(request) if ours else []
    listing = ListForm(None if adding else request.POST or None, grounds=grounds)
    bank = BankForm(request.POST if adding else None, auto_id="id_bank_%s")
    refusal, status = None, 200
    if request.method == "POST":
        if not ours:
            raise PermissionDenied("credit")
        form, status = (bank if adding else listing), 422
        if form.is_valid():
            refusal, status = _entered(request, form), 409
            if refusal is None:
                return redirect("credit-lists")
    rows = CreditListing.objects.filter(within(scope)).annotate(over=Exists(withdrawals()))
    page = keyset.page(rows.select_related("enterprise"), ("-id",), request.GET.get("cursor", ""))
    banks = list(Bank.objects.order_by("name_zh"))
    context = {
        "page": page,
        "rows": [{"listing": one, "waits": _silent(one, banks)} for one in page.rows],
        "banks": banks,
        "ours": ours,
        "listing_form": listing if grounds else None,
        "bank_form": bank,
        "refusal": refusal,
    }
    return render(request, "sanctions/credit_lists.html", context, status=status)


def _entered(request: HttpRequest, form: Any) -> Any:
    given = dict(form.cleaned_data)
    if isinstance(form, BankForm):
        return done(request, acts.register_bank, given.pop("uscc"), **given)
    sort, number = given.pop("ground").split("-")
    if sort == Sort.SUPPORT:
        return done(request, acts.support, int(number), **given)
    return done(request, acts.list_credit, int(number), sort, **given)


def _grounds(request: HttpRequest) -> list[tuple[str, str]]:
    """What a listing can rest on now: sanctions that reach financing, exits of one's own will."""
    reach = within(scope_of_request(request))
    found = []
    sanctions = Sanction.objects.filter(reach, release=None, areas__contains=[FINANCING])
    for one in sanctions.select_related("enterprise").order_by("pk"):
        there = set(CreditListing.objects.filter(sanction=one).values_list("sort", flat=True))
        for sort in (Sort.NO_NEW, Sort.REDUCE):
            if sort not in there:
                words = f"{SORTS[sort]}：{one.enterprise.name}（{one.begins}）"
                found.append((f"{sort}-{one.pk}", words))
    # Cases are shown by dimension; the lead of clause (13) leads none.
    with whole_reach():
        cases = Case.objects.filter(reach, Q(acts__kind=OWN_WILL)).select_related("enterprise")
        for case in cases.exclude(pk__in=listed().filter(case__isnull=False).values("case")):
            if against_support(case) is None:
                words = f"{SORTS[Sort.SUPPORT]}：{case.enterprise.name}（{case.number}）"
                found.append((f"{Sort.SUPPORT}-{case.pk}", words))
    return found


def _silent(listing: CreditListing, banks: list[Bank]) -> list[Bank]:
    """The banks from which an answer is still waited for: to the listing, or to its withdrawal."""
    answers = listing.acts.filter(kind=Kind.ANSWER_LIST)
    over = listing.acts.filter(kind=Kind.WITHDRAW).exists()
    noted = answers.filter(content__outcome="withdrawal_noted")
    heard = set((noted if over else answers).values_list("bank_id", flat=True))
    if over:  # who never had it has nothing to take off
        had = set(answers.values_list("bank_id", flat=True))
        return [bank for bank in banks if bank.pk in had - heard]
    return [bank for bank in banks if bank.pk not in heard]


@require_safe
@officials
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """One listing: its ground, what each bank answered, its withdrawal."""
    one = get_object_or_404(
        CreditListing.objects.filter(within(scope_of_request(request))).select_related(
            "enterprise", "act__by", "sanction"
        ),
        pk=pk,
    )
    withdrawn = one.acts.filter(kind=Kind.WITHDRAW).first()
    context = {
        "one": one,
        "withdrawn": withdrawn,
        "cause": _cause(withdrawn),
        "answers": [
            {"act": act, "words": bank_answer_words(act)}
            for act in one.acts.filter(kind=Kind.ANSWER_LIST).select_related("bank").order_by("pk")
        ],
        "silent": _silent(one, list(Bank.objects.order_by("name_zh"))),
        "clock": clock_words("answer_list"),
        "due": last_day("answer_list", withdrawn.done_on if withdrawn else one.listed_on),
    }
    return render(request, "sanctions/credit_listing.html", context)


def _cause(withdrawn: SanctionAct | None) -> Any:
    if withdrawn is None:
        return None
    if withdrawn.content["cause"] == "sanctioned":
        return "该企业被列入联合惩戒", "a sanction was made against it"
    return cause_words(withdrawn.content["cause"])


# The banks' own pages. A bank may read nothing of the registry: what it sees is read for it here.


@require_safe
@requires(Power.CREDIT)
def bank_lists(request: HttpRequest) -> HttpResponse:
    """The lists as a bank gets them: who, which list, since when; its own answers."""
    with whole_reach():
        bank = bank_of(scope_of_request(request))
        mine = SanctionAct.objects.filter(kind=Kind.ANSWER_LIST, bank=bank, listing=OuterRef("pk"))
        noted = mine.filter(content__outcome="withdrawal_noted")
        rows = CreditListing.objects.annotate(
            over=Exists(withdrawals()), answered=Exists(mine), noted=Exists(noted)
        ).filter(Q(over=False) | Q(answered=True))
        rows = rows.select_related("enterprise")
        if bank is None:
            rows = rows.none()
        page = keyset.page(rows, ("-id",), request.GET.get("cursor", ""))
    context = {"page": page, "rows": page.rows, "bank": bank}
    return render(request, "sanctions/bank_lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.CREDIT)
def bank_listing(request: HttpRequest, pk: int) -> HttpResponse:
    """One listing as a bank sees it; it answers here."""
    with whole_reach():
        bank = bank_of(scope_of_request(request))
        one = CreditListing.objects.filter(pk=pk).select_related("enterprise").first()
        if bank is None or one is None:
            raise Http404
        withdrawn = one.acts.filter(kind=Kind.WITHDRAW).first()
        answers = [
            {"act": act, "words": bank_answer_words(act)}
            for act in one.acts.filter(kind=Kind.ANSWER_LIST, bank=bank).order_by("pk")
        ]
    if withdrawn and not answers:
        raise Http404  # it was over before this bank had to do with it
    form = BankAnswerForm(request.POST or None, withdrawn=withdrawn is not None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refusal, status = done(request, acts.answer_list, pk, **form.cleaned_data), 409
            if refusal is None:
                return redirect("bank-listing", pk=pk)
    context = {
        "one": one,
        "withdrawn": withdrawn,
        "cause": _cause(withdrawn),
        "answers": answers,
        "form": form,
        "due": last_day("answer_list", withdrawn.done_on if withdrawn else one.listed_on),
        "clock": clock_words("answer_list"),
        "refusal": refusal,
    }
    return render(request, "sanctions/bank_listing.html", context, status=status)

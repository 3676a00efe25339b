"""Wage standards: published figures by which a severance is capped and held up."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.organisations import place_words
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of, ways
from phaseout.law.refusals import Refusal
from phaseout.measures.employees import acts
from phaseout.measures.employees.forms import StandardForm
from phaseout.measures.employees.models import WageStandard
from phaseout.measures.employees.seats import hr_seat

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.READ)
def standards(request: HttpRequest) -> HttpResponse:
    """The figures on record; the human-resources office adds one."""
    may = hr_seat(scope_of_request(request), "640000", today_of(request)) is not None
    if request.method == "POST" and not may:
        raise PermissionDenied("hr")
    form = StandardForm(request.POST or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                acts.record_standard(
                    WageStandard.Kind(given["kind"]),
                    given["division_code"],
                    given["amount"],
                    document=given["document"],
                    year=given["year"],
                    valid_from=given["valid_from"],
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已登记工资标准。"))
                return redirect("wage-standards")
    rows = [
        (one, place_words(one.division_code))
        for one in WageStandard.objects.order_by("-pk")[:SHOWN]
    ]
    context = {"rows": rows, "form": form, "may": may, "refusal": refusal}
    return render(request, "employees/standards.html", context, status=status)

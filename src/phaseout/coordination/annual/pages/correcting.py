"""The page of an erratum: a row of an approved report as it should be."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phaseout.accounts.organisations import REGION_CODE
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, ways
from phaseout.coordination.annual import acts
from phaseout.coordination.annual.forms import CorrectForm
from phaseout.coordination.annual.pages.overview import of_the_region
from phaseout.coordination.annual.pages.report import figures_of, found
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.seats import summing_up
from phaseout.law.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_region
@requires(Power.ACT)
def correct_page(request: HttpRequest, year: int, place: int | None = None) -> HttpResponse:
    now = found(request, year)
    leads = acts.seat(scope_of_request(request), *summing_up(), roles=acts.LEADER)
    if leads is None or now.approved is None:
        raise Http404
    row: Row | None = None
    if place is not None:
        rows = {one.place: one for one in figures_of(now).rows}
        if place not in rows:
            raise Http404
        row = rows[place].row
    city = f"{row.division_code[:4]}00" if row is not None else REGION_CODE
    form = CorrectForm(request.POST or None, city=city, row=row)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            case = row.case_id if row is not None else None
            try:
                acts.correct(
                    year,
                    place,
                    form.row.corrected(case_id=case),
                    reason=given["why"],
                    document=given["paper"],
                    seen=given["seen"] or None,
                    **ways(request, given["key"]),
                )
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                return redirect("annual-year", year)
    context = {"now": now, "place": place, "row": row, "form": form, "refusal": refusal}
    return render(request, "annual/correct.html", context, status=status)

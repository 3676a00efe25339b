"""The draft of a return: rows beside the ledger, corrected by hand or by a file, then reported."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import officials, person, requires, scope_of_request, ways
from phaseout.coordination.returns import acts, drafting
from phaseout.coordination.returns.drafting import Drafted, drafted
from phaseout.coordination.returns.forms import FileForm, ReportForm, RowForm
from phaseout.coordination.returns.pages.places import found_place, words_of
from phaseout.coordination.returns.seats import city_seat
from phaseout.coordination.returns.standing import Place
from phaseout.law.annual import columns
from phaseout.law.refusals import Refusal


def _drafted_place(request: HttpRequest, year: int, department: str, city: int) -> Place:
    """The place, for those who report from there; 404 for others who may look."""
    here = found_place(request, year, department, city)
    if city_seat(scope_of_request(request), department, here.city) is None:
        raise Http404
    return here


@require_http_methods(["GET", "HEAD", "POST"])
@officials
@requires(Power.ACT)
def draft_page(request: HttpRequest, year: int, department: str, city: int) -> HttpResponse:
    here = _drafted_place(request, year, department, city)
    sent = request.POST.get("do", "")
    upload = FileForm(*((request.POST, request.FILES) if sent == "upload" else ()))
    refusal, status = None, 200
    if request.method == "POST":
        try:
            done = _do(request, here, sent, upload)
        except Refusal as refused:
            refusal, status = refused, 409
        else:
            if done:
                return redirect(done, year, department, city)
            status = 422
    now = drafted(here)
    report = ReportForm(initial={"draft": now.digest, "nil": not now.rows and not now.filled})
    context = {
        "here": here,
        "words": words_of(here),
        "rows": _rows(now),
        "kept": now.kept,
        "wrong": now.wrong,
        "heads": [one for one in columns() if one.key not in ("no", "city")],
        "upload": upload,
        "report": ReportForm(request.POST) if sent == "report" and status == 422 else report,
        "refusal": refusal,
        "today": here.today,
    }
    return render(request, "returns/draft.html", context, status=status)


def _do(request: HttpRequest, here: Place, sent: str, upload: FileForm) -> str:
    """Do what was sent; the name of the page that follows, empty where the form was not right."""
    if sent == "anew":
        drafting.begin_anew(here)
        return "return-draft"
    if sent == "upload":
        if not upload.is_valid():
            return ""
        file = upload.cleaned_data["file"]
        drafting.take_file(here, file.read(), file.name or "", by=person(request))
        return "return-draft"
    form = ReportForm(request.POST)
    if sent != "report":
        raise Http404
    if not form.is_valid():
        return ""
    given = dict(form.cleaned_data)
    how = ways(request, given.pop("key"))
    acts.file_return(here.year, here.department, here.city, **given, **how)
    return "return"


def _rows(now: Drafted) -> list[dict[str, Any]]:
    wrong: dict[int, list[Any]] = {}
    for one in now.wrong:
        wrong.setdefault(one.row, []).append(one)
    return [
        {
            "number": number,
            "words": row.words,
            "changed": now.changed(row),
            "wrong": wrong.get(number, []),
            "case": row.case_id,
        }
        for number, row in enumerate(now.rows, 1)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@officials
@requires(Power.ACT)
def row_page(
    request: HttpRequest, year: int, department: str, city: int, number: int | None = None
) -> HttpResponse:
    """A row of the draft in the columns of the form; a new one without `number`."""
    here = _drafted_place(request, year, department, city)
    now = drafted(here)
    if number is not None and not 1 <= number <= len(now.rows):
        raise Http404
    row = now.rows[number - 1] if number is not None else None
    form = RowForm(request.POST or None, city=here.city, row=row)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            if _row_done(request, here, number, form):
                return redirect("return-draft", year, department, city)
            status = 422
        except Refusal as refused:
            refusal, status = refused, 409
    context = {
        "here": here,
        "words": words_of(here),
        "number": number,
        "form": form,
        "own": row is not None and row.key not in {one.key for one in now.filled},
        "refusal": refusal,
    }
    return render(request, "returns/row.html", context, status=status)


def _row_done(request: HttpRequest, here: Place, number: int | None, form: RowForm) -> bool:
    if request.POST.get("do") == "drop" and number is not None:
        drafting.drop_row(here, number, by=person(request))
        return True
    if not form.is_valid():
        return False
    seen = form.cleaned_data["seen"] or None
    drafting.keep_row(here, number, form.row, by=person(request), seen=seen)
    return True

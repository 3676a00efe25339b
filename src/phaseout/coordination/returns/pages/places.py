"""One city's return to one department: what was reported, side by side with department and ledger,
and what is done about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.coordination.returns import acts
from phaseout.coordination.returns.drafting import drafted
from phaseout.coordination.returns.forms import AcceptForm, BackForm
from phaseout.coordination.returns.models import CountedRow, ReturnAct
from phaseout.coordination.returns.reconciling import Compared, compare, digest
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.seats import (
    cities,
    city_seat,
    department_seat,
    departments,
    sees,
)
from phaseout.coordination.returns.standing import Place, State, place, years
from phaseout.coordination.returns.writing import workbook
from phaseout.law.annual import columns
from phaseout.pages.forms import ActForm, press

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHOICES = {
    CountedRow.Choice.AGREED: ("一致", "agreed"),
    CountedRow.Choice.CITY: ("采用市报数", "as the city reports"),
    CountedRow.Choice.LEDGER: ("采用台账数", "as on the ledger"),
    CountedRow.Choice.EXCLUDED: ("不计入", "does not count"),
}


def found_place(request: HttpRequest, year: int, department: str, city: int) -> Place:
    """The place of an address, where the reader may look."""
    code = str(city)
    today = today_of(request)
    known = year in years(today) and department in departments() and code in cities()
    if not known or not sees(scope_of_request(request), code):
        raise Http404
    return place(year, department, code, today)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def place_page(request: HttpRequest, year: int, department: str, city: int) -> HttpResponse:
    here = found_place(request, year, department, city)
    rows = _filed_rows(here)
    beside = compare(here, rows) if here.filed is not None else []
    forms = _forms(request, here, beside)
    pressed = press(request, forms, lambda name, form: _do(request, here, name, form))
    if pressed.done:
        return redirect("return", year, department, city)
    scope = scope_of_request(request)
    context = {
        "here": here,
        "words": words_of(here),
        "today": here.today,
        "beside": _shown(request, beside),
        "heads": [one for one in columns() if one.key != "no"],
        "rows": [row.words for row in rows],
        "counted": _counted(here),
        "moved": _has_moved(here, beside),
        "done": ReturnAct.objects.filter(
            year=year, department=department, division_code=here.city
        ).select_related("by", "filed").order_by("-pk"),
        "drafts": city_seat(scope, department, here.city) is not None,
        "forms": forms,
        "refusal": pressed.refusal,
    }  # fmt: skip
    return render(request, "returns/return.html", context, status=pressed.status)


def words_of(here: Place) -> dict[str, Any]:
    """The names of a place: city and department."""
    return {
        "city": place_words(here.city),
        "department": office_name(here.department, REGION_CODE, here.today),
    }


def _filed_rows(here: Place) -> list[Row]:
    if here.filed is None:
        return []
    return [Row.kept(one) for one in here.filed.rows.order_by("place")]


def _forms(request: HttpRequest, here: Place, beside: list[Compared]) -> dict[str, ActForm]:
    """What the person can do with the return as it stands."""
    if department_seat(scope_of_request(request), here.department) is None:
        return {}
    sent = request.POST.get("do", "")
    data = request.POST if request.method == "POST" else None
    made: dict[str, ActForm] = {}
    # Somebody else may have been quicker: then the act says so.
    if here.state is State.FILED or sent == "accept":
        seen = {"seen": digest(beside)}
        made["accept"] = AcceptForm(data if sent == "accept" else None, initial=seen)
    if here.state in (State.FILED, State.ACCEPTED) or sent == "back":
        made["back"] = BackForm(data if sent == "back" else None)
    return made


def _do(request: HttpRequest, here: Place, name: str, form: ActForm) -> None:
    given = dict(form.cleaned_data)
    told = (here.year, here.department, here.city)
    how = ways(request, given.pop("key"))
    if name == "back":
        acts.send_back(*told, reason=given["reason"], **how)
        return
    acts.accept_return(*told, _settled(request), seen=given["seen"], **how)


def _settled(request: HttpRequest) -> dict[int, tuple[str, str]]:
    """What was chosen in the rows of the comparison, by their number."""
    found = {}
    for name, value in request.POST.items():
        head, _, number = name.partition("-")
        if head == "choice" and number.isdecimal():
            found[int(number)] = (str(value), str(request.POST.get(f"why-{number}", "")))
    return found


def _has_moved(here: Place, beside: list[Compared]) -> bool:
    """Whether case or ledger say something else than when it was accepted."""
    accepted = here.last if here.state is State.ACCEPTED else None
    return accepted is not None and accepted.content["compared"] != digest(beside)


def _shown(request: HttpRequest, beside: list[Compared]) -> list[dict[str, Any]]:
    """The comparison as a table; what was chosen stays chosen when it is refused."""
    settled = _settled(request)
    return [
        {
            "number": number,
            "one": one,
            "row": one.row.words,
            "choices": [
                (choice, CHOICES[choice], settled.get(number, ("", ""))[0] == choice)
                for choice in one.choices
            ],
            "why": settled.get(number, ("", ""))[1],
        }
        for number, one in enumerate(beside)
    ]


def _counted(here: Place) -> list[dict[str, Any]]:
    """What was counted when it was accepted."""
    if here.state is not State.ACCEPTED or here.last is None:
        return []
    rows = CountedRow.objects.filter(act=here.last).order_by("place")
    return [
        {"row": Row.kept(one).words, "one": one, "choice": CHOICES[CountedRow.Choice(one.choice)]}
        for one in rows
    ]


@require_safe
@officials
def form_file(request: HttpRequest, year: int, department: str, city: int) -> HttpResponse:
    """The form with the rows of the draft (for who drafts), else with those that were reported."""
    here = found_place(request, year, department, city)
    drafts = city_seat(scope_of_request(request), department, here.city) is not None
    rows = list(drafted(here).rows) if drafts else _filed_rows(here)
    zh = words_of(here)
    name = f"{here.year}年{zh['city'][0]}报{zh['department'][0]}"
    notes = (
        f"{here.year}年度{zh['city'][0]}依法关闭退出企业、设备及产能情况，报{zh['department'][0]}",
        "各行由产能台账和案件预填；更正的写明更正理由；不计入的保留该行，产能填0。",
    )
    answer = HttpResponse(workbook(rows, f"{here.year}{zh['city'][0]}", notes), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return answer

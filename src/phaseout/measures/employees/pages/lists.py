"""Lists of employees: upload, what stood against it, the marked copy back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, ways
from phaseout.evidence.attaching import LARGEST
from phaseout.evidence.keeping import keep
from phaseout.evidence.models import EvidenceFile
from phaseout.facts import BadCell, Intake, Severity, mark_workbook, write_problems
from phaseout.law.refusals import Refusal
from phaseout.measures.employees import acts, refusing
from phaseout.measures.employees.forms import ListForm
from phaseout.measures.employees.lists import ENDINGS, write_template
from phaseout.measures.employees.models import EmployeeList
from phaseout.measures.employees.pages.entering import acting
from phaseout.measures.employees.seats import sees_people

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 500
"""Problems shown on the page; all of them are in the files."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.ACT)
def list_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a list."""
    found = acting(request, pk)
    form = ListForm(request.POST or None, request.FILES or None)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                file = _kept(form.cleaned_data["file"], request.user)
                listed = acts.take_list(found.pk, file, **ways(request, form.cleaned_data["key"]))
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                if not listed.taken:
                    return redirect("settlement-list", pk=listed.pk)
                messages.success(request, _("名册已采用：%(rows)s人。") % {"rows": listed.rows})
                return redirect("settlement", pk=found.pk)
    context = {
        "settlement": found,
        "firm": found.enterprise,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "employees/list_new.html", context, status=status)


def _kept(uploaded: Any, by: Any) -> EvidenceFile:
    """The list as evidence. Unlike other files it is not read for the search: it names people.

    Raises:
        Refusal: `employees.file-wrong`; and of the scanner, as `keep`.
    """
    name = uploaded.name or ""
    if not name.lower().endswith(ENDINGS) or not 0 < uploaded.size <= LARGEST:
        raise refusing.file_wrong(name)
    return keep(uploaded.chunks(), name=name, by=by)


@require_safe
@requires(Power.READ)
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """A list with all that stood against it."""
    found = _list(request, pk)
    told = [_bad_cell(problem) for problem in found.problems]
    context = {
        "listed": found,
        "settlement": found.settlement,
        "firm": found.settlement.enterprise,
        "problems": told[:SHOWN],
        # Somebody left out is a problem of the whole list, and told at its head.
        "rows_refused": len({one.row for one in told if one.code != "employees.gone"}),
        "workbook": _is_workbook(found),
    }
    return render(request, "employees/list.html", context)


@require_safe
@requires(Power.READ)
def problems(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    found = _list(request, pk)
    if ending not in ("csv", "xlsx"):
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"problems.{ending}"
        write_problems(_intake(map(_bad_cell, found.problems)), out)
        kind = XLSX if ending == "xlsx" else "text/csv; charset=utf-8"
        return _file(out.read_bytes(), f"名册问题-{found.pk}.{ending}", kind)


@require_safe
@requires(Power.READ)
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook as it came, with the bad cells filled and commented."""
    found = _list(request, pk)
    if not _is_workbook(found):
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / "list.xlsx"
        original.symlink_to(found.file.path)
        out = Path(folder) / "marked.xlsx"
        mark_workbook(_intake(map(_bad_cell, found.problems)), original, out)
        name = f"{Path(found.file.name).stem}-已标注.xlsx"
        return _file(out.read_bytes(), name, XLSX)


@require_safe
@requires(Power.ACT)
def template(request: HttpRequest) -> HttpResponse:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "template.xlsx"
        write_template(out)
        return _file(out.read_bytes(), _("职工名册模板") + ".xlsx", XLSX)


def _list(request: HttpRequest, pk: int) -> EmployeeList:
    found = get_object_or_404(
        EmployeeList.objects.select_related("settlement__enterprise", "file", "act__by"), pk=pk
    )
    if not sees_people(scope_of_request(request), found.settlement.enterprise):
        raise PermissionDenied("people")
    return found


def _is_workbook(found: EmployeeList) -> bool:
    return found.file.name.lower().endswith(".xlsx")


def _bad_cell(problem: dict[str, Any]) -> BadCell:
    return BadCell(**{**problem, "severity": Severity(problem["severity"])})


def _intake(told: Iterable[BadCell]) -> Intake:
    cells = tuple(told)
    return Intake(Path("list"), {}, cells, len(cells), {})


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer

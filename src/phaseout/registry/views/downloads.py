"""What goes out: the template, the list of problems, the marked copy, the files as they came."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires
from phaseout.facts import BadCell, Intake, Severity, mark_workbook, write_problems
from phaseout.law.refusals import Refusal
from phaseout.registry.models import Import, ImportProblem
from phaseout.registry.template_workbook import write_template
from phaseout.registry.views.imports import visible

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
LARGEST_TO_MARK = 30_000_000
"""Bytes of a workbook: marking one takes minutes beyond that."""


@require_safe
@requires(Power.IMPORT)
def template(request: HttpRequest) -> HttpResponse:
    out = Path(tempfile.mkstemp(suffix=".xlsx")[1])
    try:
        write_template(out)
        return _file(out.read_bytes(), "template.xlsx", "填报模板.xlsx", XLSX)
    finally:
        out.unlink()


@require_safe
@requires(Power.READ)
def problems(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    brought = get_object_or_404(visible(request), pk=pk)
    if ending not in TYPES:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"problems.{ending}"
        write_problems(_intake(brought), out)
        name = f"导入{pk}-数据问题.{ending}"
        return _file(out.read_bytes(), f"import-{pk}-problems.{ending}", name, TYPES[ending])


@require_safe
@requires(Power.READ)
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook as it came, with the bad cells filled and commented."""
    brought = get_object_or_404(visible(request), pk=pk)
    file = brought.files.select_related("evidence").first()
    if file is None or not file.evidence.name.lower().endswith((".xlsx", ".xlsm")):
        raise Http404
    if file.evidence.size > LARGEST_TO_MARK:
        raise _too_large_to_mark()
    ending = file.evidence.name[-4:].lower()
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / f"workbook.{ending}"
        original.symlink_to(file.evidence.path)
        out = Path(folder) / f"marked.{ending}"
        mark_workbook(_intake(brought), original, out)
        name = f"{Path(file.evidence.name).stem}-已标注.{ending}"
        return _file(out.read_bytes(), f"import-{pk}-marked.{ending}", name, XLSX)


@require_safe
@requires(Power.READ)
def original(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A file as it was brought, never shown in the page, whatever its kind says."""
    brought = get_object_or_404(visible(request), pk=pk)
    file = get_object_or_404(brought.files.select_related("evidence"), position=position)
    return FileResponse(  # type: ignore[return-value]
        file.evidence.open(),
        as_attachment=True,
        filename=file.evidence.name,
        content_type="application/octet-stream",
    )


def _file(data: bytes, plain: str, name: str, kind: str) -> HttpResponse:
    from django.utils.http import content_disposition_header

    shown = plain if (get_language() or "").startswith("en") else name
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, shown) or "attachment"
    return answer


def _intake(brought: Import) -> Intake:
    """The problems of an import as the intake told them."""
    told = tuple(_bad_cell(problem) for problem in brought.problems.order_by("position"))
    return Intake(Path("import"), {}, told, brought.problem_count, {})


def _bad_cell(problem: ImportProblem) -> BadCell:
    return BadCell(
        file=problem.file,
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        value=problem.value,
        expected_zh=problem.expected_zh,
        expected_en=problem.expected_en,
        code=problem.code,
        severity=Severity(problem.severity),
        count=problem.count,
        table=problem.table,
        head=problem.head,
        place=problem.place,
    )


def _too_large_to_mark() -> Refusal:
    megabytes = LARGEST_TO_MARK // 1_000_000
    return Refusal(
        "too_large_to_mark",
        what=("不能标注这个工作簿", "this workbook is not marked"),
        why=(
            f"它超过{megabytes} MB，标注要很久。",
            f"it has more than {megabytes} MB and would take very long.",
        ),
        instead=(
            "请下载问题清单，其中写明每个单元格的位置。",
            "Download the list of problems; it names the place of every cell.",
        ),
    )

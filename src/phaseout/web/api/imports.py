"""Imports: bring files, see what they would change, take them or give them up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.registry.imports import Arriving, abandon, ask_to_take, receive
from phaseout.registry.imports.reach import visible_to
from phaseout.registry.models import Import, ImportProblem
from phaseout.web.api.answers import ACTS, LISTS, READS, answers
from phaseout.web.api.fields import Both
from phaseout.web.api.keys import held
from phaseout.web.api.paging import Page, Turn, turn

router = Router(tags=["imports"])


class ImportFileShown(Schema):
    """A file as it was brought; its bytes are kept as evidence under the digest."""

    name: str
    size: int
    sha256: str


class ImportRow(Schema):
    """An import. `state` goes received → checked → taken, refused or abandoned; while a job works,
    `stage`, `done` and `total` tell how far it is."""

    id: int
    kind: Literal["files", "merge", "parting", "transfer"]
    state: Literal["received", "checked", "taken", "refused", "abandoned"]
    stage: str
    done: int
    total: int
    received_on: date
    received_at: datetime
    by: str
    decided_on: date | None
    problem_count: int


class Imports(Page):
    """A page of imports."""

    items: list[ImportRow]


class ImportShown(ImportRow):
    """An import whole. `counts`: table → rows read, new, changed, unchanged, refused; `samples`:
    examples of new and changed rows, each cell as it was and as it would be; `absent`: table →
    `columns` that the files do not have, and how many `rows` keep what is registered in them (an
    empty cell of a column that is there empties it)."""

    files: list[ImportFileShown]
    counts: dict[str, Any]
    samples: dict[str, Any]
    absent: dict[str, Any]
    refusal: dict[str, Any] | None


class BadCell(Schema):
    """A cell or a row that was refused, or is worth a look."""

    position: int
    file: str
    sheet: str
    row: int
    column: str
    value: str
    expected: Both
    code: str
    severity: str
    count: int = Field(description="how many more of the same kind it stands for")
    table: str


class BadCells(Page):
    """A page of problems."""

    items: list[BadCell]


class Taking(Schema):
    """How to take an import."""

    bad_rows: Literal["refuse", "leave_out"] = Field(
        "refuse", description="refuse: nothing if any row was refused; leave_out: the good rows"
    )


@router.get(
    "", operation_id="list_imports", summary="List imports", response=answers(Imports, *LISTS)
)
def list_imports(request: HttpRequest, turning: Turn) -> Any:
    """One's own imports and those of one's territory, the newest first."""
    return turn(request, _visible(request), ("-id",), turning, _row)


@router.post(
    "",
    operation_id="bring_import",
    summary="Bring files",
    response=answers(ImportShown, *ACTS, status=201),
    auth=held(Power.IMPORT),
)
def bring_import(
    request: HttpRequest,
    files: Annotated[
        list[UploadedFile],
        File(description="one workbook, or CSV, Parquet or ZIP files, as multipart/form-data"),
    ],
) -> Any:
    """The files are kept as they came and their check begins. Ask for the import until its state is
    no longer `received`. Brought again, the same rows come out as unchanged."""
    brought = receive(
        [Arriving(file.name or "", file.chunks()) for file in files],
        by=request.user,
        today=today_of(request),
    )
    return Status(201, _whole(brought))


@router.get(
    "/{import_id}",
    operation_id="get_import",
    summary="One import: how far it is, what it would change",
    response=answers(ImportShown, *READS),
)
def get_import(request: HttpRequest, import_id: int) -> Any:
    """State, progress and preview."""
    return _whole(get_object_or_404(_visible(request), pk=import_id))


@router.get(
    "/{import_id}/problems",
    operation_id="list_import_problems",
    summary="Cells and rows that were refused",
    response=answers(BadCells, *READS),
)
def list_import_problems(request: HttpRequest, import_id: int, turning: Turn) -> Any:
    """In the order of the files: file, sheet, row, column, what stands there, what was expected."""
    brought = get_object_or_404(_visible(request), pk=import_id)
    rows = ImportProblem.objects.filter(of_import=brought)
    return turn(request, rows, ("position",), turning, _problem)


@router.post(
    "/{import_id}/take",
    operation_id="take_import",
    summary="Take an import (入库)",
    response=answers(ImportShown, *ACTS, status=202),
    auth=held(Power.IMPORT),
)
def take_import(request: HttpRequest, import_id: int, asked: Taking) -> Any:
    """Asks for it; a job takes all of it in one transaction, or nothing. Asked twice, it is taken
    once. Where the registry has changed since the check and the import would now do something else,
    nothing is taken: `refusal` says so, and the new preview stands."""
    brought = get_object_or_404(_visible(request), pk=import_id)
    asked_for = ask_to_take(
        brought.pk, by=request.user, today=today_of(request), bad_rows=asked.bad_rows
    )
    return Status(202, _whole(asked_for))


@router.post(
    "/{import_id}/abandon",
    operation_id="abandon_import",
    summary="Give an import up (放弃)",
    response=answers(ImportShown, *ACTS),
    auth=held(Power.IMPORT),
)
def abandon_import(request: HttpRequest, import_id: int) -> Any:
    """Nothing of it is taken; its files stay as evidence."""
    brought = get_object_or_404(_visible(request), pk=import_id)
    return _whole(abandon(brought.pk, by=request.user, today=today_of(request)))


def _visible(request: HttpRequest) -> Any:
    return Import.objects.filter(
        visible_to(scope_of_request(request), request.user)
    ).select_related("by")


def _row(brought: Import) -> dict[str, Any]:
    names = (
        "kind", "state", "stage", "done", "total", "received_on", "received_at", "decided_on",
        "problem_count",
    )  # fmt: skip
    return {
        "id": brought.pk,
        "by": str(brought.by),
        **{name: getattr(brought, name) for name in names},
    }


def _whole(brought: Import) -> dict[str, Any]:
    return {
        **_row(brought),
        "files": [
            {"name": file.evidence.name, "size": file.evidence.size, "sha256": file.evidence.digest}
            for file in brought.files.select_related("evidence")
        ],
        "counts": brought.counts,
        "samples": brought.samples,
        "absent": brought.absent,
        "refusal": brought.refusal,
    }


def _problem(problem: ImportProblem) -> dict[str, Any]:
    names = (
        "position", "file", "sheet", "row", "column", "value", "code", "severity", "count", "table",
    )  # fmt: skip
    return {
        **{name: getattr(problem, name) for name in names},
        "expected": Both(zh=problem.expected_zh, en=problem.expected_en),
    }

"""Judgement runs: each time that facts met norms, why, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from phaseout.casework.models import JudgementRun
from phaseout.web.api.answers import LISTS, READS, answers
from phaseout.web.api.paging import Page, Turn, turn

router = Router(tags=["runs"])


class Run(Schema):
    """One run over some enterprises, as of a day."""

    id: int
    cause: Literal["facts", "norms", "day", "all"]
    detail: str
    on_day: date
    started_at: datetime
    finished_at: datetime | None
    enterprises: int
    judged: int
    begun: int = Field(description="versions of findings that began")
    ended: int = Field(description="versions that ended")


class Runs(Page):
    """A page of runs."""

    items: list[Run]


@router.get(
    "", operation_id="list_runs", summary="List judgement runs", response=answers(Runs, *LISTS)
)
def list_runs(request: HttpRequest, turning: Turn) -> Any:
    """The newest first."""
    return turn(request, JudgementRun.objects.all(), ("-on_day", "-id"), turning, lambda run: run)


@router.get("/{run_id}", operation_id="get_run", summary="One run", response=answers(Run, *READS))
def get_run(request: HttpRequest, run_id: int) -> Any:
    """A run with its counts."""
    return get_object_or_404(JudgementRun, pk=run_id)

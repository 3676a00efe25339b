"""Have judged anew what rests on norm rows: a job of the casework, deferred by its name."""

from __future__ import annotations

from collections.abc import Iterable

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

JOB = "casework.judge_rows"


def rejudge(row_ids: Iterable[str]) -> None:
    """Defer the judgement inside the present transaction: both happen, or neither."""
    app.configure_task(JOB).defer(row_ids=list[JSONValue](sorted(row_ids)))

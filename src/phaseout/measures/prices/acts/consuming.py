"""收取用电量: a month's electricity from the grid company, whole or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.evidence.keeping import keep
from phaseout.measures.prices import consumption, refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.prices.billing import next_month
from phaseout.measures.prices.models import Consumption, ConsumptionFile, PriceAct
from phaseout.measures.prices.seats import GRID, PRICE, Seat, seat

BATCH = 5_000


@again_after_a_deadlock
@transaction.atomic(durable=True)
def take_consumption(
    content: bytes,
    name: str,
    month: date,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> ConsumptionFile:
    """Keep a monthly file as evidence and take its rows, all of them or none.

    Args:
        month: any day of the month.

    Raises:
        Refusal: `prices.not-yours`, `prices.month-wrong`, `prices.file-unreadable`.
    """
    month = month.replace(day=1)
    about = f"month:{month:%Y-%m}"
    before = done_before(key, PriceAct.Kind.TAKE_CONSUMPTION, by, about)
    if before is not None:
        return before.consumption_file
    seated = _seated(scope, month, today)
    hold_all(about)
    rows = consumption.read(content, name)
    found, problems = consumption.check(rows, month)
    file = ConsumptionFile(
        file=keep([content], name=name, by=by, dated_on=today),
        month=month,
        rows=len(rows),
        taken=not problems,
        problems=problems[: consumption.MOST_PROBLEMS],
    )
    said, kind = _said(file, len(problems)), PriceAct.Kind.TAKE_CONSUMPTION
    file.act = append(kind, seated, by=by, today=today, key=key, about=about, content=said)
    file.save(force_insert=True)
    if file.taken:
        _keep_rows(file, found)
    return file


def _seated(scope: Scope, month: date, today: date) -> Seat:
    seated = seat(scope, GRID, PRICE)
    if seated is None:
        raise refusing.not_yours(today, GRID, PRICE)
    if next_month(month) > today:
        raise refusing.month_wrong(month)
    return seated


def _said(file: ConsumptionFile, problems: int) -> dict[str, Any]:
    return {
        "month": f"{file.month:%Y-%m}",
        "file": file.file.digest,
        "rows": file.rows,
        "problems": problems,
    }


def _keep_rows(file: ConsumptionFile, found: list[consumption.Metered]) -> None:
    Consumption.objects.bulk_create(
        (
            Consumption(
                file=file,
                line=one.line,
                enterprise_id=one.line.enterprise_id,
                division_code=one.line.division_code,
                month=file.month,
                begins=one.begins,
                ends=one.ends,
                kwh=one.kwh,
            )
            for one in found
        ),
        batch_size=BATCH,
    )

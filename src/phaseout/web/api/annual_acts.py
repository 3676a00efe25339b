"""The acts on the annual report: frozen, signed, agreed to or not, sent upward, corrected. The same
functions as the pages; who may do what, they say themselves."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.organisations import REGION_CODE
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import ways
from phaseout.coordination.annual import acts
from phaseout.coordination.annual.lasting import corrected, report_of
from phaseout.coordination.annual.standing import standing
from phaseout.coordination.returns.reading import read_cells
from phaseout.web.api.acts import Key
from phaseout.web.api.annual import (
    AnnualErratum,
    AnnualRow,
    erratum_shown,
    of_a_year,
    report_shown,
    router,
)
from phaseout.web.api.answers import ACTS, answers
from phaseout.web.api.fields import NO_NUL
from phaseout.web.api.keys import held
from phaseout.web.api.returns import Cell, ColumnKey, Said, Year

Digest = Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)]
Document = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]


class FreezeAsked(Schema):
    """What freezes the figures."""

    reason: Said = Field("", description="why it does not wait, where returns are not accepted")


class FrozenRead(Schema):
    """The digest of the frozen figures, as they were read."""

    digest: Digest


class AgreeAsked(FrozenRead):
    """The government's document that says so."""

    document: Document


class DeclineAsked(FrozenRead):
    """Why the government does not agree."""

    reason: Said


class SendAsked(Schema):
    """Under which number the letter goes out."""

    number: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)]


class CorrectAsked(Schema):
    """A row as it should be, its cells as the form has them, by the key of the column; all of them,
    since what is left out is empty. A capacity of 0 strikes it off."""

    place: Annotated[int | None, Field(ge=1, le=2_000_000_000)] = Field(
        None, description="of the row; null: one was left out and is added"
    )
    cells: dict[ColumnKey, Cell]
    seen: Digest = Field("", description="the row's digest as it was read; empty: whatever it is")
    reason: Said
    document: Document


@router.post(
    "/annual/{year}/freeze",
    operation_id="freeze_annual_report",
    summary="Freeze the figures of a year (取数冻结)",
    response=answers(AnnualRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def freeze_annual_report(
    request: HttpRequest, year: Year, asked: FreezeAsked, idempotency_key: Key
) -> Any:
    """One snapshot of the database, with its digest. Before the government has agreed it may be
    frozen anew; the last version counts."""
    today = of_a_year(request, year)
    acts.freeze(year, reason=asked.reason, **ways(request, idempotency_key))
    return Status(201, report_shown(standing(year, today)))


@router.post(
    "/annual/{year}/sign",
    operation_id="sign_annual_report",
    summary="Lay the frozen report before the government (签报)",
    response=answers(AnnualRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def sign_annual_report(
    request: HttpRequest, year: Year, asked: FrozenRead, idempotency_key: Key
) -> Any:
    """By a leader of each department that sums up, on the digest that was read."""
    today = of_a_year(request, year)
    acts.sign(year, digest=asked.digest, **ways(request, idempotency_key))
    return Status(201, report_shown(standing(year, today)))


@router.post(
    "/annual/{year}/approve",
    operation_id="approve_annual_report",
    summary="Agree to the report (同意)",
    response=answers(AnnualRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def approve_annual_report(
    request: HttpRequest, year: Year, asked: AgreeAsked, idempotency_key: Key
) -> Any:
    """By the government, on the digest that was read; what is wrong afterwards is an erratum."""
    today = of_a_year(request, year)
    how = ways(request, idempotency_key)
    acts.approve(year, digest=asked.digest, document=asked.document, **how)
    return Status(201, report_shown(standing(year, today)))


@router.post(
    "/annual/{year}/decline",
    operation_id="decline_annual_report",
    summary="Do not agree to the report (不同意)",
    response=answers(AnnualRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def decline_annual_report(
    request: HttpRequest, year: Year, asked: DeclineAsked, idempotency_key: Key
) -> Any:
    """By the government; the returns may be corrected and the year frozen anew."""
    today = of_a_year(request, year)
    how = ways(request, idempotency_key)
    acts.decline(year, digest=asked.digest, reason=asked.reason, **how)
    return Status(201, report_shown(standing(year, today)))


@router.post(
    "/annual/{year}/send",
    operation_id="send_annual_report",
    summary="Send the report upward (报送)",
    response=answers(AnnualRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def send_annual_report(
    request: HttpRequest, year: Year, asked: SendAsked, idempotency_key: Key
) -> Any:
    """Once; the files are kept as they went out (`files` of the report names their digests)."""
    today = of_a_year(request, year)
    acts.send(year, number=asked.number, **ways(request, idempotency_key))
    return Status(201, report_shown(standing(year, today)))


@router.post(
    "/annual/{year}/errata",
    operation_id="correct_annual_report",
    summary="Correct a row of an approved report (勘误)",
    response=answers(AnnualErratum, *ACTS, status=201),
    auth=held(Power.ACT),
)
def correct_annual_report(
    request: HttpRequest, year: Year, asked: CorrectAsked, idempotency_key: Key
) -> Any:
    """A numbered erratum; the report as it was frozen stays. Cells that are wrong are named by row,
    column, value and expectation."""
    case, city = _before(request, year, asked.place)
    cells = {str(key): cell for key, cell in asked.cells.items()}
    ((_, after),) = read_cells([(asked.place or 1, cells)], "", city)
    made = acts.correct(
        year,
        asked.place,
        after.corrected(case_id=case),
        reason=asked.reason,
        document=asked.document,
        seen=asked.seen or None,
        **ways(request, idempotency_key),
    )
    return Status(201, erratum_shown(made))


def _before(request: HttpRequest, year: int, place: int | None) -> tuple[int | None, str]:
    """The case of the row as it stands, and its city; the region where there is no such row."""
    now = standing(year, of_a_year(request, year))
    if place is not None and now.freeze is not None:
        for one in corrected(report_of(now.freeze), now.errata).rows:
            if one.place == place:
                return one.row.case_id, f"{one.row.division_code[:4]}00"
    return None, REGION_CODE

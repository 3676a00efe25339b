"""What a department does with a city's return: compared side by side, accepted, sent back. The same
functions as the page."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import today_of, ways
from phaseout.coordination.returns import acts
from phaseout.coordination.returns.reading import MOST_ROWS
from phaseout.coordination.returns.reconciling import Compared, compare, digest
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.standing import Place, place
from phaseout.web.api.acts import Key
from phaseout.web.api.answers import ACTS, READS, answers
from phaseout.web.api.fields import NO_NUL, Both, Figure, Word, both
from phaseout.web.api.keys import held
from phaseout.web.api.returns import (
    ReturnedRow,
    ReturnPlace,
    Said,
    Year,
    here_of,
    place_shown,
    router,
    row_shown,
)


class ComparedRow(Schema):
    """A line (or a firm's equipment) side by side. `number` counts in the comparison, from 0;
    `department`: by the acts of its own cases, null: none. Without `differences` it agrees."""

    number: int
    unit: str
    city: ReturnedRow | None
    ledger: ReturnedRow | None
    department: Figure | None
    differences: list[Both]
    choices: list[str] = Field(description="what may be chosen where they differ")


class ReturnCompared(Schema):
    """City against department against ledger. `digest` is over all of it: who accepts, sends it
    back; empty: nothing was reported."""

    digest: str
    rows: list[ComparedRow]


class Settlement(Schema):
    """What counts of a row that differs, and why."""

    number: Annotated[int, Field(ge=0, lt=MOST_ROWS * 2)]
    choice: Literal["city", "ledger", "excluded"]
    reason: Annotated[str, StringConstraints(max_length=400, pattern=NO_NUL)]


class AcceptAsked(Schema):
    """The comparison as it was seen, and what counts of each row that differs."""

    seen: Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)]
    settled: list[Settlement] = Field(default_factory=list, max_length=MOST_ROWS * 2)


class SendBackAsked(Schema):
    """What is to be corrected."""

    reason: Said


@router.get(
    "/returns/{year}/{department}/{city}/comparison",
    operation_id="compare_return",
    summary="A return side by side with the department's cases and the ledger",
    response=answers(ReturnCompared, *READS),
)
def compare_return(request: HttpRequest, year: Year, department: Word, city: Word) -> Any:
    """As the page shows it; what is accepted is what was seen here."""
    here = here_of(request, year, department, city)
    if here.filed is None:
        return {"digest": "", "rows": []}
    beside = compare(here, [Row.kept(one) for one in here.filed.rows.order_by("place")])
    rows = [_compared(number, one) for number, one in enumerate(beside)]
    return {"digest": digest(beside), "rows": rows}


@router.post(
    "/returns/{year}/{department}/{city}/accept",
    operation_id="accept_return",
    summary="Accept a city's return (核对接受)",
    response=answers(ReturnPlace, *ACTS, status=201),
    auth=held(Power.ACT),
)
def accept_return(
    request: HttpRequest,
    year: Year,
    department: Word,
    city: Word,
    asked: AcceptAsked,
    idempotency_key: Key,
) -> Any:
    """By the department it was reported to. What agrees counts as reported; of what differs each
    is chosen, with why."""
    here = here_of(request, year, department, city)
    settled = {one.number: (one.choice, one.reason) for one in asked.settled}
    how = ways(request, idempotency_key)
    acts.accept_return(here.year, here.department, here.city, settled, seen=asked.seen, **how)
    return _done(request, here)


@router.post(
    "/returns/{year}/{department}/{city}/send-back",
    operation_id="send_back_return",
    summary="Send a city's return back to be corrected (退回)",
    response=answers(ReturnPlace, *ACTS, status=201),
    auth=held(Power.ACT),
)
def send_back_return(
    request: HttpRequest,
    year: Year,
    department: Word,
    city: Word,
    asked: SendBackAsked,
    idempotency_key: Key,
) -> Any:
    """Also one that was accepted, as long as the year is not frozen."""
    here = here_of(request, year, department, city)
    how = ways(request, idempotency_key)
    acts.send_back(here.year, here.department, here.city, reason=asked.reason, **how)
    return _done(request, here)


def _compared(number: int, one: Compared) -> dict[str, Any]:
    return {
        "number": number,
        "unit": one.key[1],
        "city": row_shown(one.number or 0, one.city) if one.city else None,
        "ledger": row_shown(0, one.ledger) if one.ledger else None,
        "department": one.department,
        "differences": [both(said) for said in one.differences],
        "choices": [str(choice) for choice in one.choices] if one.differences else [],
    }


def _done(request: HttpRequest, here: Place) -> Status[Any]:
    now = place(here.year, here.department, here.city, today_of(request))
    return Status(201, place_shown(now))

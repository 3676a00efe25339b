"""The capacity ledger: balances, and the entries they are made of. Read only."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from phaseout.accounts.requests import scope_of_request
from phaseout.law.capacity import accounts
from phaseout.registry.capacity import Asked, Balance, balances
from phaseout.registry.models import CapacityEntry, CapacityPosting
from phaseout.web.api.answers import LISTS, READS, answers
from phaseout.web.api.fields import Both, Figure, Word
from phaseout.web.api.paging import Page, Turn, turn, turn_list
from phaseout.web.api.registry import City

router = Router(tags=["capacity"])

EntryKind = Literal[
    "registration", "adjustment", "transfer", "replacement", "found", "lifted", "act", "counter"
]


class State(Schema):
    """A state that capacity can be in."""

    state: str
    group: Literal["origin", "live", "exited", "given_up"]
    name: Both


class BalanceRow(Schema):
    """What stands of a product in a unit of the ledger; `stocks` has the states that hold any."""

    product: str = Field(description="empty where none was given")
    unit: str
    industry: str | None = None
    city: str | None = None
    stocks: dict[str, Figure]
    live: Figure
    exited: Figure
    total: Figure = Field(description="all that was registered, whatever became of it")


class Balances(Page):
    """A page of balances."""

    items: list[BalanceRow]


class States(Schema):
    """Every state, in order."""

    items: list[State]


class PostingRow(Schema):
    """So much into (plus) or out of (minus) a state."""

    state: str
    amount: Figure
    unit: str
    uscc: str
    division_code: str
    industry: str


class EntryRow(Schema):
    """One booking, with its postings, which sum to zero, and the one ground it rests on."""

    entry: int
    kind: EntryKind
    line_id: str
    product: str
    effective_on: date
    known_on: date
    import_id: int | None
    case_id: int | None
    case_number: str
    act: str
    equipment: str
    standing: int | None
    corrects: int | None
    instead_of: int | None
    reason: str
    postings: list[PostingRow]


class Entries(Page):
    """A page of entries."""

    items: list[EntryRow]


class Narrowed(Schema):
    """What balances and entries can be narrowed by."""

    city: City = Field("", description="first four digits of the division code")
    industry: Word = ""
    product: Word | None = None
    unit: Word = ""
    enterprise: Word = Field("", description="USCC")
    line: Word = ""
    as_of: date | None = Field(None, description="what counts at the end of that day")
    known_on: date | None = Field(None, description="as it was booked at the end of that day")

    def asked(self, request: HttpRequest) -> Asked:
        return Asked(
            as_of=self.as_of, known_on=self.known_on, city=self.city, industry=self.industry,
            product=self.product, unit=self.unit, line_id=self.line, uscc=self.enterprise,
            within=scope_of_request(request).lines(),
        )  # fmt: skip


class BalanceQuery(Narrowed):
    """How balances are counted."""

    by: Literal["", "industry", "city"] = ""


class EntryQuery(Narrowed):
    """Which entries."""

    state: Word = Field("", description="with a posting in this state")


@router.get(
    "/states", operation_id="list_capacity_states", summary="The states of capacity",
    response=answers(States, *LISTS),
)  # fmt: skip
def list_capacity_states(request: HttpRequest) -> Any:
    """From registered to exited or restored; `group` says which are in the register."""
    names = {
        "items": [
            {"state": a.account, "group": a.group, "name": Both(zh=a.zh, en=a.en)}
            for a in accounts()
        ]
    }
    return names


@router.get(
    "/balances", operation_id="list_capacity_balances", summary="What stands on the ledger",
    response=answers(Balances, *LISTS),
)  # fmt: skip
def list_capacity_balances(
    request: HttpRequest, asked: Annotated[BalanceQuery, Query()], turning: Turn
) -> Any:
    """By product and unit, and by industry or city where asked. Units are never added up."""
    by = ((asked.by,) if asked.by else ()) + ("product", "unit")
    found = balances(asked.asked(request), by=by)
    return turn_list(request, found, lambda one: "|".join(one.by.values()), turning, _balance)


@router.get(
    "/entries", operation_id="list_capacity_entries", summary="Entries of the ledger",
    response=answers(Entries, *LISTS),
)  # fmt: skip
def list_capacity_entries(
    request: HttpRequest, asked: Annotated[EntryQuery, Query()], turning: Turn
) -> Any:
    """The newest first, each with those of its postings that lie within one's reach."""
    found = asked.asked(request).postings()
    if asked.state:
        found = found.filter(account=asked.state)
    return turn(request, _entries(request, found), ("-id",), turning, _entry)


@router.get(
    "/entries/{entry_id}", operation_id="get_capacity_entry", summary="One entry",
    response=answers(EntryRow, *READS),
)  # fmt: skip
def get_capacity_entry(request: HttpRequest, entry_id: int) -> Any:
    """An entry with its postings and its ground."""
    mine = CapacityPosting.objects.filter(scope_of_request(request).lines(), entry=entry_id)
    return _entry(get_object_or_404(_entries(request, mine)))


def _entries(request: HttpRequest, postings: Any) -> Any:
    within = CapacityPosting.objects.filter(scope_of_request(request).lines()).order_by("place")
    return CapacityEntry.objects.filter(pk__in=postings.values("entry")).prefetch_related(
        Prefetch("postings", queryset=within)
    )


def _balance(one: Balance) -> dict[str, Any]:
    return {
        **{name: one.by.get(name) for name in ("product", "unit", "industry", "city")},
        "stocks": dict(one.stocks),
        "live": one.live,
        "exited": one.exited,
        "total": one.total,
    }


def _entry(one: CapacityEntry) -> dict[str, Any]:
    return {
        "entry": one.pk,
        "kind": one.kind,
        "line_id": one.line_id,
        "product": one.product,
        "effective_on": one.effective_on,
        "known_on": one.known_on,
        "import_id": one.of_import_id,
        "case_id": one.case_no,
        "case_number": one.case_number,
        "act": one.act_kind,
        "equipment": one.equipment,
        "standing": one.standing_no,
        "corrects": one.corrects_id,
        "instead_of": one.instead_of_id,
        "reason": one.reason,
        "postings": [
            {
                "state": each.account,
                "amount": each.amount,
                "unit": each.unit,
                "uscc": each.enterprise_id,
                "division_code": each.division_code,
                "industry": each.industry,
            }
            for each in one.postings.all()
        ],
    }

"""The responsibility matrix: clause by clause, who leads and who cooperates, under today's names.

Everybody may read it: the Opinions and the tables of the region pack are public.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import functions_on
from phaseout.accounts.requests import today_of
from phaseout.law.opinions import Clause, Duty, Opinions
from phaseout.law.refusals import Bilingual, Refusal

LEAD, COOPERATE = "lead", "cooperate"


@dataclass(frozen=True, slots=True)
class Row:
    """One duty: its clause, its subject where the clause has several, a part for each function."""

    clause: Clause
    subject: str
    parts: tuple[str, ...]
    """`lead`, `cooperate` or nothing, in the order of the columns"""


@dataclass(frozen=True, slots=True)
class Column:
    function: str
    name: Bilingual


def columns(opinions: Opinions, on: date) -> tuple[Column, ...]:
    """The functions that have a duty, in the order in which the Opinions name them. Two functions
    that one organisation holds on that day stay two columns: each has duties of its own."""
    named = functions_on(on)
    order = dict.fromkeys(f for duty in opinions.duties for f in (*duty.lead, *duty.cooperating))
    return tuple(Column(f, named.get(f, (f, f))) for f in order)


def rows(opinions: Opinions, order: tuple[Column, ...]) -> tuple[Row, ...]:
    """A row for each duty, in the order of the clauses."""
    counts: dict[int, int] = {}
    for duty in opinions.duties:
        counts[duty.clause] = counts.get(duty.clause, 0) + 1
    return tuple(
        Row(
            opinions.clause(duty.clause),
            duty.subject if counts[duty.clause] > 1 else "",
            tuple(_part(duty, column.function) for column in order),
        )
        for duty in opinions.duties
    )


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """职责分工表: clauses by organisations."""
    opinions = Opinions.of()
    order = columns(opinions, today_of(request))
    shown = [
        (row, [(part, column.name) for part, column in zip(row.parts, order, strict=True)])
        for row in rows(opinions, order)
    ]
    return render(request, "accounts/matrix.html", {"columns": order, "rows": shown})


@require_safe
def clause(request: HttpRequest, number: int) -> HttpResponse:
    """One clause: its text, and whose duty it is."""
    opinions = Opinions.of()
    try:
        found = opinions.clause(number)
    except Refusal as refusal:
        raise Http404(str(number)) from refusal
    named = functions_on(today_of(request))
    duties = [
        (
            duty.subject,
            [named.get(f, (f, f)) for f in duty.lead],
            [named.get(f, (f, f)) for f in duty.cooperating],
        )
        for duty in opinions.duties
        if duty.clause == number
    ]
    context = {
        "clause": found,
        "paragraphs": found.text_zh.splitlines(),
        "duties": duties,
        "several": len(duties) > 1,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < len(opinions.clauses) else None,
    }
    return render(request, "accounts/clause.html", context)


def _part(duty: Duty, function: str) -> str:
    if function in duty.lead:
        return LEAD
    return COOPERATE if function in duty.cooperating else ""

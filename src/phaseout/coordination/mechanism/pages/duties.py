"""The responsibility matrix with the work on it, an office's page, and the lists behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phaseout.accounts.matrix import Row, columns
from phaseout.accounts.matrix import rows as duty_rows
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.accounts.scope import CLAUSES, Scope
from phaseout.coordination.mechanism.standing import points_seen
from phaseout.coordination.mechanism.work import (
    BY_KEY,
    KINDS,
    Load,
    Tally,
    rows,
    tally,
    under,
)
from phaseout.coordination.offices import cities, name_of
from phaseout.law.opinions import CITIES, Opinions

MOST = 200


@require_safe
@officials
def matrix(request: HttpRequest) -> HttpResponse:
    """Clause × organisation: lead or cooperate, and what each has open and late."""
    opinions, today, scope = Opinions.of(), today_of(request), scope_of_request(request)
    order = columns(opinions, today)
    loads = tally(scope, today)
    listed = duty_rows(opinions, order)
    places = _places(listed, [one.function for one in order])
    shown = []
    for at, row in enumerate(listed):
        number = row.clause.number
        cells = []
        for part, column in zip(row.parts, order, strict=True):
            here = places[number, column.function] == at
            cells.append(
                {
                    "part": part,
                    "name": column.name,
                    "load": _sum(loads, number, column.function) if here else Load(),
                    "url": _url(clause=number, office=column.function),
                    "late_url": _url(clause=number, office=column.function, late="1"),
                }
            )
        shown.append((row, cells))
    context = {"columns": order, "rows": shown, "unseen": _unseen(scope)}
    return render(request, "mechanism/matrix.html", context)


def _unseen(scope: Scope) -> frozenset[int]:
    """The clauses whose cases are not the reader's: no number there means unknown, not none."""
    read = scope.dimensions()
    return frozenset(clause for clause, dimension in CLAUSES.items() if dimension not in read)


def _places(listed: Sequence[Row], functions: Sequence[str]) -> dict[tuple[int, str], int]:
    """(clause, function) → the row at which its work is shown, once: the first of the clause in
    which it has a part, else the clause's first."""
    found: dict[tuple[int, str], int] = {}
    for at, row in reversed(list(enumerate(listed))):
        for part, function in zip(row.parts, functions, strict=True):
            name = row.clause.number, function
            if (
                part
                or name not in found
                or not listed[found[name]].parts[functions.index(function)]
            ):
                found[name] = at
    return found


def _sum(loads: Tally, clause: int, function: str) -> Load:
    return _added(
        load
        for (number, office), kinds in loads.items()
        if number == clause and under(office) == function
        for load in kinds.values()
    )


def _total(loads: Tally, function: str) -> Load:
    return _added(
        load
        for (_, office), kinds in loads.items()
        if function in (office, under(office))
        for load in kinds.values()
    )


def _added(loads: Iterable[Load]) -> Load:
    found = Load()
    for one in loads:
        found.open += one.open
        found.late += one.late
    return found


def _url(**asked: Any) -> str:
    return f"{reverse('duties-work')}?{urlencode(asked)}"


@require_safe
@officials
def office(request: HttpRequest, office: str) -> HttpResponse:
    """One organisation: its duties, what it has open and late in each, and from meetings."""
    opinions, scope, today = Opinions.of(), scope_of_request(request), today_of(request)
    known = {h.function for h in opinions.holders}
    if office not in known and office != CITIES:
        raise Http404(office)
    loads = tally(scope, today)
    several = Counter(duty.clause for duty in opinions.duties)
    duties = [
        {
            "clause": opinions.clause(duty.clause),
            "subject": duty.subject if several[duty.clause] > 1 else "",
            "leads": under(office) in duty.lead,
        }
        for duty in opinions.duties
        if under(office) in (*duty.lead, *duty.cooperating)
    ]
    work = []
    for (clause, holder), kinds in sorted(loads.items()):
        if office not in (holder, under(holder)):
            continue
        for key, load in kinds.items():
            asked = {"clause": clause, "office": holder, "source": key}
            work.append(
                {
                    "clause": opinions.clause(clause),
                    "words": BY_KEY[key].words,
                    "holder": name_of(holder, today),
                    "load": load,
                    "url": _url(**asked),
                    "late_url": _url(**asked, late="1"),
                }
            )
    held = [one for one in known if under(one) == office] if office == CITIES else [office]
    context = {
        "office": office,
        "name": name_of(office, today),
        "duties": duties,
        "work": work,
        "total": _total(loads, office),
        "cities": [(one, name_of(one, today)) for one in cities()] if office == CITIES else [],
        "points": points_seen(scope, today)
        .filter(office__in=held)
        .select_related("minutes__meeting")
        .order_by("due", "pk")[:MOST],
    }
    return render(request, "mechanism/office.html", context)


@require_safe
@officials
def work(request: HttpRequest) -> HttpResponse:
    """The work behind a number: of a clause, an office, a kind; only what is late."""
    scope, today, asked = scope_of_request(request), today_of(request), request.GET
    opinions = Opinions.of()
    clause = _clause(asked.get("clause", ""))
    office_ = asked.get("office", "")
    known = {h.function for h in opinions.holders}
    if office_ and office_ not in known and office_ != CITIES:
        raise Http404(office_)
    offices = cities() if office_ == CITIES else [office_] if office_ else []
    late = asked.get("late") == "1"
    wanted = [BY_KEY[asked["source"]]] if asked.get("source") in BY_KEY else KINDS
    found: list[dict[str, Any]] = []
    for source in wanted:
        items = rows(source, scope, today, clause=clause, offices=offices, late=late, most=MOST + 1)
        if items:
            found.append({"words": source.words, "items": items[:MOST], "more": len(items) > MOST})
    context = {
        "found": found,
        "clause": opinions.clause(clause) if clause else None,
        "office": office_,
        "name": name_of(office_, today) if office_ else None,
        "several": not office_ or office_ == CITIES,
        "late": late,
        "most": MOST,
    }
    return render(request, "mechanism/work.html", context)


def _clause(text: str) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= 21:
        return int(text)
    raise Http404(text)

"""The returns of a year at a glance: departments by cities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.coordination.returns.seats import (
    cities,
    city_seat,
    department_seat,
    departments,
    sees,
)
from phaseout.coordination.returns.standing import Place, State, places, years
from phaseout.law.annual import reminders, returns_due


@require_safe
@officials
def returns(request: HttpRequest) -> HttpResponse:
    """Who has reported, who is late; one's own first. `year`: of which year, else the one whose
    returns are due next or were due last."""
    scope, today = scope_of_request(request), today_of(request)
    known = years(today)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) < 5 else _at_hand(known, today)
    if year not in known:
        raise Http404
    seen = [city for city in cities() if sees(scope, city)]
    found = places(year, today, of=seen) if seen else []
    context = {
        "year": year,
        "years": known,
        "today": today,
        "cities": [(code, place_words(code)) for code in seen],
        "rows": [
            (
                office_name(each, REGION_CODE, today),
                [one for one in found if one.department == each],
            )
            for each in departments()
        ],
        "mine": [
            one
            for one in found
            if (one.waits_for_city and city_seat(scope, one.department, one.city))
            or (one.state is State.FILED and department_seat(scope, one.department))
        ],
        "counts": _counts(found),
        "all_in": all(one.met for one in found),
        "over": bool(found) and found[0].is_past,
        "due": found[0].due if found else None,
    }
    return render(request, "returns/returns.html", context)


def _at_hand(known: Sequence[int], today: date) -> int:
    """The year whose returns are due next, once people are reminded of it; before, the last one."""
    begun = today >= min(reminders(returns_due(today.year).due))
    return known[0] if begun or len(known) == 1 else known[1]


def _counts(found: Sequence[Place]) -> list[tuple[State, int]]:
    return [(state, sum(one.state is state for one in found)) for state in State]

"""The periods of a case as people read them: last day, whose, what follows; the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.cases.parties import party
from phaseout.casework.models import Case
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.norms import Confidence
from phaseout.law.periods.certificate import Certificate
from phaseout.law.procedures import Standing, State
from phaseout.law.procedures.citing import cited
from phaseout.law.procedures.deadlines import Deadline
from phaseout.law.procedures.rows import words
from phaseout.law.refusals import Bilingual

STANDINGS: dict[Standing, Bilingual] = {
    Standing.RUNNING: ("进行中", "running"),
    Standing.MET: ("按期完成", "met in time"),
    Standing.MET_LATE: ("逾期完成", "met too late"),
    Standing.LAPSED: ("已逾期", "lapsed"),
    Standing.OVER: ("已过，未行使", "over, not used"),
    Standing.ENDED: ("随程序终了", "ended with the round"),
    Standing.UNCOUNTED: ("待日历公布后计算", "to be counted when the calendar is out"),
    Standing.OPEN: ("无届满日", "no last day"),
}
STILL = (
    "停止计算，恢复后重新计算最后一日",
    "not running; its last day is counted when it runs again",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A deadline as the page of the case shows it."""

    deadline: Deadline
    place: int
    whose: Bilingual
    kind: Bilingual
    standing: Bilingual
    then: tuple[Bilingual, ...]
    sort: tuple[bool, date]

    @property
    def met(self) -> bool:
        return self.deadline.standing is Standing.MET

    @property
    def counts_down(self) -> bool:
        """Whether days left, or over, mean something."""
        running = self.deadline.standing in (Standing.RUNNING, Standing.LAPSED)
        return running and not self.deadline.still

    @property
    def lapsed(self) -> bool:
        return self.deadline.standing in (Standing.LAPSED, Standing.MET_LATE)


def deadlines_shown(case: Case, now: State, today: date) -> tuple[list[Shown], list[Shown]]:
    """Those that are still open, the most urgent first, and those that are done with."""
    shown = [_shown(case, now, one, today) for one in now.deadlines]
    going = [one for one in shown if now.going(one.deadline)]
    settled = [one for one in shown if one not in going]
    return sorted(going, key=lambda one: one.sort), settled


def _shown(case: Case, now: State, one: Deadline, today: date) -> Shown:
    acts = now.procedure.acts
    return Shown(
        deadline=one,
        place=one.opened_by + 1,
        whose=party(case, one.whose, today),
        kind=words().get(("kind", one.kind), (one.kind, one.kind)),
        standing=STILL if one.still else STANDINGS[one.standing],
        then=tuple(acts[kind].name for kind in one.then if kind in acts),
        sort=(one.due is None, one.due or date.max),
    )


@require_safe
@requires(Power.READ)
def case_deadline(request: HttpRequest, pk: int, place: int, period: str) -> HttpResponse:
    """The certificate: how the last day was counted, step by step, each with its citation."""
    today = today_of(request)
    case = get_object_or_404(cases_within(scope_of_request(request)), pk=pk)
    done = acts_of(case)
    now = standing_of(case, done, on=today)
    for one in now.deadlines:
        if (one.period, one.opened_by + 1) == (period, place):
            opener = done[one.opened_by]
            rule = now.procedure.acts.get(opener.kind)
            context: dict[str, Any] = {
                "case": case,
                "one": _shown(case, now, one, today),
                "opener": opener,
                "opener_name": rule.name if rule else (opener.kind, opener.kind),
                "steps": _steps(one.certificate) if one.certificate else [],
            }
            return render(request, "casework/case_deadline.html", context)
    raise Http404


def _steps(certificate: Certificate) -> list[dict[str, Any]]:
    return [
        {
            "says": step.says,
            "cites": [
                {
                    "words": (cited(citation, 0), cited(citation, 1)),
                    "recalled": citation.confidence is not Confidence.VERIFIED,
                }
                for citation in step.cites
            ],
        }
        for step in certificate.steps
    ]

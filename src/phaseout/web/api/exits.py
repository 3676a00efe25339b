"""The acts that open the exit of a line: on a decision served, on the enterprise's application."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.casework import acts
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.preparing import Asked
from phaseout.registry.models import ProductionLine
from phaseout.web.api.acts import Key, Reason, asked_of, who_asks
from phaseout.web.api.answers import ACTS, answers
from phaseout.web.api.case_shown import ActShown, CaseRow, act_shown, case_rows
from phaseout.web.api.fields import Word
from phaseout.web.api.keys import held

router = Router(tags=["acts"])


class ExitAsked(Schema):
    """What the opening carries. `facts` by item of the table of the exit, as for other acts."""

    facts: dict[str, Any] = Field({}, description="what the act carries, by item")
    reason: Reason = ""


class ApplicationAsked(ExitAsked):
    """An application: for which line, and what it carries."""

    line: Word = Field(description="a line of the enterprise for which you act")


class ExitOpened(Schema):
    """The case of the exit, and the act that opened it."""

    case: CaseRow
    act: ActShown


@router.post(
    "/cases/{case_id}/exit",
    operation_id="open_exit",
    summary="Open the exit of a line on a decision (立退出案)",
    response=answers(ExitOpened, *ACTS, status=201),
    auth=held(Power.ACT),
)
def open_exit(request: HttpRequest, case_id: int, asked: ExitAsked, idempotency_key: Key) -> Any:
    """`case_id` is the case in which the decision to close was served. Facts: `decision_served`
    (files), `exit_form`. Refused while an exit of the line is open (`act.exit-already-open`)."""
    source = get_object_or_404(cases_within(scope_of_request(request)), pk=case_id)
    wanted = _asked(request, source, acts.ON_DECISION, asked)
    act = acts.open_exit(source.pk, wanted, key=idempotency_key, **who_asks(request))
    return Status(201, _opened(request, act))


@router.post(
    "/exits",
    operation_id="apply_exit",
    summary="Apply for the exit of a line of one's own (申请自愿退出)",
    response=answers(ExitOpened, *ACTS, status=201),
    auth=held(Power.ACT),
)
def apply_exit(request: HttpRequest, asked: ApplicationAsked, idempotency_key: Key) -> Any:
    """An enterprise opens the exit of its line; the office of the case accepts or refuses it.
    Facts: `application` (files), `exit_form`. Of a line that is not one's own it is refused
    (`act.line-of-another`)."""
    lines = ProductionLine.objects.filter(scope_of_request(request).lines())
    line = get_object_or_404(lines.select_related("enterprise"), pk=asked.line)
    case = acts.application_of(line, today_of(request))
    wanted = _asked(request, case, acts.APPLY, asked)
    act = acts.apply_exit(line.pk, wanted, key=idempotency_key, **who_asks(request))
    return Status(201, _opened(request, act))


def _asked(request: HttpRequest, case: Case, kind: str, asked: ExitAsked) -> Asked:
    """The act as asked for; files are those of the case named, or one's own."""
    exit_of = acts.application_of(case.line, today_of(request))
    return asked_of(request, case, kind, asked.facts, asked.reason, rules_of=exit_of)


def _opened(request: HttpRequest, act: Act) -> dict[str, Any]:
    case = Case.objects.select_related("enterprise", "line").get(pk=act.case_id)
    return {"case": case_rows(request, [case])[0], "act": act_shown(act)}

"""The acts on a yearly plan: drawn up and changed, sent for opinions, answered, submitted, adopted
or sent back. The same functions as the pages; who may do what, they say themselves."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import ways
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.models import Opinion, WorkPlan
from phaseout.web.api.acts import Key
from phaseout.web.api.answers import ACTS, READS, answers
from phaseout.web.api.coordination import LongText, WorkPlanRow, plan_row, plans_of, router
from phaseout.web.api.fields import NO_NUL, LineId
from phaseout.web.api.keys import held, of_an_office
from phaseout.web.api.paging import Page, Turn, turn

Office = Annotated[str, StringConstraints(max_length=32, pattern=NO_NUL)]
Reason = Annotated[str, StringConstraints(max_length=400, pattern=NO_NUL)]
Document = Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)]
Digest = Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)]


class LineChanged(Schema):
    """What a person says of a line; null: as computed."""

    reason: Reason
    included: bool | None = None
    due: date | None = None
    office: Office | None = None


class MeasureChanged(Schema):
    """Another text of a measure."""

    text: LongText
    reason: Reason


class DraftAsked(Schema):
    """A draft of a year's plan. Nothing changed by hand: drawn up anew from the findings and cases
    of today. Else the draft before with these changes, and nothing else."""

    year: Annotated[int, Field(ge=1, le=9999)]
    reason: LongText = Field("", description="why there is a further draft")
    lines: dict[LineId, LineChanged] = Field(
        default_factory=dict, max_length=2000, description="by line; one not listed is taken in"
    )
    measures: dict[Annotated[int, Field(ge=1, le=32767)], MeasureChanged] = Field(
        default_factory=dict, max_length=500, description="by the place of the measure"
    )


class ConsultAsked(Schema):
    """Who is asked for an opinion, and until when, inside."""

    offices: list[Office] = Field(max_length=60, examples=[["drc", "mof", "epd"]])
    last_day: date


class Read(Schema):
    """The digest of what was read."""

    digest: Digest


class AdoptAsked(Read):
    """The digest of what was read, and the number under which it is issued."""

    document: Document


class BackAsked(Schema):
    """Why it is sent back."""

    reason: LongText


class OpinionRow(Schema):
    """A point of a reply. `outcome`: followed, partly, declined; null: nobody has answered it."""

    id: int
    plan: int
    office: str
    text: str
    outcome: str | None
    reason: str | None


class Opinions(Page):
    """A page of points."""

    items: list[OpinionRow]


class OpinionAnswered(Schema):
    """How a point is answered; the reason unless it is followed."""

    outcome: Literal["followed", "partly", "declined"]
    reason: LongText = ""


@router.post(
    "/plans",
    operation_id="draft_work_plan",
    summary="Draw up a year's plan, or a further draft of it (拟定、修改)",
    response=answers(WorkPlanRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def draft_work_plan(request: HttpRequest, asked: DraftAsked, idempotency_key: Key) -> Any:
    """By an officer of a leading department. What it is made of is written down as of today."""
    of_an_office(request)
    edits = acts.Edits(
        {line: acts.LineEdit(**said.dict()) for line, said in asked.lines.items()},
        {place: acts.TextEdit(**said.dict()) for place, said in asked.measures.items()},
        asked.reason,
    )
    made = acts.draft_plan(asked.year, edits, **ways(request, idempotency_key))
    return _done(request, made.pk)


@router.post(
    "/plans/{work_plan_id}/consult",
    operation_id="consult_on_plan",
    summary="Send a draft to the departments for opinions (征求意见)",
    response=answers(WorkPlanRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def consult_on_plan(
    request: HttpRequest, work_plan_id: int, asked: ConsultAsked, idempotency_key: Key
) -> Any:
    """All that clause (19) names must be among them."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    acts.consult(plan.pk, asked.offices, asked.last_day, **ways(request, idempotency_key))
    return _done(request, plan.pk)


@router.get(
    "/plans/{work_plan_id}/opinions",
    operation_id="list_opinions_on_plan",
    summary="The points of the replies to a consultation, with the answers",
    response=answers(Opinions, *READS),
)
def list_opinions_on_plan(request: HttpRequest, work_plan_id: int, turning: Turn) -> Any:
    """Of all drafts of its turn that were sent out, in the order in which they came."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    return turn(request, _opinions(plan), ("id",), turning, _opinion)


@router.post(
    "/plans/{work_plan_id}/opinions/{opinion_id}/answer",
    operation_id="answer_opinion_on_plan",
    summary="Answer a point of a reply (答复意见)",
    response=answers(OpinionRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def answer_opinion_on_plan(
    request: HttpRequest,
    work_plan_id: int,
    opinion_id: int,
    asked: OpinionAnswered,
    idempotency_key: Key,
) -> Any:
    """By a leading department, once; no office answers itself."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    point = get_object_or_404(_opinions(plan), pk=opinion_id)
    acts.answer_opinion(point.pk, asked.outcome, asked.reason, **ways(request, idempotency_key))
    return Status(201, _opinion(_opinions(plan).get(pk=point.pk)))


@router.post(
    "/plans/{work_plan_id}/submit",
    operation_id="submit_work_plan",
    summary="Submit a draft to the government (报请审定)",
    response=answers(WorkPlanRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def submit_work_plan(
    request: HttpRequest, work_plan_id: int, asked: Read, idempotency_key: Key
) -> Any:
    """By a leader of a leading department, on the digest that was read."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    acts.submit(plan.pk, digest=asked.digest, **ways(request, idempotency_key))
    return _done(request, plan.pk)


@router.post(
    "/plans/{work_plan_id}/send-back",
    operation_id="send_back_work_plan",
    summary="Send a submitted draft back (退回修改)",
    response=answers(WorkPlanRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def send_back_work_plan(
    request: HttpRequest, work_plan_id: int, asked: BackAsked, idempotency_key: Key
) -> Any:
    """By the government; what follows is a further draft."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    acts.send_back(plan.pk, asked.reason, **ways(request, idempotency_key))
    return _done(request, plan.pk)


@router.post(
    "/plans/{work_plan_id}/adopt",
    operation_id="adopt_work_plan",
    summary="Adopt and issue a submitted draft (审定印发)",
    response=answers(WorkPlanRow, *ACTS, status=201),
    auth=held(Power.ACT),
)
def adopt_work_plan(
    request: HttpRequest, work_plan_id: int, asked: AdoptAsked, idempotency_key: Key
) -> Any:
    """By the government, on the digest that was read: in force from this day on."""
    plan = get_object_or_404(plans_of(request), pk=work_plan_id)
    how = ways(request, idempotency_key)
    acts.adopt(plan.pk, asked.document, digest=asked.digest, **how)
    return _done(request, plan.pk)


def _done(request: HttpRequest, plan_id: int) -> Status[Any]:
    return Status(201, plan_row(request, plans_of(request).get(pk=plan_id)))


def _opinions(plan: WorkPlan) -> QuerySet[Opinion]:
    """Those on the drafts of one turn: a further draft answers what was said of the one before."""
    rows = Opinion.objects.filter(
        reply__asked__consultation__plan__year=plan.year,
        reply__asked__consultation__plan__turn=plan.turn,
    )
    return rows.select_related("reply__asked__consultation", "answer")


def _opinion(one: Opinion) -> dict[str, Any]:
    asked, answer = one.reply.asked, getattr(one, "answer", None)
    return {
        "id": one.pk,
        "plan": asked.consultation.plan_id,
        "office": asked.office,
        "text": one.text,
        "outcome": answer.outcome if answer else None,
        "reason": answer.reason if answer else None,
    }

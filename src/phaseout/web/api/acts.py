"""Acts of a case: done, prepared, signed; its deadlines and tasks; the files that acts carry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Header, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.casework import acts
from phaseout.casework.cases.doing.uploading import attachable
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.cases.signing.waiting import proposals_within
from phaseout.casework.models import Case, Proposal
from phaseout.casework.papers.seeing import from_inside_an_enterprise
from phaseout.casework.proceeding.facts import item_types
from phaseout.casework.proceeding.preparing import LONGEST_REASON, Asked
from phaseout.casework.proceeding.refusing import file_unknown
from phaseout.casework.proceeding.standing import acts_of, current, standing_of
from phaseout.casework.tasks.listing import of_case
from phaseout.evidence.attaching import LARGEST, attach
from phaseout.law.procedures.plain import deadline_as_data
from phaseout.web.api.answers import ACTS, READS, answers, unknown
from phaseout.web.api.case_shown import ActShown, act_shown
from phaseout.web.api.facts_of_acts import read_facts
from phaseout.web.api.fields import NO_NUL, Both, both
from phaseout.web.api.keys import held

router = Router(tags=["acts"])

Reason = Annotated[str, StringConstraints(max_length=LONGEST_REASON, pattern=NO_NUL)]
Key = Annotated[
    UUID,
    Header(
        alias="Idempotency-Key",
        description="a UUID of your own for this act; sent again, what was done before comes back",
    ),
]


class ActAsked(Schema):
    """An act to do or to prepare. `facts` by item of the procedure's table; days and moments are
    ISO texts, amounts texts, files lists of the digests that POST /evidence gave."""

    kind: Annotated[str, StringConstraints(max_length=40, pattern=NO_NUL)] = Field(
        examples=["order.collect_evidence"]
    )
    facts: dict[str, Any] = Field({}, description="what the act carries, by item")
    reason: Reason = ""
    served_from: date | None = Field(
        None, description="of an act that serves: the day of the record, return slip or notice"
    )
    consent: bool = Field(False, description="the party has signed for electronic service")
    seen: int | None = Field(
        None, ge=0, description="how many acts the case had when you looked; null: not told"
    )


class ProposalShown(Schema):
    """An act that was prepared, and what became of it."""

    id: int
    case: int
    kind: str
    name: Both
    state: str
    facts: dict[str, Any]
    served_on: date | None
    reason: str
    prepared_by: str
    prepared_on: date
    digest: str = Field(description="what a signature covers; send it back to sign")
    settled_by: str | None
    settled_on: date | None
    answer: str


class Signature(Schema):
    """The digest of what was read."""

    digest: Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)]


class Answer(Schema):
    """Why it is returned."""

    answer: Reason


class Kept(Schema):
    """A file that is kept as evidence."""

    digest: str
    name: str
    size: int
    media_type: str


class DeadlineShown(Schema):
    """A period that an act has opened, with the certificate of how its last day was counted."""

    period: str
    name: Both
    kind: str
    whose: str
    opened_by: int = Field(description="place of the act that opened it")
    runs_from: date | datetime
    due: date | None
    standing: str
    met_on: date | None
    lapse: Both
    then: list[str]
    certificate: dict[str, Any] | None
    uncounted: dict[str, Any] | None


class TaskShown(Schema):
    """A task that the case has raised for an organisation."""

    task: str
    name: Both
    item: str
    office: str
    office_name: Both
    state: str
    arisen_on: date
    due: date | None
    ended_on: date | None


@router.post(
    "/cases/{case_id}/acts",
    operation_id="do_act",
    summary="Do an act of a case",
    response=answers(ActShown, *ACTS, status=201),
    auth=held(Power.ACT),
)
def do_act(request: HttpRequest, case_id: int, asked: ActAsked, idempotency_key: Key) -> Any:
    """An act that its holder does alone. Where a leader signs it is refused
    (`act.needs-signature`): prepare it with POST /cases/{case_id}/proposals. An enterprise does
    its own acts here: states, asks, reports."""
    case = get_object_or_404(cases_within(scope_of_request(request)), pk=case_id)
    act = acts.perform(
        case.pk,
        _asked(request, case, asked),
        key=idempotency_key,
        seen=asked.seen,
        **who_asks(request),
    )
    return Status(201, act_shown(act))


@router.post(
    "/cases/{case_id}/proposals",
    operation_id="prepare_act",
    summary="Prepare an act for a signature (拟办)",
    response=answers(ProposalShown, *ACTS, status=201),
    auth=held(Power.ACT),
)
def prepare_act(request: HttpRequest, case_id: int, asked: ActAsked, idempotency_key: Key) -> Any:
    """It changes nothing until it is signed, and must be lawful as of today."""
    case = _case(request, case_id)
    proposal = acts.propose(
        case.pk,
        _asked(request, case, asked),
        key=idempotency_key,
        seen=asked.seen,
        **who_asks(request),
    )
    return Status(201, _shown(proposal))


@router.get(
    "/proposals/{proposal_id}",
    operation_id="get_proposal",
    summary="One act that was prepared",
    response=answers(ProposalShown, *READS),
)
def get_proposal(request: HttpRequest, proposal_id: int) -> Any:
    """All that would be done, and its digest."""
    return _shown(_proposal(request, proposal_id))


@router.post(
    "/proposals/{proposal_id}/sign",
    operation_id="sign_proposal",
    summary="Sign (签发)",
    response=answers(ActShown, *ACTS, status=201),
    auth=held(Power.SIGN),
)
def sign_proposal(
    request: HttpRequest, proposal_id: int, asked: Signature, idempotency_key: Key
) -> Any:
    """The act is done, if it is still lawful today and is what was read."""
    proposal = _proposal(request, proposal_id)
    act = acts.sign(proposal.pk, digest=asked.digest, key=idempotency_key, **who_asks(request))
    return Status(201, act_shown(act))


@router.post(
    "/proposals/{proposal_id}/decline",
    operation_id="decline_proposal",
    summary="Return (退回)",
    response=answers(ProposalShown, *ACTS),
    auth=held(Power.SIGN),
)
def decline_proposal(request: HttpRequest, proposal_id: int, asked: Answer) -> Any:
    """The leader returns what was prepared, with a reason."""
    proposal = _proposal(request, proposal_id)
    return _shown(acts.decline(proposal.pk, answer=asked.answer, **who_asks(request)))


@router.post(
    "/proposals/{proposal_id}/withdraw",
    operation_id="withdraw_proposal",
    summary="Take back (撤回)",
    response=answers(ProposalShown, *ACTS),
    auth=held(Power.ACT),
)
def withdraw_proposal(request: HttpRequest, proposal_id: int) -> Any:
    """Who prepared it takes it back."""
    proposal = _proposal(request, proposal_id)
    who = who_asks(request)
    return _shown(acts.withdraw(proposal.pk, by=who["by"], today=who["today"]))


@router.get(
    "/cases/{case_id}/deadlines",
    operation_id="list_deadlines",
    summary="The deadlines of a case",
    response=answers(list[DeadlineShown], *READS),
)
def list_deadlines(request: HttpRequest, case_id: int) -> Any:
    """Every period that was opened, in that order, each with its certificate."""
    case = _case(request, case_id)
    now = standing_of(case, acts_of(case), on=today_of(request))
    found = [deadline_as_data(one) for one in now.deadlines]
    return [{**one, "opened_by": one["opened_by"] + 1} for one in found]


@router.get(
    "/cases/{case_id}/tasks",
    operation_id="list_case_tasks",
    summary="The tasks of a case",
    response=answers(list[TaskShown], *READS),
)
def list_case_tasks(request: HttpRequest, case_id: int) -> Any:
    """What the case has raised for organisations, and how it stands."""
    case = _case(request, case_id)
    return [
        {
            "task": one.task,
            "name": both(one.words),  # type: ignore[attr-defined]
            "item": one.item,
            "office": one.office,
            "office_name": both(one.office_words),  # type: ignore[attr-defined]
            "state": one.state,
            "arisen_on": one.arisen_on,
            "due": one.due,
            "ended_on": one.ended_on,
        }
        for one in of_case(case.pk, today_of(request))
    ]


@router.post(
    "/evidence",
    operation_id="keep_evidence",
    summary="Keep a file as evidence",
    response=answers(Kept, *ACTS, status=201),
    auth=held(Power.ACT),
)
def keep_evidence(
    request: HttpRequest,
    file: Annotated[
        UploadedFile,
        File(
            description="PDF, PNG, JPEG, OFD, DOCX or XLSX by its content, at most "
            f"{LARGEST // 1024 // 1024} MB, as multipart/form-data"
        ),
    ],
) -> Any:
    """Its digest names it in the facts of an act. The same bytes brought again have the same."""
    kept = attach(file, by=request.user)
    return Status(
        201,
        {
            "digest": kept.digest,
            "name": kept.name,
            "size": kept.size,
            "media_type": kept.media_type,
        },
    )


def _case(request: HttpRequest, case_id: int) -> Case:
    """A case as an office sees it: to an enterprise it would show internal papers."""
    scope = scope_of_request(request)
    if from_inside_an_enterprise(scope):
        raise unknown()
    return get_object_or_404(cases_within(scope), pk=case_id)


def _proposal(request: HttpRequest, proposal_id: int) -> Proposal:
    found = get_object_or_404(proposals_within(scope_of_request(request)), pk=proposal_id)
    _case(request, found.case_id)
    return found


def who_asks(request: HttpRequest) -> dict[str, Any]:
    """Who acts, with which reach, on which day: what every act is told."""
    return {
        "by": request.user,
        "scope": scope_of_request(request),
        "today": today_of(request),
    }


def _asked(request: HttpRequest, case: Case, asked: ActAsked) -> Asked:
    served = asked.served_from, asked.consent
    return asked_of(request, case, asked.kind, asked.facts, asked.reason, *served)


def asked_of(
    request: HttpRequest,
    case: Case,
    kind: str,
    given: dict[str, Any],
    reason: str,
    served_from: date | None = None,
    consent: bool = False,
    *,
    rules_of: Case | None = None,
) -> Asked:
    """The act as it came, its files looked up.

    Args:
        case: whose files may be named besides one's own.
        rules_of: the case whose procedure has the act, where that is another.

    Raises:
        Refusal: `act.file-unknown`; 422 for facts that are not understood.
    """
    facts = read_facts(given)
    digests = {d for item in facts if item_types().get(item) == "file" for d in facts[item]}
    unread = digests - attachable(digests, case, request.user).keys()  # type: ignore[arg-type]
    if unread:
        ruled = rules_of or case
        done = acts_of(ruled) if ruled.pk is not None else []
        rule = current(ruled, done).acts.get(kind)
        if rule is not None:  # an act that there is not is refused for that
            raise file_unknown(rule, min(unread))
    return Asked(kind, facts, reason, served_from, consent)


def _shown(proposal: Proposal) -> dict[str, Any]:
    rule = current(proposal.case, acts_of(proposal.case)).acts.get(proposal.kind)
    return {
        "id": proposal.pk,
        "case": proposal.case_id,
        "kind": proposal.kind,
        "name": both(rule.name if rule else (proposal.kind, proposal.kind)),
        "state": proposal.state,
        "facts": proposal.facts,
        "served_on": proposal.served_on,
        "reason": proposal.reason,
        "prepared_by": str(proposal.prepared_by),
        "prepared_on": proposal.prepared_on,
        "digest": proposal.digest,
        "settled_by": str(proposal.settled_by) if proposal.settled_by else None,
        "settled_on": proposal.settled_on,
        "answer": proposal.answer,
    }

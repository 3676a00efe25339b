"""Cases: list, one, what would follow, open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework import acts
from phaseout.casework.cases import showing
from phaseout.casework.cases.basis import follows
from phaseout.casework.cases.listing import (
    NEWEST_FIRST,
    CaseFilter,
    cases_within,
    office_words,
    reads_whole,
)
from phaseout.casework.cases.offices import names
from phaseout.casework.cases.opening import MOST, Opening, examine
from phaseout.casework.models import Act, Case, Finding
from phaseout.casework.own.standing import stages_told
from phaseout.casework.papers.concerning import places_read
from phaseout.casework.papers.seeing import from_inside_an_enterprise
from phaseout.casework.proceeding.choosing import choices
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.web.api.answers import ACTS, LISTS, READS, answers, not_understood, unknown
from phaseout.web.api.fields import NO_NUL, Both, FindingId, Word, both
from phaseout.web.api.keys import held
from phaseout.web.api.paging import Page, Turn, turn_together

router = Router(tags=["cases"])


class CaseRow(Schema):
    """A case in a list."""

    id: int
    number: str = Field(examples=["宁经信能立〔2018〕1号"])
    dimension: str
    uscc: str
    enterprise: str
    line_id: str
    line: str
    division_code: str
    office: str = Field(description="function of the office that handles it")
    office_name: Both
    lead: str = Field(description="function that leads, by clauses (4) to (8)")
    stage: str
    stage_name: Both
    opened_on: date
    closed_on: date | None


class Cases(Page):
    """A page of cases."""

    items: list[CaseRow]


class Follows(Schema):
    """What the law attaches to the findings; `settled` false: its article was recalled."""

    row_id: str
    consequence: str
    zh: str
    en: str
    law: Both
    settled: bool
    months: int | None
    extension_months: int | None


class Basis(Schema):
    """One thing that an act rests on: clause of the Opinions, law in force, norm row."""

    kind: Literal["opinions", "law", "norm"]
    source_id: str | None
    clause: str
    zh: str
    en: str
    row_id: str | None = None
    settled: bool | None = None


class ActShown(Schema):
    """One act of a case, as it was done."""

    place: int
    kind: str
    done_on: date
    served_on: date | None
    recorded_at: datetime
    by: str
    signed_by: str | None
    function: str
    office: str
    organisation: Both
    basis: list[Basis]
    facts: dict[str, Any] = Field(
        description="what the act carries, by item; to the holder of a task only of the acts that "
        "concern the task"
    )
    reason: str
    digest: str = Field(description="SHA-256 over the digest of the act before and its record")


class Ground(Schema):
    """A finding the case rests on: the version taken up, and the one that stands now."""

    finding: str
    version: int
    verdict: str
    provisional: bool
    summary: Both
    found_on: date
    ended_on: date | None
    stands: bool = Field(description="whether it is still the answer today")
    now: int | None = Field(description="the version that stands today; null: none does")


class NextAct(Schema):
    """An act from where the case stands. `allowed` false: `why` says what stands against it."""

    kind: str
    name: Both
    who: Both
    yours: bool = Field(description="whether a post of yours does or prepares it")
    signs: bool = Field(description="whether a leader signs what another has prepared")
    allowed: bool
    why: Both | None


class CaseShown(CaseRow):
    """A case whole."""

    procedure: str
    procedure_version: str
    acts: list[ActShown]
    grounds: list[Ground]
    next_acts: list[NextAct]


class CaseQuery(Schema):
    """What cases can be narrowed by."""

    q: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)] = Field(
        "", description="number of the case, or name or id of the enterprise or line"
    )
    dimension: Literal["", "energy", "environment", "quality", "safety", "technology"] = ""
    city: Literal["", "6401", "6402", "6403", "6404", "6405"] = Field(
        "", description="first four digits of the division code"
    )
    state: Literal["", "open", "closed"] = ""


class OpeningAsked(Schema):
    """The findings a case is to rest on: of one line and one dimension."""

    findings: list[FindingId] = Field(min_length=1, max_length=MOST)
    line: Word = Field("", description="the line, where the findings concern the whole enterprise")
    versions: list[int] = Field(
        [],
        max_length=MOST,
        description="`version` of each finding as it was read; if one was judged anew since, "
        "nothing is opened",
    )


class Opens(OpeningAsked):
    """An opening with its reason."""

    reason: Annotated[str, StringConstraints(max_length=acts.LONGEST_REASON, pattern=NO_NUL)] = (
        Field(examples=["经查，能耗超过限额。"])
    )


class Openable(Schema):
    """What opening would do: nothing is written yet."""

    uscc: str
    line_id: str
    dimension: str
    office: str
    office_name: Both
    lead: str
    leads: Both
    cooperating: Both
    procedure: str
    procedure_version: str
    basis: list[Basis]
    follows: list[Follows]
    versions: list[int]


@router.get("", operation_id="list_cases", summary="List cases", response=answers(Cases, *LISTS))
def list_cases(request: HttpRequest, asked: Annotated[CaseQuery, Query()], turning: Turn) -> Any:
    """The cases within one's scope, the newest first. An enterprise sees its own, each with the
    stage that it has been told of: what only the offices know is not in it."""
    scope = scope_of_request(request)
    form = CaseFilter(asked.dict(), scope=scope)
    if not form.is_valid():
        raise not_understood(
            [{"where": f"query.{name}", "says": "not within your scope"} for name in form.errors]
        )
    rows = cases_within(scope).filter(form.condition())
    return turn_together(
        request, rows, NEWEST_FIRST, turning, lambda page: case_rows(request, page)
    )


@router.post(
    "/examine",
    operation_id="examine_opening",
    summary="What opening a case would do",
    response=answers(Openable, *ACTS),
    auth=held(Power.OPEN_CASE),
)
def examine_opening(request: HttpRequest, asked: OpeningAsked) -> Any:
    """Checks all that opening checks, and writes nothing. A refusal (409) says what stands in the
    way and, in `about`, the rows to confirm, the conditions to settle or the case to go on in."""
    _see(request, asked)
    opening = examine(
        asked.findings,
        scope=scope_of_request(request),
        today=today_of(request),
        line_id=asked.line,
        seen=asked.versions,
    )
    return _openable(opening, today_of(request))


@router.get(
    "/{case_id}", operation_id="get_case", summary="One case", response=answers(CaseShown, *READS)
)
def get_case(request: HttpRequest, case_id: int) -> Any:
    """A case with its acts, its grounds then and now, and what the law goes on to.

    Whoever sees it for a task only is told no grounds, and what the acts carried only where it
    concerns the task.
    """
    scope, today = scope_of_request(request), today_of(request)
    if from_inside_an_enterprise(scope):  # internal acts and names are among these
        raise Http404
    case = get_object_or_404(cases_within(scope), pk=case_id)
    return _whole(case, scope, today)


@router.post(
    "",
    operation_id="open_case",
    summary="Open a case (立案)",
    response=answers(CaseShown, *ACTS, status=201),
    auth=held(Power.OPEN_CASE),
)
def open_case(
    request: HttpRequest,
    asked: Opens,
    idempotency_key: Annotated[
        UUID,
        Header(
            alias="Idempotency-Key",
            description="a UUID of your own for this act; sent again, the case opened before "
            "comes back and nothing is opened twice",
        ),
    ],
) -> Any:
    """One act, in one transaction; it cannot be undone, only followed by another act."""
    _see(request, asked)
    act = acts.open_case(
        asked.findings,
        by=request.user,  # type: ignore[arg-type]
        scope=scope_of_request(request),
        today=today_of(request),
        key=idempotency_key,
        reason=asked.reason,
        line_id=asked.line,
        seen=asked.versions,
    )
    case = cases_within(scope_of_request(request)).get(pk=act.case_id)
    return Status(201, _whole(case, scope_of_request(request), today_of(request)))


def _see(request: HttpRequest, asked: OpeningAsked) -> None:
    """Findings that are not there, or outside the scope, are not there (404)."""
    visible = Finding.objects.filter(
        scope_of_request(request).findings(), finding_id__in=asked.findings
    )
    if not visible.exists():
        raise unknown()


def case_rows(request: HttpRequest, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Cases as rows of a list, as who asks may see them."""
    today = today_of(request)
    rows = [_row(case, today) for case in cases]
    if from_inside_an_enterprise(scope_of_request(request)):
        told = stages_told(cases)
        for row in rows:
            stage = told[row["id"]]
            row |= {"stage": stage.id, "stage_name": both(stage.name)}
    return rows


def _row(case: Case, today: date) -> dict[str, Any]:
    return {
        "id": case.pk,
        "number": case.number,
        "dimension": case.dimension,
        "uscc": case.enterprise_id,
        "enterprise": case.enterprise.name,
        "line_id": case.line_id,
        "line": case.line.name,
        "division_code": case.division_code,
        "office": case.office,
        "office_name": both(office_words(case, today)),
        "lead": case.lead_function,
        "stage": case.stage,
        "stage_name": both(showing.stage_pair(case)),
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
    }


def _whole(case: Case, scope: Scope, today: date) -> dict[str, Any]:
    done = acts_of(case)
    now = standing_of(case, done, on=today)
    read = places_read(case, done, scope)
    grounds = showing.grounds(case, today) if reads_whole(case, scope) else []
    return {
        **_row(case, today),
        "procedure": case.procedure,
        "procedure_version": case.procedure_version,
        "acts": [act_shown(act, told=act.place in read) for act in done],
        "grounds": [_ground(shown) for shown in grounds],
        "next_acts": [
            {
                "kind": act.rule.kind,
                "name": both(act.rule.name),
                "who": both(act.who),
                "yours": act.yours,
                "signs": act.signs,
                "allowed": act.refusal is None,
                "why": both(act.refusal.why) if act.refusal else None,
            }
            for act in choices(case, now, scope, today)
        ],
    }


def act_shown(act: Act, *, told: bool = True) -> dict[str, Any]:
    """An act as plain data; not `told`, without what it carries."""
    return {
        "place": act.place,
        "kind": act.kind,
        "done_on": act.done_on,
        "recorded_at": act.recorded_at,
        "served_on": act.served_on,
        "by": str(act.by),
        "signed_by": str(act.signed_by) if act.signed_by else None,
        "function": act.function,
        "office": act.office,
        "organisation": Both(zh=act.organisation_zh, en=act.organisation_en),
        "basis": act.basis,
        "facts": act.facts if told else {},
        "reason": act.reason if told else "",
        "digest": act.digest,
    }


def _ground(shown: showing.GroundShown) -> dict[str, Any]:
    then = shown.then
    return {
        "finding": then.finding_id,
        "version": then.pk,
        "verdict": then.verdict,
        "provisional": then.provisional,
        "summary": Both(zh=then.summary_zh, en=then.summary_en),
        "found_on": then.found_on,
        "ended_on": then.ended_on,
        "stands": not shown.changed,
        "now": shown.now.pk if shown.now else None,
    }


def _openable(opening: Opening, today: date) -> dict[str, Any]:
    return {
        "uscc": opening.line.enterprise_id,
        "line_id": opening.line.pk,
        "dimension": opening.dimension,
        "office": opening.acting.office,
        "office_name": both(opening.acting.name),
        "lead": opening.acting.lead,
        "leads": both(names(opening.duties.lead, today)),
        "cooperating": both(names(opening.duties.cooperating, today)),
        "procedure": opening.procedure.name,
        "procedure_version": opening.procedure.version,
        "basis": opening.basis,
        "follows": [follows(row).as_json() for row in opening.attached],
        "versions": [finding.pk for finding in opening.findings],
    }

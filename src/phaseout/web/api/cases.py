"""Cases: list, one, what would follow, open."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.casework import acts
from phaseout.casework.cases.basis import follows
from phaseout.casework.cases.listing import NEWEST_FIRST, CaseFilter, cases_within
from phaseout.casework.cases.offices import names
from phaseout.casework.cases.opening import MOST, Opening, examine
from phaseout.casework.models import Finding
from phaseout.casework.papers.seeing import from_inside_an_enterprise
from phaseout.web.api.answers import ACTS, LISTS, READS, answers, not_understood, unknown
from phaseout.web.api.case_shown import Basis, CaseRow, CaseShown, case_rows, whole
from phaseout.web.api.fields import NO_NUL, Both, FindingId, Word, both
from phaseout.web.api.keys import held
from phaseout.web.api.paging import Page, Turn, turn_together

router = Router(tags=["cases"])


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
    return whole(case, scope, today)


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
    return Status(201, whole(case, scope_of_request(request), today_of(request)))


def _see(request: HttpRequest, asked: OpeningAsked) -> None:
    """Findings that are not there, or outside the scope, are not there (404)."""
    visible = Finding.objects.filter(
        scope_of_request(request).findings(), finding_id__in=asked.findings
    )
    if not visible.exists():
        raise unknown()


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

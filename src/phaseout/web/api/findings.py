"""Findings: the inbox's own filters, one finding with its reasoning, its earlier answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, QueryDict
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.casework.findings.filters import InboxFilter, ask
from phaseout.casework.models import Case, Finding
from phaseout.law.judgement.reasons import reasons
from phaseout.web.api.answers import LISTS, READS, answers, not_understood, unknown
from phaseout.web.api.fields import NO_NUL, Both, Figure, FindingId, Word, both
from phaseout.web.api.paging import Page, Turn, turn

router = Router(tags=["findings"])

Dimension = Literal["energy", "environment", "quality", "safety", "technology"]
Verdict = Literal["compliant", "noncompliant", "undetermined"]
Effect = Literal["opens", "warns", "records"]


class FindingRow(Schema):
    """One version of an answer. It stood from `found_on` until the day before `ended_on`."""

    finding: str = Field(description="stays the same from version to version")
    version: int
    dimension: Dimension
    uscc: str
    enterprise: str
    line_id: str | None
    line: str | None
    division_code: str
    industry: str
    subject: str
    indicator: str | None
    source_id: str | None
    clause: str | None
    norm_row: str | None
    period_start: date | None
    period_end: date | None
    value: Figure | None
    comparator: str | None
    limit: Figure | None = Field(description="a decimal, or text where it is no single number")
    unit: str | None
    ratio: Figure | None
    verdict: Verdict
    provisional: bool
    reasons: list[str]
    effect: Effect
    summary: Both
    found_on: date
    ended_on: date | None
    run: int


class Findings(Page):
    """A page of findings."""

    items: list[FindingRow]


class Step(Schema):
    """One line of the reasoning; `because` holds the steps it rests on."""

    kind: str
    zh: str
    en: str
    cites: str | None = None
    because: list[Step] = Field(default_factory=list)


class Reason(Schema):
    """A reason code in words."""

    code: str
    zh: str
    en: str


class CaseOnIt(Schema):
    """A case that rests on the finding."""

    id: int
    number: str
    closed_on: date | None


class FindingShown(FindingRow):
    """A finding with its reasoning."""

    stands: bool
    reasons_in_words: list[Reason]
    explanation: Step | None
    cases: list[CaseOnIt]


class FindingQuery(Schema):
    """What findings can be narrowed by: the filters of the inbox."""

    dimension: Literal["", Dimension] = ""
    verdict: Literal["", Verdict] = ""
    city: Literal["", "6401", "6402", "6403", "6404", "6405"] = Field(
        "", description="first four digits of the division code"
    )
    industry: Word = Field("", description="a key: steel, cement …")
    provisional: Literal["", "yes", "no"] = ""
    q: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)] = Field(
        "", description="part of the name of an enterprise or a line"
    )
    sort: Literal["gravity", "newest", "period", "enterprise"] = Field(
        "gravity", description="how far beyond the limit; newest first; period; enterprise"
    )
    effect: Literal["", Effect] = Field("", description="what it may do by itself")
    row: Word = Field("", description="id of the norm row")
    enterprise: Annotated[str, StringConstraints(max_length=18, pattern=NO_NUL)] = Field(
        "", description="USCC"
    )
    line: Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)] = Field(
        "", description="id of the line"
    )
    as_of: date | None = Field(
        None, description="what was found on that day, with what was known then; none: today"
    )


class FindingOn(Schema):
    """Which answer to a question."""

    as_of: date | None = Field(None, description="the answer of that day, as known then")
    version: int | None = Field(None, description="this version, whether it stands or not")


@router.get(
    "", operation_id="list_findings", summary="List findings", response=answers(Findings, *LISTS)
)
def list_findings(
    request: HttpRequest, asked: Annotated[FindingQuery, Query()], turning: Turn
) -> Any:
    """The findings within one's scope, filtered and sorted as in the inbox."""
    understood = asked_for(request, asked)
    rows = understood.findings(scope_of_request(request)).select_related("enterprise", "line")
    return turn(request, rows, understood.order, turning, row)


@router.get(
    "/{finding_id}",
    operation_id="get_finding",
    summary="One finding with its reasoning",
    response=answers(FindingShown, *READS),
)
def get_finding(
    request: HttpRequest, finding_id: FindingId, asked: Annotated[FindingOn, Query()]
) -> Any:
    """The answer that stands today; of another day with `as_of`; any version with `version`. Where
    none stands any more, the last one comes, with its `ended_on`."""
    versions = _versions(request, finding_id)
    if asked.version is not None:
        versions = versions.filter(pk=asked.version)
    elif asked.as_of is not None:
        versions = versions.standing_on(asked.as_of)
    finding = versions.select_related("reasoning").order_by("ended_on", "-id").first()
    if finding is None:
        raise unknown()
    if finding.ended_on is not None:
        finding = _latest(versions) or finding
    return shown(finding, request)


@router.get(
    "/{finding_id}/versions",
    operation_id="list_finding_versions",
    summary="Earlier answers to the same question",
    response=answers(Findings, *READS),
)
def list_versions(request: HttpRequest, finding_id: FindingId, turning: Turn) -> Any:
    """Every version ever given, the newest first, the present one among them."""
    versions = _versions(request, finding_id)
    if not versions.exists():
        raise unknown()
    return turn(request, versions, ("-id",), turning, row)


def asked_for(request: HttpRequest, asked: FindingQuery) -> Any:
    """The filter as the inbox understands it."""
    given = QueryDict(mutable=True)
    for name, value in asked.dict().items():
        if value:
            given[name] = value.isoformat() if isinstance(value, date) else value
    form = InboxFilter(given, scope=scope_of_request(request))
    understood = ask(form, today_of(request))
    if form.errors:
        raise not_understood(
            [
                {"where": f"query.{name}", "says": " ".join(map(str, errors))}
                for name, errors in form.errors.items()
            ]
        )
    return understood


def _versions(request: HttpRequest, finding_id: str) -> Any:
    scope = scope_of_request(request)
    return Finding.objects.filter(scope.findings(), finding_id=finding_id).select_related(
        "enterprise", "line"
    )


def _latest(versions: Any) -> Finding | None:
    found: Finding | None = versions.select_related("reasoning").order_by("-id").first()
    return found


def row(finding: Finding) -> dict[str, Any]:
    """A finding as a row of a list."""
    return {
        "finding": finding.finding_id,
        "version": finding.pk,
        "dimension": finding.dimension,
        "uscc": finding.enterprise_id,
        "enterprise": finding.enterprise.name,
        "line_id": finding.line_id,
        "line": finding.line.name if finding.line else None,
        "limit": _limit(finding),
        "summary": both((finding.summary_zh, finding.summary_en)),
        "run": finding.run_id,
        **{name: getattr(finding, name) for name in _AS_THEY_ARE},
    }


_AS_THEY_ARE = (
    "division_code", "industry", "subject", "indicator", "source_id", "clause", "norm_row",
    "period_start", "period_end", "value", "comparator", "unit", "ratio", "verdict",
    "provisional", "reasons", "effect", "found_on", "ended_on",
)  # fmt: skip


def _limit(finding: Finding) -> Any:
    return finding.limit_text if finding.limit_value is None else finding.limit_value


def shown(finding: Finding, request: HttpRequest) -> dict[str, Any]:
    """A finding whole."""
    reasoning = getattr(finding, "reasoning", None)
    words = reasons()
    cases = Case.objects.filter(
        scope_of_request(request).findings(), grounds__finding__finding_id=finding.finding_id
    ).distinct()
    return {
        **row(finding),
        "stands": finding.ended_on is None,
        "reasons_in_words": [
            {"code": code, "zh": zh, "en": en}
            for code in finding.reasons
            for zh, en in [words.get(code, (code, code))]
        ],
        "explanation": reasoning.tree["explanation"] if reasoning else None,
        "cases": [
            {"id": case.pk, "number": case.number, "closed_on": case.closed_on}
            for case in cases.order_by("-id")[:20]
        ],
    }

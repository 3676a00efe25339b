"""A case as the API shows it: its row in a list, and whole with acts, grounds and next acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.accounts.scope import Scope
from phaseout.casework.cases import showing
from phaseout.casework.cases.listing import office_words, reads_whole
from phaseout.casework.models import Act, Case
from phaseout.casework.own.standing import stages_told
from phaseout.casework.papers.concerning import places_read
from phaseout.casework.papers.seeing import from_inside_an_enterprise
from phaseout.casework.proceeding.choosing import choices
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.web.api.fields import Both, both


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


def whole(case: Case, scope: Scope, today: date) -> dict[str, Any]:
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

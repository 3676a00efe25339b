"""The acts on retrofit projects. One function, one act, one durable transaction, one row.

    propose(…)     拟定项目: from a finding, by an office of clause (11) or by the enterprise
    go_on(…)       登记开工、竣工、终止, 纳入技术扶持

An act sent twice under one `key` happens once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Grant, Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Verdict
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.retrofit import counted_in, targets
from phaseout.measures.retrofit import refusing
from phaseout.measures.retrofit.models import Project, RetrofitAct
from phaseout.measures.retrofit.standing import NEXT, STATES, standing

Kind = RetrofitAct.Kind
CLAUSE = 11


@dataclass(frozen=True, slots=True)
class Planned:
    """What a project says. `target` is the norm row aimed at; `expected` in the finding's unit,
    `output` a year in what that unit counts per; `investment` in CNY."""

    name: str
    method: str
    target: str
    expected: Decimal
    investment: Decimal
    begins: date
    ends: date
    output: Decimal | None = None


@again_after_a_deadlock
@transaction.atomic(durable=True)
def propose(
    finding: Finding, said: Planned, *, by: User, scope: Scope, today: date, key: UUID
) -> RetrofitAct:
    """A project that brings what a finding measured to a limit of its norm.

    Raises:
        Refusal: `retrofit.nothing-to-reach`, `retrofit.not-yours`, `retrofit.going-already`,
            `retrofit.misses-its-aim`, `retrofit.days-wrong`.
    """
    if (before := _done(key, Kind.PROPOSE, by)) is not None:
        return before
    project = _project(finding, said, today)
    grant = acting(scope, project)
    if grant is None:
        raise refusing.not_yours()
    once.hold_all("retrofit", finding.finding_id)
    for other in Project.objects.filter(finding__finding_id=finding.finding_id):
        if NEXT[standing(list(other.acts.all())).state]:
            raise refusing.going_already(other)
    project.save(force_insert=True)
    content = {"finding": finding.finding_id, "version": finding.pk, **_said(said)}
    return _append(Kind.PROPOSE, project, grant, content, by=by, today=today, key=key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def go_on(
    project_id: int, kind: str, note: str, *, by: User, scope: Scope, today: date, key: UUID
) -> RetrofitAct:
    """Start, complete or drop a project; or admit it to the technical support of the office.

    Raises:
        Refusal: `retrofit.not-yours`, `retrofit.not-now`.
    """
    if (before := _done(key, kind, by, project_id)) is not None:
        return before
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    grant = acting(scope, project)
    if grant is None or (kind == Kind.ADMIT and grant.uscc):
        raise refusing.not_yours()
    now = standing(list(project.acts.all()))
    if kind not in may_follow(now.state, admitted=now.admitted is not None):
        raise refusing.not_now(STATES[now.state])
    return _append(kind, project, grant, {"note": note}, by=by, today=today, key=key)


def may_follow(state: str, *, admitted: bool) -> tuple[str, ...]:
    """The kinds of act that a project in a state may see next."""
    going = NEXT[state]
    return (*going, Kind.ADMIT) if going and not admitted else going


def acting(scope: Scope, project: Project) -> Grant | None:
    """The post from which a person acts on a project: of an office of clause (11) in its place,
    or of its enterprise."""
    duty = Opinions.of().duty(CLAUSE)
    for grant in scope.grants:
        if Power.ACT not in grant.powers:
            continue
        if grant.uscc:
            if grant.uscc == project.enterprise_id:
                return grant
        elif project.division_code.startswith(grant.prefix) and grant.function in (
            *duty.lead,
            *duty.cooperating,
            CITIES,
        ):
            return grant
    return None


def _project(finding: Finding, said: Planned, today: date) -> Project:
    """The project, not yet written."""
    known = {one.row_id: one for one in targets(finding.norm_row or "", today)}
    aim, before = known.get(said.target), finding.value
    if finding.verdict != Verdict.NONCOMPLIANT or before is None:
        raise refusing.nothing_to_reach()
    if aim is None or aim.unit != finding.unit:
        raise refusing.nothing_to_reach()
    if not aim.met_by(said.expected):
        raise refusing.misses_its_aim(f"{aim.words[0]} {aim.comparator} {aim.value} {aim.unit}")
    if said.ends < said.begins:
        raise refusing.days_wrong()
    counted = counted_in(aim.unit)
    return Project(
        finding=finding,
        enterprise_id=finding.enterprise_id,
        line_id=finding.line_id,
        division_code=finding.division_code,
        dimension=finding.dimension,
        name=said.name,
        method=said.method,
        unit=aim.unit,
        before=before,
        target_row=aim.row_id,
        aimed=aim.value,
        expected=said.expected,
        output=said.output,
        output_unit=counted[1] if counted and said.output is not None else "",
        investment=said.investment,
        begins=said.begins,
        ends=said.ends,
    )


def _said(said: Planned) -> dict[str, str | None]:
    return {
        name: None if (value := getattr(said, name)) is None else str(value)
        for name in Planned.__dataclass_fields__
    }


def _done(key: UUID, kind: str, by: User, project_id: int | None = None) -> RetrofitAct | None:
    """The act that was done under the key before. A project is new where none is named."""
    about = {} if project_id is None else {"project_id": project_id}
    return once.done_before(RetrofitAct, key, kind, by, **about)


def _append(
    kind: str,
    project: Project,
    grant: Grant,
    content: Mapping[str, Any],
    *,
    by: User,
    today: date,
    key: UUID,
) -> RetrofitAct:
    office = "" if grant.uscc else office_of(grant)
    firm = project.enterprise.name
    name = office_name(office, project.division_code, today) if office else (firm, firm)
    return once.append(
        RetrofitAct,
        kind,
        office,
        name,
        by=by,
        today=today,
        key=key,
        content=dict(content),
        project=project,
    )

"""立案登记: the act that opens a case from one or several findings of a line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock, append, hold
from phaseout.casework.cases import refusing
from phaseout.casework.cases.basis import follows
from phaseout.casework.cases.numbering import case_number
from phaseout.casework.cases.opening import Opening, examine
from phaseout.casework.cases.registers import next_serial
from phaseout.casework.models import Act, Case, Finding, Ground
from phaseout.evidence.digests import digest_of
from phaseout.findings.export import plain

LONGEST_REASON = 2000
OPENING = "open"


@again_after_a_deadlock
@transaction.atomic(durable=True)
def open_case(
    finding_ids: Collection[str],
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    reason: str,
    line_id: str = "",
    seen: Collection[int] = (),
) -> Act:
    """立案登记: open a case on one line in one dimension, resting on these findings.

    Args:
        line_id: the line, where the findings concern the whole enterprise.
        seen: the versions of the findings that the officer read; empty: whatever stands.
        key: one act a key; sent again, the act done before comes back.

    Raises:
        Refusal: what `opening.examine` raises; `reason_missing`, `key_used_for_another_act`.
    """
    asked = {"findings": sorted(set(finding_ids)), "line": line_id}
    hold(key)
    before = Act.objects.select_related("case").filter(key=key).first()
    if before is not None:
        return _same(before, OPENING, by, asked)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise refusing.reason_missing()
    opening = examine(finding_ids, scope=scope, today=today, line_id=line_id, seen=seen, lock=True)
    case = _numbered(case_to_open(opening, today), today)
    case.save(force_insert=True)
    act = opening_act(opening, case, by=by, today=today, reason=reason)
    act.key, act.detail = key, {"asked": asked, **act.detail}
    append(act, [])
    Ground.objects.bulk_create(Ground(case=case, act=act, finding=f) for f in opening.findings)
    return act


def opening_act(opening: Opening, case: Case, *, by: User, today: date, reason: str) -> Act:
    """The act as it would be written, without its key; what the page shows before is made of it."""
    return Act(
        case=case,
        place=1,
        kind=OPENING,
        done_on=today,
        by=by,
        function=opening.acting.function,
        office=opening.acting.office,
        organisation_zh=opening.acting.name[0],
        organisation_en=opening.acting.name[1],
        basis=opening.basis,
        facts={"finding": "；".join(f.summary_zh for f in opening.findings)},
        detail=_as_it_stands(opening),
        reason=reason.strip(),
    )


def _same(act: Act, kind: str, by: User, asked: dict[str, Any]) -> Act:
    if act.kind != kind or act.by_id != by.pk or act.detail.get("asked") != asked:
        raise refusing.key_used()
    return act


def _numbered(case: Case, today: date) -> Case:
    """The case with the next number of its office's register, inside the act's transaction."""
    case.serial = next_serial(case.office, f"case.{case.dimension}", today.year)
    case.number = case_number(case.office, case.dimension, case.serial, on=today)
    return case


def case_to_open(opening: Opening, today: date) -> Case:
    """The case, neither numbered nor written."""
    acting, line = opening.acting, opening.line
    return Case(
        office=acting.office,
        year=today.year,
        line=line,
        enterprise=line.enterprise,
        dimension=opening.dimension,
        division_code=line.division_code,
        lead_function=acting.lead,
        procedure=opening.procedure.name,
        procedure_version=opening.procedure.version,
        stage=opening.procedure.acts[OPENING].to,
        opened_on=today,
    )


def _as_it_stands(opening: Opening) -> dict[str, Any]:
    """What the act rested on, kept with it: the findings in figures, what the law attaches."""
    return {
        "lead": list(opening.duties.lead),
        "cooperating": list(opening.duties.cooperating),
        "follows": [follows(row).as_json() for row in opening.attached],
        "grounds": [_ground(finding) for finding in opening.findings],
    }


def _ground(finding: Finding) -> dict[str, Any]:
    reasoning = getattr(finding, "reasoning", None)
    tree = reasoning.tree if reasoning is not None else None
    return {
        "finding": finding.finding_id,
        "version": finding.pk,
        "verdict": finding.verdict,
        "norm_row": finding.norm_row,
        "value": plain(finding.value),
        "comparator": finding.comparator,
        "limit": plain(finding.limit_value) or finding.limit_text,
        "unit": finding.unit,
        "zh": finding.summary_zh,
        "en": finding.summary_en,
        "explanation_sha256": digest_of(tree),
    }

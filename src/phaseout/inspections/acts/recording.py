"""现场检查记录: handed in by one inspector, signed by the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.evidence.digests import digest_of
from phaseout.evidence.models import EvidenceFile
from phaseout.inspections import answers as reading
from phaseout.inspections import refusing
from phaseout.inspections.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.inspections.models import Assignment, Draft, InspectionAct, Record
from phaseout.inspections.standing import is_complete, signers_of, team_of
from phaseout.law.inspecting import people
from phaseout.law.refusals import Bilingual

Kind = InspectionAct.Kind
BRING = "inspections.bring_facts"


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed in: answers by item, what the firm says, who signed or would not, files."""

    content: Mapping[str, Any]
    visited_on: date
    statement: str = ""
    representative: str = ""
    position: str = ""
    refused_to_sign: str = ""
    witnesses: Sequence[str] = ()
    files: Sequence[Mapping[str, str]] = field(default_factory=tuple)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record(
    assignment_id: int, handed: Handed, *, by: User, scope: Scope, today: date, key: UUID
) -> Record:
    """Hand in the record of a visit: written once, whole; its draft is no longer needed.

    Raises:
        Refusal: `record.of-others`, `record.too-early`, `record.before-it-begins`, `record.done`,
            `record.answers-wrong`.
    """
    about = f"visit:{assignment_id}"
    before = done_before(key, Kind.RECORD, by, about)
    if before is not None:
        return before.record
    hold_all(about)
    visit = Assignment.objects.get(pk=assignment_id)
    team = list(team_of(visit).values_list("inspector_id", flat=True))
    if by.pk not in team:
        raise refusing.of_others()
    there = Record.objects.select_related("act__by").filter(assignment=visit).first()
    if there is not None:
        raise refusing.recorded(str(there.act.by), there.act.done_on)
    content = _examined(visit, handed, by, today)
    act = append(Kind.RECORD, visit, by=by, today=today, key=key, about=about, content=content)
    kept = Record.objects.create(
        act=act,
        assignment=visit,
        visited_on=handed.visited_on,
        answers=content["answers"],
        permits=content["permits"],
        statement=content["statement"],
        representative=content["representative"],
        position=content["position"],
        refused_to_sign=content["refused_to_sign"],
        witnesses=content["witnesses"],
        files=content["files"],
        problems=reading.problems_in(content["answers"], content["permits"]),
        digest=digest_of(content),
    )
    Draft.objects.filter(assignment=visit, inspector=by).delete()
    _when_complete(kept, team)
    return kept


def _examined(visit: Assignment, handed: Handed, by: User, today: date) -> dict[str, Any]:
    """What the record says, as it will be signed."""
    if handed.visited_on > today:
        raise refusing.too_early(handed.visited_on)
    if handed.visited_on < visit.begins:
        raise refusing.before_it_was_to_begin(visit.begins)
    answers, permits, wrong = reading.read(visit.checklist, handed.content)
    wrong += _signing(handed, today)
    files = [dict(one) for one in handed.files]
    kept = set(
        EvidenceFile.objects.filter(
            digest__in=[one["digest"] for one in files], kept_by=by
        ).values_list("digest", flat=True)
    )
    wrong += [
        (f"文件“{one['name']}”未保存", f"file {one['name']} is not kept")
        for one in files
        if one["digest"] not in kept
    ]
    if wrong:
        raise refusing.answers_wrong(wrong)
    return {
        "checklist": visit.digest,
        "firm": visit.enterprise_id,
        "visited_on": handed.visited_on.isoformat(),
        "answers": answers,
        "permits": permits,
        "statement": handed.statement.strip(),
        "representative": handed.representative.strip(),
        "position": handed.position.strip(),
        "refused_to_sign": handed.refused_to_sign.strip(),
        "witnesses": [one.strip() for one in handed.witnesses if one.strip()],
        "files": files,
    }


def _signing(handed: Handed, today: date) -> list[Bilingual]:
    refused, signed = handed.refused_to_sign.strip(), handed.representative.strip()
    if not refused and not signed:
        return [
            (
                "企业代表应签字，拒签的应注明原因和见证人",
                "the firm's representative signs, or the refusal and witnesses are noted",
            )
        ]
    if not refused and not handed.files:  # a name that the inspector typed is no signature
        return [
            (
                "企业代表应在屏幕上签名，或者附上其签字的记录照片",
                "the firm's representative signs on the screen, or a photo of the signed record"
                " is attached",
            )
        ]
    witnesses = {one.strip() for one in handed.witnesses if one.strip()}
    least = people("witnesses", today).least
    if refused and len(witnesses) < least:
        return [
            (f"拒签须有{least}名见证人", f"a refusal to sign needs {least} witnesses"),
        ]
    return []


@again_after_a_deadlock
@transaction.atomic(durable=True)
def sign_record(
    record_id: int, *, digest: str, by: User, scope: Scope, today: date, key: UUID
) -> InspectionAct:
    """Another inspector of the visit signs the record as read. With the last signature what was
    measured goes on its way into the registry.

    Raises:
        Refusal: `record.of-others`, `record.changed`, `record.signed`.
    """
    about = f"record:{record_id}"
    before = done_before(key, Kind.SIGN_RECORD, by, about)
    if before is not None:
        return before
    hold_all(about)
    signed = Record.objects.select_related("assignment", "act").get(pk=record_id)
    visit = signed.assignment
    team = list(team_of(visit).values_list("inspector_id", flat=True))
    if by.pk not in team:
        raise refusing.of_others()
    if signed.digest != digest:
        raise refusing.record_changed()
    if by.pk in signers_of(signed):
        raise refusing.signed_already()
    act = append(
        Kind.SIGN_RECORD,
        visit,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"digest": signed.digest},
    )
    _when_complete(signed, team)
    return act


def _when_complete(signed: Record, team: Sequence[int]) -> None:
    if is_complete(signed, team):
        app.configure_task(BRING).defer(record_id=signed.pk)

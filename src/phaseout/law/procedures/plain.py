"""A procedure and a state as plain data, for JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from phaseout.law.periods import as_json as certificate_as_json
from phaseout.law.procedures.citing import cited
from phaseout.law.procedures.deadlines import Deadline
from phaseout.law.procedures.records import ActRule, Basis, Period, Procedure, TaskRule
from phaseout.law.procedures.state import State
from phaseout.law.refusals import Bilingual


def _said(name: Bilingual) -> dict[str, str]:
    return {"zh": name[0], "en": name[1]}


def as_data(one: Procedure) -> dict[str, Any]:
    """The whole table of one version."""
    return {
        "procedure": one.name,
        "version": one.version,
        "last": one.last,
        "title": _said(one.title),
        "clause": one.clause,
        "stages": [
            {
                "id": s.id, "track": s.track, "kind": s.kind.value, "ends_as": s.ends_as,
                "name": _said(s.name),
            }
            for s in one.stages.values()
        ],
        "acts": [_act(rule) for rule in one.acts.values()],
        "periods": [_period(period) for period in one.periods.values()],
        "tasks": [_task(task) for task in one.tasks],
    }  # fmt: skip


def basis_as_data(basis: Basis) -> dict[str, str]:
    """A basis as plain data, for pages and JSON."""
    citation = basis.citation
    return {
        "source_id": citation.source_id,
        "clause": citation.clause,
        "confidence": citation.confidence.value,
        "zh": citation.zh,
        "en": cited(citation, 1),
        "note": basis.note,
    }


def _act(rule: ActRule) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "name": _said(rule.name),
        "track": rule.track,
        "from": list(rule.from_stages),
        "to": rule.to,
        "by": rule.by,
        "level": rule.level,
        "role": rule.role,
        "signs": rule.signs,
        "needs": [
            {"kind": need.kind, "targets": list(need.targets), "on": need.on} for need in rule.needs
        ],
        "brings": [
            {"item": b.item, "type": b.type, "name": _said(b.name), "optional": b.optional}
            for b in rule.brings
        ],
        "document": rule.document,
        "service_of": rule.service_of,
        "answers": rule.answers,
        "bases": [basis_as_data(basis) for basis in rule.bases],
    }


def _period(period: Period) -> dict[str, Any]:
    length = period.length
    return {
        "id": period.id,
        "name": _said(period.name),
        "kind": period.kind,
        "whose": period.whose,
        "opens_by": list(period.opens_by),
        "from": period.start,
        "ends_by": list(period.ends_by),
        "lengthened_by": list(period.lengthened_by),
        "term": length.term if length else "",
        "unit": length.unit if length else "",
        "length": length.length if length else None,
        "basis": basis_as_data(length.basis) if length else None,
        "lapse": _said(period.lapse),
        "then": list(period.then),
    }


def _task(task: TaskRule) -> dict[str, Any]:
    return {
        "id": task.id,
        "name": _said(task.name),
        "arises_by": list(task.arises_by),
        "for": task.for_,
        "each": task.each,
        "done_by": list(task.done_by),
        "basis": basis_as_data(task.basis),
    }


def state_as_data(state: State) -> dict[str, Any]:
    """Where a case stands: for the API, for `cases replay`, and to compare two derivations."""
    return {
        "procedure": state.procedure.name,
        "version": state.procedure.version,
        "newer": state.newer,
        "on": state.on,
        "stages": {track: stage.id for track, stage in state.stages.items()},
        "deadlines": [deadline_as_data(deadline) for deadline in state.deadlines],
        "rights": [
            {"name": _said(r.name), "until": r.until, "acts": list(r.acts)} for r in state.rights
        ],
        "tasks": [
            {
                "id": t.id, "name": _said(t.name), "for": t.for_, "item": t.item,
                "arisen_on": t.arisen_on, "done_on": t.done_on, "reported": t.reported,
            }
            for t in state.tasks
        ],
        "may": [rule.kind for rule in state.may],
        "may_not": {
            choice.rule.kind: choice.refusal.as_json()
            for choice in state.choices
            if choice.refusal is not None
        },
        "irregular": [
            {"index": one.index, **one.refusal.as_json()} for one in state.irregular
        ],
    }  # fmt: skip


def deadline_as_data(deadline: Deadline) -> dict[str, Any]:
    """A deadline as plain data; days stay days, moments are ISO text."""
    runs_from = deadline.runs_from
    return {
        "period": deadline.period,
        "name": _said(deadline.name),
        "kind": deadline.kind,
        "whose": deadline.whose,
        "opened_by": deadline.opened_by,
        "runs_from": runs_from.isoformat() if isinstance(runs_from, datetime) else runs_from,
        "due": deadline.due,
        "standing": deadline.standing.value,
        "met_on": deadline.met_on,
        "lapse": _said(deadline.lapse),
        "then": list(deadline.then),
        "certificate": certificate_as_json(deadline.certificate) if deadline.certificate else None,
        "uncounted": deadline.uncounted.as_json() if deadline.uncounted else None,
    }

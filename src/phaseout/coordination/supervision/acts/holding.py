"""约谈纪要、督查记录; 移交检查线索: what took place, and what the inspections are to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.casework.models import Case
from phaseout.coordination.supervision import refusing
from phaseout.coordination.supervision.acts.alike import (
    AT_WORK,
    LONGEST_LINE,
    Demanded,
    begun_on,
    demands_of,
    files_of,
    in_force,
    said,
    seat_of,
    standing,
    write,
    write_demands,
)
from phaseout.coordination.supervision.frozen import as_of
from phaseout.coordination.supervision.models import Measure, Record, SupervisionAct
from phaseout.coordination.supervision.picture import behind
from phaseout.coordination.supervision.reading import WHOLE
from phaseout.inspections import acts as inspections
from phaseout.inspections.acts.tipping import Told
from phaseout.inspections.subjects import SUBJECTS, seats
from phaseout.law.supervision import measure_kind

Kind = SupervisionAct.Kind
MOST_FIRMS = 30


@dataclass(frozen=True, slots=True)
class Held:
    """What took place, on which day, who was there, what is demanded now (maybe nothing); `files`:
    digests of files that the person has brought as evidence (signed minutes, pictures)."""

    held_on: date
    present: str
    summary: str
    demands: Sequence[Demanded] = ()
    files: Sequence[str] = ()


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record(
    measure_id: int, took_place: Held, *, by: User, scope: Scope, today: date, key: UUID
) -> Record:
    """The office that summoned or inspected writes down what took place and what it demands.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.not-in-force`, `supervision.lifted`,
            `supervision.no-record`, `supervision.recorded`, `supervision.held-when`,
            `supervision.text-wrong`, `supervision.demand-wrong`, `supervision.files-wrong`.
    """
    if (before := begun_on(measure_id, Kind.RECORD, by, key)) is not None:
        return before.recorded
    measure = standing(measure_id, today)
    seat = seat_of(measure.office, scope, today)
    in_force(measure)
    if not measure_kind(measure.kind).takes_place:
        raise refusing.no_record()
    if (known := Record.objects.filter(measure=measure).first()) is not None:
        raise refusing.recorded_already(known.held_on)
    if not measure.signed.signed_on <= took_place.held_on <= today:
        raise refusing.held_when(measure.signed.signed_on, today)
    demanded = demands_of(took_place.demands, today)
    content = {
        "measure": measure.digest,
        "held_on": took_place.held_on.isoformat(),
        "present": said(took_place.present, ("参加人员", "who was present"), LONGEST_LINE),
        "summary": said(took_place.summary, ("情况", "the summary")),
        "demands": demanded,
    }
    if named := files_of(took_place.files, by):  # those before there were files keep their digest
        content["files"] = named
    act = write(
        Kind.RECORD, seat, measure.target, by=by, today=today, key=key, content=content,
        measure=measure,
    )  # fmt: skip
    made = Record.objects.create(
        act=act, measure=measure, held_on=took_place.held_on, present=content["present"],
        summary=content["summary"], files=named,
    )  # fmt: skip
    write_demands(act, measure, demanded)
    return made


def firms(measure: Measure, today: date) -> list[Case]:
    """The overdue cases of the office, one a firm, the oldest first, that the inspections of
    clause (16) can look at; those handed over already are left out."""
    with whole_reach():  # for who supervises; see reading.Reader
        rows = behind(WHOLE, as_of(today), "overdue", measure.target)
        found = rows.filter(dimension__in=list(SUBJECTS)).select_related("enterprise")
        cases = list(found.order_by("opened_on", "pk")[: MOST_FIRMS * 3])
    handed = handed_over(measure)
    first: dict[str, Case] = {}
    for case in cases:
        if case.enterprise_id not in handed:
            first.setdefault(case.enterprise_id, case)
    return list(first.values())[:MOST_FIRMS]


def handed_over(measure: Measure) -> dict[str, dict[str, Any]]:
    """USCC → what was handed over of it, by the acts on the measure."""
    acts = SupervisionAct.objects.filter(measure=measure, kind=Kind.HAND_OVER)
    return {one["uscc"]: one for act in acts for one in act.content["firms"]}


@dataclass(frozen=True, slots=True)
class _Doing:
    """Who does it, with what reach, on which day, under which one-time key."""

    by: User
    scope: Scope
    today: date
    key: UUID


def hand_over(
    measure_id: int,
    usccs: Sequence[str],
    text: str,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SupervisionAct:
    """Hand firms with overdue cases on to the inspections of clause (16), as hints to the office
    that leads there: what becomes of them is that office's decision.

    The act first, then a hint for each firm under a key that follows from the act's: broken off, it
    goes on where it was when sent again.

    Raises:
        Refusal: `supervision.not-yours`, `supervision.not-in-force`, `supervision.lifted`,
            `supervision.no-firm`, `supervision.text-wrong`, `inspection.not-yours`.
    """
    act = _handed(measure_id, usccs, text, _Doing(by, scope, today, key))
    for one in act.content["firms"]:
        told = Told(one["dimension"], one["division_code"], one["firm"], act.content["text"],
                    one["uscc"])  # fmt: skip
        inspections.receive_tip(
            told, by=by, scope=scope, today=act.done_on, key=uuid5(key, one["uscc"])
        )
    return act


@again_after_a_deadlock
@transaction.atomic(durable=True)
def _handed(measure_id: int, usccs: Sequence[str], text: str, doing: _Doing) -> SupervisionAct:
    if (before := begun_on(measure_id, Kind.HAND_OVER, doing.by, doing.key)) is not None:
        return before
    measure = standing(measure_id, doing.today)
    seat = seat_of(measure.office, doing.scope, doing.today)
    in_force(measure)
    if measure.kind != Measure.Kind.INSPECTION or not may_hand_over(doing.scope):
        raise refusing.no_hand_over()
    known = {case.enterprise_id: case for case in firms(measure, doing.today)}
    chosen = [known[one] for one in dict.fromkeys(usccs) if one in known]
    if not chosen or len(chosen) != len(set(usccs)):
        raise refusing.no_firm()
    told = said(text, ("线索内容", "what is to be looked at"), 2000)
    if len(told) < 5:
        raise refusing.text_wrong(("线索内容", "what is to be looked at"))
    content = {
        "measure": measure.digest,
        "text": told,
        "firms": [
            {
                "uscc": case.enterprise_id,
                "firm": case.enterprise.name,
                "case": case.number,
                "dimension": case.dimension,
                "division_code": case.division_code,
            }
            for case in chosen
        ],
    }
    return write(
        Kind.HAND_OVER, seat, measure.target, by=doing.by, today=doing.today, key=doing.key,
        content=content, measure=measure,
    )  # fmt: skip


def may_hand_over(scope: Scope) -> bool:
    """Whether the inspections take hints from the person: who has a seat there."""
    return any(seats(scope, *AT_WORK))

"""拟定、修改年度工作方案: computed from findings and cases, changed with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.coordination.appending import append
from phaseout.coordination.offices import names_of, seat_in
from phaseout.coordination.planning import refusing
from phaseout.coordination.planning.acts.alike import (
    again_after_a_deadlock,
    done_before,
    hold_year,
    leading,
)
from phaseout.coordination.planning.candidates import (
    Candidate,
    candidate_of,
    candidates,
    changed,
    taken_in,
)
from phaseout.coordination.planning.drafting import (
    Drafted,
    DraftMeasure,
    as_data,
    goals_of,
    keep,
    measures_of,
)
from phaseout.coordination.planning.models import Edition, PlanAct, PlannedLine, WorkPlan
from phaseout.coordination.planning.progress import State, followed
from phaseout.coordination.planning.standing import in_force, latest_draft, submission_of
from phaseout.law.opinions import Opinions

Kind = PlanAct.Kind
LONGEST_REASON, LONGEST_TEXT = 400, 2000


@dataclass(frozen=True, slots=True)
class LineEdit:
    """What a person says of a line; None: as computed."""

    reason: str
    included: bool | None = None
    due: date | None = None
    office: str | None = None

    def said(self) -> dict[str, Any]:
        all_ = {"included": self.included, "due": self.due, "office": self.office}
        return {name: value for name, value in all_.items() if value is not None}


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Another text of a measure."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edits:
    """Changes to what is computed: by line id (a line that is no candidate is taken in), and by the
    place of a measure in the draft changed. `reason`: why there is a further draft."""

    lines: Mapping[str, LineEdit] = field(default_factory=dict)
    measures: Mapping[int, TextEdit] = field(default_factory=dict)
    reason: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether something is changed; else the draft is computed anew."""
        return bool(self.lines or self.measures)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def draft_plan(
    year: int, edits: Edits | None = None, *, by: User, scope: Scope, today: date, key: UUID
) -> WorkPlan:
    """An officer of a leading department draws up the plan of a year from the findings and cases of
    `today`; what the draft before had changed by hand stays changed. With changes by hand it is the
    draft before with these, and nothing else. After an adoption this begins an amendment.

    Raises:
        Refusal: `plan.not-yours`, `plan.year-wrong`, `plan.submitted`, `plan.no-reason`,
            `plan.edit-wrong`, `plan.nothing-found`, `term.not-in-force`.
    """
    before = done_before(key, Kind.DRAFT, by)
    if before is not None:
        return before.drafted
    seat = seat_in(scope, leading(), Role.OFFICER)
    if seat is None:
        raise refusing.not_yours(names_of(leading(), today), Role.OFFICER)
    if not today.year <= year <= today.year + 1:
        raise refusing.year_wrong(today.year, today.year + 1)
    hold_year(year)
    last, asked = latest_draft(year), edits or Edits()
    _examine(year, last, asked, today)
    drafted = _drafted(year, last, asked, today)
    plan = WorkPlan(
        year=year,
        number=last.number + 1 if last else 1,
        turn=Edition.objects.filter(year=year).count() + 1,
        based_on=last,
        office=seat.office,
        measured_on=last.measured_on if last is not None and asked.by_hand else today,
        reason=asked.reason.strip(),
    )
    content = _said_of(plan, drafted)
    plan.act = append(PlanAct, Kind.DRAFT, seat, by=by, today=today, key=key, content=content)
    plan.digest = plan.act.digest
    plan.save(force_insert=True)
    keep(plan, drafted)
    return plan


def _said_of(plan: WorkPlan, drafted: Drafted) -> dict[str, Any]:
    """What the act says: the head of the draft and all that is in it."""
    return {
        "year": plan.year,
        "number": plan.number,
        "turn": plan.turn,
        "based_on": plan.based_on.digest if plan.based_on else None,
        "measured_on": plan.measured_on.isoformat(),
        "reason": plan.reason,
        **as_data(drafted),
    }


def _examine(year: int, last: WorkPlan | None, asked: Edits, today: date) -> None:
    if last is not None:
        if submission_of(last) is not None and not Edition.objects.filter(plan=last).exists():
            raise refusing.waits_for_adoption()
        if not asked.reason.strip():
            raise refusing.no_reason()
    offices = {holder.function for holder in Opinions.of().holders}
    for line_id, one in asked.lines.items():
        if not 0 < len(one.reason.strip()) <= LONGEST_REASON:
            raise refusing.no_reason()
        if one.due is not None and (one.due.year != year or one.due < today):
            why = (
                "时间节点应在方案年度内，且不早于今天",
                "the day lies in the year of the plan and not before today",
            )
            raise refusing.edit_wrong(line_id, why)
        if one.office is not None and one.office not in offices:
            raise refusing.edit_wrong(line_id, ("没有该责任部门", "there is no such office"))
    places = set(last.measures.values_list("place", flat=True)) if last is not None else set()
    for place, text in asked.measures.items():
        if place not in places:
            raise refusing.edit_wrong(f"措施{place}", ("没有这项措施", "there is no such measure"))
        if not 0 < len(text.reason.strip()) <= LONGEST_REASON:
            raise refusing.no_reason()
        if not 0 < len(text.text.strip()) <= LONGEST_TEXT:
            why = ("措施为空或过长", "the text is empty or too long")
            raise refusing.edit_wrong(f"措施{place}", why)


def _drafted(year: int, last: WorkPlan | None, asked: Edits, today: date) -> Drafted:
    known = _known(year, last, asked, today)
    lines = _with_edits(year, known, last, asked, today)
    goals = goals_of(year, lines)
    if not goals:
        raise refusing.nothing_found(today)
    return Drafted(lines, goals, _measures(year, lines, last, asked))


def _known(year: int, last: WorkPlan | None, asked: Edits, today: date) -> dict[str, Candidate]:
    """What the draft is made of. Where something is changed by hand: the draft before, so that
    nothing else changes with it. Else: what is found today, what was adopted, and of the draft
    before what is through since, which stays in the plan of its year."""
    if last is not None and asked.by_hand:
        return {one.line_id: candidate_of(one) for one in _lines(last)}
    found = {one.line_id: one for one in candidates(year, today)}
    if last is not None:
        with whole_reach():  # see `followed`
            through = followed(last, today).filter(state=State.THROUGH)
            rows = list(through.select_related("line", "enterprise"))
        for row in rows:
            found.setdefault(row.line_id, candidate_of(row))
    found.update(_adopted(year, today))
    return found


def _with_edits(
    year: int, known: dict[str, Candidate], last: WorkPlan | None, asked: Edits, today: date
) -> list[Candidate]:
    """The candidates with what the draft before had changed, and then with what is asked now."""
    wanted = _carried(last, today)
    for line_id, edit in asked.lines.items():
        wanted.setdefault(line_id, []).append(edit)
    strange = [line_id for line_id in wanted if line_id not in known]
    more = taken_in(strange, today, year) if strange else {}
    for line_id in asked.lines:
        if line_id not in known and line_id not in more:
            why = ("没有这条生产线", "there is no such line")
            raise refusing.edit_wrong(line_id, why)
    for line_id, edits in wanted.items():
        one = known.get(line_id)
        if one is None:
            if line_id not in more:
                continue
            one = replace(more[line_id], reason=edits[0].reason.strip())
        for edit in edits:
            one = changed(one, edit.reason.strip(), **edit.said())
        known[line_id] = one
    return sorted(
        known.values(), key=lambda one: (one.industry, one.division_code, one.uscc, one.line_id)
    )


def _adopted(year: int, today: date) -> dict[str, Candidate]:
    """The lines the edition in force plans, as it does: what the government adopted is changed by
    hand only, and what is through since stays in the plan of its year."""
    edition = in_force(year, today)
    if edition is None:
        return {}
    planned = _lines(edition.plan).filter(included=True)
    return {one.line_id: candidate_of(one) for one in planned}


def _lines(plan: WorkPlan) -> QuerySet[PlannedLine]:
    return PlannedLine.objects.filter(plan=plan).select_related("line", "enterprise")


def _carried(last: WorkPlan | None, today: date) -> dict[str, list[LineEdit]]:
    """What the last draft said otherwise than computed. A day that is over by now is not carried:
    the line is planned anew."""
    if last is None:
        return {}
    found: dict[str, list[LineEdit]] = {}
    by_hand = PlannedLine.objects.filter(plan=last).exclude(reason="")
    for one in by_hand.order_by("pk"):
        names = one.computed
        found[one.line_id] = [
            LineEdit(
                one.reason,
                included=one.included if "included" in names else None,
                due=one.due if "due" in names and one.due >= today else None,
                office=one.office if "office" in names else None,
            )
        ]
    return found


def _measures(
    year: int, lines: Sequence[Candidate], last: WorkPlan | None, asked: Edits
) -> list[DraftMeasure]:
    texts: dict[tuple[Any, ...], TextEdit] = {}
    for one in last.measures.all() if last else ():
        name = (one.clause, one.subject, one.industry, one.due)
        if one.place in asked.measures:
            texts[name] = asked.measures[one.place]
        elif one.as_computed:
            texts[name] = TextEdit(one.text, one.reason)
    return [_said(one, texts.get(one.name)) for one in measures_of(year, lines)]


def _said(one: DraftMeasure, edit: TextEdit | None) -> DraftMeasure:
    if edit is None or edit.text.strip() == one.text:
        return one
    return replace(one, text=edit.text.strip(), as_computed=one.text, reason=edit.reason.strip())

"""Where the plan of a year stands: read from the rows, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from phaseout.coordination.planning.models import (
    Asked,
    Consultation,
    Edition,
    Opinion,
    PlanAct,
    WorkPlan,
)
from phaseout.law.planning import PLAN, AnnualDay, annual_day
from phaseout.law.refusals import Bilingual

Kind = PlanAct.Kind


class Phase(StrEnum):
    """What a year's plan waits for."""

    NONE = "none"
    DRAFTED = "drafted"
    CONSULTING = "consulting"
    ANSWERING = "answering"
    READY = "ready"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"


PHASES: Mapping[Phase, Bilingual] = {
    Phase.NONE: ("尚未拟定", "not drafted"),
    Phase.DRAFTED: ("已拟定，待征求意见", "drafted, to be consulted on"),
    Phase.CONSULTING: ("征求意见中", "in consultation"),
    Phase.ANSWERING: ("待答复意见", "opinions to be answered"),
    Phase.READY: ("意见已答复，待报请审定", "opinions answered, to be submitted"),
    Phase.SUBMITTED: ("已报请审定", "submitted for adoption"),
    Phase.ADOPTED: ("已印发", "adopted"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A year's plan on a day. `edition`: the latest adopted (its plan is in force), whatever is
    drafted since; `late`: no plan was adopted by the day of the law, which is over."""

    year: int
    phase: Phase
    latest: WorkPlan | None
    consultation: Consultation | None
    edition: Edition | None
    submission: PlanAct | None
    day: AnnualDay
    late: bool

    @property
    def words(self) -> Bilingual:
        return PHASES[self.phase]


def standing_of(year: int, today: date) -> Standing:
    """Where the plan of the year stands at `today`. Raises as `law.planning.annual_day`."""
    latest = latest_draft(year)
    edition = (
        Edition.objects.filter(year=year).select_related("plan", "act").order_by("-number").first()
    )
    consultation = consultation_of(latest) if latest else None
    submission = submission_of(latest) if latest else None
    day = annual_day(PLAN, year)
    first = edition and Edition.objects.filter(year=year, number=1).get()
    late = day.is_late(first.adopted_on if first else today)
    phase = _phase(latest, edition, consultation, submission, today)
    return Standing(year, phase, latest, consultation, edition, submission, day, late)


def latest_draft(year: int) -> WorkPlan | None:
    return WorkPlan.objects.filter(year=year).select_related("act__by").order_by("-number").first()


def consultation_of(plan: WorkPlan) -> Consultation | None:
    """The last consultation on a draft of the same turn."""
    return (
        Consultation.objects.filter(plan__year=plan.year, plan__turn=plan.turn)
        .select_related("plan", "act__by")
        .order_by("-pk")
        .first()
    )


def submission_of(plan: WorkPlan) -> PlanAct | None:
    """The act that submitted the draft, unless it was sent back."""
    last = (
        plan.acts.filter(kind__in=(Kind.SUBMIT, Kind.SEND_BACK))
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    return last if last is not None and last.kind == Kind.SUBMIT else None


def in_force(year: int, on: date) -> Edition | None:
    """The edition in force at the end of a day; None: none was adopted by then."""
    return (
        Edition.objects.filter(year=year, adopted_on__lte=on)
        .select_related("plan", "act")
        .order_by("-number")
        .first()
    )


def carried_out(on: date) -> Edition | None:
    """The edition that is being carried out: of the year, or, until the year has one, that of the
    year before, whose lines are owed still."""
    return in_force(on.year, on) or in_force(on.year - 1, on)


def silent(consultation: Consultation) -> Q:
    """Condition on `Asked`: no reply."""
    return Q(consultation=consultation, reply=None)


def is_closed(consultation: Consultation, today: date) -> bool:
    """Whether nobody can reply any more: the last day is over, or everybody has replied."""
    if today > consultation.last_day:
        return True
    return not Asked.objects.filter(silent(consultation)).exists()


def unanswered(plan: WorkPlan) -> int:
    """Points of the turn's consultations that nobody has answered."""
    return Opinion.objects.filter(
        reply__asked__consultation__plan__year=plan.year,
        reply__asked__consultation__plan__turn=plan.turn,
        answer=None,
    ).count()


def _phase(
    latest: WorkPlan | None,
    edition: Edition | None,
    consultation: Consultation | None,
    submission: PlanAct | None,
    today: date,
) -> Phase:
    if latest is None:
        return Phase.NONE
    if edition is not None and edition.plan_id == latest.pk:
        return Phase.ADOPTED
    if submission is not None:
        return Phase.SUBMITTED
    if consultation is None:
        return Phase.DRAFTED
    if not is_closed(consultation, today):
        return Phase.CONSULTING
    return Phase.ANSWERING if unanswered(latest) else Phase.READY

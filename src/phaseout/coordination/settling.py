"""Which notices of acts in these rooms are settled: what they ask for was done, or is asked no
more. What was told for information asks for nothing and stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from django.db.models import Exists, Max, OuterRef

from phaseout.accounts.rows import whole_reach
from phaseout.coordination.annual.models import AnnualAct
from phaseout.coordination.mechanism.models import Change, Check, Issue, Meeting, Minutes
from phaseout.coordination.mechanism.standing import State as PointState
from phaseout.coordination.mechanism.standing import points
from phaseout.coordination.people import leading, working_in
from phaseout.coordination.planning.models import Asked, PlanAct, WorkPlan
from phaseout.coordination.returns.models import ReturnAct
from phaseout.coordination.returns.seats import summing_up
from phaseout.coordination.supervision import settling as supervision
from phaseout.notices.models import Notice
from phaseout.notices.saying import number_of, settle

Settled = Callable[[Notice], bool]


def plan_acts(notices: Sequence[Notice], on: date) -> Settled:
    """Consulted on: replied, or the day is over; submitted: decided; sent back: drafted anew."""
    acts = PlanAct.objects.in_bulk(_numbers(notices))
    plans = {act.plan_id for act in acts.values() if act.plan_id}
    later = _by(PlanAct.objects.filter(plan__in=plans).values_list("plan_id", "kind", "pk"))
    years = dict(WorkPlan.objects.filter(pk__in=plans).values_list("pk", "year"))
    drafts = WorkPlan.objects.filter(year__in=set(years.values())).order_by()
    newest = dict(drafts.values_list("year").annotate(Max("pk")))
    asked = Asked.objects.filter(
        consultation__plan__in=plans, consultation__last_day__gte=on, reply=None
    )
    offices: dict[int, list[str]] = {}
    for plan, office in asked.values_list("consultation__plan", "office"):
        offices.setdefault(plan, []).append(office)
    replying = {plan: working_in(of, on) for plan, of in offices.items()}

    def done(one: Notice) -> bool:
        act = acts[number_of(one)]
        plan = act.plan_id or 0
        since = {kind for kind, pk in later.get(plan, ()) if pk > act.pk}
        if one.step == PlanAct.Kind.CONSULT:
            return one.user_id not in replying.get(plan, set())
        if one.step == PlanAct.Kind.SUBMIT:
            return bool(since & {PlanAct.Kind.SEND_BACK, PlanAct.Kind.ADOPT})
        if one.step == PlanAct.Kind.SEND_BACK:
            return PlanAct.Kind.SUBMIT in since or newest.get(years.get(plan), 0) > plan
        return False

    return done


def return_acts(notices: Sequence[Notice], on: date) -> Settled:
    """Reported: checked; sent back: reported again. Any later act on the same return."""
    acts = ReturnAct.objects.in_bulk(_numbers(notices))
    place = ("year", "department", "division_code")
    rows = ReturnAct.objects.filter(year__in={act.year for act in acts.values()}).order_by()
    last = {tuple(row[:3]): row[3] for row in rows.values_list(*place).annotate(Max("pk"))}

    def done(one: Notice) -> bool:
        act = acts[number_of(one)]
        newest = last[act.year, act.department, act.division_code]
        return one.step != ReturnAct.Kind.ACCEPT and newest > act.pk

    return done


def annual_acts(notices: Sequence[Notice], on: date) -> Settled:
    """Frozen: signed by the department of whoever was told; signed: decided; agreed to: sent; not
    agreed to: frozen anew."""
    kind = AnnualAct.Kind
    acts = AnnualAct.objects.in_bulk(_numbers(notices))
    years = {act.year for act in acts.values()}
    rows = list(AnnualAct.objects.filter(year__in=years).order_by("pk"))
    ends = {
        kind.FREEZE: {kind.APPROVE, kind.DECLINE, kind.FREEZE},
        kind.SIGN: {kind.APPROVE, kind.DECLINE, kind.FREEZE},
        kind.APPROVE: {kind.SEND},
        kind.DECLINE: {kind.FREEZE},
    }
    leaders = {office: leading([office], on) for office in summing_up()}

    def done(one: Notice) -> bool:
        act = acts[number_of(one)]
        since = [row for row in rows if row.year == act.year and row.pk > act.pk]
        if {row.kind for row in since} & ends.get(kind(act.kind), set()):
            return True
        if act.kind != kind.FREEZE:
            return False
        signed = {row.office for row in since if row.kind == kind.SIGN}
        return not any(one.user_id in leaders[office] for office in leaders.keys() - signed)

    return done


def minutes(notices: Sequence[Notice], on: date) -> Settled:
    """Issued, or written anew."""
    of = dict(Minutes.objects.filter(pk__in=_numbers(notices)).values_list("pk", "meeting"))
    issued = set(Issue.objects.filter(meeting__in=of.values()).values_list("meeting", flat=True))
    rows = Minutes.objects.filter(meeting__in=of.values()).order_by()
    newest = dict(rows.values_list("meeting").annotate(Max("pk")))

    def done(one: Notice) -> bool:
        pk = number_of(one)
        return of[pk] in issued or newest[of[pk]] > pk

    return done


def meetings(notices: Sequence[Notice], on: date) -> Settled:
    """Called: held, moved (of which is told anew), called off, or the day is over."""
    rows = Meeting.objects.filter(pk__in=_numbers(notices), on__gte=on, minutes=None, changes=None)
    ahead = set(rows.values_list("pk", flat=True))
    return lambda one: one.step == "called" and number_of(one) not in ahead


def changes(notices: Sequence[Notice], on: date) -> Settled:
    """Moved: held, moved again, called off, or the day is over. Called off: asks for nothing."""
    later = Change.objects.filter(meeting=OuterRef("meeting"), pk__gt=OuterRef("pk"))
    rows = Change.objects.filter(pk__in=_numbers(notices), on__gte=on, meeting__minutes=None)
    ahead = set(rows.exclude(Exists(later)).values_list("pk", flat=True))
    return lambda one: one.step == "moved" and number_of(one) not in ahead


def decided(notices: Sequence[Notice], on: date) -> Settled:
    """Points issued: reported as done, or checked."""
    rows = points(on).filter(pk__in=_numbers(notices))
    states = dict(rows.values_list("pk", "state"))
    ended = {PointState.REPORTED, PointState.DONE}
    return lambda one: one.step == "issued" and states.get(number_of(one)) in ended


def reports(notices: Sequence[Notice], on: date) -> Settled:
    """Points reported as done: checked."""
    rows = Check.objects.filter(report__in=_numbers(notices))
    checked = set(rows.values_list("report", flat=True))
    return lambda one: number_of(one) in checked


SETTLERS: Mapping[str, Callable[[Sequence[Notice], date], Settled]] = {
    "plan-act:": plan_acts,
    "return-act:": return_acts,
    "annual-act:": annual_acts,
    "minutes:": minutes,
    "meeting:": meetings,
    "meeting-change:": changes,
    "point:": decided,
    "point-report:": reports,
    "supervision:": supervision.settled,
}
"""Beginning of the subjects of notices → which of them are settled."""


def settle_acts() -> None:
    """Called when the site starts."""
    for prefix, found in SETTLERS.items():
        settle(prefix, _over_everything(found))


def _over_everything(
    found: Callable[[Sequence[Notice], date], Settled],
) -> Callable[[Sequence[Notice], date], Collection[int]]:
    def settled(notices: Sequence[Notice], on: date) -> Collection[int]:
        with whole_reach():  # whether somebody elsewhere has done it; nothing of it is shown
            done = found(notices, on)
            return {one.pk for one in notices if done(one)}

    return settled


def _numbers(notices: Sequence[Notice]) -> set[int]:
    return {number_of(one) for one in notices}


def _by(rows: Collection[tuple[int, str, int]]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for of, kind, pk in rows:
        found.setdefault(of, []).append((kind, pk))
    return found

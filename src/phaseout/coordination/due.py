"""What falls due in the round of a year and is not done: the plan, opinions on it, its lines,
returns, the report, meetings and what they decided. Plain data, for `reminding`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.accounts.rows import whole_reach
from phaseout.coordination.annual.standing import Stage
from phaseout.coordination.annual.standing import standing as report_standing
from phaseout.coordination.mechanism.models import Meeting
from phaseout.coordination.mechanism.standing import State as PointState
from phaseout.coordination.mechanism.standing import points
from phaseout.coordination.offices import GOVERNMENT
from phaseout.coordination.people import leading, reporting, working_in
from phaseout.coordination.planning.acts.alike import leading as planning
from phaseout.coordination.planning.models import Asked, Consultation
from phaseout.coordination.planning.progress import State as LineState
from phaseout.coordination.planning.progress import followed
from phaseout.coordination.planning.standing import carried_out, in_force
from phaseout.coordination.returns.seats import summing_up
from phaseout.coordination.returns.standing import FIRST_YEAR, places
from phaseout.law.annual import report_due
from phaseout.law.planning import PLAN, annual_day
from phaseout.law.refusals import Bilingual, Refusal

AHEAD = timedelta(days=31)
"""The earliest reminder of the table lies thirty days before a last day."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is due on a day and not done. `own`: who must do it, `above`: who is told besides when
    it is late; they give ids of people, asked for only when somebody is told."""

    matter: str
    subject: str
    day: date
    words: Bilingual
    url: str
    own: Callable[[], set[int]]
    above: Callable[[], set[int]] | None = None


def everything_due(on: date) -> Iterator[Due]:
    """All that is due up to a month after `on`, or over and not done."""
    yield from plans(on)
    yield from opinions(on)
    yield from lines(on)
    yield from returns(on)
    yield from reports(on)
    yield from meetings(on)
    yield from decided(on)


def plans(on: date) -> Iterator[Due]:
    """The plan of this year, where none was adopted."""
    try:
        day = annual_day(PLAN, on.year)
    except Refusal:  # a year in which the Opinions are not in force
        return
    if day.due > on + AHEAD or in_force(on.year, on) is not None:
        return
    yield Due(
        "plan", f"plan:{on.year}", day.due,
        (f"印发{on.year}年度工作方案", f"Adopting the work plan of {on.year}"),
        reverse("work-plans"), partial(working_in, planning(), on),
        partial(leading, [GOVERNMENT], on),
    )  # fmt: skip


def opinions(on: date) -> Iterator[Due]:
    """Departments that were asked for their opinion and have not replied."""
    later = Consultation.objects.filter(
        plan__year=OuterRef("consultation__plan__year"), pk__gt=OuterRef("consultation")
    )
    rows = Asked.objects.filter(~Exists(later), reply=None, consultation__last_day__gte=on)
    for one in rows.select_related("consultation__plan"):
        plan = one.consultation.plan
        yield Due(
            "opinion", f"opinion:{one.pk}", one.consultation.last_day,
            (f"反馈对{plan.year}年度工作方案的意见", f"Opinion on the work plan of {plan.year}"),
            reverse("work-plan-opinions", args=[plan.pk]), partial(working_in, [one.office], on),
        )  # fmt: skip


def lines(on: date) -> Iterator[Due]:
    """Lines of the plan that are not through by their milestone: told to each office together."""
    edition = carried_out(on)
    if edition is None:
        return
    with whole_reach():  # see `followed`
        late = followed(edition.plan, on).filter(state=LineState.LATE, due__lt=on).order_by()
        found: dict[tuple[str, date], int] = {}
        for office, due in late.values_list("office", "due"):
            found[office, due] = found.get((office, due), 0) + 1
    for (office, due), n in sorted(found.items()):
        yield Due(
            "line", f"plan-lines:{edition.plan_id}:{office}", due,
            (f"{edition.year}年度方案中应于该日完成的{n}条生产线",
             f"{n} line{'s' if n > 1 else ''} of the plan of {edition.year}"),
            reverse("work-plan-lines", args=[edition.plan_id]), partial(working_in, [office], on),
        )  # fmt: skip


def returns(on: date) -> Iterator[Due]:
    """What each city owes each department, for this year and the one before."""
    for year in (on.year - 1, on.year):
        if year < FIRST_YEAR:
            continue
        for place in places(year, on):
            if not place.waits_for_city or place.due.due > on + AHEAD:
                continue
            city, of = place_words(place.city), office_name(place.department, REGION_CODE, on)
            yield Due(
                "return", f"return:{place.about}", place.due.due,
                (f"{city[0]}向{of[0]}报送{year}年度退出情况",
                 f"Return of {city[1]} to {of[1]} for {year}"),
                reverse("return", args=[year, place.department, place.city]),
                partial(reporting, place.department, place.city, on),
                partial(working_in, [place.department], on),
            )  # fmt: skip


def reports(on: date) -> Iterator[Due]:
    """The annual report of the year before, where it was not sent."""
    year = on.year - 1
    if year < FIRST_YEAR:
        return
    due = report_due(year).due
    with whole_reach():  # a report is over everything
        sent = report_standing(year, on).stage is Stage.SENT
    if sent or due > on + AHEAD:
        return
    yield Due(
        "annual", f"annual:{year}", due,
        (f"上报{year}年度报告", f"Sending the annual report of {year}"),
        reverse("annual-year", args=[year]), partial(working_in, summing_up(), on),
        partial(leading, [GOVERNMENT], on),
    )  # fmt: skip


def meetings(on: date) -> Iterator[Due]:
    """Meetings that are to be held, on the day as it now stands."""
    ahead = Q(day__gt=on, day__lte=on + AHEAD, is_off=False)
    for one in Meeting.objects.filter(ahead, minutes=None):
        yield Due(
            "meeting", f"meeting:{one.pk}", one.day,
            (f"协调会议（{one.year}年第{one.number}次）",
             f"Coordination meeting {one.number} of {one.year}"),
            reverse("meeting", args=[one.pk]), partial(working_in, [one.office, *one.invited], on),
        )  # fmt: skip


def decided(on: date) -> Iterator[Due]:
    """Points of issued minutes that go on or are late."""
    rows = points(on).filter(
        state__in=[PointState.OPEN, PointState.LATE], due__lte=on + AHEAD
    )  # fmt: skip
    for one in rows.select_related("minutes__meeting"):
        meeting = one.minutes.meeting
        yield Due(
            "point", f"point:{one.pk}", one.due,
            (f"{meeting.year}年第{meeting.number}次协调会议议定事项第{one.place}项",
             f"Point {one.place} of coordination meeting {meeting.number} of {meeting.year}"),
            reverse("meeting", args=[meeting.pk]), partial(working_in, [one.office], on),
            partial(working_in, [meeting.office], on),
        )  # fmt: skip

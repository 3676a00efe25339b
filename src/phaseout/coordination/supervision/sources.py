"""The things that are counted, each kind as one set query: a number and the list behind it are the
same query.

A row has `at_city` (the first four digits of its place) and `at_department` (the office whose line
of work it is), either of which may be empty; for each figure a flag says whether the row is in its
base (`of_<figure>`) and whether it is a part (`is_<figure>`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Left, Substr

from phaseout.casework import models as casework
from phaseout.casework.cases.due import MUST
from phaseout.casework.cases.narrowing import open_at_end_of
from phaseout.casework.models import Act, CaseDeadline, Lapse, TaskStanding
from phaseout.casework.watching.pausing import pauses
from phaseout.coordination.planning.models import Edition, PlannedLine
from phaseout.coordination.planning.progress import State as LineState
from phaseout.coordination.planning.progress import followed
from phaseout.coordination.planning.standing import in_force
from phaseout.coordination.supervision.reading import Reader, Window
from phaseout.coordination.supervision.targets import is_city, is_county, prefix_of
from phaseout.law.procedures import PROCEDURES, procedure, versions
from phaseout.law.supervision import AWAITING, BLOCK, DECIDED, stages_in

OURS, THEIRS = "lead", "enterprise"
"""Whose a period is: of the authority that has the case, or of the enterprise."""
TRUE = Value(True, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing. `found(reader, window)` gives its rows; `figures` are told from them."""

    key: str
    found: Callable[[Reader, Window], QuerySet[Any]]
    figures: tuple[str, ...]
    order: tuple[str, ...]
    related: tuple[str, ...] = ()
    place: str = "division_code"
    department: str = "case__lead_function"
    """The columns by which a row belongs to a city and to a department."""
    by_office: bool = False
    """A row belongs to the office that holds it (column `office`), city or department."""

    def of(self, target: str) -> Q:
        """Condition on the rows of a target. On the columns themselves: of what is computed the
        planner of the database knows no numbers, and takes the wrong way through a million rows."""
        if self.by_office:
            return Q(office=target)
        if is_city(target) or is_county(target):
            return Q(**{f"{self.place}__startswith": prefix_of(target)})
        return Q(**{self.department: target})


def _flagged(rows: QuerySet[Any], **flags: Q) -> QuerySet[Any]:
    """With a column for each condition; of what is not told the whole is the base."""
    told: QuerySet[Any] = rows.annotate(
        **{name: ExpressionWrapper(q, output_field=BooleanField()) for name, q in flags.items()}
    )
    return told


def _at(rows: QuerySet[Any], place: str, department: str) -> QuerySet[Any]:
    told: QuerySet[Any] = rows.annotate(at_city=Left(place, 4), at_department=F(department))
    return told


def _by_office(rows: QuerySet[Any], office: str) -> QuerySet[Any]:
    """By the office that holds the thing: a city's own, or a department's."""
    is_city = Q(**{f"{office}__startswith": "city_"})
    told: QuerySet[Any] = rows.annotate(
        at_city=Case(
            When(is_city, then=Substr(office, 6, 4)), default=Value(""), output_field=CharField()
        ),
        at_department=Case(
            When(is_city, then=Value("")), default=F(office), output_field=CharField()
        ),
    )
    return told


def _stands_still() -> Q:
    """Condition on a going deadline: its period stands still (a case suspended, a hearing), so its
    kept last day says nothing (`watching.pausing`)."""
    still = Q(pk__in=[])
    for since, until, periods in _pauses():
        begun = Act.objects.filter(
            case=OuterRef("case"), kind=since, place__gte=OuterRef("opened_by")
        ).filter(
            ~Exists(
                Act.objects.filter(case=OuterRef("case"), kind=until, place__gt=OuterRef("place"))
            )
        )
        still |= Q(period__in=periods) & Q(Exists(begun))
    return still


@cache
def _pauses() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    found: dict[tuple[str, str], set[str]] = {}
    for _procedure, _version, period, since, until in pauses():
        found.setdefault((since, until), set()).add(period)
    return tuple((*ends, tuple(sorted(periods))) for ends, periods in sorted(found.items()))


def past(window: Window) -> QuerySet[CaseDeadline]:
    """Duties and measures of enterprises and of the authorities that go on past their last day."""
    over = CaseDeadline.objects.filter(
        going=True, kind__in=MUST, whose__in=[OURS, THEIRS], due__lt=window.today
    )
    return over.exclude(_stands_still())


def _cases(reader: Reader, window: Window) -> QuerySet[Any]:
    """Open cases, and those that were closed in the window."""
    closed = Q(closed_on__range=(window.first, window.last))
    open_ = open_at_end_of(window.today)
    seen = casework.Case.objects.filter(reader.cases(), open_ | closed)
    late = Q(pk__in=past(window).values("case"))
    return _flagged(
        _at(seen, "division_code", "lead_function"),
        is_awaiting=open_ & _in_phase(AWAITING),
        is_decided=open_ & _in_phase(DECIDED),
        is_closed=closed,
        of_overdue=open_,
        is_overdue=open_ & late,
    )


def _in_phase(phase: str) -> Q:
    found = Q(pk__in=[])
    for name, stages in stages_in(phase).items():
        if name == BLOCK:
            for stage in stages:
                found |= Q(stage__endswith=f".{stage}")
        else:
            found |= Q(procedure=name, stage__in=stages)
    return found


def _ended(window: Window) -> QuerySet[CaseDeadline]:
    """Duties and measures whose last day was in the window and is over."""
    return CaseDeadline.objects.filter(
        kind__in=MUST,
        whose__in=[OURS, THEIRS],
        due__range=(window.first, window.last),
        due__lt=window.today,
    ).exclude(Q(going=True) & _stands_still())


def _missed() -> Q:
    lapse = Lapse.objects.filter(
        case=OuterRef("case"), period=OuterRef("period"), opened_by=OuterRef("opened_by"),
        due=OuterRef("due"),
    )  # fmt: skip
    return Q(going=True) | Q(Exists(lapse))


def _deadlines(reader: Reader, window: Window) -> QuerySet[Any]:
    seen = _ended(window).filter(reader.cases("case__"))
    return _flagged(_at(seen, "division_code", "case__lead_function"), is_kept=~_missed())


def _own_deadlines(reader: Reader, window: Window) -> QuerySet[Any]:
    seen = _ended(window).filter(reader.cases("case__"), whose=OURS)
    return _flagged(_by_office(seen, "office"), is_own_missed=_missed())


def _orders(reader: Reader, window: Window) -> QuerySet[Any]:
    """Periods that may be extended and began in the window."""
    lengthening, may = _extendable()
    granted = Act.objects.filter(
        case=OuterRef("case"), kind__in=lengthening, place__gt=OuterRef("opened_by")
    )
    seen = CaseDeadline.objects.filter(
        reader.cases("case__"), may, runs_from__range=(window.first, window.last)
    )
    return _flagged(
        _at(seen, "division_code", "case__lead_function"), is_extended=Q(Exists(granted))
    )


@cache
def _extendable() -> tuple[tuple[str, ...], Q]:
    """The acts that extend a period, and which periods they extend, by the procedures' tables."""
    acts: set[str] = set()
    periods = Q(pk__in=[])
    for name in PROCEDURES:
        for first, _last in versions(name):
            for one in procedure(name, version=first.isoformat()).periods.values():
                if one.lengthened_by:
                    acts.update(one.lengthened_by)
                    periods |= Q(case__procedure=name, period=one.id)
    return tuple(sorted(acts)), periods


def _tasks(reader: Reader, window: Window) -> QuerySet[Any]:
    seen = TaskStanding.objects.filter(
        reader.tasks(), ended_on=None, arisen_on__lte=window.today
    ).exclude(state=TaskStanding.State.REPORTED)
    return _flagged(_by_office(seen, "office"), is_tasks_late=Q(due__lt=window.today))


def _lapses(reader: Reader, window: Window) -> QuerySet[Any]:
    seen = Lapse.objects.filter(reader.cases("case__"), found_on__range=(window.first, window.last))
    told: QuerySet[Any] = _at(seen, "case__division_code", "case__lead_function")
    flagged: QuerySet[Any] = told.annotate(is_lapses=TRUE)
    return flagged


def plan_followed(window: Window) -> Edition | None:
    """The plan of the year; until the year that goes on has one, that of the year before, whose
    lines are owed still."""
    own = in_force(window.year, window.last)
    if own is None and window.year == window.today.year:
        return in_force(window.year - 1, window.last)
    return own


def _planned(reader: Reader, window: Window) -> QuerySet[Any]:
    """Lines of the plan that is followed, each with what became of it."""
    edition = plan_followed(window)
    if edition is None:
        nothing = PlannedLine.objects.none()
        lines = nothing.annotate(state=Value("", output_field=CharField()))
    else:
        lines = followed(edition.plan, window.last)
    return _flagged(
        _at(lines.filter(reader.lines()), "division_code", "office"),
        is_plan_done=Q(state=LineState.THROUGH),
        is_plan_late=Q(state=LineState.LATE),
    )


OF_CASE = ("case__enterprise",)
SOURCES: tuple[Source, ...] = (
    Source(
        "planned", _planned, ("plan_done", "plan_late"), ("due", "id"), ("line", "enterprise"),
        department="office",
    ),
    Source(
        "cases", _cases, ("awaiting", "decided", "closed", "overdue"), ("opened_on", "id"),
        ("enterprise",), department="lead_function",
    ),
    Source("deadlines", _deadlines, ("kept",), ("due", "id"), OF_CASE),
    Source("own", _own_deadlines, ("own_missed",), ("due", "id"), OF_CASE, by_office=True),
    Source("orders", _orders, ("extended",), ("due", "id"), OF_CASE),
    Source("tasks", _tasks, ("tasks_late",), ("due", "id"), OF_CASE, by_office=True),
    Source(
        "lapses", _lapses, ("lapses",), ("due", "id"), OF_CASE, place="case__division_code"
    ),
)  # fmt: skip
SOURCE_OF = {figure: source for source in SOURCES for figure in source.figures}

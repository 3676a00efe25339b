"""Open and late work, clause by clause and office by office: counted by set queries, one a kind of
work; the list behind a number is the same query.

    tally(scope, today)                        (clause, office) → how much is open, how much late
    SOURCES                                    the kinds of work, each with its rows
    rows(source, scope, today, clause, office, late)

Each kind counts what the person may see, as its own room has it: a number and its list agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import CLAUSES, Scope
from phaseout.casework import models as casework
from phaseout.casework.cases.due import MUST
from phaseout.casework.models import CaseDeadline, TaskStanding
from phaseout.casework.tasks.holding import tasks_seen
from phaseout.casework.tasks.wording import task_words
from phaseout.coordination.mechanism.kinds import Item, Source, told
from phaseout.coordination.mechanism.measures_work import MEASURES, NO_DAY
from phaseout.coordination.mechanism.models import Meeting
from phaseout.coordination.mechanism.owed import ROUND, Owed, Owing
from phaseout.coordination.mechanism.standing import State as PointState
from phaseout.coordination.mechanism.standing import meetings_seen, points_seen
from phaseout.coordination.offices import name_of
from phaseout.coordination.planning.models import (
    Asked,
    Consultation,
    Opinion,
    PlannedLine,
    WorkPlan,
)
from phaseout.coordination.planning.progress import State as LineState
from phaseout.coordination.planning.progress import followed
from phaseout.coordination.planning.seeing import plans_seen
from phaseout.coordination.planning.standing import carried_out
from phaseout.inspections.models import Assignment
from phaseout.law.opinions import CITIES, SOURCE_ID, numeral
from phaseout.law.procedures.rows import TaskRow
from phaseout.law.procedures.rows import rows as rows_of
from phaseout.law.sanctions.areas import area
from phaseout.measures.sanctions.seats import within
from phaseout.measures.sanctions.standing import open_tasks
from phaseout.pages.templatetags.phaseout import said

EXIT = 9


@dataclass(slots=True)
class Load:
    """How much is open, and how much of it late; by kind of work."""

    open: int = 0
    late: int = 0


Tally = Mapping[tuple[int, str], Mapping[str, Load]]


def tally(scope: Scope, today: date) -> Tally:
    """(clause, office) → kind of work → how much. City governments each under their own name."""
    found: dict[tuple[int, str], dict[str, Load]] = defaultdict(dict)
    for owing in ROUND:
        for one in owing.found(scope, today):
            load = found[owing.clause, one.office].setdefault(owing.key, Load())
            load.open += 1
            load.late += one.item.late
    for source in SOURCES:
        counted = source.found(scope, today).order_by().values("of_clause", "held_by", "is_late")
        for row in _read(source, counted.annotate(n=Count("pk", distinct=True))):
            if not row["n"]:  # of one clause and one office there is a sum even of nothing
                continue
            load = found[row["of_clause"], row["held_by"]].setdefault(source.key, Load())
            load.open += row["n"]
            load.late += row["n"] if row["is_late"] else 0
    return found


def rows(
    source: Source | Owing,
    scope: Scope,
    today: date,
    *,
    clause: int | None = None,
    offices: Sequence[str] = (),
    late: bool = False,
    most: int = 200,
) -> list[Item]:
    """The work behind a number, the most urgent first."""
    if isinstance(source, Owing):
        known = source.found(scope, today) if clause in (None, source.clause) else []
        return _owed(known, offices, late=late, on=today)[:most]
    found = source.found(scope, today)
    if clause is not None:
        found = found.filter(of_clause=clause)
    if offices:
        found = found.filter(held_by__in=offices)
    if late:
        found = found.filter(is_late=True)
    listed = found.order_by(F("last_day").asc(nulls_last=True), "pk")[:most]
    return [
        replace(source.shown(one), office=name_of(one.held_by, today))
        for one in _read(source, listed)
    ]


def _owed(known: list[Owed], offices: Sequence[str], *, late: bool, on: date) -> list[Item]:
    """Of what is owed that of these offices (none named: of all), the most urgent first."""
    asked = [
        replace(one.item, office=name_of(one.office, on))
        for one in known
        if (not offices or one.office in offices) and (one.item.late or not late)
    ]
    return sorted(asked, key=lambda item: (item.due or date.max, item.words))


def _read(source: Source, query: Any) -> list[Any]:
    if not source.whole:
        return list(query)
    with whole_reach():  # planned lines: see `planning.progress.followed`
        return list(query)


def _clause_of(prefix: str = "") -> Case:
    """The clause of a case: (9) for an exit, else that of its dimension."""
    by_dimension = [
        When(**{f"{prefix}dimension": str(dimension)}, then=Value(clause))
        for clause, dimension in CLAUSES.items()
    ]
    return Case(
        When(**{f"{prefix}procedure": "exit"}, then=Value(EXIT)),
        *by_dimension,
        output_field=IntegerField(),
    )


def _cases(scope: Scope, today: date) -> QuerySet[Any]:
    """Open cases; late where a duty or a measure has run past its last day."""
    nearest = CaseDeadline.objects.filter(
        case=OuterRef("pk"), going=True, kind__in=MUST, due__isnull=False
    )
    first = nearest.order_by().values("case").annotate(first=Min("due")).values("first")
    seen = casework.Case.objects.filter(scope.findings(), closed_on=None)
    return told(
        seen.select_related("enterprise"),
        clause=_clause_of(),
        holder="office",
        last=Subquery(first),
        today=today,
    )


def _tasks(scope: Scope, today: date) -> QuerySet[Any]:
    """Tasks of cases that are open and not reported done; by the clause they rest on."""
    numbers = {numeral(n): n for n in range(1, 22)}
    named: dict[int, set[str]] = defaultdict(set)
    for row in rows_of(TaskRow, "tasks"):
        if row.source_id == SOURCE_ID and row.clause in numbers:
            named[numbers[row.clause]].add(row.task)
    clause = Case(
        *(When(task__in=sorted(names), then=Value(n)) for n, names in sorted(named.items())),
        default=_clause_of("case__"),
        output_field=IntegerField(),
    )
    waiting = TaskStanding.objects.filter(tasks_seen(scope), ended_on=None).exclude(
        state=TaskStanding.State.REPORTED
    )
    return told(
        waiting.select_related("case__enterprise"),
        clause=clause,
        holder="office",
        last=F("due"),
        today=today,
    )


def _visits(scope: Scope, today: date) -> QuerySet[Any]:
    """Inspections that are sent out and have no record."""
    sent = Assignment.objects.filter(scope.findings(), record=None).select_related("enterprise")
    return told(sent, clause=16, holder="office", last=F("ends"), today=today)


def _sanctions(scope: Scope, today: date) -> QuerySet[Any]:
    """Tasks of sanctions without a final answer."""
    seen = open_tasks().filter(within(scope, "sanction__"))
    return told(
        seen.select_related("sanction__enterprise"),
        clause=17,
        holder="office",
        last=F("due"),
        today=today,
    )


def _planned(scope: Scope, today: date) -> QuerySet[Any]:
    """Lines of the plan being carried out that are not through."""
    edition = carried_out(today)
    nothing = PlannedLine.objects.none().annotate(state=Value("", output_field=CharField()))
    lines = followed(edition.plan, today) if edition else nothing
    seen = lines.filter(scope.lines()).exclude(state=LineState.THROUGH)
    return told(
        seen.select_related("line", "enterprise"),
        clause=19,
        holder="office",
        last=F("due"),
        today=today,
    )


def _opinions(scope: Scope, today: date) -> QuerySet[Any]:
    """Departments asked about a plan that have not replied and still may."""
    later = Consultation.objects.filter(
        plan__year=OuterRef("consultation__plan__year"), pk__gt=OuterRef("consultation")
    )
    waiting = Asked.objects.filter(
        ~Exists(later), reply=None, consultation__last_day__gte=today
    ).select_related("consultation__plan")
    return told(waiting, clause=19, holder="office", last=F("consultation__last_day"), today=today)


def _answers(scope: Scope, today: date) -> QuerySet[Any]:
    """Opinions on a plan that who drafted it has not answered; seen as the consultation is."""
    asked = "reply__asked__consultation__plan"
    seen = WorkPlan.objects.filter(plans_seen(scope)).values("pk")
    waiting = Opinion.objects.filter(answer=None, **{f"{asked}__in": seen})
    return told(
        waiting.select_related(asked),
        clause=19,
        holder=f"{asked}__office",
        last=NO_DAY,
        today=today,
    )


def _minutes(scope: Scope, today: date) -> QuerySet[Any]:
    """Meetings whose day is over, not called off, and whose minutes are not issued. No day is set
    for that."""
    over = Q(day__lt=today, is_off=False)
    held = Meeting.objects.filter(meetings_seen(scope), over, issue=None)
    return told(held.distinct(), clause=18, holder="office", last=NO_DAY, today=today)


def _points(scope: Scope, today: date) -> QuerySet[Any]:
    """Points of minutes that are not done."""
    waiting = points_seen(scope, today).exclude(state=PointState.DONE)
    points = told(
        waiting.select_related("minutes__meeting"),
        clause=18,
        holder="office",
        last=F("due"),
        today=today,
    )
    # reported as done it waits to be checked, and is not late
    late = ExpressionWrapper(Q(state=PointState.LATE), output_field=BooleanField())
    reported: QuerySet[Any] = points.annotate(is_late=late)
    return reported


def _case_shown(one: Any) -> Item:
    return Item(
        one.number, one.enterprise.name, one.last_day, one.is_late, reverse("case", args=[one.pk])
    )


def _task_shown(one: Any) -> Item:
    words = task_words(one.task, one.item)
    return Item(
        said(words), f"{one.case.number} {one.case.enterprise.name}", one.last_day, one.is_late,
        reverse("task", args=[one.pk]),
    )  # fmt: skip


def _visit_shown(one: Any) -> Item:
    url = reverse("inspection-visit", args=[one.pk])
    return Item(str(one.begins), one.enterprise.name, one.last_day, one.is_late, url)


def _sanction_shown(one: Any) -> Item:
    url = reverse("sanction-task", args=[one.pk])
    firm = one.sanction.enterprise.name
    return Item(said(area(one.area).words), firm, one.last_day, one.is_late, url)


def _planned_shown(one: Any) -> Item:
    url = reverse("work-plan-lines", args=[one.plan_id])
    query = f"?aim={one.aim}&industry={one.industry}&office={one.office}"
    return Item(one.line.name, one.enterprise.name, one.last_day, one.is_late, url + query)


def _opinion_shown(one: Any) -> Item:
    plan = one.consultation.plan
    url = reverse("work-plan-opinions", args=[plan.pk])
    return Item(str(plan), "", one.last_day, one.is_late, url)


def _answer_shown(one: Any) -> Item:
    plan = one.reply.asked.consultation.plan
    return Item(one.text, str(plan), None, False, reverse("work-plan-opinions", args=[plan.pk]))


def _minutes_shown(one: Any) -> Item:
    return Item(one.topic, str(one.day), None, False, reverse("meeting", args=[one.pk]))


def _point_shown(one: Any) -> Item:
    url = reverse("meeting", args=[one.minutes.meeting_id])
    return Item(one.text, "", one.last_day, one.is_late, f"{url}#point-{one.pk}")


SOURCES: tuple[Source, ...] = (
    Source("cases", ("案件", "cases"), _cases, _case_shown),
    Source("tasks", ("案件任务", "tasks of cases"), _tasks, _task_shown),
    Source("visits", ("检查任务", "inspections"), _visits, _visit_shown),
    Source("sanctions", ("联合惩戒任务", "tasks of sanctions"), _sanctions, _sanction_shown),
    Source("minutes", ("待印发的会议纪要", "minutes to issue"), _minutes, _minutes_shown),
    Source("points", ("会议议定事项", "points of meetings"), _points, _point_shown),
    Source("planned", ("年度方案的生产线", "planned lines"), _planned, _planned_shown, whole=True),
    Source("opinions", ("方案征求意见", "opinions on the plan"), _opinions, _opinion_shown),
    Source("answers", ("待答复的方案意见", "opinions to answer"), _answers, _answer_shown),
    *MEASURES,
)
KINDS: tuple[Source | Owing, ...] = (*ROUND, *SOURCES)
BY_KEY: Mapping[str, Source | Owing] = {source.key: source for source in KINDS}


def under(office: str) -> str:
    """The column of an office in the table of duties: all city governments are `cities`."""
    return CITIES if office.startswith("city_") else office

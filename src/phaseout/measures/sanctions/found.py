"""Who is overdue: found from the deadlines and stages of cases, never entered.

    overdue(on)             the grounds as rows, one query
    proposals(on)           each with what a sanction on it would be; for 100,000 lines in one run
    ground_stands(…)        whether the ground of a sanction still stands

A deadline and the stage of its case are what the acts of the case made of them up to now. A day
that is past does not undo acts done since: what was met meanwhile is not shown as overdue then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from phaseout.casework.left import EXITED_STAGES, must_leave, partly_exited, rest_of
from phaseout.casework.models import Case, CaseDeadline
from phaseout.casework.proceeding.holders import ENTERPRISE
from phaseout.law.sanctions.areas import area, carriers
from phaseout.law.sanctions.bases import (
    Basis,
    ListEdition,
    bases_on,
    carried_areas,
    edition_on,
    list_required,
)
from phaseout.law.sanctions.grounds import Ground, ground_of, grounds
from phaseout.law.sanctions.repair import SAFETY, RepairRule, rule_on
from phaseout.measures.sanctions.models import Sanction

EXIT, EXITED = "exit", "exited"
GONE = Q(procedure=EXIT, stage=EXITED) | Q(procedure="technology", stage="closed_exited")
"""Cases that say of their line, or of a part of it, that it has exited."""
COLUMNS = (
    "case_id", "case__number", "case__procedure", "case__stage", "case__office", "dimension",
    "case__line__division_code", "period", "opened_by", "runs_from", "due", "case__enterprise_id",
    "case__enterprise__name", "case__line_id", "case__line__name", "case__line__industry",
    "case__line__capacity", "case__line__capacity_unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """What a sanction on such a ground would be on a day: areas with who carries each, bases, the
    edition of the national list where one is needed, the rule of publication."""

    areas: tuple[tuple[str, tuple[str, ...]], ...]
    bases: tuple[Basis, ...]
    edition: ListEdition | None
    rule: RepairRule | None


class Proposal(NamedTuple):
    """One ground with the facts behind it and what would be done on it. Nothing is written."""

    case_id: int
    number: str
    procedure: str
    stage: str
    office: str
    dimension: str
    division_code: str
    period: str
    opened_by: int
    runs_from: date
    due: date
    uscc: str
    enterprise: str
    line_id: str
    line: str
    industry: str
    capacity: Decimal | None
    capacity_unit: str | None
    ground: Ground
    offer: Offer

    def facts(self, on: date) -> dict[str, Any]:
        """The facts as a sanction keeps them."""
        return {
            "case": self.number,
            "procedure": self.procedure,
            "stage": self.stage,
            "period": self.period,
            "runs_from": self.runs_from.isoformat(),
            "due": self.due.isoformat(),
            "days_late": (on - self.due).days,
            "line": self.line_id,
            "line_name": self.line,
            "industry": self.industry,
            "as_of": on.isoformat(),
        }


def overdue(on: date) -> QuerySet[CaseDeadline]:
    """Deadlines that are grounds on the day and that no sanction rests on yet."""
    made = Sanction.objects.filter(
        case=OuterRef("case"), period=OuterRef("period"), opened_by=OuterRef("opened_by")
    )
    return standing_grounds(on).filter(~Exists(made))


def standing_grounds(on: date) -> QuerySet[CaseDeadline]:
    """Deadlines of open cases that ran out before the day, the duty not met."""
    later = CaseDeadline.objects.filter(
        case=OuterRef("case"), period=OuterRef("period"), opened_by__gt=OuterRef("opened_by")
    )
    gone = Case.objects.filter(
        ~Exists(partly_exited(OuterRef("line"), must=True)),
        GONE,
        line=OuterRef("case__line"),
        closed_on__gte=OuterRef("case__opened_on"),
    )
    return CaseDeadline.objects.filter(
        _is_ground(),
        ~Exists(later),
        ~Exists(gone),
        whose=ENTERPRISE,
        due__lt=on,
        case__closed_on=None,
        case__opened_on__lte=on,
    )


def _is_ground() -> Q:
    found = Q(pk__in=[])
    for one in grounds():
        exact = [stage for stage in one.standing if not stage.endswith("*")]
        stands = Q(case__stage__in=exact)
        for stage in one.standing:
            if stage.endswith("*"):
                stands |= Q(case__stage__startswith=stage[:-1])
        found |= Q(case__procedure=one.procedure, period=one.period) & stands
    return found


def proposals(on: date, condition: Q | None = None) -> Iterator[Proposal]:
    """Every ground of the day with what would be done, in no order. One query."""
    rows = overdue(on) if condition is None else overdue(on).filter(condition)
    # Of many lines few differ in what the law asks: a key of texts is looked up at once, while the
    # hash of a ground is that of all its words.
    known: dict[tuple[str, str, str, str], tuple[Ground, Offer]] = {}
    # Fetched at once: a cursor that outlives its statement has the database write all rows aside.
    for row in rows.order_by().values_list(*COLUMNS):
        key = (row[2], row[7], row[5], row[15])
        answer = known.get(key)
        if answer is None:
            ground = ground_of(row[2], row[7])
            assert ground is not None  # the query asks for these alone
            answer = known[key] = ground, offer(ground, row[5], row[15], on)
        yield Proposal._make(row + answer)


@lru_cache(maxsize=4096)
def offer(ground: Ground, dimension: str, industry: str, on: date) -> Offer:
    codes = carried_areas(on)
    special = SAFETY if dimension == "safety" else ""
    return Offer(
        tuple((code, carriers(area(code), industry)) for code in codes),
        tuple(basis for basis in bases_on(on) if any(basis.reaches(code) for code in codes)),
        edition_on(on) if list_required(on) else None,
        rule_on(on, ground.severity, special),
    )


def ground_stands(sanction: Sanction, on: date) -> bool:
    """Whether the ground of a sanction stands on the day, as its case is now. Where only a part of
    the line has exited, it stands until the rest has, or need not leave any more."""
    case = Case.objects.get(pk=sanction.case_id)
    if case.closed_on is not None:
        return case.stage in EXITED_STAGES and must_leave(rest_of(sanction.line_id))
    if _line_is_gone(sanction, case) and not must_leave(rest_of(sanction.line_id)):
        return False
    deadline = CaseDeadline.objects.filter(
        case=case, period=sanction.period, opened_by=sanction.opened_by
    ).first()
    if deadline is None or (deadline.due is not None and deadline.due >= on):
        return False
    rule = ground_of(case.procedure, sanction.period)
    return rule is not None and (rule.stands_in(case.stage) or rule.waits_in(case.stage))


def _line_is_gone(sanction: Sanction, case: Case) -> bool:
    return Case.objects.filter(GONE, line=sanction.line_id, closed_on__gte=case.opened_on).exists()

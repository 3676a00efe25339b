"""What is left of a line of which a part has exited: its measures go on (decision 0050).

    rest_of(line_id)      what has not exited, where some of it has; empty otherwise
    must_leave(rest)      whether it is still found outdated or in a case
    rest_said(line_id)    which part has exited and which is left, in words
    partly_exited(line)   the same as a condition of a query
    decided_of(line_ids)  the decision under which lines must still exit, with its last day
    decided_rests(cases)  of these cases those by whose decision a rest must still exit
    gone_since(line_id)   the day from which nothing of it is left

All of it is read from the ledger, with the whole reach of who calls (`accounts.rows.whole_reach`).
A line of which nothing was ever booked exits whole, or not at all (`booking`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Case, CaseDeadline, CaseTask
from phaseout.law.capacity import EXITED, LIVE, MUST_LEAVE, Stock, account, keys_of
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity import stocks_of
from phaseout.registry.capacity.saying import stocks_said
from phaseout.registry.models import CapacityPosting

EXITED_STAGES = ("exited", "closed_exited")
"""Stages in which a case says of its line, or of a part of it, that it has exited."""


def rest_of(line_id: str) -> list[Stock]:
    """What of the line has not exited, where something of it has; empty where all or nothing has.
    One query."""
    stocks = stocks_of([line_id]).get(line_id, [])
    return _of(stocks, LIVE) if _of(stocks, EXITED) else []


def must_leave(rest: Iterable[Stock]) -> bool:
    """Whether some of the rest is still found outdated, under rectification or on its way out: the
    duty that a sanction rests on is not met by the part that has exited."""
    return any(stock.account in MUST_LEAVE for stock in rest)


def may_run(rest: Iterable[Stock]) -> bool:
    """Whether some of the rest is not on its way out: nobody has stopped it."""
    return any(stock.account != "leaving" for stock in rest)


def rest_said(line_id: str) -> tuple[Bilingual, Bilingual] | None:
    """What has exited and what is left, as pages say it to who may open the line; None where it is
    not in parts. Reaches the whole line by itself."""
    with whole_reach():
        stocks = stocks_of([line_id]).get(line_id, [])
    gone, rest = _of(stocks, EXITED), _of(stocks, LIVE)
    return (stocks_said(gone), stocks_said(rest)) if gone and rest else None


def left_said(line_id: str) -> Bilingual | None:
    """What of the line has not exited, in words; None where all has. Reaches the whole line by
    itself."""
    with whole_reach():
        stocks = stocks_of([line_id]).get(line_id, [])
    if not stocks:  # what is not known is not nought
        return ("整条生产线（产能没有登记）", "the whole line (no capacity registered)")
    rest = _of(stocks, LIVE)
    return stocks_said(rest) if rest else None


def partly_exited(line: Any, *, must: bool = False) -> QuerySet[Any]:
    """Rows where a part of the line has exited and another has not, for `Exists`.

    Args:
        line: the line, such as `OuterRef("line")`.
        must: only where what is left must still leave.
    """
    rest = MUST_LEAVE if must else keys_of(LIVE)
    return (
        CapacityPosting.objects.filter(line=line)
        .order_by()
        .values("line")
        .annotate(
            rest=Sum("amount", filter=Q(account__in=rest)),
            gone=Sum("amount", filter=Q(account__in=keys_of(EXITED))),
        )
        .filter(rest__gt=0, gone__gt=0)
    )


CARRY_OUT = "open_exit"
"""The task that a served decision to close raises; it is done when the exit of all is verified."""
BY_DAY = "exit_by"
"""The period that the decision sets: it runs until the exit of all of the line is verified."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision under which a line must exit: its case, the last day it sets (None: none can be
    told), and the exit that is open (None: nobody has opened one for what is left)."""

    case: Case
    due: date | None
    exit: Case | None


def decided_of(line_ids: Collection[str]) -> dict[str, Decided]:
    """Line → the decision under which it must exit (clause 9), as long as that is not verified to
    be done; of several the one whose day comes first. Two queries, with the whole reach."""
    with whole_reach():
        cases = decisions(Case.objects.filter(line__in=line_ids)).select_related("line")
        found: dict[str, Case] = {}
        for case in sorted(cases, key=lambda one: (_due(one) or date.max, one.pk)):
            found.setdefault(case.line_id, case)
        exits = Case.objects.filter(line__in=found, procedure="exit", closed_on=None)
        opened = {case.line_id: case for case in exits}
    return {line: Decided(case, _due(case), opened.get(line)) for line, case in found.items()}


def _due(case: Case) -> date | None:
    due: date | None = case.exit_by  # type: ignore[attr-defined]
    return due


def decisions(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these cases the open ones in which a decision to close was served and is not carried out,
    with `exit_by`: the last day it sets."""
    task = CaseTask.objects.filter(case=OuterRef("pk"), task=CARRY_OUT, done_on=None)
    days = (
        CaseDeadline.objects.filter(case=OuterRef("pk"), period=BY_DAY, going=True)
        .order_by()
        .values("case")
        .annotate(first=Min("due"))
        .values("first")
    )
    return cases.filter(Exists(task), closed_on=None).annotate(exit_by=Subquery(days))


def decided_rests(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these cases those whose decision is carried out in part: a part of the line has exited,
    the rest must still."""
    return decisions(cases).filter(Exists(partly_exited(OuterRef("line"), must=True)))


def unopened(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these those for whose line no exit is open: somebody has to open it."""
    opened = Case.objects.filter(line=OuterRef("line"), procedure="exit", closed_on=None)
    return cases.filter(~Exists(opened))


def gone_since(line_id: str) -> date | None:
    """The day on which the last of the line exited; None: it has not, or a part is left."""
    closed = (
        Case.objects.filter(line=line_id, stage__in=EXITED_STAGES, closed_on__isnull=False)
        .order_by("closed_on")
        .values_list("closed_on", flat=True)
        .first()
    )
    if closed is None:
        return None
    stocks = stocks_of([line_id]).get(line_id, [])
    if not _of(stocks, EXITED):  # nothing of it is on the ledger: the case alone says it
        return closed
    if _of(stocks, LIVE):
        return None
    last = CapacityPosting.objects.filter(
        line=line_id, account__in=keys_of(LIVE), amount__lt=0
    ).aggregate(on=Max("effective_on"))
    return last["on"] or closed


def _of(stocks: Sequence[Stock], group: str) -> list[Stock]:
    return [one for one in stocks if account(one.account).group == group and one.amount > 0]

"""立退出案: the act that opens the exit of a line on a decision that was served in another case."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.transactions import (
    act_of,
    again_after_a_deadlock,
    append,
    held_case,
    hold,
)
from phaseout.casework.cases.numbering import case_number
from phaseout.casework.cases.refusing import key_used
from phaseout.casework.cases.registers import next_serial
from phaseout.casework.left import CARRY_OUT
from phaseout.casework.models import Act, Case, Ground
from phaseout.casework.proceeding import preparing, refusing
from phaseout.casework.proceeding.preparing import Asked
from phaseout.casework.proceeding.standing import standing_of
from phaseout.law.procedures import State, procedure
from phaseout.law.refusals import Refusal
from phaseout.registry.models import ProductionLine

EXIT = "exit"
ON_DECISION = "open_on_decision"


@again_after_a_deadlock
@transaction.atomic(durable=True)
def open_exit(case_id: int, asked: Asked, *, by: User, scope: Scope, today: date, key: UUID) -> Act:
    """Open the exit of the line of a case whose decision to close or to stop was served.

    The new case has the line, the dimension and the grounds of the case it comes from, and a number
    of its own; it is of the procedure `exit` in the version of the day.

    Args:
        case_id: the case in which the decision was served.
        asked: of kind `open_on_decision`, with `decision_served` and `exit_form`.

    Raises:
        Refusal: `act.no-decision-served`; what `preparing.examine` raises; `key_used…`.
    """
    hold(key)
    before = Act.objects.select_related("case").filter(key=key).first()
    if before is not None:
        if (before.kind, before.by_id) != (ON_DECISION, by.pk):
            raise key_used()
        return before
    source, acts = held_case(case_id)
    hold_line(source.line_id)
    against = against_exit(source, standing_of(source, acts, on=today))
    if against is not None:
        raise against
    case = exit_of(source, today)
    ready = preparing.examine(asked, case, [], by=by, scope=scope, today=today)
    numbered(case, today).save(force_insert=True)
    act = act_of(case, [], ready, by=by, today=today, key=key)
    act.detail = {"decided_in": source.number}
    append(act, [])
    taken = source.grounds.order_by("pk").values_list("finding_id", flat=True)
    Ground.objects.bulk_create(Ground(case=case, act=act, finding_id=pk) for pk in taken)
    return act


def against_exit(source: Case, now: State) -> Refusal | None:
    """Why no exit can be opened on this case as it stands; None if one can."""
    if not exit_is_open(now):
        return refusing.no_decision_served(source)
    known = open_exit_of(source.line_id)
    return refusing.exit_already_open(known) if known is not None else None


def exit_is_open(now: State) -> bool:
    """Whether a decision to close was served in the case and is not carried out for all of it."""
    return any(task.id == CARRY_OUT and task.done_on is None for task in now.tasks)


def open_exit_of(line_id: str) -> Case | None:
    """The exit of the line that goes on, on a decision or on an application; there is one at most.

    It may be of another dimension than those of who asks, who is told its number all the same.
    """
    with whole_reach():
        return Case.objects.filter(line=line_id, procedure=EXIT, closed_on=None).first()


def hold_line(line_id: str) -> None:
    """Who opens an exit of the same line at the same time waits, then sees the one that is open."""
    list(ProductionLine.objects.select_for_update(no_key=True).filter(pk=line_id).values("pk"))


def numbered(case: Case, today: date) -> Case:
    """The exit with the next number of its office's register, inside the act's transaction."""
    case.serial = next_serial(case.office, f"case.{EXIT}", today.year)
    case.number = case_number(case.office, EXIT, case.serial, on=today)
    return case


def exit_of(source: Case, today: date) -> Case:
    """The case of the exit, not yet numbered or written."""
    pinned = procedure(EXIT, on=today)
    return Case(
        office=source.office,
        year=today.year,
        line=source.line,
        enterprise=source.enterprise,
        dimension=source.dimension,
        division_code=source.division_code,
        lead_function=source.lead_function,
        procedure=pinned.name,
        procedure_version=pinned.version,
        stage=pinned.acts[ON_DECISION].to,
        opened_on=today,
    )

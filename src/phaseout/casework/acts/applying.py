"""申请自愿退出: the act by which an enterprise itself opens the exit of one of its lines."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts.exiting import EXIT, hold_line, numbered, open_exit_of
from phaseout.casework.acts.transactions import act_of, again_after_a_deadlock, append, hold
from phaseout.casework.booking import is_left
from phaseout.casework.cases.refusing import key_used
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding import preparing, refusing
from phaseout.casework.proceeding.preparing import Asked
from phaseout.law.procedures import procedure
from phaseout.law.procedures.applying import applied_for
from phaseout.law.refusals import Refusal
from phaseout.registry.models import ProductionLine

APPLY = "apply_exit"


@again_after_a_deadlock
@transaction.atomic(durable=True)
def apply_exit(
    line_id: str, asked: Asked, *, by: User, scope: Scope, today: date, key: UUID
) -> Act:
    """Open the exit of a line on the application of its enterprise: no finding, no decision.

    The case is of the procedure `exit` in the version of the day, in the dimension and with the
    leading function of `applied_for.csv`; that office accepts or refuses the application.

    Args:
        line_id: a line of the enterprise for which the person acts.
        asked: of kind `apply_exit`, with `application` and `exit_form`.

    Raises:
        Refusal: `act.line-of-another`, `act.exit-already-open`, `act.line-exited`; what
            `preparing.examine` raises; `key_used…`.
    """
    hold(key)
    before = Act.objects.select_related("case").filter(key=key).first()
    if before is not None:
        if (before.kind, before.by_id, before.case.line_id) != (APPLY, by.pk, line_id):
            raise key_used()
        return before
    line = _held_line(line_id, scope)
    against = against_application(line)
    if against is not None:
        raise against
    case = application_of(line, today)
    ready = preparing.examine(asked, case, [], by=by, scope=scope, today=today)
    numbered(case, today).save(force_insert=True)
    return append(act_of(case, [], ready, by=by, today=today, key=key), [])


def against_application(line: ProductionLine) -> Refusal | None:
    """Why the exit of this line cannot be applied for; None if it can."""
    known = open_exit_of(line.pk)
    if known is not None:
        return refusing.exit_already_open(known)
    gone = Case.objects.filter(line=line, procedure=EXIT, stage="exited").first()
    if gone is None or is_left(line.pk):  # half a line may have exited
        return None
    return refusing.line_exited(gone)


def application_of(line: ProductionLine, today: date) -> Case:
    """The case that an application for this line opens, not yet numbered or written."""
    pinned, whose = procedure(EXIT, on=today), applied_for(EXIT, APPLY)
    return Case(
        office=whose.lead,
        year=today.year,
        line=line,
        enterprise=line.enterprise,
        dimension=whose.dimension,
        division_code=line.division_code,
        lead_function=whose.lead,
        procedure=pinned.name,
        procedure_version=pinned.version,
        stage=pinned.acts[APPLY].to,
        opened_on=today,
    )


def own_lines(scope: Scope) -> QuerySet[ProductionLine]:
    """The lines of the enterprises for which the person acts."""
    codes = [g.uscc for g in scope.grants if g.role is Role.ENTERPRISE and Power.ACT in g.powers]
    return ProductionLine.objects.filter(enterprise__in=codes).select_related("enterprise")


def _held_line(line_id: str, scope: Scope) -> ProductionLine:
    hold_line(line_id)
    line = own_lines(scope).filter(pk=line_id).first()
    if line is None:
        raise refusing.line_of_another()
    return line

"""What stands of a settlement: the latest list that was taken, the latest procedure."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from phaseout.accounts.scope import Scope
from phaseout.measures.employees.models import (
    EmployeeAct,
    EmployeeList,
    Procedure,
    Settlement,
)


def latest_list(settlement: Settlement) -> EmployeeList | None:
    return (
        settlement.lists.filter(taken=True)
        .select_related("file", "act")
        .order_by("-version")
        .first()
    )


def latest_procedure(settlement: Settlement) -> Procedure | None:
    return settlement.procedures.select_related("act__by", "minutes").order_by("-pk").first()


def confirmed_on(listed: EmployeeList) -> date | None:
    """The day on which the plan with this list was confirmed; None: it was not."""
    act = EmployeeAct.objects.filter(
        kind=EmployeeAct.Kind.CONFIRM,
        about=f"settlement:{listed.settlement_id}",
        content__list=listed.pk,
    ).first()
    return act.done_on if act is not None else None


def unconfirmed() -> QuerySet[Settlement]:
    """Settlements with a procedure and a list whose plan was never confirmed."""
    confirmed = EmployeeAct.objects.filter(
        kind=EmployeeAct.Kind.CONFIRM,
        about=Concat(Value("settlement:"), Cast(OuterRef("pk"), CharField())),
    )
    return Settlement.objects.filter(
        Exists(EmployeeList.objects.filter(settlement=OuterRef("pk"), taken=True)),
        Exists(Procedure.objects.filter(settlement=OuterRef("pk"))),
        ~Exists(confirmed),
    )


def overridden_by(settlement: Settlement) -> EmployeeAct | None:
    return (
        EmployeeAct.objects.filter(
            kind=EmployeeAct.Kind.OVERRIDE, about=f"settlement:{settlement.pk}"
        )
        .select_related("by")
        .order_by("-pk")
        .first()
    )


def settlements_within(scope: Scope) -> Q:
    """Condition on settlements that somebody may see, with or without names."""
    return scope.enterprises("enterprise__")

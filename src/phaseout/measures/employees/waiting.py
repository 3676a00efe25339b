"""What of this room waits for a person: plans to confirm; an enterprise's list to bring."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.measures.employees.models import EmployeeList, Procedure, Settlement
from phaseout.measures.employees.seats import HR
from phaseout.measures.employees.standing import unconfirmed
from phaseout.pages.waiting import Waiting, register


def plans_to_confirm(scope: Scope, today: date) -> int:
    """Of `unconfirmed`, those of the region of the office."""
    ours = [g.prefix for g in scope.grants if g.function == HR and g.over_region]
    if not ours:
        return 0
    held = Q()
    for prefix in ours:
        held |= Q(division_code__startswith=prefix)
    return unconfirmed().filter(held).count()


def lists_to_bring(scope: Scope, today: date) -> int:
    """Settlements of one's own enterprise that lack a procedure or a list."""
    codes = [grant.uscc for grant in scope.grants if grant.role is Role.ENTERPRISE]
    if not codes:
        return 0
    listed = EmployeeList.objects.filter(settlement=OuterRef("pk"), taken=True)
    held = Procedure.objects.filter(settlement=OuterRef("pk"))
    return Settlement.objects.filter(~Exists(listed) | ~Exists(held), enterprise__in=codes).count()


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("plans", _("待确认的职工安置方案"), plans_to_confirm, 52),
        ("lists", _("本企业的职工安置，待提交民主程序或名册"), lists_to_bring, 7),
    )
    for key, label, count, order in kinds:
        register(
            Waiting(
                key=f"employees.{key}",
                label=label,
                count=count,
                url_name="settlements",
                power=Power.ACT,
                order=order,
            )
        )

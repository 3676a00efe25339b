"""What of sanctions waits for a person."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.measures.sanctions.found import overdue
from phaseout.measures.sanctions.models import Release
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seats, within
from phaseout.measures.sanctions.standing import open_notices, open_questions, open_tasks
from phaseout.pages.waiting import Waiting, register


def _lead(scope: Scope) -> bool:
    return not seats(scope).isdisjoint(leads(SANCTIONS))


def grounds_to_decide(scope: Scope, today: date) -> int:
    """Overdue enterprises with no sanction yet."""
    if not _lead(scope):
        return 0
    with whole_reach():  # of every dimension, as clause (17) has it
        return overdue(today).filter(within(scope)).order_by().count()


def tasks_to_answer(scope: Scope, today: date) -> int:
    return open_tasks().filter(within(scope, "sanction__"), office__in=seats(scope)).count()


def releases_to_acknowledge(scope: Scope, today: date) -> int:
    from phaseout.measures.sanctions.pages.tasks import receivers

    if not seats(scope) or not Release.objects.exists():
        return 0
    reach = within(scope, "release__sanction__")
    return open_notices().filter(receivers(seats(scope)), reach).count()


def questions_to_answer(scope: Scope, today: date) -> int:
    """Objections and requests for repair."""
    return open_questions().filter(within(scope)).count() if _lead(scope) else 0


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("tasks", _("待反馈的联合惩戒任务"), tasks_to_answer, "sanction-tasks", "", 45),
        ("releases", _("待确认的惩戒解除"), releases_to_acknowledge, "sanction-tasks", "", 25),
        ("found", _("逾期未退出，待作出联合惩戒"), grounds_to_decide, "sanctions", "", 60),
        ("asked", _("待答复的惩戒异议和修复申请"), questions_to_answer, "sanctions",
         "which=in_force", 40),
    )  # fmt: skip
    for key, label, count, url_name, query, order in kinds:
        register(
            Waiting(
                key=f"sanctions.{key}",
                label=label,
                count=count,
                url_name=url_name,
                query=query,
                power=Power.ACT,
                order=order,
            )
        )

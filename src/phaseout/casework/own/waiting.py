"""What waits for an enterprise, on its home page."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.models import CaseDeadline
from phaseout.casework.own.seeing import own_cases, own_scope, told_papers
from phaseout.casework.proceeding.holders import ENTERPRISE
from phaseout.pages.waiting import Waiting, register

SOON = timedelta(days=10)
"""As the deadline chip turns amber."""


def register_waiting() -> None:
    register(
        Waiting(
            key="own.deadlines",
            label=_("本企业的期限，十日内届满或已逾期"),
            count=deadlines_near,
            url_name="own-home",
            power=Power.ACT,
            order=5,
        )
    )
    register(
        Waiting(
            key="own.receipts",
            label=_("电子送达的文书，待确认收到"),
            count=receipts_open,
            url_name="own-home",
            power=Power.ACT,
            order=6,
        )
    )


def deadlines_near(scope: Scope, today: date) -> int:
    if not own_scope(scope):
        return 0
    return CaseDeadline.objects.filter(
        case__in=own_cases(scope), whose=ENTERPRISE, going=True, due__lte=today + SOON
    ).count()


def receipts_open(scope: Scope, today: date) -> int:
    if not own_scope(scope):
        return 0
    return (
        told_papers(scope)
        .filter(served_by__facts__service_way="electronic", receipt=None, served_on__lte=today)
        .count()
    )

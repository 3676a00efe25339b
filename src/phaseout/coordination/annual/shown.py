"""Where the room stands among those of coordination, what waits there, who reads what was sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.coordination.annual.acts import GOVERNMENT, LEADER, seat
from phaseout.coordination.annual.models import AnnualAct
from phaseout.coordination.annual.standing import Stage, standing
from phaseout.coordination.returns.seats import departments, summing_up
from phaseout.coordination.returns.standing import FIRST_YEAR
from phaseout.evidence.models import EvidenceFile
from phaseout.pages.sections import Section
from phaseout.pages.sections import register as register_section
from phaseout.pages.waiting import Waiting
from phaseout.pages.waiting import register as register_waiting


def sees(scope: Scope) -> bool:
    """Whether the person reads over the whole region, as the report does."""
    return any(
        grant.over_region and not grant.uscc and Power.READ in grant.powers
        for grant in scope.grants
    )


def may_read(file: EvidenceFile, user: Any, scope: Any) -> bool:
    """The files of a report that was sent, for who reads over the region."""
    sent = AnnualAct.objects.filter(kind=AnnualAct.Kind.SEND)
    return sees(scope) and any(
        file.digest in act.content["files"].values() for act in sent.only("content")
    )


def waiting_now(scope: Scope, today: date) -> int:
    """Whether the report of the year before waits for the person: to be frozen or sent, to be
    signed, to be agreed to."""
    if today.year - 1 < FIRST_YEAR:
        return 0
    works = seat(scope, *summing_up())
    signs = [one for one in summing_up() if seat(scope, one, roles=LEADER)]
    governs = seat(scope, GOVERNMENT, roles=LEADER)
    if not (works or governs):
        return 0
    now = standing(today.year - 1, today)
    stage = now.stage
    if stage in (Stage.OPEN, Stage.DECLINED, Stage.APPROVED):
        return int(bool(works))
    if stage is Stage.FROZEN:
        return int(any(one in now.to_sign for one in signs))
    return int(stage is Stage.SIGNED and governs is not None)


def say_where() -> None:
    """Called when the site starts."""
    register_section(
        Section(
            place="coordination",
            key="annual",
            label=_("年度报告"),
            says=_("上年度退出情况取数冻结，报自治区人民政府同意后上报；每个数都能查到案件。"),
            clause="19",
            url_name="annual",
            order=30,
            offices=frozenset({*departments(), GOVERNMENT, "inspection"}),
        )
    )


def say_what_waits() -> None:
    """Called when the site starts."""
    register_waiting(
        Waiting(
            key="annual.now",
            label=_("待办理的年度报告"),
            count=waiting_now,
            url_name="annual",
            power=Power.ACT,
            order=25,
        )
    )

"""登记可再生能源电量占比: what the relief of a tiered price asks for, with its paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.measures.prices import refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.prices.models import PriceAct, RenewableShare
from phaseout.measures.prices.seats import LEADS, seat
from phaseout.registry.models import Enterprise

Kind = PriceAct.Kind
MOST = Decimal(100)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_share(
    uscc: str,
    year: int,
    percent: Decimal,
    incentive: Decimal,
    document: str,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> RenewableShare:
    """The share of non-hydro renewable electricity of an enterprise in a year, and the province's
    incentive value, both in percent. What is determined afterwards takes it into account.

    Raises:
        Refusal: `prices.not-yours`, `prices.no-such-enterprise`, `prices.share-wrong`.
    """
    about = f"share:{uscc}:{year}"
    before = done_before(key, Kind.SHARE, by, about)
    if before is not None:
        return before.renewable_share
    seated = seat(scope, *LEADS)
    if seated is None:
        raise refusing.not_yours(today, *LEADS)
    hold_all(about)
    firm = Enterprise.objects.filter(scope.enterprises(), pk=uscc).first()
    if firm is None:
        raise refusing.no_such_enterprise(uscc)
    right = all(Decimal(0) <= one <= MOST for one in (percent, incentive))
    if not right or not document.strip() or not 2016 <= year <= today.year:
        raise refusing.share_wrong()
    content: dict[str, Any] = {
        "enterprise": uscc,
        "year": year,
        "percent": format(percent, "f"),
        "incentive": format(incentive, "f"),
        "document": document.strip()[:200],
    }
    act = append(Kind.SHARE, seated, by=by, today=today, key=key, about=about, content=content)
    return RenewableShare.objects.create(
        act=act,
        enterprise=firm,
        division_code=firm.division_code,
        year=year,
        percent=percent,
        incentive=incentive,
        document=content["document"],
    )


def share_of(uscc: str, year: int) -> RenewableShare | None:
    """What stands of an enterprise for a year; None: nothing is on record, so no relief."""
    found = RenewableShare.objects.filter(enterprise_id=uscc, year=year)
    return found.order_by("-pk").first()

"""What of the price measures waits for a person."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.measures.prices.models import (
    Assessment,
    Bill,
    Determination,
    Edition,
    PaymentNotice,
    Receipt,
    Run,
    SurchargeNotice,
)
from phaseout.measures.prices.seats import GRID, PRICE, RECEIVERS, seat
from phaseout.pages.waiting import Waiting, register


def lines_to_determine(scope: Scope, today: date) -> int:
    """Lines of the last run of each year that would pay, with nothing in the way, and for which
    nothing was determined."""
    if seat(scope, PRICE) is None:
        return 0
    latest = Run.objects.values("year").annotate(last=Max("pk")).values("last")
    done = Determination.objects.filter(line=OuterRef("line"), year=OuterRef("run__year"))
    found = Assessment.objects.filter(run__in=latest, chosen=True, provisional=False)
    return found.filter(~Exists(done)).order_by().count()


def editions_to_receive(scope: Scope, today: date) -> int:
    """Price files that one's office has not received yet; of each month the last."""
    seated = seat(scope, *RECEIVERS)
    if seated is None:
        return 0
    received = Receipt.objects.filter(edition=OuterRef("pk"), office=seated.office)
    return _last_editions().filter(~Exists(received)).count()


def bills_to_notify(scope: Scope, today: date) -> int:
    """Bills that stand, of which no notice of payment is on record."""
    if seat(scope, GRID) is None:
        return 0
    told = PaymentNotice.objects.filter(
        bill__enterprise=OuterRef("enterprise"), bill__month=OuterRef("month")
    )
    standing = Bill.objects.filter(edition__in=_last_editions(), amount__gt=0)
    return standing.filter(~Exists(told)).order_by().count()


def _last_editions() -> QuerySet[Edition]:
    last = Edition.objects.filter(month=OuterRef("month")).order_by("-number").values("number")
    return Edition.objects.filter(number=last[:1]).order_by()


def unsigned() -> QuerySet[Determination]:
    """Surcharges that go on and of which the line has no signed notice for the year."""
    signed = SurchargeNotice.objects.filter(
        determination__line=OuterRef("line"), determination__year=OuterRef("year")
    )
    return Determination.objects.filter(~Exists(signed), ending=None)


def notices_to_sign(scope: Scope, today: date) -> int:
    """For a leader of the price authority, how many of `unsigned`."""
    if seat(scope, PRICE, roles=(Role.LEADER,)) is None:
        return 0
    return unsigned().order_by().count()


def say_what_waits() -> None:
    """Called when the site starts."""
    kinds = (
        ("determine", _("已测算、待确定加价的生产线"), lines_to_determine, "prices", 70),
        ("sign", _("待签发的加价执行通知书"), notices_to_sign, "prices", 60),
        ("receive", _("待签收的电价文件"), editions_to_receive, "prices", 30),
        ("notify", _("待登记缴费通知的账单"), bills_to_notify, "price-ledger", 50),
    )
    for key, label, count, url_name, order in kinds:
        register(
            Waiting(
                key=f"prices.{key}",
                label=label,
                count=count,
                url_name=url_name,
                power=Power.ACT,
                order=order,
            )
        )

"""What of the price measures waits for a person."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.measures.prices.seats import GRID, PRICE, RECEIVERS, seat
from phaseout.measures.prices.standing import undetermined, unnotified, unreceived, unsigned
from phaseout.pages.waiting import Waiting, register


def lines_to_determine(scope: Scope, today: date) -> int:
    """For the price authority, how many of `undetermined`."""
    return undetermined().order_by().count() if seat(scope, PRICE) is not None else 0


def editions_to_receive(scope: Scope, today: date) -> int:
    """Price files that one's office has not received yet; of each month the last."""
    seated = seat(scope, *RECEIVERS)
    return unreceived(seated.office).order_by().count() if seated is not None else 0


def bills_to_notify(scope: Scope, today: date) -> int:
    """For the grid company, how many of `unnotified`."""
    return unnotified().order_by().count() if seat(scope, GRID) is not None else 0


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

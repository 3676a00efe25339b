"""Money of the demonstration, by the real acts of demo people: a regional programme, the income of
the surcharges as it went to the treasury, an application of an enterprise whose exit was accepted,
its share, a payment. Idempotent.

    fund(today)      the programme; None where its days have not come
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from phaseout.accounts.demo import enterprise_user
from phaseout.casework.models import Case
from phaseout.demo.acting import Acting
from phaseout.measures.funds import acts
from phaseout.measures.funds.acts import Asked
from phaseout.measures.funds.eligible import EXITED, EXITS
from phaseout.measures.funds.models import Application, FundAct, Income, Programme
from phaseout.measures.funds.standing import settled_by, sources
from phaseout.registry.models import Enterprise

MARK = "（演示，虚构）"
ACTING = Acting("funds")
MADE, RECEIVED, APPLIED = date(2018, 1, 8), date(2018, 1, 22), date(2018, 3, 5)
ACCEPTED, ALLOCATED, PAID = date(2018, 3, 7), date(2018, 3, 9), date(2018, 3, 13)
SURCHARGED = date(2018, 3, 14)


def fund(today: date) -> Programme | None:
    """The programme as far as its own days; what is there already stays."""
    if today < PAID:
        return None
    made = acts.make_programme(
        f"2018年淘汰落后产能专项资金{MARK}", Programme.Fund.REGIONAL,
        f"某经信规范发〔2018〕0号{MARK}", runs_from=date(2018, 1, 1), runs_to=date(2018, 12, 31),
        **ACTING.ways("finance-officer", MADE, "programme"),
    )  # fmt: skip
    acts.record_income(
        made.pk, Income.Source.REGION, Decimal("12000000.00"), year=2018, received_on=RECEIVED,
        document=f"国库入账凭证{MARK}",
        **ACTING.ways("finance-officer", RECEIVED, Income.Source.REGION),
    )  # fmt: skip
    if today >= SURCHARGED:
        _taken_up(made, Income.Source.SURCHARGE, SURCHARGED)
    firm = _firm()
    if firm is not None:
        _given(_applied(made, firm))
    return made


def take_up_land(today: date) -> None:
    """What of the land income was assigned to employees by then goes into the programme."""
    made = Programme.objects.filter(act__key=ACTING.key("programme")).first()
    if made is not None and today >= SURCHARGED:
        _taken_up(made, Income.Source.LAND, today)


def _taken_up(programme: Programme, source: Income.Source, on: date) -> None:
    """What a measure has brought to the treasury by a day and nobody has taken up."""
    for one, rest in sources(source):
        acts.record_income(
            programme.pk, source, rest, year=2018, received_on=on,
            document=f"国库入账凭证{MARK}", remitted=one.key,
            **ACTING.ways("finance-officer", on, f"income {one.key}"),
        )  # fmt: skip


def _firm() -> Enterprise | None:
    """The one that applied before, else the first whose exit was accepted."""
    act = (
        FundAct.objects.filter(key=ACTING.key("apply"))
        .select_related("application__enterprise")
        .first()
    )
    if act is not None:
        return act.application.enterprise
    case = (
        Case.objects.filter(procedure__in=EXITS, stage__in=EXITED)
        .select_related("enterprise")
        .order_by("pk")
        .first()
    )
    return case.enterprise if case is not None else None


def _applied(programme: Programme, firm: Enterprise) -> Application:
    said = Asked(
        year=2018, ownership="private", capacity=Decimal("12.5"), capacity_unit="万t/a",
        exit_year=2018, employees=86, purpose=f"职工安置和转产{MARK}",
    )  # fmt: skip
    own = enterprise_user(firm.pk).username
    return acts.apply(programme.pk, firm.pk, said, **ACTING.ways(own, APPLIED, "apply"))


def _given(application: Application) -> None:
    if settled_by(application) is None:
        acts.accept_application(
            application.pk, in_plan=True, **ACTING.ways("eic-officer", ACCEPTED, "accept")
        )
    acts.allocate_decided(
        application.programme_id, 2018, {application.pk: Decimal("2400000.00")},
        document=f"分配方案{MARK}", **ACTING.ways("finance-leader", ALLOCATED, "allocate"),
    )  # fmt: skip
    acts.pay(
        application.pk, "settlement", Decimal("1500000.00"), paid_on=PAID,
        voucher=f"国库支付令{MARK}", **ACTING.ways("finance-officer", PAID, "pay"),
    )  # fmt: skip

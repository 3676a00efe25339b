"""Price measures of the demonstration, by the real acts of demo people: two years assessed, what
may be determined determined, four months of electricity, price files, receipts, a payment.

    charge(today)      as far as the day allows; idempotent
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from zlib import crc32

from django.db.models import Count

from phaseout.demo.acting import Acting
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, income
from phaseout.measures.prices.billing import next_month
from phaseout.measures.prices.models import Assessment, Bill, Determination, Edition, PriceAct

ACTING = Acting("prices")
YEARS = (2017, 2018)
MONTHS = (date(2017, 11, 1), date(2017, 12, 1), date(2018, 1, 1), date(2018, 2, 1))
ASSESSED, ISSUED = date(2018, 3, 6), date(2018, 3, 7)
NOTIFIED, PAY_BY, PAID = date(2018, 3, 8), date(2018, 3, 12), date(2018, 3, 14)
MOST = 8
"""Lines determined a year."""


def charge(today: date) -> list[Bill]:
    """The bills of the demonstration; none where its day has not come or nobody pays."""
    if today < PAID:
        return []
    for year in YEARS:
        _determined(year)
    if not Determination.objects.exists():
        return []
    _signed()
    for month in MONTHS:
        _billed(month)
    _paid()
    return list(Bill.objects.all())


def _determined(year: int) -> None:
    run = acts.assess(year, **ACTING.ways("price-officer", ASSESSED, f"assess {year}"))
    # Done before: the same act gives the run of then, even where the year was assessed again.
    if PriceAct.objects.filter(key=ACTING.key(f"determine {year}")).exists():
        return
    chosen = list(
        run.assessments.filter(chosen=True, provisional=False, line__price_determinations=None)
        .order_by("measure", "-surcharge", "pk")
        .values_list("pk", flat=True)[:MOST]
    )
    if chosen:
        acts.determine(
            run.pk,
            chosen,
            reason="按年度测算结果执行（演示，虚构）",
            **ACTING.ways("price-officer", ASSESSED, f"determine {year}"),
        )


def _signed() -> None:
    """The leader signs the notices but for the last, which waits; one is corrected."""
    ones = list(Determination.objects.order_by("pk"))
    for one in ones[:-1]:
        acts.sign_notice(one.pk, **ACTING.ways("price-leader", ISSUED, f"sign {one.pk}"))
    if len(ones) > 1:
        correcting = ACTING.ways("price-leader", NOTIFIED, f"correct {ones[0].pk}")
        acts.sign_notice(ones[0].pk, reason="抄送单位名称有误（演示，虚构）", **correcting)


def _billed(month: date) -> None:
    """What the grid company metered (invented), the price file, and its receipts."""
    rows = ["生产线编号,起,止,用电量（kWh）"]
    rows += [row for one in _lines() for row in _metered(one, month)]
    content = ("\r\n".join(rows) + "\r\n").encode("gb18030")
    name = f"国网用电量{month:%Y-%m}（演示，虚构）.csv"
    grid = ACTING.ways("grid-officer", ISSUED, f"kwh {month}")
    acts.take_consumption(content, name, month, **grid)
    try:
        edition = acts.issue(month, **ACTING.ways("price-officer", ISSUED, f"issue {month}"))
    except Refusal:  # nothing to say of a month
        return
    acts.receive(edition.pk, **ACTING.ways("grid-officer", ISSUED, f"receive {month}"))


def _lines() -> Sequence[Determination]:
    return list(Determination.objects.order_by("line_id", "pk").distinct("line_id"))


def _metered(one: Determination, month: date) -> list[str]:
    """The rows of a line: the month; or in two parts, where the meter was read on the day from
    which it pays. In steel that was not done, so the price file says that it waits for it."""
    kwh, day = _a_month(one, month), one.applies_from
    if one.industry == "steel" or not month < day < next_month(month):
        return [f"{one.line_id},,,{kwh}"]
    before, last = day - timedelta(days=1), next_month(month) - timedelta(days=1)
    first = (kwh * (day - month).days / (last - month).days).quantize(Decimal("0.1"))
    return [
        f"{one.line_id},{month},{before},{first}",
        f"{one.line_id},{day},{last},{kwh - first}",
    ]


def _a_month(one: Determination, month: date) -> Decimal:
    """A twelfth of what was reported, else what such a line may use; not alike each month."""
    of_year = Assessment.objects.filter(line=one.line, kwh__isnull=False).order_by("pk").first()
    share = Decimal(90 + crc32(f"{one.line_id}{month}".encode()) % 20) / 100
    whole = of_year.kwh if of_year is not None and of_year.kwh else Decimal(9_600_000)
    return (whole / 12 * share).quantize(Decimal("0.1"))


def _paid() -> None:
    """Of the month with most bills: notices, one bill paid whole, one in part; what came in goes
    on."""
    edition = Edition.objects.annotate(n=Count("bills")).order_by("-n", "pk").first()
    if edition is None or not edition.bills.exists():
        return
    for at, bill in enumerate(edition.bills.order_by("pk")[:3]):
        notice = ACTING.ways("grid-officer", NOTIFIED, f"notice {at}")
        acts.notify(bill.pk, NOTIFIED, PAY_BY, contract_percent=Decimal("0.1"), **notice)
        if at == 2 or PriceAct.objects.filter(key=ACTING.key(f"pay {at}")).exists():
            continue
        left = sum(income.owed_on(bill), Decimal(0))
        amount = left if at == 0 else (left / 2).quantize(Decimal("0.01"))
        acts.collect(bill.pk, amount, PAID, **ACTING.ways("grid-officer", PAID, f"pay {at}"))
    acts.remit(**ACTING.ways("grid-officer", PAID, "remit"))

"""What of the price measures is not done yet, over everything: for what waits for a person, and for
who is owed what in the matrix of duties."""

from __future__ import annotations

from calendar import monthrange

from django.db.models import Exists, Max, OuterRef, QuerySet

from phaseout.measures.prices.models import (
    Assessment,
    Bill,
    BillLine,
    Determination,
    Edition,
    PaymentNotice,
    Receipt,
    Run,
    SurchargeNotice,
)


def undetermined() -> QuerySet[Assessment]:
    """Lines of the last run of each year that would pay, with nothing in the way, and for which
    nothing was determined."""
    latest = Run.objects.order_by().values("year").annotate(last=Max("pk")).values("last")
    done = Determination.objects.filter(line=OuterRef("line"), year=OuterRef("run__year"))
    return Assessment.objects.filter(~Exists(done), run__in=latest, chosen=True, provisional=False)


def last_editions() -> QuerySet[Edition]:
    """The price file of each month that is in force: its last."""
    last = Edition.objects.filter(month=OuterRef("month")).order_by("-number").values("number")
    return Edition.objects.filter(number=last[:1])


def unreceived(office: str) -> QuerySet[Edition]:
    """Price files in force that an office has not received."""
    return last_editions().filter(
        ~Exists(Receipt.objects.filter(edition=OuterRef("pk"), office=office))
    )


def unnotified() -> QuerySet[Bill]:
    """Bills in force of which no notice of payment is on record."""
    told = PaymentNotice.objects.filter(
        bill__enterprise=OuterRef("enterprise"), bill__month=OuterRef("month")
    )
    return Bill.objects.filter(~Exists(told), edition__in=last_editions().order_by(), amount__gt=0)


def unsigned() -> QuerySet[Determination]:
    """Surcharges that go on and of which the line has no signed notice for the year."""
    signed = SurchargeNotice.objects.filter(
        determination__line=OuterRef("line"), determination__year=OuterRef("year")
    )
    return Determination.objects.filter(~Exists(signed), ending=None)


def unsigned_in(edition: Edition) -> QuerySet[Determination]:
    """Of `unsigned`, those that hold in the month of a price file. `in_file`: it charges by them,
    though nobody has told the enterprise under a number yet; those first."""
    first = edition.month
    last = first.replace(day=monthrange(first.year, first.month)[1])
    charged = BillLine.objects.filter(bill__edition=edition, determination=OuterRef("pk"))
    holding = unsigned().filter(applies_from__lte=last, applies_to__gte=first)
    return holding.annotate(in_file=Exists(charged)).order_by("-in_file", "pk")

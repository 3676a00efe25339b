"""What stands of applications: accepted, declined, given a share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import CharField, Exists, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from phaseout.measures.funds.models import Application, FundAct, Income, Programme
from phaseout.measures.remitted import Remitted, remitted

Kind = FundAct.Kind


def settled_by(application: Application) -> FundAct | None:
    """The act that accepted or declined the application."""
    return (
        FundAct.objects.filter(
            kind__in=(Kind.ACCEPT, Kind.DECLINE), about=f"application:{application.pk}"
        )
        .select_related("by")
        .first()
    )


def settled(applications: Iterable[Application]) -> dict[int, str]:
    """Application → the kind of the act that settled it, for those that are."""
    about = {f"application:{one.pk}": one.pk for one in applications}
    rows = FundAct.objects.filter(kind__in=(Kind.ACCEPT, Kind.DECLINE), about__in=list(about))
    return {about[name]: kind for name, kind in rows.values_list("about", "kind")}


def unsettled() -> QuerySet[Application]:
    """Applications that nobody has accepted or declined."""
    by = FundAct.objects.filter(
        kind__in=(Kind.ACCEPT, Kind.DECLINE),
        about=Concat(Value("application:"), Cast(OuterRef("pk"), CharField())),
    )
    return Application.objects.filter(~Exists(by))


def waiting_for_money(programme: Programme, year: int) -> list[Application]:
    """Accepted applications of a year that have no share yet, in the order in which they came."""
    known = list(
        programme.applications.filter(year=year, shares=None)
        .select_related("enterprise")
        .order_by("pk")
    )
    accepted = settled(known)
    return [one for one in known if accepted.get(one.pk) == Kind.ACCEPT]


def sources(source: str) -> list[tuple[Remitted, Decimal]]:
    """What a measure gave to the treasury, each with what no programme has taken up yet, in yuan;
    what is used up is left out."""
    taken = dict(
        Income.objects.exclude(remitted="").values_list("remitted").annotate(Sum("amount"))
    )
    given = [(one, one.amount - taken.get(one.key, Decimal(0))) for one in remitted(source)]
    return [(one, rest) for one, rest in given if rest > 0]

"""What stands of applications: accepted, declined, given a share."""

from __future__ import annotations

from collections.abc import Iterable

from phaseout.measures.funds.models import Application, FundAct, Programme

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


def waiting_for_money(programme: Programme, year: int) -> list[Application]:
    """Accepted applications of a year that have no share yet, in the order in which they came."""
    known = list(
        programme.applications.filter(year=year, shares=None)
        .select_related("enterprise")
        .order_by("pk")
    )
    accepted = settled(known)
    return [one for one in known if accepted.get(one.pk) == Kind.ACCEPT]

"""Land of the demonstration, by the real acts of demo people: a parcel for each line that exits;
where the exit is confirmed it is taken back, and part of its income goes to the employees.

    dispose(today)      as far as the cases have come; idempotent
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.casework.models import Case
from phaseout.demo.acting import Acting
from phaseout.measures.land import acts
from phaseout.measures.land.models import LandAct, Parcel
from phaseout.measures.land.standing import exited_on
from phaseout.registry.models import ProductionLine

MARK = "（演示，虚构）"
ACTING = Acting("land")
LAND, FINANCE = "land-officer", "finance-officer"
AREA, INCOME, ASSIGNED = Decimal("33350.00"), Decimal("8600000.00"), Decimal("5200000.00")


def dispose(today: date) -> list[Parcel]:
    """The parcels of the lines whose technology or exit case is known."""
    lines = Case.objects.filter(procedure__in=("technology", "exit")).values_list("line", flat=True)
    found = ProductionLine.objects.filter(pk__in=lines).select_related("enterprise")
    return [_parcel(line, today) for line in found.order_by("pk")]


def _parcel(line: ProductionLine, today: date) -> Parcel:
    """Named by the line, so that it stays the same one when more lines exit."""
    said = acts.Described(
        uscc=line.enterprise_id,
        number=f"{line.division_code}-演示-{line.pk}",
        address=f"{MARK}工业园{line.pk}地块",
        area=AREA,
        right="allocated",
        division_code=line.division_code,
        line_id=line.pk,
    )
    found = Parcel.objects.filter(number=said.number).first()
    parcel = found or _act(acts.register_parcel, said, who=LAND, today=today).parcel
    left = exited_on(parcel)
    if left is not None and left <= today:
        _taken_back(parcel, today)
    return parcel


def _taken_back(parcel: Parcel, today: date) -> None:
    if parcel.acts.filter(kind=LandAct.Kind.DISPOSE).exists():
        return
    decided = acts.Decided("take_back", f"{MARK}国土资发〔{today.year}〕1号", today)
    _act(acts.dispose, parcel.pk, decided, who=LAND, today=today)
    income = acts.Sum(INCOME, f"{MARK}财综〔{today.year}〕1号")
    _act(acts.receive, parcel.pk, income, who=FINANCE, today=today)
    given = acts.Sum(ASSIGNED, f"{MARK}财社〔{today.year}〕2号")
    _act(acts.assign, parcel.pk, given, who=FINANCE, today=today)


def _act(act: Any, *what: Any, who: str, today: date) -> LandAct:
    done: LandAct = act(*what, **ACTING.ways(who, today, f"{act.__name__}:{what!r}"))
    return done

"""What the law owes an employee of the list, with the wage standards on record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.law.settlement import Length, Span, Wages, severance
from phaseout.measures.employees.models import Employee, WageStandard


class Standards:
    """The published wages of a place, read once: of its city (average), of the place, its city or
    its region, the closest first (minimum)."""

    def __init__(self, division_code: str) -> None:
        self._places = (division_code, f"{division_code[:4]}00", f"{division_code[:2]}0000")
        known = WageStandard.objects.filter(division_code__in=self._places).order_by("pk")
        self._averages: dict[int, Decimal] = {}
        self._minimums: list[tuple[str, date, Decimal]] = []
        for one in known:
            if one.year is not None and one.division_code == self._places[1]:
                self._averages[one.year] = one.amount
            elif one.valid_from is not None:
                self._minimums.append((one.division_code, one.valid_from, one.amount))

    def average(self, on: date) -> Decimal | None:
        """Monthly average of the city in the year before; None: not on record."""
        return self._averages.get(on.year - 1)

    def minimum(self, on: date) -> Decimal | None:
        """The minimum wage on a day; None: not on record."""
        for place in self._places:
            held = [(day, amount) for code, day, amount in self._minimums if code == place]
            # The later row of a day succeeds the earlier: `max` keeps the first of equals.
            found = max(reversed([h for h in held if h[0] <= on]), key=lambda h: h[0], default=None)
            if found is not None:
                return found[1]
        return None


def assessed(employee: Employee, standards: Standards) -> dict[str, Any]:
    """The fields of an `Assessment` of an employee whose contract ends."""
    ended = employee.ended_on
    assert ended is not None
    wages = Wages(
        employee.wage_total,
        employee.wage_months,
        standards.average(ended),
        standards.minimum(ended),
        employee.firm_average,
    )
    found = severance(employee.ground, service(employee), wages, on=ended)
    return {
        "amount": found.amount,
        "old_months": _begun(found.old),
        "old_amount": found.old_amount,
        "missing": list(found.missing),
        "provisional": found.provisional,
        "reasoning": found.explanation.as_json(),
    }


def _begun(old: Length | None) -> int:
    """Months of service before 2008, a begun one as a whole one: a day of it is not none."""
    return 0 if old is None else old.months + (1 if old.days else 0)


def service(employee: Employee) -> list[Span]:
    """All service that counts: here, and carried over where it was not paid for."""
    assert employee.ended_on is not None
    spans = [Span(employee.started_on, employee.ended_on)]
    first, last = employee.carried_from, employee.carried_to
    if first is not None and last is not None and not employee.carried_paid:
        spans.insert(0, Span(first, last))
    return spans

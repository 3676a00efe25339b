"""Determinations meet the consumption of a month: what each enterprise owes.

Of one line and month the rows of the latest file stand. A span that a determination covers whole is
charged on its whole quantity. One that it covers in part is held: which kWh fell before the end is
a reading of the meter, not a share of the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import connection

from phaseout.law.prices.charging import bill as rounded
from phaseout.law.prices.charging import exact_product
from phaseout.measures.prices.models import Bill, Edition


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Charged:
    """A span of a line's consumption at the rate of its determination."""

    consumption: int
    determination: int
    line_id: str
    line: str
    uscc: str
    enterprise: str
    division: str
    begins: date
    ends: date
    kwh: Decimal
    rate: Decimal
    measure: str
    price_class: str
    row_id: str
    source_id: str

    @property
    def exact(self) -> Decimal:
        return exact_product(self.kwh, self.rate)


@dataclass(frozen=True, slots=True)
class Held:
    """A span that cannot be billed: the determination covers it from or to a day inside it."""

    line_id: str
    line: str
    division: str
    begins: date
    ends: date
    kwh: Decimal
    cut_on: date

    def as_data(self) -> dict[str, str]:
        return {
            "line_id": self.line_id,
            "line": self.line,
            "division": self.division,
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "kwh": format(self.kwh, "f"),
            "cut_on": self.cut_on.isoformat(),
        }


QUERY = """
WITH standing AS (
  SELECT c.*, c.file_id = MAX(c.file_id) OVER (PARTITION BY c.line_id) AS stands
  FROM prices_consumption AS c WHERE c.month = %(month)s
),
going AS (
  SELECT d.*, LEAST(d.applies_to, COALESCE(e.ended_on - 1, d.applies_to)) AS until
  FROM prices_determination AS d
  LEFT JOIN prices_ending AS e ON e.determination_id = d.id
  WHERE d.applies_from < %(next)s AND d.applies_to >= %(month)s
)
SELECT c.id, d.id, c.line_id, l.name, c.enterprise_id, f.name, c.division_code, c.begins, c.ends,
  c.kwh, d.rate, d.measure, d.price_class, d.row_id, d.source_id, d.applies_from, d.until
FROM standing AS c
JOIN going AS d ON d.line_id = c.line_id AND d.applies_from <= c.ends AND d.until >= c.begins
  AND d.until >= d.applies_from
JOIN registry_productionline AS l ON l.line_id = c.line_id
JOIN registry_enterprise AS f ON f.uscc = c.enterprise_id
WHERE c.stands
ORDER BY c.division_code, c.enterprise_id, c.line_id, c.begins, d.id
"""


def charges(month: date) -> tuple[list[Charged], list[Held]]:
    """What is charged of a month (its first day), and what is held."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY, {"month": month, "next": next_month(month)})
        rows = cursor.fetchall()
    charged, held = [], []
    for *given, first, until in rows:
        one = Charged(*given)
        if first <= one.begins and one.ends <= until:
            charged.append(one)
        else:
            cut = first if first > one.begins else date.fromordinal(until.toordinal() + 1)
            held.append(
                Held(one.line_id, one.line, one.division, one.begins, one.ends, one.kwh, cut)
            )
    return charged, held


@dataclass(frozen=True, slots=True)
class Owed:
    """What an enterprise owes for a month: its spans, and the sum rounded once."""

    uscc: str
    enterprise: str
    division: str
    parts: Sequence[Charged]

    @property
    def kwh(self) -> Decimal:
        return sum((part.kwh for part in self.parts), Decimal(0))

    @property
    def amount(self) -> Decimal:
        return rounded((part.rate, part.kwh) for part in self.parts)


def owed(charged: Iterable[Charged]) -> list[Owed]:
    """By enterprise. A span that lies under two determinations cannot be: the database refuses."""
    ordered = sorted(charged, key=lambda one: (one.uscc, one.line_id, one.begins))
    found = []
    for uscc, parts in groupby(ordered, key=lambda one: one.uscc):
        mine = list(parts)
        found.append(Owed(uscc, mine[0].enterprise, mine[0].division, mine))
    return found


def latest_bills(month: date) -> dict[str, Bill]:
    """USCC → the bill that stands for the month: those of its last edition."""
    last = Edition.objects.filter(month=month).order_by("-number").first()
    bills = last.bills.select_related("edition") if last is not None else ()
    return {bill.enterprise_id: bill for bill in bills}

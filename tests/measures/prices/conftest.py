from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from casebook import TODAY, Desk
from phaseout.accounts.models import User
from phaseout.accounts.scope import scope_of
from phaseout.measures.prices import acts
from phaseout.measures.prices.models import Bill, ConsumptionFile, Determination, Edition, Run
from phaseout.registry.models import EnergyVersion, ProductionLine

ALUMINIUM_ROW = "铝液交流电耗"


class Office:
    """The price authority, the energy lead and the grid company; a smelter and a carbide works."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.price, self.eic, self.grid = (desk.person(one) for one in ("price", "eic", "grid"))

    def ways(self, by: User | None = None, on: date = TODAY) -> dict[str, Any]:
        by = by or self.price
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    def smelter(self, value: str = "13850", year: int = 2017, **given: Any) -> ProductionLine:
        """A line whose electricity a tonne is known for the year."""
        firm = self.desk.enterprise(
            given.pop("uscc", "91640300MA00000003"), industry="electrolytic_aluminium",
            division_code="640303",
        )  # fmt: skip
        line = self.desk.line(given.pop("line_id", "A1"), firm)
        self.fact(line, value, year, **given)
        return line

    def fact(self, line: ProductionLine, value: str, year: int, **given: Any) -> EnergyVersion:
        fields = {
            "fact_id": f"E-{line.pk}-{year}",
            "line_id": line.pk,
            "product": "电解铝",
            "indicator": ALUMINIUM_ROW,
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "value": Decimal(value),
            "unit": "kWh/t",
            "taken_by_id": 1,
            "known_on": date(2018, 1, 8),
            **given,
        }
        return EnergyVersion.objects.create(**fields)

    def carbide(self, **given: Any) -> ProductionLine:
        """A line with a furnace of the eliminated class."""
        firm = self.desk.enterprise(
            given.pop("uscc", "91640200MA00000002"), industry="calcium_carbide",
            division_code="640202",
        )  # fmt: skip
        line = self.desk.line(given.pop("line_id", "K1"), firm)
        self.desk.finding(line, **{**listed(), **given})
        return line

    def assessed(self, year: int = 2018) -> Run:
        return acts.assess(year, **self.ways())

    def determined(self, line: ProductionLine, year: int = 2018) -> Determination:
        run = self.assessed(year)
        one = run.assessments.get(line=line, chosen=True)
        return acts.determine(run.pk, [one.pk], **self.ways())[0]

    def metered(
        self, month: date, *rows: tuple[str, str] | tuple[str, str, str, str], on: date = TODAY
    ) -> ConsumptionFile:
        """A file of (line, kwh), or (line, begins, ends, kwh)."""
        lines = ["line_id,begins,ends,kwh"]
        for row in rows:
            lines.append(",".join(row if len(row) == 4 else (row[0], "", "", row[1])))
        content = "\n".join(lines).encode()
        return acts.take_consumption(content, "用电量.csv", month, **self.ways(self.grid, on))

    def issued(self, month: date, on: date = TODAY) -> Edition:
        return acts.issue(month, **self.ways(on=on))

    def billed(self, kwh: str = "1000000") -> Bill:
        """A bill of the carbide works for February 2018."""
        line = self.carbide(found_on=date(2018, 2, 1))
        self.determined(line)
        self.metered(date(2018, 2, 1), (line.pk, kwh))
        return self.issued(date(2018, 2, 1)).bills.get()


def listed() -> dict[str, Any]:
    """A technology finding of the eliminated class."""
    return {
        "dimension": "technology", "judged_by": "technology", "subject": "K1-E1",
        "norm_row": "equipment_catalogue/NDRC-CAT-2011R/1", "source_id": "NDRC-CAT-2011R",
        "clause": "第三类", "indicator": None, "value": None, "limit_value": None, "unit": None,
        "ratio": None, "comparator": "presence",
    }  # fmt: skip


@pytest.fixture
def office(db: None) -> Office:
    return Office(Desk())

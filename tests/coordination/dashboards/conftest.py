from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from capacity_book import register
from casebook import TODAY, Desk
from phaseout.casework.models import Case, CaseDeadline, TaskStanding
from phaseout.law.procedures import procedure
from phaseout.measures.prices import income
from phaseout.measures.prices.acts.appending import append
from phaseout.measures.prices.models import PriceAct
from phaseout.measures.prices.seats import Seat
from phaseout.registry.models import ProductionLine

PLACES = (("640104", "cement", "t/a"), ("640104", "steel", "t/a"), ("640202", "steel", "kVA"))


class Province:
    """Lines of two cities on the ledger, cases of every age, and what their periods make due."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.lines: list[ProductionLine] = []
        for n, (place, industry, unit) in enumerate(PLACES):
            firm = self.desk.enterprise(
                f"91{place}MA000000{n}X", division_code=place, industry=industry
            )
            line = self.desk.line(f"D{n}", firm)
            register(line, 100_000 * (n + 1), unit, product=f"产品{n}")
            self.lines.append(line)

    def case(self, age: int, n: int = 0, **given: Any) -> Case:
        """A case opened so many days ago, by its row alone: what is tested counts rows, and the
        database asks every case for its acts."""
        serial = Case.objects.count() + 1
        law = procedure(given.get("procedure", "energy"), on=TODAY)
        line = self.desk.line(f"C{serial}", self.lines[n].enterprise)
        return self._row(
            Case,
            {
                "number": f"案〔2018〕{serial}号",
                "office": "eic",
                "year": 2018,
                "serial": serial,
                "line": line,
                "enterprise": line.enterprise,
                "dimension": "energy",
                "division_code": line.division_code,
                "lead_function": "eic",
                "procedure": "energy",
                "procedure_version": law.version,
                "stage": next(iter(law.stages)),
                "opened_on": TODAY - timedelta(days=age),
                **given,
            },
        )

    def _row(self, model: Any, fields: dict[str, Any]) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            made = model.objects.create(**fields)
            cursor.execute("SET LOCAL session_replication_role = origin")
        return made

    def due(self, case: Case, days: int, **given: Any) -> CaseDeadline:
        """A duty of the office of the case, due in so many days."""
        return CaseDeadline.objects.create(
            **{
                "case": case,
                "period": f"period{days}",
                "opened_by": 1,
                "kind": "duty",
                "whose": "office",
                "runs_from": case.opened_on,
                "due": TODAY + timedelta(days=days),
                "going": True,
                "office": case.office,
                "division_code": case.division_code,
                "dimension": case.dimension,
                **given,
            }
        )

    def task(self, case: Case, office: str, days: int) -> TaskStanding:
        """A task of the case that an office holds, due in so many days."""
        return self._row(
            TaskStanding,
            {
                "case": case,
                "task": "assist_rectification",
                "arisen_by": 1,
                "arisen_on": case.opened_on,
                "reported": True,
                "office": office,
                "case_office": case.office,
                "division_code": case.division_code,
                "since": case.opened_on,
                "due": TODAY + timedelta(days=days),
            },
        )

    def billed(self, amount: str, on: date, n: int = 0) -> None:
        """A surcharge charged to the enterprise of a line, as an edition posts it."""
        line = self.lines[n]
        act = append(
            PriceAct.Kind.ISSUE,
            Seat("price", "640000"),
            by=self.desk.person("price"),
            today=on,
            key=uuid4(),
            about="month",
            content={},
        )
        parts = [
            (income.Account.RECEIVABLE, Decimal(amount)),
            (income.Account.INCOME, -Decimal(amount)),
        ]
        income.post(
            act, ("账单", "bill"), parts, on=on, division=line.division_code,
            enterprise=line.enterprise_id,
        )  # fmt: skip


@pytest.fixture
def province(db: None) -> Province:
    return Province()

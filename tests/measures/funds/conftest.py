from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from casebook import TODAY, Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import Case
from phaseout.measures.funds import acts
from phaseout.measures.funds.acts import Asked
from phaseout.measures.funds.models import Application, Income, Programme


class Finance:
    """Finance and industry of the region, and steel firms whose exit is confirmed."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.officer = self.desk.person("finance")
        self.leader = self.desk.person("finance", Role.LEADER)
        self.industry = self.desk.person("eic")

    def ways(self, by: User | None = None, on: date = TODAY) -> dict[str, Any]:
        by = by or self.officer
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    def programme(self, fund: str = "award", money: str = "1000000", **given: Any) -> Programme:
        name = given.pop("name", f"{fund}项目（虚构）")
        given = {"runs_from": date(2018, 1, 1), **self.ways(), **given}
        made = acts.make_programme(name, Programme.Fund(fund), "某财建1号（虚构）", **given)
        if Decimal(money):
            self.income(made, money)
        return made

    def income(self, programme: Programme, money: str, **given: Any) -> Income:
        given = {"received_on": TODAY, "document": "下达文件（虚构）", **self.ways(), **given}
        central = Income.Source.CENTRAL
        return acts.record_income(programme.pk, central, Decimal(money), year=2018, **given)

    def firm(self, n: int, industry: str = "steel", *, exited: bool = True) -> str:
        uscc = f"91640100MA000000{n:02d}"
        firm = self.desk.enterprise(uscc, industry=industry, name=f"某钢{n}厂（虚构）")
        if exited:
            line = self.desk.line(f"S{n}", firm)
            given = {"dimension": "technology", "judged_by": "technology"}
            case = self.desk.open_(self.desk.finding(line, **given), by=self.industry).case
            # The stage alone matters here: the road to it is walked in casework's own tests.
            Case.objects.filter(pk=case.pk).update(stage="accepted")
        return uscc

    def applied(self, programme: Programme, n: int = 1, **given: Any) -> Application:
        firm = given.pop("firm", None) or self.firm(n)
        asked = {
            "year": 2018, "ownership": "state", "capacity": Decimal(30), "capacity_unit": "万t/a",
            "exit_year": 2017, "employees": 100, **given,
        }  # fmt: skip
        return acts.apply(programme.pk, firm, Asked(**asked), **self.ways())

    def accepted(self, programme: Programme, n: int = 1, **given: Any) -> Application:
        made = self.applied(programme, n, **given)
        acts.accept_application(made.pk, in_plan=True, **self.ways(self.industry))
        return made

    def allocated(self, programme: Programme, money: str = "1000000", **given: Any) -> Any:
        even = {one.pk: Decimal(1) for one in programme.applications.all()}
        return acts.allocate_by_factors(
            programme.pk, 2018, Decimal(money), given.pop("difficulty", even),
            **{"document": "分配文件（虚构）", **self.ways(self.leader), **given},
        )  # fmt: skip


@pytest.fixture
def finance(db: None) -> Finance:
    return Finance()

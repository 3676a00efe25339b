from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from casebook import TODAY, Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.evidence.keeping import keep
from phaseout.evidence.models import EvidenceFile
from phaseout.measures.employees import acts
from phaseout.measures.employees.acts import Meeting
from phaseout.measures.employees.models import EmployeeList, Settlement, WageStandard

USCC = "91640100MA00000001"
HEAD = (
    "工号,姓名,人员类别,出生日期,入职日期,合同终止日期,终止事由,前十二个月应得工资合计,"
    "安置方式,2008年前补偿,拖欠工资,欠缴社会保险费,保护情形"
)
ROWS = (
    "0001,苏木林,男职工,1980-05-02,2008-08-01,2018-02-28,关闭,96000,转岗就业创业,,1200.50,0,",
    "0002,云中雁,女工人,1985-01-10,2017-09-01,2018-02-28,关闭,28800,,,0,300,孕产哺乳期",
    "0003,岳听泉,男职工,1961-07-01,1990-01-01,,,,内部退养,,0,0,",
)


class Hr:
    """The human-resources office of the region, an enterprise, and its employees."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.firm = self.desk.enterprise(USCC)
        self.officer = self.desk.person("hr")
        self.leader = self.desk.person("hr", Role.LEADER)
        self.own = self.desk.person("", Role.ENTERPRISE, uscc=USCC)

    def ways(self, by: User | None = None, on: date = TODAY) -> dict[str, Any]:
        by = by or self.officer
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    def settlement(self, **given: Any) -> Settlement:
        ways = self.ways(given.pop("by", None))
        return acts.open_settlement(USCC, **{"staff": 100, **ways, **given})

    def file(
        self, rows: Sequence[str] = ROWS, head: str = HEAD, name: str = "名册.csv"
    ) -> EvidenceFile:
        text = "\n".join([head, *rows])
        return keep([text.encode("gb18030")], name=name, by=self.officer)

    def standards(self) -> None:
        acts.record_standard(
            WageStandard.Kind.AVERAGE, "640100", Decimal(6000),
            year=2017, document="统计年鉴（虚构）", **self.ways(),
        )  # fmt: skip
        acts.record_standard(
            WageStandard.Kind.MINIMUM, "640000", Decimal(1660),
            valid_from=date(2017, 10, 1), document="最低工资通知（虚构）", **self.ways(),
        )  # fmt: skip

    def listed(self, settlement: Settlement, *rows: str, **given: Any) -> EmployeeList:
        file = self.file(rows or ROWS)
        return acts.take_list(settlement.pk, file, **{**self.ways(), **given})

    def meet(self, settlement: Settlement, **given: Any) -> None:
        facts: dict[str, Any] = {
            "form": "congress",
            "explained_on": date(2018, 1, 10),
            "held_on": date(2018, 1, 20),
            "entitled": 30,
            "present": 28,
            "in_favour": 20,
            **given,
        }
        minutes = self.file(["x"], name="会议记录.csv")
        acts.record_procedure(settlement.pk, Meeting(**facts), minutes, **self.ways())

    def ready(self) -> Settlement:
        self.standards()
        settlement = self.settlement()
        self.meet(settlement)
        self.listed(settlement)
        return settlement


@pytest.fixture
def hr(db: None) -> Hr:
    return Hr()

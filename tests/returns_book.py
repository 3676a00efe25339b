"""A line that has exited, the bureaus of its city and the departments of the region: what the tests
of returns and of the annual report share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from capacity_book import register
from casebook import Desk
from journeys import Journey, voluntary
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.coordination.returns import acts, drafting
from phaseout.coordination.returns.models import Return, ReturnAct
from phaseout.coordination.returns.reconciling import compare, digest
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.standing import Place, place

YEAR = 2018
YINCHUAN = "640100"
IN_TIME, LAST_DAY, AFTER = date(2018, 12, 20), date(2018, 12, 31), date(2019, 1, 1)
USCC = "91640104MA75WXXG19"


def outside(**given: Any) -> Row:
    """A row of a firm that is not in the register."""
    return Row(
        **{
            "division_code": "640104",
            "industry": "cement",
            "enterprise": "（虚构）望远水泥厂",
            "uscc": USCC,
            "way": "dismantled",
            "dimension": "technology",
            "equipment": "φ2.4×10米水泥磨",
            "quantity": 1,
            "amount": Decimal(200_000),
            "unit": "t/a",
            "dismantled_on": date(2018, 10, 20),
            "document": "银工信发〔2018〕12号",
            "reason": "未建档的粉磨站，市已实地核查。",
            **given,
        }
    )


class Round:
    """The round of 2018: who reports, who accepts."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.city = desk.person("cities", Role.OFFICER, YINCHUAN)
        self.eic, self.epd = desk.person("eic"), desk.person("epd")

    def exits(self, amount: int = 600_000) -> Journey:
        """A line of the register exits by its case."""
        line = self.desk.line()
        register(line, amount)
        journey = Journey.applied(self.desk)
        self.desk.review(journey.case, journey.day)
        voluntary(journey)
        return journey

    def at(self, today: date = IN_TIME, department: str = "eic") -> Place:
        return place(YEAR, department, YINCHUAN, today)

    def ways(self, by: User, today: date, **given: Any) -> dict[str, Any]:
        return {"by": by, "scope": scope_of(by, on=today), "today": today, "key": uuid4(), **given}

    def drafts(self, *rows: Row, department: str = "eic") -> None:
        """The rows of the ledger as they are, with these added."""
        for row in rows:
            drafting.keep_row(self.at(department=department), None, row, by=self.city)

    def corrects(self, number: int, **given: Any) -> None:
        now = drafting.drafted(self.at()).rows[number - 1]
        drafting.keep_row(self.at(), number, now.corrected(**given), by=self.city)

    def files(
        self,
        today: date = IN_TIME,
        *,
        by: User | None = None,
        department: str = "eic",
        nil: bool = False,
        reason: str = "",
        **given: Any,
    ) -> Return:
        seen = drafting.drafted(self.at(today, department)).digest
        ways = self.ways(by or self.city, today, **given)
        return acts.file_return(
            YEAR, department, YINCHUAN, draft=seen, nil=nil, reason=reason, **ways
        )

    def beside(self, department: str = "eic") -> list[Any]:
        here = self.at(department=department)
        assert here.filed is not None
        return compare(here, [Row.kept(one) for one in here.filed.rows.order_by("place")])

    def accepts(
        self,
        settled: dict[int, tuple[str, str]] | None = None,
        *,
        department: str = "eic",
        today: date = IN_TIME,
        **given: Any,
    ) -> ReturnAct:
        by = {"eic": self.eic, "epd": self.epd}[department]
        seen = digest(self.beside(department))
        ways = self.ways(by, today, **given)
        return acts.accept_return(YEAR, department, YINCHUAN, settled or {}, seen=seen, **ways)

    def sends_back(self, reason: str = "设备型号不全。", *, today: date = IN_TIME) -> ReturnAct:
        ways = self.ways(self.eic, today)
        return acts.send_back(YEAR, "eic", YINCHUAN, reason=reason, **ways)

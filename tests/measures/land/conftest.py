from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from casebook import Desk
from journeys import ENDS, Journey
from phaseout.accounts.scope import scope_of
from phaseout.measures.land import acts
from phaseout.measures.land.models import LandAct, Parcel


class LandOffice:
    """A line of an enterprise, its parcel, and the people of clause (15)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.land, self.finance = desk.person("land"), desk.person("finance")
        self.day = desk.today

    def parcel(self, right: str = "allocated", number: str = "640104-1", **given: Any) -> Parcel:
        line = self.desk.line()
        said = acts.Described(
            uscc=line.enterprise_id,
            number=number,
            address="（虚构）望远工业园1号",
            area=Decimal("33350.00"),
            right=right,
            division_code="640104",
            line_id=line.pk,
        )
        return self.do(acts.register_parcel, said, **given).parcel

    def do(self, act: Any, *what: Any, by: Any = None, key: Any = None) -> LandAct:
        by = by or self.land
        ways = {"scope": scope_of(by, on=self.day), "today": self.day, "key": key or uuid4()}
        return act(*what, by=by, **ways)

    def exited(self) -> date:
        """The line's technology case goes to its end; the day on which it left."""
        journey = Journey(self.desk, "technology")
        ENDS["technology"]["closed_exited"](journey)
        self.day = journey.day
        return journey.day

    def decided(self, way: str = "take_back", **given: Any) -> acts.Decided:
        return acts.Decided(way=way, document="宁国土资发〔2018〕9号", decided_on=self.day, **given)


@pytest.fixture
def office(transactional_db: None) -> LandOffice:
    return LandOffice(Desk())

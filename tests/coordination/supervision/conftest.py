from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from casebook import TODAY, Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import Case, CaseDeadline
from phaseout.coordination.returns.models import Return, ReturnAct
from phaseout.coordination.returns.seats import departments
from phaseout.coordination.supervision import acts, recent
from phaseout.coordination.supervision.acts import Demanded, Drawn
from phaseout.coordination.supervision.models import Demand, Measure

YINCHUAN, SHIZUISHAN = "city_640100", "city_640200"
DUE = date(2018, 4, 13)


class Supervising:
    """A city with cases, and who supervises it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.officer, self.leader = desk.person(), desk.person(role=Role.LEADER)
        self.inspection = desk.person("inspection")
        self.city = desk.person("cities", division="640100")
        self.other_city = desk.person("cities", division="640200")
        self.county = desk.person("cities", division="640104")
        self.other_county = desk.person("cities", division="640106")

    def ways(self, by: User, on: date = TODAY) -> dict[str, Any]:
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    def cases(self, count: int, overdue: int = 0, place: str = "640104") -> list[Case]:
        """Open cases of a place, the first so many past the last day of a measure."""
        firm = self.desk.enterprise(f"91{place}MA00000001", division_code=place)
        made = []
        for n in range(count):
            line = self.desk.line(f"L-{place}-{n}", firm)
            made.append(self.desk.open_(self.desk.finding(line), by=self.officer).case)
        for case in made[:overdue]:
            self.period(case, date(2018, 3, 14))
        return made

    def period(self, case: Case, due: date, **given: Any) -> CaseDeadline:
        said = {
            "period": "rectification", "opened_by": 1, "kind": "measure", "whose": "enterprise",
            "runs_from": date(2018, 1, 15), "going": True, **given,
        }  # fmt: skip
        return CaseDeadline.objects.create(
            case=case, due=due, office=case.office, division_code=case.division_code,
            dimension=case.dimension, **said,
        )  # fmt: skip

    def reported(self, city: str = "640100", late: int = 0) -> None:
        """The city has reported 2017 to every department, so many days late."""
        for department in departments():
            about = {"year": 2017, "department": department, "division_code": city}
            act = ReturnAct.objects.create(
                kind="file", office=f"city_{city}", by=self.city, done_on=date(2017, 12, 20),
                digest="0" * 64, key=uuid4(), **about,
            )  # fmt: skip
            Return.objects.create(
                act=act, version=1, nil=True, days_late=late, due=date(2017, 12, 31), **about
            )

    def drawn(self, **given: Any) -> Drawn:
        demands = [Demanded("逐件说明逾期原因", DUE), Demanded("逾期案件全部作出决定", DUE)]
        return Drawn(**{"text": "逾期案件较多。", "demands": demands, **given})

    def adopted(self, kind: str = "handling", by: User | None = None, **given: Any) -> Measure:
        ways = {**self.ways(by or self.officer), **given}
        target, drawn = ways.pop("target", YINCHUAN), ways.pop("drawn", None)
        return acts.adopt(target, kind, drawn or self.of(kind), **ways)

    def of(self, kind: str) -> Drawn:
        if kind in ("circular", "handling"):
            return self.drawn()
        return self.drawn(
            demands=(), on=date(2018, 3, 20), place="自治区会议中心", persons="某市长"
        )

    def signed(self, kind: str = "handling", **given: Any) -> Measure:
        measure = self.adopted(kind, **given)
        acts.sign(measure.pk, digest=measure.digest, **self.ways(self.leader))
        return measure

    def met(self, demand: Demand, on: date = TODAY) -> None:
        answered = acts.answer(demand.pk, "已办结", **self.ways(self.city, on))
        acts.check(answered.pk, accepted=True, **self.ways(self.officer, on))


@pytest.fixture
def supervising(db: None, monkeypatch: pytest.MonkeyPatch) -> Supervising:
    monkeypatch.setattr(recent, "SLOW", float("inf"))  # however busy the machine is
    return Supervising(Desk())

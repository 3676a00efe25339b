from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from casebook import TODAY, Desk
from drawn_signature import PNG
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.evidence.keeping import keep
from phaseout.inspections import acts
from phaseout.inspections.acts.planning import Wanted
from phaseout.inspections.models import Assignment, Draw, Plan


class Office:
    """The energy supervisors: an officer, a leader, two inspectors and one of each city."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.officer = desk.person()
        self.leader = desk.person(role=Role.LEADER)
        self.inspectors = [
            self.inspector("ins-1"),
            self.inspector("ins-2"),
            self.inspector("ins-yinchuan", "cities", "640100"),
            self.inspector("ins-shizuishan", "cities", "640200"),
        ]

    def inspector(self, name: str, function: str = "eic", division: str = "640000") -> User:
        from phaseout.accounts.models import Post

        user = User.objects.create(username=name, name_zh=name)
        Post.objects.create(
            user=user, role=Role.INSPECTOR, function=function, division_code=division
        )
        return user

    def firms(self, count: int = 6) -> None:
        for n in range(1, count + 1):
            place = "640104" if n % 2 else "640202"
            firm = self.desk.enterprise(f"916{place}MA0000{n:03d}", division_code=place)
            self.desk.line(f"C{n}", firm, product="水泥熟料")

    def signature(self, by: User) -> list[dict[str, Any]]:
        """What the firm's representative drew, kept by the inspector."""
        kept = keep([PNG], name="企业代表签名.png", by=by, media_type="image/png")
        return [{"pk": kept.pk, "digest": kept.digest, "name": kept.name}]

    def ways(self, by: User, on: date = TODAY) -> dict[str, Any]:
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    def plan(self, firms: int = 4, **given: Any) -> Plan:
        lines = given.pop("lines", [Wanted("cement", firms, date(2018, 6, 29))])
        given = {**self.ways(given.pop("by", self.officer)), **given}
        return acts.make_plan("eic", "energy", given.pop("year", 2018), lines, **given)

    def approved(self, firms: int = 4) -> Plan:
        plan = self.plan(firms)
        acts.approve_plan(plan.pk, digest=plan.digest, **self.ways(self.leader))
        return plan

    def drawn(self, wanted: int = 2, firms: int = 4) -> Draw:
        plan = self.approved(firms)
        return acts.draw(plan.lines.get().pk, wanted, **self.ways(self.officer))

    def assigned(self, wanted: int = 2) -> list[Assignment]:
        return acts.assign(self.drawn(wanted).pk, TODAY, a_day=20, **self.ways(self.officer))


@pytest.fixture
def office(db: None) -> Office:
    made = Office(Desk())
    made.firms()
    return made

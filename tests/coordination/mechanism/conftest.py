from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from casebook import TODAY, Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.coordination.mechanism import acts
from phaseout.coordination.mechanism.acts import Decided, Held
from phaseout.coordination.mechanism.models import Meeting, Point

HELD, DUE = date(2018, 3, 20), date(2018, 4, 13)


class Mechanism:
    """Who meets, and a meeting with one decision for the environment department."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.officer, self.leader = desk.person(), desk.person(role=Role.LEADER)
        self.epd = desk.person("epd")

    def ways(self, by: User, on: date) -> dict[str, Any]:
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    def called(self, by: User | None = None, **given: Any) -> Meeting:
        ways = {**self.ways(by or self.officer, TODAY), **given}
        invited = ways.pop("invited", ["epd", "qts"])
        return acts.call_meeting(
            ways.pop("on", HELD), "自治区会议中心", "一季度进展", invited, **ways
        )

    def held(self, **given: Any) -> Held:
        said = {"held_on": HELD, "chair": "某主任", "present": ["epd"], "summary": "通报了进展。"}
        points = [Decided("核查三家焦化企业的排放", "epd", DUE)]
        return Held(**{**said, "points": points, **given})

    def issued(self) -> Point:
        meeting = self.called()
        minutes = acts.record_minutes(meeting.pk, self.held(), **self.ways(self.officer, HELD))
        acts.issue_minutes(meeting.pk, digest=minutes.digest, **self.ways(self.leader, HELD))
        return minutes.points.get()


@pytest.fixture
def mechanism(db: None) -> Mechanism:
    return Mechanism(Desk())

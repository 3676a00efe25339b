from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from casebook import Desk
from journeys import Journey
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import Case
from phaseout.exits.restart import acts
from phaseout.exits.restart.judging import judge_line
from phaseout.exits.restart.models import Batch, Meter, WatchedLine
from phaseout.exits.restart.readings import receive, take

CUTTING = ("cut_water", "cut_power", "remove_drive", "seal", "commitment", "publish_commitment")


class Watch:
    """A watched line, and what the room does of it. Its case is only opened: `walked` walks one."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.journey = Journey(self.desk, "technology")
        self.cut = self.journey.day
        WatchedLine.objects.create(
            line=self.case.line,
            enterprise=self.case.enterprise,
            case=self.case,
            division_code=self.case.division_code,
            state="cut",
            cut_on=self.cut,
            since=self.cut,
        )
        self.today = self.cut + timedelta(days=60)
        self.inspector = self.desk.person(role=Role.INSPECTOR)
        self.officer = self.desk.person()

    def walked(self) -> Watch:
        """The case goes on until power is cut."""
        self.journey.do("record_match").decided("elimination").do(*CUTTING)
        self.cut = self.journey.day
        self.today = self.cut + timedelta(days=60)
        return self

    def sealed(self) -> Watch:
        self.walked().journey.do("set_dismantling_date", "record_sealed")
        return self

    @property
    def case(self) -> Case:
        return self.journey.case

    @property
    def line(self) -> WatchedLine:
        return WatchedLine.objects.get(pk=self.case.line_id)

    def ways(self, by: User | None = None, key: Any = None) -> dict[str, Any]:
        who = by or self.officer
        return {
            "by": who,
            "scope": scope_of(who, on=self.today),
            "today": self.today,
            "key": key or uuid4(),
        }

    def meter(self, number: str = "DB001", **given: Any) -> Meter:
        ways = self.ways(given.pop("by", None))
        given = {"covers": "line", "held_from": date(2017, 1, 1), **given}
        return acts.assign_meter(self.case.line_id, number, **given, **ways)

    def bring(self, data: bytes, name: str = "readings.csv", **given: Any) -> Batch:
        ways = self.ways(given.pop("by", None))
        given = {"times": "start", **given}
        batch = receive([data], name=name, defer=False, **given, **ways)
        return take(batch.pk)

    def hours(self, draws: Callable[[datetime], float], days: int = 55, before: int = 30) -> bytes:
        """Hourly readings from before the cut to some days after it, as CSV."""
        out = io.StringIO("电表编号,时间,电量（kWh）\n")
        out.seek(0, io.SEEK_END)
        begins = datetime(self.cut.year, self.cut.month, self.cut.day) - timedelta(days=before)  # noqa: DTZ001
        for hour in range(24 * (before + days)):
            at = begins + timedelta(hours=hour)
            out.write(f"DB001,{at:%Y-%m-%d %H:%M},{draws(at):g}\n")
        return out.getvalue().encode()

    def worked(self, at: datetime) -> float:
        """What the line drew: 200 kW by day before the cut, 4 kW after it."""
        if at.date() <= self.cut:
            return 200.0 if at.hour >= 8 else 12.0
        return 4.0

    def restarted(self, at: datetime) -> float:
        """The same, with two days at full load twenty days after the cut."""
        ran = self.cut + timedelta(days=20) <= at.date() <= self.cut + timedelta(days=21)
        return 200.0 if ran and at.hour >= 8 else self.worked(at)

    def alarmed(self) -> Any:
        """Sealed, metered, read and judged: the one alarm there is."""
        from phaseout.exits.restart.models import Alarm

        self.meter()
        assert self.bring(self.hours(self.restarted)).state == "taken"
        judge_line(self.case.line_id, self.today)
        return Alarm.objects.get()


@pytest.fixture
def watch(db: None) -> Watch:
    return Watch()

"""A line that exits, and the people at its site: what the tests of this room share."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import Any
from uuid import uuid4

from casebook import Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import Case, Proposal
from phaseout.evidence.keeping import keep
from phaseout.exits import acts
from phaseout.exits.acts.accepting import Signed
from phaseout.exits.acts.planning import Planned
from phaseout.exits.acts.recording import Photo, Recorded
from phaseout.exits.bringing import bring
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.law.dismantling import PARTIES, Equipment, sheet

BEIJING = timezone(timedelta(hours=8))
_serial = count(1)
FURNACE = Equipment("E1", "1号磨机", "cement_mill")
PNG = b"\x89PNG\r\n\x1a\n"


class Site:
    """A line that exits: the people of its office and of its city, and what they do there."""

    def __init__(self, case: Case, desk: Desk, day: date) -> None:
        self.desk, self.day = desk, day
        self.pk = case.pk
        self.officer = desk.person()
        self.inspector = desk.person(role=Role.INSPECTOR)
        self.leader = desk.person(role=Role.LEADER)
        self.city = desk.person("cities", Role.INSPECTOR, "640100")

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @property
    def now(self) -> ExitStanding:
        return standing_of(self.case)

    def ways(self, by: User | None = None, **given: Any) -> dict[str, Any]:
        by = by or self.inspector
        return {
            "by": by,
            "scope": scope_of(by, on=self.day),
            "today": self.day,
            "key": uuid4(),
        } | given

    def does(self, *kinds: str, **given: Any) -> Site:
        for kind in kinds:
            self.desk.do(self.case, kind, self.day, **given)
        return self

    def planned(self, form: str = "dismantle", *equipment: Equipment, **given: Any) -> Planned:
        listed = equipment or (FURNACE,)
        begins, ends = self.day.isoformat(), (self.day + timedelta(days=10)).isoformat()
        filled = {
            item["id"]: {"responsible": "王工", "begins": begins, "ends": ends}
            for item in sheet(listed, form, self.day)["items"]
            if item["about"] == "part"
        }
        filled |= given.pop("filled", {})
        plan = self.now.plan_act
        defaults = {"destination": "本市废钢回收企业", "after": plan.digest if plan else ""}
        return Planned(form, listed, filled, **{**defaults, **given})

    def plan(self, form: str = "dismantle", *equipment: Equipment, **given: Any) -> ExitAct:
        return acts.make_plan(self.pk, self.planned(form, *equipment, **given), **self.ways())

    def photo(self, slot: str = "photo", by: User | None = None) -> Photo:
        body = PNG + f"{next(_serial)}".encode()
        kept = keep([body], name="现场.png", by=by or self.inspector, media_type="image/png")
        return Photo(slot, kept, self.moment())

    def moment(self, hour: int = 10) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, hour, tzinfo=BEIJING)

    def recorded(self, item: str, record: str = "tick", *slots: str, **fields: str) -> Recorded:
        photos = [self.photo(slot) for slot in slots]
        return Recorded(record, item, fields, self.moment(), photos)

    def record(self, item: str, record: str = "tick", *slots: str, **fields: str) -> ExitAct:
        return self.send(self.recorded(item, record, *slots, **fields))

    def send(self, given: Recorded, **ways: Any) -> ExitAct:
        return acts.record(self.pk, given, **self.ways(**{"now": self.moment(12), **ways}))

    def complete(self, *gates: str, but: str = "") -> Site:
        """Everything recorded that the plan asks for (at these gates), `but` one item."""
        for item in self.now.items.values():
            if not item["record"] or (gates and item["gate"] not in gates) or item["id"] == but:
                continue
            if self.now.complete(item["id"]):
                continue
            slots = [slot["slot"] for slot in item["slots"]]
            self.record(item["id"], item["record"], *slots, **FIELDS[item["record"]])
        return self

    def brings(self, kind: str, by: User | None = None) -> Any:
        """The case's act with what the room has, signed by the leader where one signs."""
        done = bring(self.pk, kind, **self.ways(by))
        return self.desk.sign(done, self.leader, self.day) if isinstance(done, Proposal) else done

    def lay(self) -> ExitAct:
        names = {party: f"{row.zh}（测试）" for party, row in PARTIES.items()}
        return acts.lay_sheet(self.pk, names, **self.ways())

    def signed(self, party: str, opinion: str = "agree", **given: Any) -> Signed:
        laid = self.now.sheet
        defaults = {
            "digest": laid.digest if laid else "",
            "name": "某某",
            "role": "负责人",
            "signature": self.photo().file,
        }
        return Signed(party, opinion, **{**defaults, **given})

    def sign(self, party: str, opinion: str = "agree", **given: Any) -> ExitAct:
        return acts.sign_sheet(self.pk, self.signed(party, opinion, **given), **self.ways())

    def all_sign(self) -> Site:
        for party in PARTIES:
            self.sign(party)
        return self


FIELDS = {
    "tick": {"done": "yes"},
    "paper": {"title": "证明"},
    "seal": {"number": "宁封001", "where": "磨机筒体"},
    "inventory": {"what": "主电机 YRKK560", "quantity": "1", "stored": "一号仓库"},
    "meter": {"meter": "640-001", "reading": "123456.5"},
    "visit": {"intact": "yes", "still": "yes"},
}

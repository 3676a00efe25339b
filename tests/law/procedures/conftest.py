"""A case walked act by act: what an act must bring is filled in, each act is asked of `admit`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from phaseout.law.periods import BEIJING
from phaseout.law.procedures import Done, Procedure, State, admit, procedure, state
from phaseout.law.procedures.carried import serves
from phaseout.law.refusals import Refusal

LICENCES = [
    {"licence": "安全生产许可证", "issuer": "wsb"},
    {"licence": "采矿许可证", "issuer": "land"},
]


class Walk:
    """A case in the version of the day on which it begins."""

    def __init__(self, name: str, begins: date) -> None:
        self.procedure: Procedure = procedure(name, on=begins)
        self.acts: list[Done] = []
        self.day = begins

    def act(self, kind: str, on: date, served: date | None = None, **facts: Any) -> Done:
        """The act with everything it must bring."""
        rule = self.procedure.acts.get(kind)
        brings = {b.item: (b.item, b.type) for b in rule.brings if not b.optional} if rule else {}
        filled = {item: self._fill(*what, on) for item, what in brings.items()}
        if rule is not None and serves(rule) and served is None:
            served = on
        return Done(kind, on, served, {**filled, **facts})

    def _fill(self, item: str, kind: str, on: date) -> Any:
        if item == "service_way":
            return "in_person"
        if item == "licence":
            open_ = [t.item for t in self.state(on).tasks if t.item and t.done_on is None]
            return open_[0] if open_ else "无"
        if item == "answers":
            return {"要点一": "采纳"}
        return {
            "file": ["sha256:0"],
            "text": "文",
            "date": on + timedelta(days=30),
            "moment": datetime(on.year, on.month, on.day, 9, tzinfo=BEIJING),
            "number": 1,
            "amount": Decimal("100000"),
            "list": ["要点一"],
            "map": {"要点一": "答复"},
            "licences": LICENCES,
        }[kind]

    def do(
        self, kind: str, on: date | None = None, served: date | None = None, **facts: Any
    ) -> Walk:
        """Do it, or raise its Refusal. Without a day: on the day of the act before it."""
        self.day = on or self.day
        act = self.act(kind, self.day, served, **facts)
        admit(self.procedure, self.acts, act)
        self.acts.append(act)
        return self

    def all(self, *kinds: str, on: date | None = None) -> Walk:
        for kind in kinds:
            self.do(kind, on)
        return self

    def refused(
        self, kind: str, on: date | None = None, served: date | None = None, **facts: Any
    ) -> Refusal:
        """The refusal of an act that may not be done."""
        with pytest.raises(Refusal) as refusal:
            admit(self.procedure, self.acts, self.act(kind, on or self.day, served, **facts))
        return refusal.value

    def state(self, on: date | None = None) -> State:
        return state(self.procedure, self.acts, on=on or self.day)

    def stage(self, on: date | None = None) -> str:
        return self.state(on).stage.id

    def due(self, period: str, on: date | None = None) -> date | None:
        """The last day of the latest opening of a period."""
        return [d for d in self.state(on).deadlines if d.period == period][-1].due

    def standing(self, period: str, on: date) -> str:
        return [d for d in self.state(on).deadlines if d.period == period][-1].standing.value

    def notified(self, prefix: str, on: date | None = None) -> Walk:
        """File the case, make the notice, serve it."""
        steps = ("file", "collect_evidence", "notice", "serve_notice")
        return self.all(*(f"{prefix}.{step}" for step in steps), on=on)

    def decided(self, prefix: str, on: date | None = None, **facts: Any) -> Walk:
        """The whole due process of a block, on the first days the law allows, to the service."""
        self.notified(prefix, on)
        reply = self.due(f"{prefix}.reply")
        assert reply is not None
        self.day = reply + timedelta(days=1)
        block = next(b for b in self.procedure.blocks if b.prefix == prefix)
        steps = [
            *(["legal_review"] if "review" in block.options else []),
            *(["collective"] if "collective" in block.options else []),
            *(["submit_for_approval", "approve"] if "government" in block.options else []),
            *(["approve_by_head"] if "head" in block.options else []),
        ]
        self.all(*(f"{prefix}.{step}" for step in steps))
        self.do(block.decision, **facts)
        return self.do(f"{prefix}.serve_decision")


@pytest.fixture
def walk() -> type[Walk]:
    return Walk

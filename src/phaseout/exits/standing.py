"""Where an exit stands, read from the acts of its case and the rows of this room. Nothing is kept.

standing_of(case)           one exit, two queries
standings_of(cases)         of a page of a list, two queries for all
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from phaseout.casework.models import Act, Case
from phaseout.exits.models import ExitAct, ExitFile
from phaseout.law.dismantling import (
    EquipmentState,
    Missing,
    Seen,
    complete,
    missing,
    next_visit,
    since_reset,
    state_of,
)
from phaseout.law.dismantling.missing import NOTHING
from phaseout.law.dismantling.standing import FAILED, RESTARTED

Kind = ExitAct.Kind


@dataclass
class ExitStanding:
    """An exit: the acts of its case, those of this room, and what follows from both."""

    case: Case
    acts: Sequence[Act]
    own: Sequence[ExitAct]
    files: Mapping[int, Sequence[ExitFile]] = field(default_factory=dict)

    @property
    def kinds(self) -> list[str]:
        return [act.kind for act in self.acts]

    @cached_property
    def on_file(self) -> frozenset[str]:
        """Acts of the case that count: not what a restart or a failed acceptance took back."""
        return frozenset(since_reset(self.kinds))

    @cached_property
    def restarted_at(self) -> int:
        """How many acts the case had when it last restarted: what was recorded before is void."""
        return max((act.place for act in self.acts if act.kind in RESTARTED), default=0)

    @cached_property
    def failed_at(self) -> int:
        failing = (FAILED, *RESTARTED)
        return max((act.place for act in self.acts if act.kind in failing), default=0)

    @cached_property
    def plans(self) -> list[ExitAct]:
        return [act for act in self.own if act.kind == Kind.PLAN]

    @property
    def plan_act(self) -> ExitAct | None:
        return self.plans[-1] if self.plans else None

    @property
    def plan(self) -> Mapping[str, Any] | None:
        """The plan in force, as data."""
        return self.plan_act.content if self.plan_act is not None else None

    @cached_property
    def items(self) -> Mapping[str, Mapping[str, Any]]:
        return {one["id"]: one for one in self.plan["items"]} if self.plan else {}

    @cached_property
    def records(self) -> list[ExitAct]:
        """Records that count, in order."""
        return [
            act
            for act in self.own
            if act.kind == Kind.RECORD and act.case_place >= self.restarted_at
        ]

    @cached_property
    def seen(self) -> dict[str, Seen]:
        """By item: whether the last tick says it is done, files by slot, number of records."""
        done: dict[str, bool] = {}
        slots: dict[str, Counter[str]] = defaultdict(Counter)
        count: Counter[str] = Counter()
        for act in self.records:
            count[act.item] += 1
            if act.record == "tick":
                done[act.item] = act.content["fields"].get("done") == "yes"
            slots[act.item].update(file.slot for file in self.files.get(act.pk, ()))
        return {item: Seen(done.get(item, False), slots[item], count[item]) for item in count}

    def complete(self, item: str) -> bool:
        return complete(self.items[item], self.seen.get(item, NOTHING), self.on_file)

    @property
    def done_items(self) -> int:
        return sum(self.complete(item) for item in self.items)

    @property
    def sheet(self) -> ExitAct | None:
        """The sheet laid before the organisations: of the plan in force, since the last failure."""
        if self.plan_act is None:
            return None
        laid = [
            act
            for act in self.own
            if act.kind == Kind.SHEET
            and act.content["plan"] == self.plan_act.digest
            and act.case_place >= self.failed_at
        ]
        return laid[-1] if laid else None

    @property
    def signatures(self) -> dict[str, ExitAct]:
        """Party → what it signed on the sheet."""
        sheet = self.sheet
        if sheet is None:
            return {}
        return {
            act.item: act
            for act in self.own
            if act.kind == Kind.SIGN and act.content["sheet"] == sheet.digest
        }

    @property
    def opinions(self) -> dict[str, str] | None:
        if self.sheet is None:
            return None
        return {party: act.content["opinion"] for party, act in self.signatures.items()}

    def missing(self, for_act: str, *, signed: bool = True) -> tuple[Missing, ...]:
        """What lacks before an act of the case; without a plan nothing is known to lack."""
        if self.plan is None:
            return ()
        lacks = missing(self.plan, self.seen, for_act, on_file=self.on_file, opinions=self.opinions)
        return lacks if signed else tuple(one for one in lacks if one.item)

    @property
    def begun(self) -> bool:
        return any(
            self.items[item]["about"] == "part" and seen.done
            for item, seen in self.seen.items()
            if item in self.items
        )

    @property
    def put_off(self) -> ExitAct | None:
        """The entry «closed and not dismantled» that stands: ended by dismantling or a restart."""
        entered = [
            act
            for act in self.own
            if act.kind == Kind.PUT_OFF and act.case_place >= self.restarted_at
        ]
        return entered[-1] if entered and "dismantle" not in self.on_file else None

    @property
    def state(self) -> EquipmentState:
        return state_of(self.kinds, begun=self.begun, put_off=self.put_off is not None)

    @property
    def visits(self) -> list[ExitAct]:
        return [act for act in self.records if act.record == "visit"]

    @property
    def visit_due(self) -> date | None:
        """The last day for the next visit to a sealed line; None: it is not sealed."""
        if self.state not in (EquipmentState.SEALED, EquipmentState.CLOSED_NOT_DISMANTLED):
            return None
        sealed = [act.done_on for act in self.acts if act.kind == "record_sealed"]
        days = [*sealed, *(act.done_on for act in self.visits)]
        if not days and self.put_off is not None:
            days = [self.put_off.done_on]
        return next_visit(max(days), self.state) if days else None

    def last(self, *kinds: str) -> Act | None:
        """The last act of the case of one of these kinds, of those that count."""
        found = [act for act in self.acts if act.kind in kinds and act.kind in self.on_file]
        return found[-1] if found else None


def standing_of(case: Case) -> ExitStanding:
    return standings_of([case])[0]


def standings_of(cases: Iterable[Case]) -> list[ExitStanding]:
    listed = list(cases)
    pks = [case.pk for case in listed]
    acts: dict[int, list[Act]] = defaultdict(list)
    brief = Act.objects.filter(case__in=pks).defer("record", "basis", "reason")
    for act in brief.order_by("case_id", "place"):
        acts[act.case_id].append(act)
    own: dict[int, list[ExitAct]] = defaultdict(list)
    for one in ExitAct.objects.filter(case__in=pks).select_related("by").order_by("pk"):
        own[one.case_id].append(one)
    files: dict[int, list[ExitFile]] = defaultdict(list)
    brought = ExitFile.objects.filter(act__case__in=pks).select_related("file")
    for file in brought.order_by("pk"):
        files[file.act_id].append(file)
    return [ExitStanding(case, acts[case.pk], own[case.pk], files) for case in listed]

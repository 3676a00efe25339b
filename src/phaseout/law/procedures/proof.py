"""The proof of the paths: every way through a procedure, explored to its end.

A case is abstracted to what the rules look at: the stage of its main track, which of the acts
that some rule asks for are on file, which wait for an answer, and whether each period runs or is
over. Every act whose rule admits it leads on; so does every passing of a last day. The admitting
is that of the engine (`rules.hindrances`), on this abstract view.

Left out, so that more paths are explored than a real case has and never fewer: side tracks (their
conditions count as met), pauses, tasks, set days, holidays; whether an act that moves the case, or
one of the same block, is on file (the proof leans on the stages alone there); and, outside a block
and until its notice is served, how its reply time stands (`ANYHOW`: as any act likes to have it,
and never over for a decision). Acts that begin the case anew lead back to the first state and need
not be followed. More paths is the safe side for decision and exit; that the ways out are real is
shown by real cases in the tests.

Proved on every transition:
    decision    none without notice, its service, the reply time over, and approval before it;
                closings of a block with a government by a government
    exit        none without such a decision of a closing block, served (for the exit procedure:
                a served decision relied on, or the enterprise's own application)
    leaving     from every state an end can be reached without the emergency acts of `common`
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from phaseout.law.procedures.records import MAIN, ActRule, Need, Procedure, StageKind
from phaseout.law.procedures.rules import PeriodView, hindrances

_FREE_NEEDS = frozenset({"task", "done_tasks", "on_or_after", "not_holiday", "open", "owed"})
_PERIOD_NEEDS = frozenset({"running", "lapsed", "past", "within", "over"})
LAWFUL_WILL = frozenset({("", "own_will"), ("", "decision_relied_on")})
BEFORE_DECISION = ("notice", "notice_served", "approval")
LIMIT = 400_000
"""More states than this are a mistake of the tables, not a procedure."""

Mark = tuple[str, str]
"""A block's prefix and what was done in it."""


@dataclass(frozen=True, slots=True)
class Node:
    """An abstract case."""

    stage: str
    filed: frozenset[str]
    waiting: frozenset[str]
    periods: tuple[tuple[str, PeriodView], ...]
    marks: frozenset[Mark]


@dataclass(frozen=True, slots=True)
class Fault:
    """A path that should not be: its acts in order, and what is wrong with the last."""

    code: str
    path: tuple[str, ...]
    subject: str


class _Anyhow(PeriodView):
    """A period of which nothing is known: every act finds it as it needs it."""

    @property
    def running(self) -> bool:
        return True


ANYHOW = _Anyhow(opened=True, past=True)


@dataclass(slots=True)
class Proof:
    """What was explored, and what was found wrong."""

    faults: list[Fault] = field(default_factory=list)
    states: int = 0
    stages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Seen:
    """The abstract case as the rules look at it."""

    node: Node
    start_of: Mapping[str, str]

    def stage(self, track: str) -> str:
        return self.node.stage if track == MAIN else self.start_of[track]

    def on_file(self, kind: str) -> bool:
        return kind in self.node.filed

    def pending(self, kind: str) -> bool:
        return kind in self.node.waiting

    def period(self, period: str) -> PeriodView:
        return dict(self.node.periods).get(period, PeriodView())

    def task_open(self, task: str) -> bool:
        return False

    def reached(self, act: str, fact: str) -> bool:
        return True

    def holiday(self) -> bool:
        return False


def prove(procedure: Procedure) -> Proof:
    """Explore every path of the main track. Exhaustive; ends because the abstract cases are
    finitely many."""
    return _Explorer(procedure).run()


class _Explorer:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.rules = [
            _freed(rule, procedure) for rule in procedure.acts_of(MAIN) if rule.reset != "all"
        ]
        self.rules_at: dict[str, list[ActRule]] = {}
        for rule in self.rules:
            for stage in rule.from_stages:
                self.rules_at.setdefault(stage, []).append(rule)
        needs = [need for rule in self.rules for need in rule.needs]
        self.filed = _targets(needs, {"act", "no"})
        self.waiting = _targets(needs, {"answered", "pending"})
        replies = {f"{block.prefix}.reply" for block in procedure.blocks}
        asked = _targets(needs, _PERIOD_NEEDS) | replies
        self.periods = {p.id: p for p in procedure.periods.values() if p.id in asked}
        self.helping = {rule.kind for rule in self.rules if self._only_helps(rule, needs)}
        self.blocks = {block.prefix: block for block in procedure.blocks}
        self.parents: dict[Node, tuple[Node | None, str]] = {}
        self.onward: dict[Node, list[tuple[Node, bool]]] = {}
        self.proof = Proof()

    def run(self) -> Proof:
        start = self.procedure.tracks[MAIN]
        first = self._outside(Node(start, frozenset(), frozenset(), (), frozenset()))
        self.parents[first] = (None, "")
        waiting = deque([first])
        while waiting:
            node = waiting.popleft()
            self.onward[node] = []
            for after, act, usual in self._steps(node):
                self.onward[node].append((after, usual))
                if after not in self.parents:
                    self.parents[after] = (node, act)
                    waiting.append(after)
            if len(self.parents) > LIMIT:
                raise ValueError(f"{self.procedure.name}: more than {LIMIT} abstract cases")
        self.proof.states = len(self.parents)
        self.proof.stages = frozenset(node.stage for node in self.parents)
        self._leaving()
        return self.proof

    def _steps(self, node: Node) -> Iterator[tuple[Node, str, bool]]:
        """Each way on: the case after it, the act, and whether it is one of the usual acts."""
        view = _Seen(node, self.procedure.tracks)
        for rule in self.rules_at.get(node.stage, ()):
            helps = rule.kind in self.helping and rule.kind not in node.filed
            if helps and next(hindrances(rule, self.procedure, view), None) is None:
                yield self._after(node, rule), rule.kind, rule.block != "common"
                return
        yield from ((after, "", True) for after in _time(node))
        for rule in self.rules_at.get(node.stage, ()):
            if next(hindrances(rule, self.procedure, view), None) is not None:
                continue
            self._judge(node, rule)
            yield self._after(node, rule), rule.kind, rule.block != "common"

    def _only_helps(self, rule: ActRule, needs: list[Need]) -> bool:
        """Whether the act does nothing but be on file for acts that ask for it.

        Such an act is taken as soon as it may be: it forbids nothing, so every way that leaves it
        out is also there with it, and no order of several needs to be told apart.
        """
        period_acts = {
            act
            for period in self.periods.values()
            for acts in (period.opens_by, period.ends_by, period.reopened_by, period.lengthened_by)
            for act in acts
        }
        forbids = rule.kind in _targets(needs, {"no", "answered", "pending"})
        plain = not rule.moves and not rule.mark and not rule.answers
        return plain and rule.kind in self.filed and not forbids and rule.kind not in period_acts

    def _after(self, node: Node, rule: ActRule) -> Node:
        kind = rule.kind
        waiting = node.waiting - {rule.answers}
        after = Node(
            stage=rule.to_from(node.stage),
            filed=node.filed | ({kind} & self.filed),
            waiting=waiting | ({kind} & self.waiting),
            periods=self._periods(node, kind),
            marks=_marks(node.marks, rule),
        )
        return self._outside(after)

    def _outside(self, node: Node) -> Node:
        """Of a block the case does not stand in, only a closing that was served is kept."""
        periods, marks = dict(node.periods), set(node.marks)
        for prefix, block in self.blocks.items():
            if node.stage.startswith(f"{prefix}."):
                continue
            if f"{prefix}.reply" in self.periods:
                periods[f"{prefix}.reply"] = ANYHOW
            mine = {mark for mark in marks if mark[0] == prefix}
            served = block.closes and (prefix, "decision_served") in mine
            marks -= mine
            marks |= {m for m in mine if served and m[1] in ("decision", "decision_served")}
        return replace(
            node, periods=tuple(sorted(periods.items(), key=_by_name)), marks=frozenset(marks)
        )

    def _periods(self, node: Node, kind: str) -> tuple[tuple[str, PeriodView], ...]:
        views = dict(node.periods)
        for period in self.periods.values():
            now = views.get(period.id)
            if now is not None and kind in period.ends_by:
                views[period.id] = replace(now, met=True)
            if now is not None and kind in period.reopened_by:
                views[period.id] = replace(now, met=False)
            if now is not None and kind in period.lengthened_by:
                views[period.id] = replace(now, past=False)  # time may pass again at once
            if kind in period.opens_by:
                views[period.id] = PeriodView(opened=True)
        return tuple(sorted(views.items(), key=_by_name))

    def _judge(self, node: Node, rule: ActRule) -> None:
        """What must never be, looked at when the act is about to be done."""
        block = self.blocks.get(rule.prefix)
        done = {mark for prefix, mark in node.marks if prefix == rule.prefix}
        if rule.mark == "decision" and block is not None:
            for mark in BEFORE_DECISION:
                if mark not in done:
                    self._fault(f"path.decision-without-{mark.replace('_', '-')}", node, rule)
            reply = dict(node.periods).get(f"{rule.prefix}.reply", PeriodView())
            if not reply.past or reply is ANYHOW:
                self._fault("path.decision-while-reply-runs", node, rule)
        governed = block is not None and "government" in block.options
        if rule.mark == "approval" and governed and rule.by != "government":
            self._fault("path.closing-not-approved-by-government", node, rule)
        ends = self.procedure.stages[rule.to_from(node.stage)]
        exits = rule.mark == "exit" or ends.ends_as == "exited"
        if exits and rule.moves and not self._lawful_exit(node):
            self._fault("path.exit-without-served-decision", node, rule)

    def _lawful_exit(self, node: Node) -> bool:
        if node.marks & LAWFUL_WILL:
            return True
        closing = [prefix for prefix, block in self.blocks.items() if block.closes]
        return any({(p, "decision"), (p, "decision_served")} <= node.marks for p in closing)

    def _fault(self, code: str, node: Node, rule: ActRule) -> None:
        known = {(fault.code, fault.subject) for fault in self.proof.faults}
        if (code, rule.kind) not in known:
            self.proof.faults.append(Fault(code, (*self._path(node), rule.kind), rule.kind))

    def _path(self, node: Node) -> tuple[str, ...]:
        acts: list[str] = []
        at: Node | None = node
        while at is not None:
            at, act = self.parents[at]
            acts.append(act or "…")
        return tuple(act for act in reversed(acts[:-1]))

    def _leaving(self) -> None:
        """States from which the usual acts reach no end."""
        back: dict[Node, list[Node]] = {}
        for node, ways in self.onward.items():
            for after, usual in ways:
                if usual:
                    back.setdefault(after, []).append(node)
        ends = [n for n in self.parents if self._ended(n)]
        alive, waiting = set(ends), deque(ends)
        while waiting:
            for before in back.get(waiting.popleft(), []):
                if before not in alive:
                    alive.add(before)
                    waiting.append(before)
        dead: dict[str, Node] = {}
        for node in self.parents:
            if node not in alive:
                dead.setdefault(node.stage, node)
        for stage, node in sorted(dead.items()):
            self.proof.faults.append(Fault("path.no-way-out", self._path(node), stage))

    def _ended(self, node: Node) -> bool:
        return self.procedure.stages[node.stage].kind is StageKind.END


def _freed(rule: ActRule, procedure: Procedure) -> ActRule:
    """The rule without what the abstract case does not carry."""

    def carried(need: Need) -> bool:
        if need.kind == "at":
            return need.on == MAIN
        acts = [procedure.acts[target] for target in need.targets if target in procedure.acts]
        own = rule.prefix and all(act.prefix == rule.prefix for act in acts)
        ordered = own or any(act.moves for act in acts)
        return need.kind not in _FREE_NEEDS and not (need.kind in ("act", "no") and ordered)

    return replace(rule, needs=tuple(need for need in rule.needs if carried(need)))


def _by_name(view: tuple[str, PeriodView]) -> str:
    return view[0]


def _targets(needs: list[Need], kinds: set[str] | frozenset[str]) -> frozenset[str]:
    return frozenset(target for need in needs if need.kind in kinds for target in need.targets)


def _time(node: Node) -> Iterator[Node]:
    """Each period whose last day is not over may run out."""
    for index, (period, view) in enumerate(node.periods):
        if not view.past:  # ANYHOW is past already
            later = replace(view, past=True)
            changed = (*node.periods[:index], (period, later), *node.periods[index + 1 :])
            yield replace(node, periods=changed)


def _marks(marks: frozenset[Mark], rule: ActRule) -> frozenset[Mark]:
    if rule.mark == "void":
        return frozenset(mark for mark in marks if mark[0] != rule.prefix)
    if rule.mark == "notice":  # a new notice: what was done on the old one no longer counts
        return frozenset(m for m in marks if m[0] != rule.prefix) | {(rule.prefix, "notice")}
    return marks | {(rule.prefix, rule.mark)} if rule.mark else marks

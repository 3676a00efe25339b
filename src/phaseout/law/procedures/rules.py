"""The conditions of an act, judged over a view of a case. The engine and the proof share them.

act:A|B          an act of one of these kinds is on file
no:A|B           none of them is
answered:A       no act of kind A waits for its answer
pending:A        one does
running:P|Q      one of these periods runs: opened, not met, its last day not over
lapsed:P         the period has run out unmet
past:P           the period was opened and its last day is over, met or not
over:P           the period does not run: never opened, met, or past
within:P         its last day is not over yet, met or not
at:TRACK=S|T     the track stands in one of these stages
open             the case has begun and has not ended
task:T           a task of this kind is open
done_tasks:T     none is
on_or_after:A.F  the act is not done before the day that fact F of act A names
owed:A           what decision A asks is still owed: a fine not paid; else, the case goes on
not_holiday      the act is not done on a public holiday (except urgently)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from phaseout.law.procedures.citing import cited
from phaseout.law.procedures.records import PAUSE, ActRule, Need, Procedure, StageKind
from phaseout.law.procedures.refused import what
from phaseout.law.refusals import Bilingual, Refusal


@dataclass(frozen=True, slots=True)
class PeriodView:
    """Of the latest opening of a period. `past`: its last day is over. All False: not opened."""

    opened: bool = False
    met: bool = False
    past: bool = False

    @property
    def running(self) -> bool:
        return self.opened and not self.met and not self.past


class View(Protocol):
    """What the conditions of an act look at."""

    def stage(self, track: str) -> str: ...
    def on_file(self, kind: str) -> bool: ...
    def pending(self, kind: str) -> bool: ...
    def period(self, period: str) -> PeriodView: ...
    def task_open(self, task: str) -> bool: ...
    def reached(self, act: str, fact: str) -> bool: ...
    def holiday(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One reason why an act may not be done."""

    code: str
    need: Need


def hindrances(rule: ActRule, procedure: Procedure, view: View) -> Iterator[Hindrance]:
    """Every reason against the act, its own stage first."""
    if view.stage(rule.track) not in rule.from_stages:
        yield Hindrance("act.wrong-stage", Need("at", rule.from_stages, rule.track))
    if not rule.even_paused and rule.track != PAUSE and _paused(view, procedure):
        yield Hindrance("act.case-paused", Need("paused"))
    for need in rule.needs:
        code = _JUDGES[need.kind](need, procedure, view)
        if code:
            yield Hindrance(code, need)


def _paused(view: View, procedure: Procedure) -> bool:
    start = procedure.tracks.get(PAUSE)
    return start is not None and view.stage(PAUSE) != start


def _act(need: Need, procedure: Procedure, view: View) -> str:
    return "" if any(view.on_file(kind) for kind in need.targets) else "act.not-on-file"


def _no(need: Need, procedure: Procedure, view: View) -> str:
    return "act.once" if any(view.on_file(kind) for kind in need.targets) else ""


def _answered(need: Need, procedure: Procedure, view: View) -> str:
    return "act.unanswered" if any(view.pending(kind) for kind in need.targets) else ""


def _pending(need: Need, procedure: Procedure, view: View) -> str:
    return "" if any(view.pending(kind) for kind in need.targets) else "act.nothing-to-answer"


def _running(need: Need, procedure: Procedure, view: View) -> str:
    seen = [view.period(target) for target in need.targets]
    if any(one.running for one in seen):
        return ""
    return "act.period-over" if any(one.opened for one in seen) else "act.period-not-begun"


def _lapsed(need: Need, procedure: Procedure, view: View) -> str:
    seen = view.period(need.targets[0])
    if not seen.opened:
        return "act.period-not-begun"
    if seen.met:
        return "act.period-met"
    return "" if seen.past else "act.period-running"


def _past(need: Need, procedure: Procedure, view: View) -> str:
    seen = view.period(need.targets[0])
    if not seen.opened:
        return "act.period-not-begun"
    return "" if seen.past else "act.period-running"


def _within(need: Need, procedure: Procedure, view: View) -> str:
    seen = view.period(need.targets[0])
    if not seen.opened:
        return "act.period-not-begun"
    return "act.period-over" if seen.past else ""


def _over(need: Need, procedure: Procedure, view: View) -> str:
    return "act.period-running" if view.period(need.targets[0]).running else ""


def _at(need: Need, procedure: Procedure, view: View) -> str:
    return "" if view.stage(need.on) in need.targets else "act.other-stage"


def _open(need: Need, procedure: Procedure, view: View) -> str:
    stage = procedure.stages[view.stage("main")]
    return "" if stage.kind is StageKind.RUN else "act.case-not-open"


def _task(need: Need, procedure: Procedure, view: View) -> str:
    return "" if view.task_open(need.targets[0]) else "act.no-open-task"


def _done_tasks(need: Need, procedure: Procedure, view: View) -> str:
    return "act.tasks-open" if view.task_open(need.targets[0]) else ""


def _on_or_after(need: Need, procedure: Procedure, view: View) -> str:
    return "" if view.reached(need.targets[0], need.on) else "act.too-early"


def _owed(need: Need, procedure: Procedure, view: View) -> str:
    """A decision that a payment disposes of is of money, and owed until it is paid, also when the
    case is closed. What another asks is owed as long as the case goes on."""
    decision = need.targets[0]
    if any(rule.answers == decision for rule in procedure.acts.values()):
        return "" if view.pending(decision) else "act.nothing-owed"
    return "act.nothing-owed" if _open(need, procedure, view) else ""


def _not_holiday(need: Need, procedure: Procedure, view: View) -> str:
    return "act.holiday" if view.holiday() else ""


_JUDGES: Mapping[str, Callable[[Need, Procedure, View], str]] = {
    "act": _act,
    "no": _no,
    "answered": _answered,
    "pending": _pending,
    "running": _running,
    "lapsed": _lapsed,
    "past": _past,
    "within": _within,
    "over": _over,
    "at": _at,
    "open": _open,
    "task": _task,
    "done_tasks": _done_tasks,
    "on_or_after": _on_or_after,
    "owed": _owed,
    "not_holiday": _not_holiday,
}

NEED_KINDS = frozenset(_JUDGES)

_WHY: Mapping[str, tuple[Bilingual, Bilingual]] = {
    "act.wrong-stage": (
        ("现处“{stage}”；该行为只能在下列阶段办理：{names}。",
         "the case stands at “{stage}”; the act belongs to: {names}."),
        ("请先办理本阶段的行为。", "Do first what this stage asks for."),
    ),
    "act.case-paused": (
        ("案件已中止。", "the case is suspended."),
        ("请先恢复办理。", "Let the case go on first."),
    ),
    "act.not-on-file": (
        ("案卷中没有：{names}。", "not on file: {names}."),
        ("请先办理：{names}。", "Do this first: {names}."),
    ),
    "act.once": (
        ("已办理过：{names}，只能办理一次。", "already done, and only once: {names}."),
        ("请查看案卷中已有的行为。", "See the act on file."),
    ),
    "act.unanswered": (
        ("“{names}”尚未处理。", "not yet disposed of: {names}."),
        ("请先答复或处理。", "Answer it first."),
    ),
    "act.nothing-to-answer": (
        ("没有待处理的“{names}”。", "nothing waits for an answer: {names}."),
        ("无须办理。", "Nothing to do."),
    ),
    "act.period-over": (
        ("“{names}”已经届满或已履行（{until}）。", "the period is over or met: {names} ({until})."),
        ("请按期满后的规定办理。", "Act by what follows from its end."),
    ),
    "act.period-running": (
        ("“{names}”尚未届满（{until}）。", "the period still runs: {names} ({until})."),
        ("请在该日之后办理。", "Act after that day."),
    ),
    "act.period-not-begun": (
        ("“{names}”尚未开始。", "the period has not begun: {names}."),
        ("请先办理使其开始的行为（如送达）。", "Do first the act that opens it (such as service)."),
    ),
    "act.period-met": (
        ("“{names}”已在期内履行，没有逾期。", "it was met in time, nothing has lapsed: {names}."),
        ("请复查。", "Recheck."),
    ),
    "act.other-stage": (
        ("须先处于：{names}。", "it must first be at: {names}."),
        ("请先办理相关程序。", "Do first the steps that lead there."),
    ),
    "act.case-not-open": (
        ("案件未开始或已结束。", "the case has not begun or has ended."),
        ("请核对案件。", "Check the case."),
    ),
    "act.no-open-task": (
        ("没有未办的任务。", "no such task is open."),
        ("请核对任务。", "Check the tasks."),
    ),
    "act.tasks-open": (
        ("仍有未办任务：{names}。", "tasks are still open: {names}."),
        ("请等各机关办结。", "Wait until every authority has done its own."),
    ),
    "act.too-early": (
        ("确定的日期尚未到（{names}）。", "the day that was set has not come ({names})."),
        ("请在该日或之后办理。", "Act on that day or later."),
    ),
    "act.nothing-owed": (
        ("“{names}”没有待履行的义务：罚款已缴纳，或案件已结束。",
         "nothing is owed any more: {names}. The fine is paid, or the case is over."),
        ("无须催告；另有罚款未缴的，在该罚款决定项下催告。",
         "No demand is needed; an unpaid fine is demanded under its own decision."),
    ),
    "act.holiday": (
        ("不得在法定节假日实施强制执行（《行政强制法》第43条）。",
         "no enforcement on public holidays (Administrative Coercion Law art. 43)."),
        ("请改在工作日；情况紧急的，在表单中勾选。",
         "Choose a workday; in an emergency tick so in the form."),
    ),
}  # fmt: skip

HINDRANCE_CODES = frozenset(_WHY)


def refusal_of(
    hindrance: Hindrance, rule: ActRule, procedure: Procedure, at: str, until: str = ""
) -> Refusal:
    """The hindrance as it is told to people. `at`: the stage the act's track stands in; `until`:
    the last day of the period concerned."""
    why, instead = _WHY[hindrance.code]
    stage = procedure.stages[at].name

    def said(text: str, language: int) -> str:
        joined = ("、", ", ")[language].join(
            _name(procedure, hindrance.need, target)[language] for target in hindrance.need.targets
        )
        return text.format(stage=stage[language], names=joined, until=until or "—")

    basis = rule.bases[0].citation if rule.bases else None
    zh = f"（依据：{basis.zh}）" if basis else ""
    en = f" Basis: {cited(basis, 1)}." if basis else ""
    return Refusal(
        hindrance.code,
        what=what(rule),
        why=(said(why[0], 0) + zh, said(why[1], 1) + en),
        instead=(said(instead[0], 0), said(instead[1], 1)),
    )


def _name(procedure: Procedure, need: Need, target: str) -> Bilingual:
    if need.kind == "at":
        return procedure.stages[target].name
    if target in procedure.periods:
        return procedure.periods[target].name
    if target in procedure.acts:
        return procedure.acts[target].name
    for task in procedure.tasks:
        if task.id == target:
            return task.name
    return (target, target)

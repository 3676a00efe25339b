"""Everything that can be wrong with the tables, found at once: `check()` names every problem.

Static checks run over every version; the proof of the paths over the newest, since versions
differ in their bases and lengths and never in their acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phaseout.law.norms.book import NormBook
from phaseout.law.opinions import Opinions
from phaseout.law.periods import Unit
from phaseout.law.procedures.assembly import procedure, versions
from phaseout.law.procedures.carried import ITEM_TYPES
from phaseout.law.procedures.effects import ALL, STOPS, Effect, effects_of
from phaseout.law.procedures.proof import Fault, prove
from phaseout.law.procedures.records import STAY, ActRule, Period, Procedure, StageKind
from phaseout.law.procedures.rows import (
    PROCEDURES,
    AppliedForRow,
    EffectRow,
    ProcedureRow,
    documents,
    rows,
    words,
)
from phaseout.law.procedures.rules import NEED_KINDS
from phaseout.law.refusals import Bilingual

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_UNITS = {*Unit, "set", "with", "until_lifted", "none", "hour_back"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: a stable code, where, and in words."""

    code: str
    procedure: str
    version: str
    subject: str
    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__slots__}


def check(names: Sequence[str] = PROCEDURES) -> tuple[Problem, ...]:
    """Every problem of the procedures, in the order of the tables; one mention of each."""
    found: dict[tuple[str, str, str], Problem] = {}
    for name in names:
        for first, _ in versions(name):
            for problem in check_version(procedure(name, version=first.isoformat())):
                found.setdefault((problem.code, name, problem.subject), problem)
        newest = procedure(name, version=versions(name)[-1][0].isoformat())
        for problem in check_paths(newest):
            found.setdefault((problem.code, name, problem.subject), problem)
    return tuple(found.values())


def check_version(one: Procedure) -> Iterator[Problem]:
    """The static checks of one version."""
    yield from _stages(one)
    for rule in one.acts.values():
        yield from _act(one, rule)
    for period in one.periods.values():
        yield from _period(one, period)
    yield from _tasks(one)
    yield from _side_tracks(one)
    yield from _blocks(one)
    yield from _applied_for(one)
    yield from _effects(one)


def check_paths(one: Procedure) -> Iterator[Problem]:
    """The proof of the paths, and that every stage of the main track can be reached."""
    proof = prove(one)
    for fault in proof.faults:
        yield _of_fault(one, fault)
    for stage in one.stages_of("main"):
        if stage.id not in proof.stages:
            yield _problem(one, "stage.unreached", stage.id, "阶段无法到达", "cannot be reached")


def _problem(one: Procedure, code: str, subject: str, zh: str, en: str) -> Problem:
    return Problem(code, one.name, one.version, subject, f"{subject}：{zh}", f"{subject}: {en}")


def _of_fault(one: Procedure, fault: Fault) -> Problem:
    path = " → ".join(fault.path)
    zh = f"存在不合法的路径（{path}）"
    return _problem(one, fault.code, fault.subject, zh, f"there is a path: {path}")


def _bilingual(one: Procedure, subject: str, name: Bilingual) -> Iterator[Problem]:
    zh, en = name
    if not _CHINESE.search(zh):
        yield _problem(one, "name.no-chinese", subject, "缺中文名称", "has no Chinese name")
    if not en.strip() or _CHINESE.search(en):
        yield _problem(one, "name.no-english", subject, "缺英文名称", "has no English name")


def _stages(one: Procedure) -> Iterator[Problem]:
    for stage in one.stages.values():
        yield from _bilingual(one, stage.id, stage.name)
        leaves = any(stage.id in a.from_stages and a.to != stage.id for a in one.acts.values())
        if stage.kind is StageKind.RUN and not leaves:
            yield _problem(one, "stage.no-way-out", stage.id, "没有离开的行为", "no act leaves it")
        if stage.kind is StageKind.END and not stage.ends_as:
            yield _problem(one, "stage.no-ending", stage.id, "未写明如何结束", "how does it end?")


def _act(one: Procedure, rule: ActRule) -> Iterator[Problem]:
    kind = rule.kind
    yield from _bilingual(one, kind, rule.name)
    if not rule.bases:
        yield _problem(one, "act.no-basis", kind, "没有法律依据", "has no legal basis")
    if not _holder(rule.by) or ("role", rule.role) not in words():
        yield _problem(one, "act.no-holder", kind, "没有办理主体", "nobody is named to do it")
    if rule.signs and ("role", rule.signs) not in words():
        yield _problem(one, "act.no-signer", kind, "签发角色不明", "who signs is unknown")
    if ("level", rule.level) not in words():
        yield _problem(one, "act.no-level", kind, "级别不明", "its level is unknown")
    if rule.document and rule.document not in documents():
        yield _problem(one, "act.no-document", kind, "文书不明", "its document is unknown")
    if not rule.from_stages:
        yield _problem(one, "act.from-nowhere", kind, "没有起始阶段", "has no stage to start from")
    stages = [*rule.from_stages, *([] if rule.to == STAY else [rule.to])]
    for stage in stages:
        if stage not in one.stages or one.stages[stage].track != rule.track:
            yield _problem(one, "act.bad-stage", kind, f"阶段{stage}不存在", f"no stage {stage}")
    for bring in rule.brings:
        yield from _bilingual(one, bring.item, bring.name)
        if bring.type not in ITEM_TYPES:
            yield _problem(one, "item.bad-type", bring.item, "类型不明", "its type is unknown")
    yield from _needs(one, rule)


def _holder(by: str) -> bool:
    if ("by", by) in words():
        return True
    return any(holder.function == by for holder in Opinions.of().holders)


def _needs(one: Procedure, rule: ActRule) -> Iterator[Problem]:
    known = {*one.acts, *one.periods, *one.stages, *(task.id for task in one.tasks)}
    for need in rule.needs:
        if need.kind not in NEED_KINDS:
            yield _problem(one, "need.unknown", rule.kind, f"条件{need.kind}不明", need.kind)
        for target in need.targets:
            if target not in known:
                zh = f"条件指向不存在的{target}"
                yield _problem(one, "need.nothing", rule.kind, zh, f"needs {target}: no such thing")
    for other in (rule.service_of, rule.answers):
        if other and other not in one.acts:
            yield _problem(one, "act.points-nowhere", rule.kind, f"没有{other}", f"no act {other}")


def _period(one: Procedure, period: Period) -> Iterator[Problem]:
    yield from _bilingual(one, period.id, period.name)
    zh, en = period.lapse
    if not _CHINESE.search(zh) or not en.strip():
        yield _problem(one, "period.no-consequence", period.id, "没有后果", "has no consequence")
    if ("kind", period.kind) not in words() or not _holder(period.whose):
        yield _problem(
            one, "period.bad-kind", period.id, "性质或主体不明", "kind or holder unknown"
        )
    lists = (period.opens_by, period.ends_by, period.reopened_by, period.lengthened_by, period.then)
    for act in (act for acts in lists for act in acts):
        if act not in one.acts:
            yield _problem(one, "period.no-act", period.id, f"没有行为{act}", f"no act {act}")
    if not period.opens_by:
        yield _problem(one, "period.never-begins", period.id, "没有开始", "nothing opens it")
    yield from _starts(one, period)
    yield from _length(one, period)


def _starts(one: Procedure, period: Period) -> Iterator[Problem]:
    """What a period starts from must be carried by the act that opens it."""
    kind, _, rest = period.start.partition(":")
    fact, _, act = rest.partition("@")
    carriers = (act,) if kind == "set" else period.opens_by
    wanted = {"served": "service_way", "fact": fact, "set": fact}.get(kind)
    if wanted is None:
        return
    for carrier in carriers:
        rule = one.acts.get(carrier)
        if rule is None or wanted not in {b.item for b in rule.brings if not b.optional}:
            yield _problem(
                one,
                "period.no-start",
                period.id,
                f"{carrier}不带{wanted}，期间无从起算",
                f"{carrier} does not carry {wanted}: nothing to count from",
            )


def _length(one: Procedure, period: Period) -> Iterator[Problem]:
    length = period.length
    if length is None:
        yield _problem(one, "period.no-length", period.id, "该版本没有长度", "no length here")
        return
    known = {row.row_id for row in NormBook.load().procedural_terms}
    if length.term and length.term not in known:
        yield _problem(one, "period.no-term", period.id, f"没有{length.term}", "no such term")
    if not length.term and length.unit not in _UNITS:
        yield _problem(one, "period.bad-unit", period.id, "单位不明", "its unit is unknown")
    for act in (act for pair in length.pauses for act in pair):
        if act not in one.acts:
            yield _problem(one, "period.no-act", period.id, f"没有行为{act}", f"no act {act}")


def _tasks(one: Procedure) -> Iterator[Problem]:
    for task in one.tasks:
        yield from _bilingual(one, task.id, task.name)
        if not _holder(task.for_):
            yield _problem(one, "task.no-holder", task.id, "没有承担者", "nobody is named for it")
        for act in (*task.arises_by, *task.done_by):
            if act not in one.acts:
                yield _problem(one, "task.no-act", task.id, f"没有行为{act}", f"no act {act}")
    for kind in one.not_given:
        if kind in one.acts:
            yield _problem(one, "act.given-after-all", kind, "表中有此行为", "the table has it")


def _side_tracks(one: Procedure) -> Iterator[Problem]:
    """Reachable stages of the side tracks, by their acts alone."""
    for track, start in one.tracks.items():
        if track == "main":
            continue
        reached, waiting = {start}, [start]
        while waiting:
            stage = waiting.pop()
            for rule in one.acts_of(track):
                if stage in rule.from_stages and rule.moves and rule.to not in reached:
                    reached.add(rule.to)
                    waiting.append(rule.to)
        for stage_of in one.stages_of(track):
            if stage_of.id not in reached:
                zh = "阶段无法到达"
                yield _problem(one, "stage.unreached", stage_of.id, zh, "cannot be reached")


def _blocks(one: Procedure) -> Iterator[Problem]:
    """Every punishing procedure embeds the due process, and its reply time runs from service."""
    due = [block for block in one.blocks if block.name == "due_process"]
    if one.punishes and not any(block.closes for block in due):
        yield _problem(
            one, "procedure.no-due-process", one.name, "未嵌入正当程序", "no due process"
        )
    for block in due:
        reply = one.periods.get(f"{block.prefix}.reply")
        opened = [one.acts[act].mark for act in reply.opens_by if act in one.acts] if reply else []
        if reply is None or reply.start != "served" or set(opened) != {"notice_served"}:
            zh = "答复期间未自告知书送达起算"
            yield _problem(
                one, "block.reply-not-from-service", block.prefix, zh, "not from service"
            )
        elif reply.kind != "reply" or reply.ends_by:
            zh = "答复期间可以提前结束"
            yield _problem(one, "block.reply-can-end-early", block.prefix, zh, "may end early")
        decision = one.acts.get(block.decision)
        if decision is None or decision.mark != "decision":
            yield _problem(one, "block.no-decision", block.prefix, "没有决定", "has no decision")


def _applied_for(one: Procedure) -> Iterator[Problem]:
    """An act of a party that opens a case says whose the case is: a function that leads in the
    clause of the dimension."""
    clauses = {row.procedure: row.clause for row in rows(ProcedureRow, "procedures")}
    table = rows(AppliedForRow, "applied_for")
    known = {row.act: row for row in table if row.procedure == one.name}
    for kind, row in known.items():
        if kind not in one.acts:
            yield _problem(one, "application.no-act", kind, "没有此行为", "there is no such act")
        clause = clauses.get(row.dimension)
        if clause is None or row.lead not in Opinions.of().lead(clause):
            yield _problem(one, "application.no-lead", kind, "不是牵头单位", "does not lead there")
    start = one.tracks["main"]
    for rule in one.acts.values():
        opens = start in rule.from_stages and rule.by == "enterprise"
        if opens and rule.kind not in known:
            yield _problem(one, "application.whose", rule.kind, "由谁承办不明", "whose case is it?")


def _effects(one: Procedure) -> Iterator[Problem]:
    """What acts do to production: a decision that closes is said to, and what stops can end."""
    effects = effects_of(one)
    for row in rows(EffectRow, "effects"):
        if row.procedure == one.name and row.act not in one.acts:
            yield _problem(one, "effect.no-act", row.act, "没有此行为", "there is no such act")
        if row.over not in ("line", "enterprise"):
            yield _problem(one, "effect.over-what", row.act, "范围不明", "over what is unknown")
    for kind, act in effects.items():
        for target in act.ends:
            if target != ALL and target not in one.acts:
                zh = f"终止不存在的{target}"
                yield _problem(one, "effect.ends-nothing", kind, zh, f"ends {target}: no such act")
        ending = any(kind in other.ends for other in effects.values())
        if act.effect in STOPS and act.effect is not Effect.CLOSES and not ending:
            yield _problem(one, "effect.without-end", kind, "措施无从终止", "nothing ends it")
    for block in one.blocks:
        served = f"{block.prefix}.serve_decision"
        closes = served in effects and effects[served].effect is Effect.CLOSES
        if block.closes and not closes:
            yield _problem(
                one, "effect.closing-unsaid", served, "未列为关停", "is not said to close"
            )

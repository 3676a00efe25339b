"""The file of a case as a document needs it: party, grounds, evidence, what was heard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from importlib import resources
from typing import Any

from phaseout.accounts.organisations import in_full, office_name
from phaseout.casework.models import DIMENSIONS, Act, Case
from phaseout.casework.proceeding.facts import digests_in, in_order, item_types
from phaseout.casework.proceeding.holders import wanted
from phaseout.casework.proceeding.standing import current, standing_of
from phaseout.casework.rows import fetched
from phaseout.documents import BasisCited, Named, Party, saying
from phaseout.evidence.keeping import names_of
from phaseout.law.judgement.explain.figures import clause_zh
from phaseout.law.norms import Confidence, NormBook
from phaseout.law.norms.book import read_csv
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.procedures import ActRule, Procedure, State
from phaseout.law.procedures.records import Basis
from phaseout.registry.capacity.saying import amount_said

OURS = "PHASEOUT-PROCEDURES"
"""How this project runs a case: on record for who asks why, no law that a document could cite."""
_ENDING = re.compile(r"(?i)(?<=.)\.(pdf|ofd|docx?|xlsx?|png|jpe?g|gif|webp|tiff?|bmp|txt|zip)$")

PAPERS = """SELECT act_id, title_zh, number, issued_on FROM casework_issuedpaper
WHERE case_id = %s"""
"""The documents of a case: the id of the act of each, and how another document names it."""


@dataclass
class Dossier:
    """A case and its acts, the one that issues the document last.

    `names`: names of files by digest, as far as they are known; the others are looked up.
    `titles`: the documents of the case by the id of their act, as `PAPERS` gives them; None: not
    looked up yet.
    """

    case: Case
    acts: Sequence[Act]
    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[int, Sequence[Any]] | None = None

    @property
    def files(self) -> list[str]:
        """The digests of all files that acts of the case name and whose names are not known."""
        named = [digest for act in self.acts for digest in digests_in(act.facts)]
        return [digest for digest in dict.fromkeys(named) if digest not in self.names]

    @property
    def act(self) -> Act:
        return self.acts[-1]

    @cached_property
    def procedure(self) -> Procedure:
        return current(self.case, self.acts)

    @cached_property
    def rule(self) -> ActRule:
        return self.procedure.acts[self.act.kind]

    def last(self, kind: str) -> Act | None:
        return next((act for act in reversed(self.acts) if act.kind == kind), None)

    def of_block(self, name: str) -> Act | None:
        """The last act of that name in the block: `notice` in `closure` is `closure.notice`."""
        return self.last(f"{self.rule.prefix}.{name}" if self.rule.prefix else name)

    def rule_of(self, act: Act) -> ActRule:
        return self.procedure.acts[act.kind]

    @cached_property
    def decision(self) -> ActRule | None:
        """The decision that the block of the act leads to; None outside a block."""
        block = next((b for b in self.procedure.blocks if b.prefix == self.rule.prefix), None)
        return self.procedure.acts[block.decision] if block is not None else None

    @property
    def deed(self) -> str:
        """What the act is called in a document: without the block that tells acts of one name
        apart in a list (关停·停止执行)."""
        return self.rule.name[0].rpartition("·")[2]

    @property
    def decider(self) -> str:
        """The office that approves the decision of the block: of a city's case its own
        government, else the region's."""
        approval = self.procedure.acts[f"{self.rule.prefix}.approve"]
        offices = wanted(approval, self.case).offices
        return offices[-1] if self.case.office in offices else offices[0]

    def issuer(self, act: Act) -> str:
        """Who issued the document of an earlier act, as the document of the last says it."""
        return "本机关" if act.office == self.act.office else in_full(act.organisation_zh)

    @cached_property
    def party(self) -> Party:
        """The enterprise; after a change of party the one that took its place."""
        changed = self.last("substitute_party")
        if changed is not None:
            return Party(name=str(changed.facts["successor"]))
        firm = self.case.enterprise
        return Party(name=firm.name, uscc=firm.pk, address=firm.address or "")

    @property
    def by_own_will(self) -> bool:
        """Whether the enterprise opened the case itself, by its application."""
        return self.rule_of(self.acts[0]).mark == "own_will"

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """What was found, as it stood when the case was opened; one sentence a finding. Of a case
        that the enterprise opened itself, what it applied for."""
        first = self.acts[0]
        if self.by_own_will:
            form = str(first.facts["exit_form"]).rstrip("。")
            day = saying.day(first.done_on)
            return (f"{self.party.name}于{day}申请自愿退出{self.line}，退出形式：{form}。",)
        stated = [f"{ground['zh'].rstrip('。')}。" for ground in first.detail.get("grounds", ())]
        return tuple(dict.fromkeys(stated)) or (first.reason or "见立案材料。",)

    @cached_property
    def violated(self) -> tuple[BasisCited, ...]:
        """The norm rows the case rests on, as it was opened."""
        sources = NormBook.load().sources
        found = []
        for one in self.acts[0].basis:
            source = sources.get(one.get("source_id", "")) if one.get("kind") == "norm" else None
            if source is not None:
                clause = in_chinese(one["clause"]).removesuffix("#all").strip()
                clause = saying.article(clause) if clause.isdigit() else clause_zh(clause)
                found.append(BasisCited(source.title_zh, clause, source.number))
        return tuple(dict.fromkeys(found))

    def fitting(self, bases: Sequence[Basis], *, only_seen: bool) -> tuple[BasisCited, ...]:
        """The clauses of an act as its document prints them: without a law of another medium than
        that in which the case found an exceedance (`media.csv`)."""
        own = {_medium_of(one["row_id"]) for one in self.acts[0].basis if one.get("row_id")} - {""}
        laws = _media_of_laws()
        fit = [b for b in bases if not own or laws.get(b.citation.source_id) in (None, *own)]
        return cited(fit, only_seen=only_seen)

    @property
    def line(self) -> str:
        line = self.case.line
        return f"{line.name}（{line.product}）" if line.product else line.name

    @property
    def registered_capacity(self) -> str:
        """What is registered of the line, in brackets: 全部 alone tells nobody how much; empty
        where none is."""
        line = self.case.line
        if line.capacity is None or not line.capacity_unit:
            return ""
        return f"（该生产线登记产能{amount_said(line.capacity, line.capacity_unit)[0]}）"

    @property
    def cause(self) -> str:
        if self.by_own_will:
            return f"申请自愿退出{self.line}"
        return f"{self.line}不符合{DIMENSIONS[self.case.dimension]}标准"  # type: ignore[index]

    @cached_property
    def evidence(self) -> tuple[str, ...]:
        """The files brought as evidence so far, by name; each once."""
        kept = ("evidence", "measured_value", "monitoring_data", "test_report", "inspection_record")
        named = [d for act in self.acts for item in kept for d in act.facts.get(item, ())]
        return file_names(named, self.names)

    @cached_property
    def now(self) -> State:
        """Where the case stands after the act."""
        return standing_of(self.case, self.acts, on=self.act.done_on)

    @cached_property
    def before(self) -> State:
        return standing_of(self.case, self.acts[:-1], on=self.act.done_on)

    def office(self, function: str) -> str:
        return office_name(function, self.case.division_code, self.act.done_on)[0]

    def named(self, act: Act | None) -> Named | None:
        """The document of an earlier act, as another document names it."""
        if act is None or act.pk is None:
            return None
        if self.titles is None:
            self.titles = {number: told for number, *told in fetched(PAPERS, [self.case.pk])}
        told = self.titles.get(act.pk)
        return Named(*told) if told is not None else None

    @cached_property
    def heard(self) -> tuple[str, ...]:
        """Notice given, defence heard, hearing held: what a decision must tell."""
        notice, served = self.of_block("notice"), self.of_block("serve_notice")
        said = []
        paper = self.named(notice)
        if served is not None and served.served_on is not None and paper is not None:
            day = saying.day(served.served_on)
            said.append(f"{self.issuer(served)}于{day}向你单位送达{paper.says}。")
        said.append(self._defence())
        held = self.of_block("hearing_held") or self.of_block("hearing_absent")
        if held is not None:
            absent = held.kind.endswith("hearing_absent")
            said.append(
                f"{saying.day(held.done_on)}"
                + ("你单位未按通知参加听证，视为放弃。" if absent else "依你单位要求举行了听证。")
            )
        return tuple(said)

    def ordered(self, value: Any) -> Any:
        """A fact; answers in the order in which the points were stated."""
        return in_order(value, self.acts) if isinstance(value, Mapping) else value

    def _defence(self) -> str:
        """All that was stated since the notice, and the answers to it; what was taken back is
        told as such."""
        points, answers, taken_back = self._stated()
        if not points:
            return (
                "你单位提出的陈述、申辩意见已由你单位撤回。"
                if taken_back
                else "你单位在规定期限内未提出陈述、申辩意见。"
            )
        said = f"你单位提出：{_joined(points)}。"
        if answers:
            answered = self.of_block("answer_defence")
            by = self.issuer(answered) if answered is not None else "本机关"
            said += f"{by}逐条复核答复：{_joined(self.ordered(answers).values())}。"
        return said

    def _stated(self) -> tuple[list[str], dict[str, Any], bool]:
        """Points and answers of the round that the last notice began; whether any were withdrawn,
        which takes back what was not answered yet."""
        prefix = f"{self.rule.prefix}." if self.rule.prefix else ""
        answered: list[str] = []
        pending: list[str] = []
        answers: dict[str, Any] = {}
        taken_back = False
        for act in self.acts:
            name = act.kind.removeprefix(prefix) if act.kind.startswith(prefix) else ""
            if name == "notice":
                answered, pending, answers, taken_back = [], [], {}, False
            elif name == "defence":
                pending += [str(point) for point in act.facts.get("points", ())]
            elif name == "withdraw_defence":
                pending, taken_back = [], True
            elif name == "answer_defence":
                answered, pending = answered + pending, []
                answers.update(act.facts.get("answers", {}))
        return answered + pending, answers, taken_back

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The facts as the notice of the block told them, then those the case was opened on that
        it does not tell in the same words; without a notice these alone."""
        notice = self.of_block("notice")
        if notice is None or not self.rule.prefix:
            return self.grounds
        told = f"{str(notice.facts['facts_found']).strip().rstrip('。')}。"
        rest = [ground for ground in self.grounds if ground.rstrip("。") not in told]
        return (told, *rest)


@cache
def _media_of_laws() -> Mapping[str, str]:
    file = resources.files(__package__) / "media.csv"
    return {cells["source_id"]: cells["medium"] for _, cells in read_csv(file)}


@cache
def _media_of_limits() -> Mapping[str, str]:
    return {row.row_id: str(row.medium) for row in NormBook.load().emission_limits}


def _medium_of(row_id: str) -> str:
    """air, water … of an emission limit; empty for any other row."""
    return _media_of_limits().get(row_id, "") if row_id.startswith("emission_limits/") else ""


def _joined(sentences: Iterable[Any]) -> str:
    """Sentences as parts of one: their full stops become semicolons."""
    return "；".join(str(one).strip().rstrip("。") for one in sentences)


def file_names(digests: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The names of files by digest, in order, each once, without the ending that tells a computer
    what they are; the start of the digest if not kept.

    Args:
        names: those known already; the others are looked up.
    """
    wanted = list(dict.fromkeys(digests))
    known = {**names, **names_of(digest for digest in wanted if digest not in names)}
    named = [known.get(digest, digest[:12]) for digest in wanted]
    bare = [_ENDING.sub("", name) for name in named]
    if len(set(bare)) < len(bare):  # two that only their endings tell apart keep them
        return tuple(named)
    return tuple(bare)


def cited(bases: Sequence[Basis], *, only_seen: bool) -> tuple[BasisCited, ...]:
    """The clauses as a document prints them.

    Args:
        only_seen: leave out what nobody has read in a reliable text.
    """
    found = [(basis.citation, BasisCited.of(basis.citation)) for basis in bases]
    if only_seen:
        found = [
            (citation, one) for citation, one in found if citation.confidence is Confidence.VERIFIED
        ]
    found = [(citation, one) for citation, one in found if citation.source_id != OURS]
    return tuple(dict.fromkeys(one for _, one in found))


def stated(value: Any, item: str, names: Mapping[str, str]) -> str:
    """A fact of an act as a document prints it; files by their names, `names` those known."""
    kind = item_types().get(item, "text")
    if kind == "file":
        return "、".join(file_names(value, names))
    if kind == "date":
        return saying.day(date.fromisoformat(str(value)))
    if kind == "list":
        return _joined(value)
    if kind == "map":
        return _joined(f"{name}：{one}" for name, one in value.items())
    if kind == "licences":
        return "；".join(f"{one['licence']}（{one['issuer']}）" for one in value)
    if kind == "moment":
        return saying.day(datetime.fromisoformat(str(value)))
    if kind == "amount":
        return f"{Decimal(str(value)):,}"
    return str(value)

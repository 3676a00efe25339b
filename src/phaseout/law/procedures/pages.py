"""A procedure as a page: every act with who, basis, period, consequence and document.

The page shows the newest version, a basis or a length that changed in time names its days; or the
version of one day alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from phaseout.law.opinions import numeral
from phaseout.law.procedures.assembly import procedure, versions
from phaseout.law.procedures.citing import cited
from phaseout.law.procedures.records import MAIN, ActRule, Basis, Length, Period, Procedure
from phaseout.law.procedures.rows import words
from phaseout.law.procedures.wording import document_said, length_said, need_said, who_said
from phaseout.law.refusals import Bilingual

_SIDE = ("remedy", "stay", "enforcement")
_DAY = timedelta(days=1)

_TEXT: dict[str, Bilingual] = {
    "made": (
        "本页由程序表生成（`phaseout procedures show {name}`），不要手工修改。",
        "Generated from the tables (`phaseout procedures show {name} --lang en`): do not edit.",
    ),
    "other": ("[English]({name}.md)", "[中文]({name}.zh.md)"),
    "clause": (
        "实施意见第（{n}）项。图见 [{name}.zh.svg]({name}.zh.svg)。",
        "Clause ({n}) of the Opinions. Picture: [{name}.en.svg]({name}.en.svg).",
    ),
    "marks": (
        "〔记〕表示凭记忆登记、尚未核对正式文本；“本系统办案规则”是本项目的处理，不是法律条文。",
        "[recalled]: recorded from memory and not yet checked against the official text. “How this "
        "project runs a case” is a house rule, not law.",
    ),
    "versions": ("## 版本", "## Versions"),
    "pinned": (
        "案件适用其开始之日的版本；改用新版是单独的行为。",
        "A case is pinned to the version of the day on which it began; moving it is an act.",
    ),
    "main": ("## 办理主线", "## The main line"),
    "block": ("## {title}：正当程序", "## {title}: due process"),
    "removal": ("## 拆除与封存", "## Dismantling and sealing"),
    "tail": ("## 决定之后的退出", "## The exit after the decision"),
    "side": (
        "## 复议、诉讼、停止执行、强制执行（每项决定相同）",
        "## Reconsideration, suit, stay, enforcement (the same for each decision)",
    ),
    "common": ("## 任何阶段", "## At any stage"),
    "periods": ("## 期间与后果", "## Periods and consequences"),
    "tasks": ("## 由此产生的任务", "## Tasks that arise"),
    "not_given": ("## 本程序没有的行为", "## What this procedure does not know"),
}
_HEADS: dict[str, tuple[str, str]] = {
    "acts": (
        "| 阶段 | 行为 | 谁 | 依据 | 条件 | 案卷须有 | 开始的期间 | 文书 | 下一阶段 |",
        "| Stage | Act | Who | Basis | Conditions | On file | Period opened | Document | Next |",
    ),
    "periods": (
        "| 期间 | 起算 | 长度 | 依据 | 性质 | 期满的后果 |",
        "| Period | Runs from | Length | Basis | Kind | Consequence |",
    ),
    "tasks": ("| 任务 | 产生于 | 承担者 | 依据 |", "| Task | Arises from | For | Basis |"),
}


def page(name: str, lang: str = "zh", *, version: str | None = None) -> str:
    """The page of a procedure in Markdown, as it stands in `docs/procedures/`.

    Args:
        version: this version alone, for who asks what holds on a day; None: the newest, with what
            changed before it.

    Raises:
        Refusal: `procedure.unknown`; `procedure.no-version`.
    """
    return "\n".join(_Page(name, 0 if lang == "zh" else 1, version).lines()) + "\n"


class _Page:
    def __init__(self, name: str, language: int, version: str | None = None) -> None:
        self.name = name
        self.language = language
        wanted = [version] if version else [first.isoformat() for first, _ in versions(name)]
        self.all = [procedure(name, version=one) for one in wanted]
        self.one = self.all[-1]

    def say(self, key: str, **values: object) -> str:
        return _TEXT[key][self.language].format(name=self.name, **values)

    def lines(self) -> Iterator[str]:
        yield f"# {self.one.title[self.language]}"
        yield ""
        yield self.say("other")
        yield ""
        number = numeral(self.one.clause) if self.language == 0 else str(self.one.clause)
        yield f"{self.say('made')} {self.say('clause', n=number)}"
        yield ""
        picture = f"{self.name}.{('zh', 'en')[self.language]}.svg"
        yield f"![{self.one.title[self.language]}]({picture})"
        yield ""
        yield self.say("marks")
        yield from self._versions()
        yield from self._acts()
        yield from self._periods()
        yield from self._tasks()
        yield from self._not_given()

    def _versions(self) -> Iterator[str]:
        yield from ("", self.say("versions"), "", self.say("pinned"), "")
        for first, last in ((one.first, one.last) for one in self.all):
            yield f"- {first} – {last or ''}".rstrip()

    def _acts(self) -> Iterator[str]:
        own = [rule for rule in self.one.acts.values() if not rule.block]
        yield from self._table(self.say("main"), own)
        for block in self.one.blocks:
            rules = [r for r in self._of(block.prefix) if r.track == block.track]
            heading = self.say("block", title=block.title[self.language])
            yield from self._table(heading, rules)
        for key in ("removal", "tail"):
            rules = [rule for rule in self.one.acts.values() if rule.block == key]
            if rules:
                yield from self._table(self.say(key), rules)
        if self.one.blocks:
            first = self.one.blocks[0]
            rules = [r for r in self._of(first.prefix) if r.track != first.track]
            yield from self._table(self.say("side"), rules)
        common = [rule for rule in self.one.acts.values() if rule.block == "common"]
        yield from self._table(self.say("common"), common)

    def _of(self, prefix: str) -> list[ActRule]:
        return [rule for rule in self.one.acts.values() if rule.prefix == prefix]

    def _table(self, heading: str, rules: Sequence[ActRule]) -> Iterator[str]:
        yield from ("", heading, "", _HEADS["acts"][self.language], "|" + " --- |" * 9)
        for rule in rules:
            yield self._row(
                self._stages(rule),
                f"{rule.name[self.language]}<br>`{rule.kind}`",
                who_said(rule, self.language),
                self._bases(rule.kind),
                self._joined(need_said(self.one, need, self.language) for need in rule.needs),
                self._brings(rule),
                self._joined(p.name[self.language] for p in self._opened(rule)),
                document_said(rule, self.language),
                self.one.stages[rule.to].name[self.language] if rule.moves else "=",
            )

    def _row(self, *cells: str) -> str:
        return f"| {' | '.join(cell.replace('|', '/') or '—' for cell in cells)} |"

    def _joined(self, parts: Iterable[str]) -> str:
        return "<br>".join(parts)

    def _stages(self, rule: ActRule) -> str:
        if rule.block == "common" and rule.track == MAIN:
            ended = rule.reset == "all"
            return (("已结", "ended") if ended else ("任何未结阶段", "any open stage"))[
                self.language
            ]
        if len(rule.from_stages) > 6:
            return ("任何阶段", "any stage")[self.language]
        return self._joined(self.one.stages[s].name[self.language] for s in rule.from_stages)

    def _brings(self, rule: ActRule) -> str:
        maybe = ("（可选）", " (optional)")[self.language]
        return self._joined(
            b.name[self.language] + (maybe if b.optional else "") for b in rule.brings
        )

    def _opened(self, rule: ActRule) -> Iterator[Period]:
        return (p for p in self.one.periods.values() if rule.kind in p.opens_by)

    def _bases(self, kind: str) -> str:
        found = ((v, basis) for v in self.all for basis in v.acts[kind].bases)
        return self._dated(found)

    def _dated(self, found: Iterable[tuple[Procedure, Basis]]) -> str:
        """Each basis once, with the days between which the versions name it."""
        spans: dict[Basis, list[tuple[date, date | None]]] = {}
        for version, basis in found:
            known = spans.setdefault(basis, [])
            if known and known[-1][1] is not None and known[-1][1] + _DAY == version.first:
                known[-1] = (known[-1][0], version.last)
            else:
                known.append((version.first, version.last))
        return self._joined(self._basis(basis, times) for basis, times in spans.items())

    def _basis(self, basis: Basis, times: Sequence[tuple[date, date | None]]) -> str:
        said = cited(basis.citation, self.language)
        mark = ("〔记〕", " [recalled]")[self.language] if basis.recalled else ""
        return f"{said}{mark}{self._span(times[0][0], times[-1][1])}"

    def _span(self, first: date, last: date | None) -> str:
        from_start = first == self.all[0].first
        if len(self.all) == 1 or (from_start and last is None):
            return ""
        since = "" if from_start else first.isoformat()
        span = f"{since}–{last or ''}"
        return (f"（{span}）", f" ({span})")[self.language]

    def _periods(self) -> Iterator[str]:
        head = _HEADS["periods"][self.language]
        yield from ("", self.say("periods"), "", head, "|" + " --- |" * 6)
        shown = self.one.blocks[0].prefix if self.one.blocks else ""
        for period in self.one.periods.values():
            if self._repeated(period, shown):
                continue
            lengths = [(v, v.periods[period.id].length) for v in self.all]
            kinds = words()[("kind", period.kind)][self.language]
            yield self._row(
                f"{period.name[self.language]}<br>`{period.id}`",
                self._start(period),
                self._lengths(lengths),
                self._dated((v, length.basis) for v, length in lengths if length),
                f"{kinds}<br>{words()[('by', period.whose)][self.language]}",
                period.lapse[self.language],
            )

    def _repeated(self, period: Period, shown: str) -> bool:
        """The periods of the side tracks are the same for each decision: shown once."""
        prefix, dot, local = period.id.partition(".")
        mine = ("reply", "hearing_lead_time", "decision_time", "service_time")
        return bool(dot) and prefix != shown and local not in mine

    def _start(self, period: Period) -> str:
        kind, _, rest = period.start.partition(":")
        acts = self._joined(self.one.acts[a].name[self.language] for a in period.opens_by)
        if kind == "served":
            return (f"{acts}（送达日）", f"{acts} (day of service)")[self.language]
        if kind in ("end", "with", "ends"):
            names = [self.one.periods[p].name[self.language] for p in rest.split(";")]
            ends = ("、", ", ")[self.language].join(names)
            return (f"{ends}届满", f"the end of: {ends}")[self.language]
        return acts

    def _lengths(self, lengths: Sequence[tuple[Procedure, Length | None]]) -> str:
        spans: dict[str, list[tuple[date, date | None]]] = {}
        for version, length in lengths:
            spans.setdefault(length_said(length, self.language), []).append(
                (version.first, version.last)
            )
        return self._joined(
            f"{said}{self._span(times[0][0], times[-1][1])}" for said, times in spans.items()
        )

    def _tasks(self) -> Iterator[str]:
        head = _HEADS["tasks"][self.language]
        yield from ("", self.say("tasks"), "", head, "|" + " --- |" * 4)
        for task in self.one.tasks:
            citation = task.basis.citation
            yield self._row(
                task.name[self.language],
                self._joined(self.one.acts[a].name[self.language] for a in task.arises_by),
                words().get(("by", task.for_), (task.for_, task.for_))[self.language],
                cited(citation, self.language),
            )

    def _not_given(self) -> Iterator[str]:
        if not self.one.not_given:
            return
        yield from ("", self.say("not_given"), "")
        for row in self.one.not_given.values():
            why = (row.why_zh + row.instead_zh, f"{row.why_en} {row.instead_en}")[self.language]
            yield f"- `{row.act}`：{why}" if self.language == 0 else f"- `{row.act}`: {why}"

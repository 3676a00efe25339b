"""The five steps of the demonstration, each announced before it starts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from phaseout.facts import write_problems
from phaseout.findings import Judgement, judge
from phaseout.law.judgement.authority import Decision, read_decisions
from phaseout.law.norms import NormBook
from phaseout.law.norms.checks import Severity, check_store
from phaseout.law.norms.confirmation import Confirmation, read_confirmations
from phaseout.law.opinions import Opinions
from phaseout.law.refusals import Refusal
from phaseout.province.making import Wish, make
from phaseout.province.places import ningxia
from phaseout.province.statement import attributions
from phaseout.reporting.linewise import write_lines
from phaseout.reporting.page import write_page
from phaseout.reporting.summary import Summary, summarize
from phaseout.reporting.workbook import write_workbook

Announce = Callable[[str, str], None]
"""Called with a step's (Chinese, English) sentence."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What a run leaves: the summary and the files, in the order they were written."""

    summary: Summary
    written: tuple[Path, ...]


def run(
    folder: Path,
    *,
    on: date,
    seed: int = 1,
    enterprises: int = 120,
    announce: Announce = lambda zh, en: None,
    progress: Progress = lambda stage, done, total: None,
) -> Done:
    """Do the main job in `folder`: facts/ (kept if there), findings, workbook, report.

    Raises:
        Refusal: the norm store does not pass its check, or a step refuses.
    """
    book = NormBook.load()
    _check_norms(announce)
    _check_region(announce)
    facts = folder / "facts"
    _province(facts, seed, enterprises, on, announce, progress)
    announce("判定五类标准", "judging the five kinds of standard")
    with judge(
        facts,
        on=on,
        book=book,
        confirmations=demo_confirmations(),
        decisions=demo_decisions(),
        bad_rows="leave_out",
        progress=progress,
    ) as judgement:
        return _write(judgement, folder, announce, progress)


def demo_confirmations() -> tuple[Confirmation, ...]:
    """What the demo region's officers have confirmed; marked as demo."""
    with resources.as_file(_region() / "demo" / "confirmations.csv") as path:
        return read_confirmations(path)


def demo_decisions() -> tuple[Decision, ...]:
    """What the demo region's authorities have decided; marked as demo."""
    with resources.as_file(_region() / "demo" / "decisions.csv") as path:
        return read_decisions(path)


def _region() -> Traversable:
    return resources.files("phaseout.regions") / "ningxia"


def _check_norms(announce: Announce) -> None:
    report = check_store()
    errors = report.of(Severity.ERROR)
    announce(
        f"核对标准库：{report.rows:,} 条记录，{report.documents:,} 份文件，{len(errors)} 处错误",
        f"norm store: {report.rows:,} rows, {report.documents:,} documents, {len(errors)} errors",
    )
    if errors:
        raise Refusal(
            "norm_store_unsound",
            what=("不能开始判定", "nothing can be judged"),
            why=(f"标准库有{len(errors)}处错误。", f"the norm store has {len(errors)} errors."),
            instead=("请运行 phaseout norms check 查看。", "Run `phaseout norms check`."),
        )


def _check_region(announce: Announce) -> None:
    opinions, places = Opinions.of("ningxia"), ningxia()
    announce(
        f"地区包：宁夏，{len(opinions.holders)} 个机构名称，{len(places)} 个行政区划",
        f"region pack: Ningxia, {len(opinions.holders)} names of organisations, "
        f"{len(places)} divisions",
    )


def _province(
    facts: Path, seed: int, enterprises: int, on: date, announce: Announce, progress: Progress
) -> None:
    if (facts / "province.json").exists():
        announce(f"沿用已有的示范数据：{facts}", f"keeping the province that is there: {facts}")
        _say_if_another(facts, seed, enterprises, on, announce)
        return
    announce(
        f"生成虚构的示范省份：{enterprises} 家企业",
        f"making a fictional province of {enterprises} enterprises",
    )
    make(
        Wish(seed=seed, enterprises=enterprises, on=on),
        facts,
        progress=lambda done, of: progress("province", done, of),
    )


def _say_if_another(facts: Path, seed: int, enterprises: int, on: date, announce: Announce) -> None:
    """The user's facts are never replaced; that they are not what was asked for must be said."""
    made = json.loads((facts / "province.json").read_text(encoding="utf-8"))
    there = (made["seed"], made["enterprises"], made["on"])
    if there != (seed, enterprises, on.isoformat()):
        announce(
            f"注意：该数据按种子{there[0]}、{there[1]}家企业、判定日{there[2]}生成，与本次所给不同；"
            "要重新生成，请换一个 --out 文件夹",
            f"note: it was made with seed {there[0]}, {there[1]} enterprises, for {there[2]}, "
            "not as asked now; to make another, give another --out folder",
        )


def _write(judgement: Judgement, folder: Path, announce: Announce, progress: Progress) -> Done:
    announce("写出结论、工作簿和报告", "writing findings, workbook and report")
    names = ("findings.csv", "lines.csv", "findings.xlsx", "problems.csv", "report.html")
    findings, by_line, workbook, problems, page = (folder / name for name in names)
    english = folder / "report.en.html"
    judgement.write(findings, progress=progress)
    write_lines(judgement, by_line)
    write_workbook(judgement, workbook, progress=progress)
    write_problems(judgement.intake, problems)
    write_page(judgement, page, notes=attributions("zh"))
    write_page(judgement, english, lang="en", notes=attributions("en"))
    written = (findings, by_line, workbook, problems, page, english)
    return Done(summarize(judgement), written)

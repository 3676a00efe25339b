"""The five steps of the demonstration, each announced before it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from phaseout.facts import write_problems
from phaseout.findings import Judgement, judge
from phaseout.law.judgement.authority import Decision, read_decisions
from phaseout.law.norms import NormBook
from phaseout.law.norms.checks import check
from phaseout.law.norms.confirmation import Confirmation, read_confirmations
from phaseout.law.opinions import Region
from phaseout.province import attributions, make_province
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
    _check_norms(book, announce)
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


def _region():  # type: ignore[no-untyped-def]
    return resources.files("phaseout.regions") / "ningxia"


def _check_norms(book: NormBook, announce: Announce) -> None:
    report = check(book)
    rows = sum(1 for _ in book.rows())
    announce(
        f"核对标准库：{rows:,} 条记录，{len(book.sources):,} 份文件，{len(report.errors)} 处错误",
        f"norm store: {rows:,} rows, {len(book.sources):,} documents, {len(report.errors)} errors",
    )
    report.require_sound()


def _check_region(announce: Announce) -> None:
    region = Region.load("ningxia")
    announce(
        f"地区包：宁夏，{len(region.organisations)} 个机构名称，{len(region.divisions)} 个行政区划",
        f"region pack: Ningxia, {len(region.organisations)} names of organisations, "
        f"{len(region.divisions)} divisions",
    )


def _province(
    facts: Path, seed: int, enterprises: int, on: date, announce: Announce, progress: Progress
) -> None:
    if (facts / "province.json").exists():
        announce(f"沿用已有的示范数据：{facts}", f"keeping the province that is there: {facts}")
        return
    announce(
        f"生成虚构的示范省份：{enterprises} 家企业",
        f"making a fictional province of {enterprises} enterprises",
    )
    make_province(facts, seed=seed, enterprises=enterprises, on=on, progress=progress)


def _write(
    judgement: Judgement, folder: Path, announce: Announce, progress: Progress
) -> Done:
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

"""`phaseout judge`: facts in, findings out, explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
import duckdb

from phaseout.commands.output import output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.commands.progress import Bars
from phaseout.findings import Judgement
from phaseout.findings import judge as run_judgement
from phaseout.findings.export import finding
from phaseout.law.judgement.authority import Decision, read_decisions
from phaseout.law.judgement.explanation import Explanation
from phaseout.law.norms.confirmation import Confirmation, read_confirmations
from phaseout.law.refusals import Refusal

FILE = click.Path(path_type=Path, dir_okay=False)

ENDINGS = {
    "problems": (".csv", ".xlsx"),
    "lines_out": (".csv",),
    "report": (".html", ".htm"),
    "workbook": (".xlsx",),
    "out": (".csv", ".parquet", ".jsonl"),
    "marked": (".xlsx", ".xlsm"),
}
"""What each file to be written may be called: asked before a long run, not after it."""


def _file(ctx: click.Context, param: click.Parameter, path: Path | None) -> Path | None:
    endings = ENDINGS[param.name or ""]
    if path is not None and path.suffix.lower() not in endings:
        raise Refusal(
            "unknown_format",
            what=(f"不能写出{path.name}", f"{path.name} cannot be written"),
            why=(
                f"{param.opts[0]}不支持“{path.suffix or '无'}”这一文件类型。",
                f"the ending {path.suffix or '(none)'} names no format {param.opts[0]} writes.",
            ),
            instead=(
                f"请使用 {'、'.join(endings)}。",
                f"Use {' or '.join(endings)}.",
            ),
        )
    return path


def _memory(ctx: click.Context, param: click.Parameter, size: str | None) -> str | None:
    if size is not None and not re.fullmatch(r"\s*[0-9]+(\.[0-9]+)?\s*[KMGT]i?B\s*", size, re.I):
        raise click.BadParameter(f"{size!r} is no size such as 800MB or 1GB", ctx, param)
    return size


@click.command("judge")
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--on", "day", type=DAY, required=True, help="Day of judgement (Beijing date).")
@click.option(
    "--out", type=FILE, callback=_file, help="Where the findings go: .csv, .parquet or .jsonl."
)
@click.option("--explain", "finding_id", metavar="FINDING_ID", help="Explain one finding.")
@click.option(
    "--bad-rows",
    type=click.Choice(["refuse", "leave-out"]),
    default="refuse",
    show_default=True,
    help="Refuse everything when a row breaks its schema, or judge the good rows only.",
)
@click.option(
    "--problems",
    type=FILE,
    callback=_file,
    help="Write refused rows and notices here (.csv, .xlsx).",
)
@click.option(
    "--marked",
    type=FILE,
    callback=_file,
    help="Write a copy of the workbook with bad cells marked.",
)
@click.option(
    "--lines",
    "lines_out",
    type=FILE,
    callback=_file,
    help="Write one row per line: what governs it.",
)
@click.option("--confirmations", type=FILE, help="Confirmed norm rows (two people each).")
@click.option("--decisions", type=FILE, help="What an authority has decided, with documents.")
@click.option(
    "--report", type=FILE, callback=_file, help="Write the report page with charts (.html)."
)
@click.option("--workbook", type=FILE, callback=_file, help="Write the findings workbook (.xlsx).")
@click.option("--threads", type=click.IntRange(min=1), help="How many cores to use.")
@click.option(
    "--memory", callback=_memory, metavar="SIZE", help="Most memory of the engine, e.g. 1GB."
)
@output_options
def judge(
    facts: Path,
    day: date,
    out: Path | None,
    finding_id: str | None,
    bad_rows: str,
    problems: Path | None,
    marked: Path | None,
    lines_out: Path | None,
    confirmations: Path | None,
    decisions: Path | None,
    report: Path | None,
    workbook: Path | None,
    threads: int | None,
    memory: str | None,
    as_json: bool,
    lang: str,
) -> None:
    """Judge FACTS (a folder of CSV files, a workbook, a file) against the five standards.

    Prints a summary; --out writes every finding; --explain shows the reasoning of one.
    """
    if marked and facts.suffix.lower() not in ENDINGS["marked"]:
        raise _nothing_to_mark(facts)
    with _enough_memory(memory), Bars(lang) as bars:
        try:
            judgement = run_judgement(
                facts,
                on=day,
                confirmations=_confirmations(confirmations),
                decisions=_decisions(decisions),
                bad_rows="leave_out" if bad_rows == "leave-out" else "refuse",
                threads=threads,
                memory_limit=memory,
                progress=bars.progress,
            )
        except Refusal as refusal:
            _leave_problems(refusal, facts, problems, marked)
            raise
        with judgement:
            # An unknown id is refused before anything is written.
            asked = judgement.explain(finding_id) if finding_id else None
            _leave_problems(judgement, facts, problems, marked)
            if out:
                judgement.write(out, progress=bars.progress)
            written = _write_reports(judgement, lines_out, report, workbook, lang, bars)
            bars.stop()
            _tell_notices(judgement, problems, lang)
            if asked:
                _show_explanation(*asked, as_json=as_json, lang=lang)
                return
            _show_summary(judgement, [p for p in (out, *written) if p], as_json, lang)


def _confirmations(path: Path | None) -> tuple[Confirmation, ...]:
    return () if path is None else _readable(read_confirmations, path)


def _decisions(path: Path | None) -> tuple[Decision, ...]:
    return () if path is None else _readable(read_decisions, path)


def _readable(read: Any, path: Path) -> Any:
    try:
        return read(path)
    except (OSError, ValueError) as problem:
        if isinstance(problem, FileNotFoundError):
            why = "文件不存在。", "there is no such file."
        else:
            why = f"文件内容不合要求（{problem}）。", f"{problem}."
        raise Refusal(
            "side_file_unreadable",
            what=(f"不能读取{path.name}", f"{path.name} cannot be read"),
            why=why,
            instead=("请改正该文件后重试。", "Mend the file and try again."),
        ) from None


@contextmanager
def _enough_memory(memory: str | None) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as problem:
        said = str(problem).splitlines()[0]
        raise Refusal(
            "not_enough_memory",
            what=("不能完成判定", "the judgement cannot be completed"),
            why=(f"内存不足（{said}）。", f"there is not enough memory: {said}."),
            instead=(
                "请调大 --memory，或减少 --threads。"
                if memory
                else "请减少 --threads，或换用内存更大的机器。",
                "Give more with --memory, or fewer --threads."
                if memory
                else "Give fewer --threads, or use a machine with more memory.",
            ),
        ) from None


def _nothing_to_mark(facts: Path) -> Refusal:
    return Refusal(
        "nothing_to_mark",
        what=(f"不能标注{facts.name}", f"{facts.name} cannot be marked"),
        why=(
            "只有工作簿的单元格可以标注，所给的不是工作簿。",
            "only the cells of a workbook can be marked, and this is none.",
        ),
        instead=(
            "请改用 --problems 列出问题，或提供 .xlsx 工作簿。",
            "List the problems with --problems, or give the facts as an .xlsx workbook.",
        ),
    )


def _tell_notices(judgement: Judgement, problems: Path | None, lang: str) -> None:
    """What was taken although it looked odd: on stderr, since it decides nothing."""
    many = len(judgement.intake.notices)
    if not many or problems:
        return
    if lang == "en":
        told = f"{many} notices on the data (names we do not know and the like): see --problems"
    else:
        told = f"数据提示{many}条（如标准库中没有的名称）：用 --problems 写出"
    click.echo(told, err=True)


def _leave_problems(
    holder: Judgement | Refusal, facts: Path, problems: Path | None, marked: Path | None
) -> None:
    from phaseout.facts import mark_workbook, write_problems

    intake = holder.intake if isinstance(holder, Judgement) else getattr(holder, "intake", None)
    if intake is None:
        return
    if problems:
        write_problems(intake, problems)
    if marked:
        mark_workbook(intake, facts, marked)


def _write_reports(
    judgement: Judgement,
    lines_out: Path | None,
    report: Path | None,
    workbook: Path | None,
    lang: str,
    bars: Bars,
) -> list[Path]:
    from phaseout.reporting.linewise import write_lines
    from phaseout.reporting.page import write_page
    from phaseout.reporting.workbook import write_workbook

    if lines_out:
        write_lines(judgement, lines_out)
    if workbook:
        write_workbook(judgement, workbook, lang=lang, progress=bars.progress)
    if report:
        write_page(judgement, report, lang=lang)
    return [path for path in (lines_out, workbook, report) if path]


def _show_explanation(
    row: dict[str, Any], explanation: Explanation, *, as_json: bool, lang: str
) -> None:
    if as_json:
        show_json({"finding": finding(row, explanation), **explanation.as_json()})
        return
    click.echo(explanation.en if lang == "en" else explanation.zh)
    click.echo()
    for depth, step in explanation.root.walk():
        cites = f"  [{step.cites}]" if step.cites else ""
        click.echo(f"{'  ' * depth}{step.en if lang == 'en' else step.zh}{cites}")


def _show_summary(judgement: Judgement, written: list[Path], as_json: bool, lang: str) -> None:
    from phaseout.reporting.summary import summarize
    from phaseout.reporting.terminal import lines

    summary = summarize(judgement)
    if as_json:
        show_json({**summary.as_json(), "written": [str(path) for path in written]})
        return
    for line in lines(summary, lang):
        click.echo(line)
    for path in written:
        click.echo(f"{'written' if lang == 'en' else '已写出'}: {path}")

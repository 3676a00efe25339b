"""The summary on a terminal: plain lines, readable in a pipe as well."""

from __future__ import annotations

from collections.abc import Iterator

from phaseout.law.industries import INDUSTRIES
from phaseout.reporting.summary import Concerned, Summary
from phaseout.reporting.words import (
    DIMENSIONS,
    PROVISIONAL,
    STANDINGS,
    VERDICTS,
    amount,
    say,
)

MOST_REASONS = 12


def lines(summary: Summary, lang: str) -> Iterator[str]:
    """The summary, line by line, in `lang` (zh or en)."""
    yield from _head(summary, lang)
    yield from _counts(summary, lang)
    yield from _missing(summary, lang)
    yield from _concerned(summary, lang)
    yield from _gravest(summary, lang)


def _head(summary: Summary, lang: str) -> Iterator[str]:
    if lang == "en":
        yield f"Judged as of {summary.on}"
        yield (
            f"  {summary.enterprises:,} enterprises, {summary.lines:,} lines "
            f"({summary.lines_judged:,} with findings), {summary.findings:,} findings, "
            f"{summary.provisional:,} of them provisional; {summary.rows_refused:,} rows refused"
        )
    else:
        day = summary.on
        yield f"判定日 {day.year}年{day.month}月{day.day}日"
        yield (
            f"  企业 {summary.enterprises:,} 家，生产线 {summary.lines:,} 条"
            f"（有结论的 {summary.lines_judged:,} 条），结论 {summary.findings:,} 项，"
            f"其中暂定 {summary.provisional:,} 项；被拒收的数据行 {summary.rows_refused:,} 行"
        )


def _counts(summary: Summary, lang: str) -> Iterator[str]:
    yield ""
    yield "Findings" if lang == "en" else "结论"
    for count in summary.counts:
        yield (
            f"  {say(DIMENSIONS, count.dimension, lang):<12}"
            f"{say(VERDICTS, count.verdict, lang):<16}{count.findings:>10,}"
            f"   {PROVISIONAL[lang == 'en']} {count.provisional:,}"
        )


def _missing(summary: Summary, lang: str) -> Iterator[str]:
    if not summary.missing:
        return
    yield ""
    yield "Undetermined because" if lang == "en" else "无法判定的原因"
    for reason in summary.missing[:MOST_REASONS]:
        yield f"  {reason.findings:>8,}  {reason.en if lang == 'en' else reason.zh}"
    if rest := summary.missing[MOST_REASONS:]:
        total = sum(reason.findings for reason in rest)
        yield (
            f"  {total:>8,}  {len(rest)} further reasons"
            if lang == "en"
            else f"  {total:>8,}  其他 {len(rest)} 种原因"
        )


def _concerned(summary: Summary, lang: str) -> Iterator[str]:
    yield ""
    yield "Capacity concerned" if lang == "en" else "涉及产能"
    if not summary.concerned:
        yield "  none" if lang == "en" else "  无"
    for item in summary.concerned:
        industry = INDUSTRIES.get(item.industry)
        name = (industry.en if lang == "en" else industry.zh) if industry else item.industry
        yield (
            f"  {say(STANDINGS, item.standing, lang)}  {name}  "
            f"{item.lines:,} {_lines(item.lines, lang)}  {_capacity(item, lang)}"
        )


def _lines(count: int, lang: str) -> str:
    return "条" if lang != "en" else "line" if count == 1 else "lines"


def _capacity(item: Concerned, lang: str) -> str:
    known = "" if item.capacity is None else " ".join(amount(item.capacity, item.unit, lang))
    if not item.without_capacity:
        return known
    rest = (
        f"capacity of {item.without_capacity:,} not reported"
        if lang == "en"
        else f"{item.without_capacity:,} 条未填报产能"
    )
    return f"{known}; {rest}" if known and lang == "en" else "，".join(filter(None, (known, rest)))


def _gravest(summary: Summary, lang: str) -> Iterator[str]:
    yield ""
    yield "The gravest" if lang == "en" else "最严重的结论"
    for at, grave in enumerate(summary.gravest, start=1):
        mark = f"{PROVISIONAL[lang == 'en']} " if grave.provisional else ""
        who = " · ".join(name for name in (grave.enterprise, grave.line) if name)
        yield f"  {at:>2}. {mark}{who}"
        yield f"      {grave.en if lang == 'en' else grave.zh}  [{grave.finding_id}]"

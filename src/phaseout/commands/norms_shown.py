"""What `phaseout norms` prints for people: documents, rows, gaps, the report of the check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import click

from phaseout.commands.output import show_json
from phaseout.commands.tables import show_table
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.norms.book import NATIONAL, NormBook
from phaseout.law.norms.checks import Report, Severity
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.confirmation import Confirmation, digest
from phaseout.law.norms.documents import predecessors, successor
from phaseout.law.norms.gaps import Gap, Kind, Missing
from phaseout.law.norms.in_force import InForce
from phaseout.law.norms.plain import parts_of
from phaseout.law.norms.reading import Kind as Reading
from phaseout.law.norms.records import DatedRow, EquipmentEntry, PriceRule, Row, Source
from phaseout.law.norms.wording import (
    TABLE_NAMES,
    WORDS,
    describe,
    industry_name,
    shown_day,
    shown_span,
)

Texts = tuple[str, str]

_DIMENSIONS: dict[str, Texts] = {
    Dimension.ENERGY: ("能耗", "energy"),
    Dimension.ENVIRONMENT: ("环保", "environment"),
    Dimension.QUALITY: ("质量", "quality"),
    Dimension.SAFETY: ("安全", "safety"),
    Dimension.TECHNOLOGY: ("技术", "technology"),
}
_SEVERITIES: dict[Severity, Texts] = {
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("提示", "warning"),
    Severity.KNOWN: ("已登记", "known"),
}
_GAPS: dict[Kind, Texts] = {
    Kind.NO_ROW: ("无记录", "no row"),
    Kind.NOT_IN_EDITION: ("当时版本中无此名目", "not in the edition then in force"),
    Kind.NOT_MANDATORY: ("仅有推荐性或效力未定的记录", "recommended or unsettled rows only"),
    Kind.NO_FIGURE: ("有记录，未定数值", "rows, no figure set"),
}
_READINGS: dict[Reading, Texts] = {
    Reading.CONDITION: ("条件", "condition"),
    Reading.OPEN: ("待定条件", "open condition"),
    Reading.CORRECTION: ("修正", "correction"),
    Reading.REMARK: ("备注", "remark"),
}


def show_report(report: Report, lang: str) -> None:
    """The check: how much was looked at, every issue, and whether the store may be used."""
    at = _at(lang)
    rows = [
        (_SEVERITIES[issue.severity][at], issue.check, (issue.zh, issue.en)[at], issue.accepted)
        for issue in report.issues
    ]
    title = (
        f"标准库检查：{report.rows}条标准记录，{report.method_rows}条方法记录，"
        f"{report.documents}个文件。",
        f"Norm store checked: {report.rows} norm rows, {report.method_rows} method rows, "
        f"{report.documents} documents.",
    )
    show_table(title[at], _heads(at, "级别/severity 检查/check 说明/says 接受理由/accepted"), rows)
    counts = {severity: len(report.of(severity)) for severity in Severity}
    said = (
        f"错误{counts[Severity.ERROR]}项，提示{counts[Severity.WARNING]}项，"
        f"已登记{counts[Severity.KNOWN]}项。{'可以使用。' if report.ok else '须先改正错误。'}",
        f"{counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings, "
        f"{counts[Severity.KNOWN]} known. "
        f"{'The store may be used.' if report.ok else 'Mend the errors first.'}",
    )
    click.echo(said[at])


def show_gaps(found: Sequence[Gap], since: date, until: date, lang: str) -> None:
    """The gaps by dimension, then how many there are of each kind."""
    at = _at(lang)
    heads = _heads(
        at, "行业/industry 对象/subject 期间/days 缺什么/missing 前后版本/around 可补/filled_by"
    )
    for dimension, names in _DIMENSIONS.items():
        rows = [_gap_cells(gap, at, lang) for gap in found if gap.dimension == dimension]
        if rows:
            show_table(names[at], heads, rows)
            click.echo()
    counts = Counter(gap.kind for gap in found)
    told = [f"{_GAPS[kind][at]} {counts[kind]}" for kind in Kind if counts[kind]]
    span = shown_span(since, until, lang)
    said = (
        f"{span}：{'，'.join(told) or '没有缺口'}。无记录的，判断结果为“无法判定”，不作合格处理。",
        f"{span}: {', '.join(told) or 'no gap'}. Where there is no row the answer is "
        "undetermined, never compliant.",
    )
    click.echo(said[at])


def _gap_cells(gap: Gap, at: int, lang: str) -> tuple[str, ...]:
    whole = ("（整个行业）", "(whole industry)")[at]
    subject = (gap.subject_zh, gap.subject_en or gap.subject_zh)[at] or whole
    around = f"{'、'.join(gap.before) or '—'} / {'、'.join(gap.after) or '—'}"
    return (
        industry_name(gap.industry, lang),
        subject,
        shown_span(gap.first, gap.last, lang),
        _GAPS[gap.kind][at],
        around,
        "; ".join(_filler(document, at) for document in gap.filled_by),
    )


def _filler(document: Missing, at: int) -> str:
    days = f"{document.effective_from or '?'}–{document.effective_to or ''}"
    return f"{document.number or document.source_id} ({days}): {(document.zh, document.en)[at]}"


def show_document(
    book: NormBook,
    source: Source,
    rows: Sequence[Row],
    signed: Iterable[Confirmation],
    lang: str,
) -> None:
    """The document, then its rows table by table; says so where it has none."""
    at = _at(lang)
    for name, text in _described(book, source, at):
        if text:
            click.echo(f"{name}{('：', ': ')[at]}{text}")
    click.echo()
    if not rows:
        none = (
            "标准库中没有该文件的记录：数值未收录，不是没有要求。",
            "The store has no row of this document: its figures are not in our record, which "
            "does not mean that it sets none.",
        )
        click.echo(none[at])
    _show_rows(book, rows, list(signed), lang)


def _described(book: NormBook, source: Source, at: int) -> list[Texts]:
    follower = successor(source, book.sources)
    heads = (
        ("标识", "id"), ("编号", "number"), ("名称", "title"), ("发布机关", "issuer"),
        ("发布日期", "issued on"), ("施行日期", "in force from"), ("效力截止", "in force to"),
        ("代替", "supersedes"), ("被代替", "superseded by"), ("适用地域", "area"),
        ("可信度", "confidence"), ("出处", "seen at"),
    )  # fmt: skip
    area = book.jurisdiction(source.source_id)

    def word(received: str) -> str:
        return (in_chinese(received), received)[at]

    texts = (
        source.source_id,
        word(source.number),
        (source.title_zh, source.title_en)[at] or source.title_zh,
        word(source.issuer),
        source.issued_on,
        source.effective_from,
        source.effective_to or ("未见截止日", "no end known")[at],
        ("、", ", ")[at].join(s.source_id for s in predecessors(source, book.sources)),
        word(source.superseded_by) or (follower.source_id if follower else ""),
        ("全国", "the country")[at] if area == NATIONAL else area,
        WORDS[source.confidence][at],
        word(source.url),
    )
    return [(head[at], text) for head, text in zip(heads, texts, strict=True)]


def show_in_force(book: NormBook, found: InForce, lang: str) -> None:
    """The rows of a day, table by table, with their counts."""
    at = _at(lang)
    _show_rows(book, [row for rows in found.rows.values() for row in rows], [], lang)
    counts = [f"{TABLE_NAMES[table][at]} {len(rows)}" for table, rows in found.rows.items()]
    total = sum(len(rows) for rows in found.rows.values())
    day = (shown_day(found.on), found.on.isoformat())[at]
    said = (
        f"{day}有效的记录共{total}条" + (f"：{'，'.join(counts)}。" if counts else "。"),
        f"{total} rows in force on {day}" + (f": {', '.join(counts)}." if counts else "."),
    )
    click.echo(said[at])
    if found.undated:
        names = ", ".join(sorted({row.source_id for row in found.undated}))
        more = (
            f"另有{len(found.undated)}条所在文件只印有年或月，当日是否有效无法确定：{names}。",
            f"{len(found.undated)} more rows of documents that print a year or month only may "
            f"be in force: {names}.",
        )
        click.echo(more[at])


def _show_rows(book: NormBook, rows: Sequence[Row], signed: list[Confirmation], lang: str) -> None:
    at = _at(lang)
    heads = _heads(
        at,
        "记录/row 行业/industry 对象/subject 指标/asks 适用/for 限值/limit 效力/in_force "
        "条款/clause 条件与备注/conditions 可信度/confidence",
    )
    for table, names in TABLE_NAMES.items():
        cells = [
            _row_cells(row, book, signed, lang)
            for row in rows
            if row.row_id.startswith(f"{table}/")
        ]
        if cells:
            show_table(f"{names[at]} ({len(cells)})", heads, cells)
            click.echo()


def _row_cells(row: Row, book: NormBook, signed: list[Confirmation], lang: str) -> tuple[str, ...]:
    at = _at(lang)
    words = describe(row, lang)
    industry = getattr(row, "industry", "")
    area = book.jurisdiction(row.source_id)
    return (
        row.row_id if area == NATIONAL else f"{row.row_id} ({area})",
        industry_name(industry, lang) if industry else "",
        words.subject,
        words.asks,
        words.whom,
        words.limit,
        shown_span(row.effective_from, row.effective_to, lang) if isinstance(row, DatedRow) else "",
        clause_en(row.clause) if lang == "en" else in_chinese(row.clause),
        _conditions(row, at),
        _standing(row, signed, at),
    )


def _conditions(row: Row, at: int) -> str:
    """Conditions and remarks as printed, each with what it was read as; a catalogue entry's
    exceptions."""
    if isinstance(row, EquipmentEntry):
        of_item = row.exceptions_zh or in_chinese(row.exceptions_en)
        excepted = (of_item, row.exceptions_en)[at] or row.exceptions_zh
        return excepted and f"{('例外：', 'except: ')[at]}{excepted}"
    if isinstance(row, PriceRule):
        return (in_chinese(row.condition), row.condition)[at]
    subject = {getattr(row, name, "") for name in ("process_zh", "source_zh")}
    parts = [part for part in parts_of(row) if part.prose not in subject]
    told = [
        f"{_READINGS[part.kind][at]}{('：', ': ')[at]}{(in_chinese(part.prose), part.prose)[at]}"
        for part in parts
    ]
    return ("；", "; ")[at].join(dict.fromkeys(told))


def _standing(row: Row, signed: list[Confirmation], at: int) -> str:
    """How sure the row is, and who has confirmed it."""
    said = WORDS[row.confidence][at]
    for one in signed:
        if one.row_id != row.row_id:
            continue
        if one.row_digest != digest(row):
            more = ("核对的不是现记录", "another wording was confirmed")[at]
        elif one.differs:
            more = (
                f"{one.confirmed_by}登记：正式文本（{one.document}，{one.page}）所载不同",
                f"{one.confirmed_by} recorded that the print differs ({one.document}, {one.page})",
            )[at]
        elif one.countersigned_on:
            more = (
                f"{one.confirmed_by}核对、{one.countersigned_by}复核"
                f"（{shown_day(one.countersigned_on)}，{one.document}，{one.page}）",
                f"confirmed by {one.confirmed_by} and {one.countersigned_by} on "
                f"{one.countersigned_on} ({one.document}, {one.page})",
            )[at]
        else:
            more = (
                f"{one.confirmed_by}已核对，待复核",
                f"confirmed by {one.confirmed_by}, not yet countersigned",
            )[at]
        if not (one.countersigned_on is None and _completed(one, signed)):
            said += f"; {more}"
    return said


def _completed(first: Confirmation, signed: list[Confirmation]) -> bool:
    same = (first.row_id, first.row_digest)
    return any(c.complete and (c.row_id, c.row_digest) == same for c in signed)


def show_confirmation(signed: Confirmation, *, as_json: bool, lang: str) -> None:
    """What was signed, and whether the row counts as verified now."""
    if as_json:
        show_json(
            {
                "row_id": signed.row_id, "row_digest": signed.row_digest,
                "document": signed.document, "page": signed.page,
                "confirmed_by": signed.confirmed_by, "confirmed_on": signed.confirmed_on,
                "countersigned_by": signed.countersigned_by or None,
                "countersigned_on": signed.countersigned_on,
                "complete": signed.complete,
            }
        )  # fmt: skip
        return
    if signed.complete:
        said = (
            f"{signed.row_id}已由{signed.confirmed_by}核对、{signed.countersigned_by}复核，"
            f"自{shown_day(signed.countersigned_on)}起视为已核。",
            f"{signed.row_id} was confirmed by {signed.confirmed_by} and "
            f"{signed.countersigned_by}; it counts as verified from {signed.countersigned_on}.",
        )
    else:
        said = (
            f"{signed.row_id}已由{signed.confirmed_by}核对，待另一人复核后视为已核。",
            f"{signed.row_id} was confirmed by {signed.confirmed_by}; it counts as verified once "
            "another person countersigns.",
        )
    click.echo(said[_at(lang)])


def _heads(at: int, pairs: str) -> list[str]:
    """Column heads from `中文/english` pairs; an underscore stands for a blank."""
    return [pair.split("/")[at].replace("_", " ") for pair in pairs.split()]


def _at(lang: str) -> int:
    return 1 if lang == "en" else 0

"""What a term of the register refuses, and what to do instead."""

from __future__ import annotations

from datetime import date

from phaseout.law.periods.certificate import Unit
from phaseout.law.periods.citations import source
from phaseout.law.periods.term_records import TermRecord, TermUnit
from phaseout.law.periods.wording import length_en, length_zh
from phaseout.law.refusals import Bilingual, Refusal


def _what(term: TermRecord) -> Bilingual:
    return (
        f"不能计算“{term.row.term_zh}”的届满日",
        f"cannot compute an end for {term.row.term_en!r}",
    )


def no_length(term: TermRecord) -> Refusal:
    if term.unit is TermUnit.UNTIL_LIFTED:
        why = (
            f"{term.citation.zh}没有规定固定期限（{term.starts[0]}）。",
            f"{term.citation.en} sets no length ({term.starts[1]}).",
        )
        instead = (
            "请登记解除（或备案）的日期，不要计算届满日。",
            "Record the day on which it is lifted (or reported done); there is no due day.",
        )
    else:
        why = (
            f"{term.citation.zh}是一条规则，没有期间长度。",
            f"{term.citation.en} is a rule without a length.",
        )
        instead = (
            "请适用该规则本身，或选择一项有长度的期间。",
            "Apply the rule itself, or choose a term that has a length.",
        )
    return Refusal("term.no-length", what=_what(term), why=why, instead=instead)


def counted_each_day(term: TermRecord) -> Refusal:
    return Refusal(
        "term.each-day",
        what=_what(term),
        why=(
            f"{term.citation.zh}按日计算金额，没有届满日。",
            f"{term.citation.en} counts an amount for each day and has no end.",
        ),
        instead=(
            "请按起止日期计算天数。",
            "Count the days from the first to the last one.",
        ),
    )


def extension_is_no_period(term: TermRecord) -> Refusal:
    number = term.reading.extends.rsplit("/", 1)[1]
    return Refusal(
        "term.is-extension",
        what=_what(term),
        why=(
            "延期并入原期间，自起算日一次计算，不从原届满日另行起算（docs/periods.md 规则11）。",
            "an extension lengthens the same period and is counted once from its trigger "
            "(docs/periods.md, rule 11).",
        ),
        instead=(
            f"请计算该文件的第{number}项，并用 --extend 写明延长的长度。",
            f"Count term {number} of the same source and give the extension with --extend.",
        ),
    )


def extension_too_long(term: TermRecord, extension: int) -> Refusal:
    longest = term.reading.longest_extension
    if term.length is None:  # a fixed date, say: no unit to speak of
        amount = (str(extension), str(extension))
    else:
        unit = Unit(term.unit)
        amount = (length_zh(extension, unit), length_en(extension, unit))
    if longest:
        unit = Unit(term.unit)
        why = (
            f"{term.citation.zh}：延期不超过{length_zh(longest, unit)}。",
            f"{term.citation.en}: an extension of at most {length_en(longest, unit)}.",
        )
        instead = (
            f"请改为{length_zh(longest, unit)}或更短。",
            f"Make it {length_en(longest, unit)} or less.",
        )
    else:
        why = (
            f"{term.citation.zh}没有规定该项期间可以延长。",
            f"{term.citation.en} gives no extension of this term.",
        )
        instead = ("请按原期间计算，不要延长。", "Count the period without an extension.")
    return Refusal(
        "term.extension-too-long",
        what=(
            f"不能将“{term.row.term_zh}”延长{amount[0]}",
            f"cannot extend {term.row.term_en!r} by {amount[1]}",
        ),
        why=why,
        instead=instead,
    )


def needs_a_moment(term: TermRecord) -> Refusal:
    return Refusal(
        "term.needs-a-moment",
        what=_what(term),
        why=(
            f"{term.citation.zh}按小时计算，自该时刻起算，只有日期不够。",
            f"{term.citation.en} is counted in hours from a moment; a day alone is not enough.",
        ),
        instead=(
            "请写明时刻，如 2022-03-01 14:30。",
            "Give the time too, for example 2022-03-01 14:30.",
        ),
    )


def edition_not_in_force(term: TermRecord, first: date, last: date) -> Refusal:
    document = source(term.row.source_id)
    span = f"{document.effective_from or '…'}–{document.effective_to or ''}"
    days = str(first) if first == last else f"{first}–{last}"
    later = document.superseded_by
    return Refusal(
        "term.not-in-force",
        what=(
            f"不能按{term.citation.zh}计算{days}的期间",
            f"cannot count {days} by {term.citation.en}",
        ),
        why=(
            f"该文本的有效期为{span}，程序适用行为时有效的文本（docs/periods.md 规则12）。",
            f"that text is in force {span}, and procedure goes by the text in force when the step "
            "is taken (docs/periods.md, rule 12).",
        ),
        instead=(
            f"请改用行为时有效的文本{f'（后续文本：{later}）' if later else ''}。",
            f"Use the text in force on the day{f' (successor: {later})' if later else ''}.",
        ),
    )

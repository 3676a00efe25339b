"""No rate, no bill: the answer as a refusal that names the hole and what to do."""

from __future__ import annotations

from datetime import date

from phaseout.law.industries import INDUSTRIES
from phaseout.law.prices.asking import MEASURE_WORDS
from phaseout.law.prices.outcomes import Answer, Outcome
from phaseout.law.refusals import Bilingual, Refusal

_WHAT: Bilingual = ("不能计算加价", "the surcharge cannot be computed")


def refusal_of(given: Answer) -> Refusal:
    """The refusal of an answer that is not determined; its code is `price.` and the outcome."""
    why, instead = {
        Outcome.NO_RATE: _no_rate,
        Outcome.NO_DOCUMENT: _no_document,
        Outcome.DIVIDED: _divided,
        Outcome.STOPPED: _stopped,
        Outcome.EDGE_UNKNOWN: _edge,
        Outcome.UNDETERMINED: _missing,
    }[given.outcome](given)
    code = f"price.{given.outcome.value.replace('_', '-')}"
    return Refusal(code, what=_WHAT, why=why, instead=instead)


def asked_in_words(given: Answer) -> Bilingual:
    """Measure, industry and time of the question."""
    asked = given.question
    measure = MEASURE_WORDS[asked.measure]
    industry = INDUSTRIES.get(asked.industry)
    names = (industry.zh, industry.en) if industry else ("各行业", "all industries")
    if (asked.first.month, asked.first.day, asked.last.month, asked.last.day) == (1, 1, 12, 31):
        when = (f"{asked.first.year}年", str(asked.first.year))
    else:
        when = (f"{asked.first}至{asked.last}", f"{asked.first} to {asked.last}")
    return f"{when[0]}{names[0]}{measure[0]}", f"{measure[1]} of {names[1]}, {when[1]}"


def _span(first: date | None, last: date | None, source: str) -> Bilingual:
    begin, end = first.isoformat() if first else "…", last.isoformat() if last else "…"
    return f"{begin}至{end}（{source}）", f"{begin} to {end} ({source})"


def _no_rate(given: Answer) -> tuple[Bilingual, Bilingual]:
    zh, en = asked_in_words(given)
    spans = [_span(*span) for span in given.spans]
    return (
        (
            f"{zh}没有加价标准的记录；有记录的时段：{'、'.join(s[0] for s in spans)}。",
            f"no rate on record for {en}; there are rates for {', '.join(s[1] for s in spans)}.",
        ),
        (
            "没有标准不等于零。请核对年度，或先补录该时段的文件。",
            "No rate is not zero. Check the year, or enter the document of that time first.",
        ),
    )


def _no_document(given: Answer) -> tuple[Bilingual, Bilingual]:
    zh, en = asked_in_words(given)
    return (
        (
            f"没有查得对{zh.partition('年')[2] or zh}作出规定的文件。",
            f"no document was found for the {en.partition(',')[0]}.",
        ),
        (
            "请核对行业和措施；地方另有规定的，请先补录。",
            "Check industry and measure; where a local document exists, enter it first.",
        ),
    )


def _divided(given: Answer) -> tuple[Bilingual, Bilingual]:
    told = [(day, source or "—") for day, _, source in given.spans]
    zh, en = asked_in_words(given)
    return (
        (
            f"{zh}期间文件有变动：{'；'.join(f'自{d}起 {s}' for d, s in told)}。",
            f"the document changes within that time ({en}): "
            f"{'; '.join(f'from {d} {s}' for d, s in told)}.",
        ),
        ("请分段（按月）计算。", "Ask for each part of it (by month)."),
    )


def _stopped(given: Answer) -> tuple[Bilingual, Bilingual]:
    return (
        (f"{given.said[0]}。", f"{given.said[1]}."),
        ("请按现行的价格措施计算。", "Use the measure that took its place."),
    )


def _edge(given: Answer) -> tuple[Bilingual, Bilingual]:
    assert given.reading is not None
    return (
        (
            f"{given.reading.row.source_id}：{given.said[0]}。",
            f"{given.reading.row.source_id}: {given.said[1]}.",
        ),
        (
            "界限未知不等于零。请查得文件所附分档标准并补录后再算。",
            "An unknown edge is not zero. Find the tiers in the document and enter them.",
        ),
    )


def _missing(given: Answer) -> tuple[Bilingual, Bilingual]:
    zh, en = asked_in_words(given)
    return (
        (f"{zh}：{given.said[0]}。", f"{en}: {given.said[1]}."),
        ("无法判定不等于零。请补充后再算。", "Undetermined is not zero. Give what is missing."),
    )

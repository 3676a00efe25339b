"""One question, one answer: the band of the document in force, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.prices import banding
from phaseout.law.prices.asking import Measure, Question
from phaseout.law.prices.bands import BandsInForce, Stop, key_of
from phaseout.law.prices.outcomes import Answer, Outcome
from phaseout.law.prices.readings import CHARGING, Reading
from phaseout.law.refusals import Bilingual

FLOOR_UNKNOWN: Bilingual = (
    "国家文件的加价不能确定，暂按地方文件",
    "the national floor cannot be told; the local figure is taken",
)
"""Said where the local document answers and the national one, its floor, cannot be read."""


def answer(asked: Question, law: BandsInForce) -> Answer:
    """What is to be paid for a kWh, by the documents of the time of the question.

    The national figure is a floor: a province's row wins only where it is higher.

    Args:
        law: of the time of the question (`bands_in_force`).
    """
    if asked.measure is Measure.DIFFERENTIAL and asked.price_class is None:
        return _undetermined(
            asked, "class_missing", "未说明属限制类还是淘汰类", "the class is not given"
        )
    stop = next((s for s in law.stops if not s.doubts and _stopped_by(s, asked)), None)
    if stop is not None:
        return Answer(asked, Outcome.STOPPED, "stopped", said=(stop.zh, stop.en))
    documents = _documents(asked, law)
    if not documents:
        return _hole(asked, law)
    answers = [banding.by_document(asked, rows) for rows in documents]
    given = _strongest(answers)
    if given.rate is not None:
        given = banding.with_factors(given, law)
    return replace(given, provisional=_provisional(given, law))


def _documents(asked: Question, law: BandsInForce) -> list[list[Reading]]:
    """The rows that answer, document by document, the national ones first."""
    found: dict[str, list[Reading]] = {}
    for one in _narrowest(asked, [one for one in law.rows if asks_for(asked, one)]):
        found.setdefault(one.row.source_id, []).append(one)
    return sorted(found.values(), key=lambda rows: (len(rows[0].area), rows[0].row.source_id))


def asks_for(asked: Question, one: Reading) -> bool:
    """Whether a row is of the measure, industry, class and place (or of the document named)."""
    return (
        one.row.measure == asked.measure
        and one.row.industry in (asked.industry, ALL_INDUSTRIES)
        and _of_class(asked, one)
        and (
            one.row.source_id == asked.source_id
            if asked.source_id
            else asked.division.startswith(one.area)
        )
    )


def _of_class(asked: Question, one: Reading) -> bool:
    return not one.classes or (asked.price_class or "") in one.classes


def _narrowest(asked: Question, rows: Sequence[Reading]) -> Sequence[Reading]:
    """Rows for the class where a document has them; else those for everybody."""
    with_class = {one.row.source_id for one in rows if one.classes}
    return [one for one in rows if one.classes or one.row.source_id not in with_class]


def _strongest(answers: Sequence[Answer]) -> Answer:
    """The highest determined rate, the national one of equals; else the national answer."""
    known = [one for one in answers if one.determined]
    if not known:
        return answers[0]
    best = known[0]
    for one in known[1:]:
        if (one.rate or Decimal(0)) > (best.rate or Decimal(0)):
            best = one
    return replace(best, weaker=tuple(one for one in answers if one is not best))


def _provisional(given: Answer, law: BandsInForce) -> tuple[tuple[str, str], ...]:
    said = list(given.provisional)
    rows = [given.reading, *(factor.row for factor in given.factors)]
    for one in rows:
        if one is not None and one.row.row_id not in law.settled:
            said.append(
                (
                    f"{one.row.row_id}尚未与正式文本核对",
                    f"{one.row.row_id} has not been confirmed against the official text",
                )
            )
    said += [
        (stop.zh, stop.en)
        for stop in law.stops
        if stop.doubts and _stopped_by(stop, given.question)
    ]
    if any(_floor_unknown(one) for one in given.weaker):
        said.append(FLOOR_UNKNOWN)
    said += _elsewhere(given)
    return tuple(dict.fromkeys(said)) if given.determined else ()


def _floor_unknown(one: Answer) -> bool:
    """Whether a national document should say a figure, and it cannot be told which."""
    of_nation = one.reading is not None and not one.reading.area
    return of_nation and not one.determined and one.reason != "set_by_province"


def _elsewhere(given: Answer) -> list[tuple[str, str]]:
    """Said where the document that was asked for does not hold in the place."""
    asked, one = given.question, given.reading
    if not asked.source_id or one is None or asked.division.startswith(one.area):
        return []
    return [
        (
            f"{one.row.source_id}不是{asked.division}的文件，仅作测算",
            f"{one.row.source_id} does not hold in {asked.division}: an estimate only",
        )
    ]


def _stopped_by(stop: Stop, asked: Question) -> bool:
    return (
        stop.measure == asked.measure
        and stop.industry == asked.industry
        and asked.division.startswith(stop.area)
        and not (stop.except_class and asked.price_class == stop.except_class)
    )


def _hole(asked: Question, law: BandsInForce) -> Answer:
    """No row: the time is divided, or another time has one, or no document is known at all."""
    ever = [one for one in law.every if one.kind in CHARGING and asks_for(asked, one)]
    for one in ever:
        for price_class in one.classes or ("",):
            cut = law.divided.get(key_of(one, price_class))
            if cut:
                spans = tuple((day, None, source) for day, source in cut)
                return Answer(asked, Outcome.DIVIDED, "divided", spans=spans)
    if ever:
        known = tuple(
            dict.fromkeys(
                (one.row.effective_from, one.row.effective_to, one.row.source_id) for one in ever
            )
        )
        return Answer(asked, Outcome.NO_RATE, "no_rate", spans=known)
    return Answer(asked, Outcome.NO_DOCUMENT, "no_document")


def _undetermined(asked: Question, reason: str, zh: str, en: str) -> Answer:
    return Answer(asked, Outcome.UNDETERMINED, reason, said=(zh, en))

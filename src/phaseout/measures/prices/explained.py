"""The computation of one assessed line: the same question asked of the law, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from phaseout.law.norms import NormBook
from phaseout.law.prices.answering import answer
from phaseout.law.prices.asking import Measure, PriceClass, Question
from phaseout.law.prices.bands import BandsInForce
from phaseout.law.prices.explaining import Step, band_as_data, explain
from phaseout.law.prices.outcomes import Answer
from phaseout.law.prices.refusing import refusal_of
from phaseout.measures.prices.models import Assessment, RenewableShare


def question_of(
    one: Assessment, law: BandsInForce, share: RenewableShare | None = None
) -> Question:
    """What was asked for the line; with the renewable share of its enterprise, where one is known,
    the relief of the document counts."""
    return Question(
        Measure(one.measure),
        one.industry,
        law.first,
        law.last,
        division=one.division_code,
        price_class=PriceClass(one.price_class) if one.price_class else None,
        indicator=one.indicator,
        limit=one.limit_value,
        tier=one.tier,
        subject=one.subject,
        commissioned_on=one.line.commissioned_on,
        product=one.line.product,
        kiln=one.kiln or None,
        renewable_share=share.percent if share else None,
        incentive_value=share.incentive if share else None,
    )


def answered(one: Assessment, law: BandsInForce, share: RenewableShare | None = None) -> Answer:
    """The answer to it, with its explanation."""
    return answer(question_of(one, law, share), law)


def steps_of(given: Answer, kwh: Decimal | None = None) -> Sequence[Step]:
    """The steps of an answer; of one without a rate, why there is none and what to do."""
    if given.determined:
        return explain(given, NormBook.load().sources, kwh)
    refusal = refusal_of(given)
    return (
        Step("hole", refusal.why[0], refusal.why[1]),
        Step("instead", refusal.instead[0], refusal.instead[1]),
    )


def as_data(given: Answer) -> dict[str, Any]:
    """What a determination keeps of its computation."""
    assert given.reading is not None and given.rate is not None
    return {
        "schema": "phaseout.price/1",
        "rate": format(given.rate, "f"),
        "band": band_as_data(given),
        "source": given.reading.row.source_id,
        "clause": given.reading.row.clause,
        "row_id": given.reading.row.row_id,
        "steps": [step.as_data() for step in steps_of(given)],
    }

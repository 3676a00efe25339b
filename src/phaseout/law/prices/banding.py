"""Where a question lies within one document: its class, its tier or its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

from phaseout.law.prices.asking import Measure, Question
from phaseout.law.prices.bands import BandsInForce
from phaseout.law.prices.outcomes import Answer, Factor, Outcome
from phaseout.law.prices.readings import Kind, Reading

ZERO = Decimal(0)
MISSING = {
    "subject_missing": (
        "未说明是熟料生产线、水泥生产线还是粉磨企业",
        "whether clinker, cement or grinding is not given",
    ),
    "commissioned_missing": ("没有投产日期", "the day of commissioning is not known"),
    "indicator_missing": (
        "没有该年度的单位产品电耗（能耗）",
        "the consumption of the year is not known",
    ),
    "limit_missing": ("没有限额（定额）", "the limit (quota) is not known"),
    "set_by_province": (
        "加价标准由省级价格主管部门确定，未查得本地标准",
        "the province sets the figure; none of this place was found",
    ),
    "not_covered": (
        "文件不适用于该产品或窑型",
        "the document does not speak of this product or kiln",
    ),
    "edge_unknown": (
        "超过第一档；以上各档的界限未查得",
        "above the first tier; where the next ones begin was not found",
    ),
    "tier_unknown": (
        "文件分档，各档界限未查得",
        "the document has tiers whose edges were not found",
    ),
    "no_band": ("没有包含该数值的档", "no band holds the value"),
}


def by_document(asked: Question, rows: Sequence[Reading]) -> Answer:
    """The answer of one document: `rows` are its rows for the measure, industry, class, place."""
    covered = [one for one in rows if _covers(asked, one) is not False]
    if not covered:
        return _open(asked, "not_covered", rows[0])
    doubts = tuple(
        (f"须为：{'、'.join(one.needs_any)}", f"holds for {one.needs_en} only")
        for one in covered
        if _covers(asked, one) is None
    )
    given = _placed(asked, covered)
    return replace(given, provisional=(*given.provisional, *doubts)) if given.determined else given


def _covers(asked: Question, one: Reading) -> bool | None:
    """Whether the row speaks of the product or kiln; None where that is not known."""
    if not one.needs:
        return True
    fact: str | None = getattr(asked, one.needs)
    return None if fact is None else any(word in fact for word in one.needs_any)


def _placed(asked: Question, rows: Sequence[Reading]) -> Answer:
    if any(one.subject for one in rows):
        if not asked.subject:
            return _open(asked, "subject_missing", rows[0])
        rows = [one for one in rows if one.subject in ("", asked.subject)]
    if any(one.commissioned_from or one.commissioned_to for one in rows):
        if asked.commissioned_on is None:
            return _open(asked, "commissioned_missing", rows[0])
        rows = [one for one in rows if _built(asked, one)]
    if asked.tier and any(one.tier for one in rows):
        return _of_tier(asked, rows)
    banded = [one for one in rows if one.banded or one.kind is Kind.STEP]
    if banded:
        return _of_band(asked, rows, banded)
    if any(one.tier for one in rows):
        return _open(asked, "tier_unknown", rows[0], Outcome.EDGE_UNKNOWN)
    return _of_class(asked, rows[0])


def _built(asked: Question, one: Reading) -> bool:
    day = asked.commissioned_on
    assert day is not None
    return (one.commissioned_from is None or one.commissioned_from <= day) and (
        one.commissioned_to is None or day <= one.commissioned_to
    )


def _of_class(asked: Question, one: Reading) -> Answer:
    if one.kind is Kind.OPEN or one.rate is None:
        return _open(asked, "set_by_province", one)
    return _rated(asked, one, one.rate)


def _of_tier(asked: Question, rows: Sequence[Reading]) -> Answer:
    found = next((one for one in rows if one.tier == asked.tier), None)
    if found is None:
        return _open(asked, "edge_unknown", rows[0], Outcome.EDGE_UNKNOWN)
    return _of_class(asked, found)


def _of_band(asked: Question, rows: Sequence[Reading], banded: Sequence[Reading]) -> Answer:
    if asked.indicator is None:
        return _open(asked, "indicator_missing", banded[0])
    above: Fraction | None = None
    if asked.measure in (Measure.PUNITIVE, Measure.WATER):
        if asked.limit is None or asked.limit <= 0:
            return _open(asked, "limit_missing", banded[0])
        above = Fraction(asked.indicator) / Fraction(asked.limit) - 1
        if above <= 0:
            ratio = decimal_of(above)
            return Answer(asked, Outcome.NONE, "within", banded[0], ZERO, ZERO, ratio=ratio)
    found = next((one for one in banded if _holds(asked, one, above)), None)
    if found is None:
        unknown = any(one.kind is Kind.RANGE for one in rows)
        return (
            _open(asked, "edge_unknown", banded[0], Outcome.EDGE_UNKNOWN)
            if unknown
            else _open(asked, "no_band", banded[0])
        )
    if found.kind is Kind.OPEN or found.rate is None:
        return replace(_open(asked, "set_by_province", found), ratio=decimal_of(above))
    if found.kind is Kind.STEP:
        steps = steps_above(asked.indicator, found)
        given = _rated(asked, found, found.rate * steps if steps else ZERO)
        return replace(given, steps_counted=steps)
    return replace(_rated(asked, found, found.rate), ratio=decimal_of(above))


def _holds(asked: Question, one: Reading, above: Fraction | None) -> bool:
    """Whether the value lies in the band; a ratio is compared exactly, not as a rounded number."""
    if above is None:
        assert asked.indicator is not None
        return one.contains(asked.indicator)
    low = None if one.low is None else Fraction(one.low)
    high = None if one.high is None else Fraction(one.high)
    over = low is None or above > low or (one.lower_in and above == low)
    under = high is None or above < high or (one.upper_in and above == high)
    return over and under


def steps_above(x: Decimal, one: Reading) -> int:
    """The started steps above the lower edge; none at or below it."""
    assert one.low is not None and one.per is not None
    over = Fraction(x) - Fraction(one.low)
    return max(0, -((-over) // Fraction(one.per)))


def decimal_of(above: Fraction | None) -> Decimal | None:
    """A ratio to six places, for showing only."""
    if above is None:
        return None
    with localcontext() as exact:
        exact.prec = 40
        return (Decimal(above.numerator) / Decimal(above.denominator)).quantize(Decimal("0.000001"))


def _rated(asked: Question, one: Reading, rate: Decimal) -> Answer:
    outcome = Outcome.RATE if rate > 0 else Outcome.NONE
    return Answer(asked, outcome, "", one, rate, rate)


def _open(
    asked: Question, reason: str, one: Reading, outcome: Outcome = Outcome.UNDETERMINED
) -> Answer:
    return Answer(asked, outcome, reason, one, said=MISSING[reason])


def with_factors(given: Answer, law: BandsInForce) -> Answer:
    """The answer after relief and lateness, as far as its document knows them."""
    asked = given.question
    assert given.rate is not None and given.reading is not None
    factors: list[Factor] = []
    for one in law.factors:
        if one.row.source_id != given.reading.row.source_id or given.rate == 0:
            continue
        factor = _relief(asked, one) if one.kind is Kind.RELIEF else _late(asked, one)
        if factor is not None:
            factors.append(factor)
    rate = given.rate
    for factor in factors:
        rate *= factor.factor
    return replace(given, rate=rate, factors=tuple(factors))


def _relief(asked: Question, one: Reading) -> Factor | None:
    """One share off for each whole point above, if the incentive value is reached."""
    share, incentive = asked.renewable_share, asked.incentive_value
    assert one.low is not None and one.rate is not None
    if share is None or incentive is None or share <= one.low or share < incentive:
        return None
    points = int((share - one.low).to_integral_value(ROUND_FLOOR))
    factor = max(ZERO, 1 - points * one.rate)
    return Factor(
        one,
        factor,
        f"非水可再生能源占比{share}%，高于{one.low}%且不低于激励值{incentive}%，减{points}%",
        f"non-hydro renewable share {share} %, above {one.low} % and not below the incentive value "
        f"of {incentive} %: {points} % off",
    )


def _late(asked: Question, one: Reading) -> Factor | None:
    if (
        asked.unpaid_days is None
        or one.rate is None
        or not one.contains(Decimal(asked.unpaid_days))
    ):
        return None
    return Factor(
        one,
        one.rate,
        f"收到缴费通知后{asked.unpaid_days}天未缴，超过{one.low}天，按{one.rate}倍",
        f"unpaid {asked.unpaid_days} days after the notice, more than {one.low}: times {one.rate}",
    )

"""An answer as steps that anyone can do again, as plain data and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.law.norms.records import Source
from phaseout.law.prices.asking import CLASS_WORDS, Measure
from phaseout.law.prices.charging import WaterPart, charge
from phaseout.law.prices.outcomes import Answer
from phaseout.law.prices.readings import Kind, Reading
from phaseout.law.prices.refusing import asked_in_words


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is, in Chinese and English, and the norm row it rests on (or none)."""

    kind: str
    zh: str
    en: str
    cites: str = ""

    def as_data(self) -> dict[str, str]:
        data = {"kind": self.kind, "zh": self.zh, "en": self.en}
        return {**data, "cites": self.cites} if self.cites else data


def explain(
    given: Answer, sources: Mapping[str, Source], kwh: Decimal | None = None
) -> tuple[Step, ...]:
    """The steps of a determined answer: document, band, arithmetic, factors, the money."""
    assert given.reading is not None
    steps = [_document(given, sources), _place(given)]
    if given.steps_counted:
        steps.append(_stepped(given))
    steps += [Step("factor", one.zh, one.en, one.row.row.row_id) for one in given.factors]
    steps += [_weaker(one) for one in given.weaker if one.determined and one.reading]
    steps += [Step("provisional", zh, en) for zh, en in given.provisional]
    if kwh is not None and given.rate is not None:
        total = charge(given.rate, kwh)
        rate, used = plain(given.rate), plain(kwh)
        steps.append(
            Step(
                "amount",
                f"{used} kWh × {rate} 元/kWh = {total} 元（全部电量，四舍五入到分）",
                f"{used} kWh × {rate} CNY/kWh = {total} CNY (whole quantity, half up to 0.01)",
            )
        )
    return tuple(steps)


def explain_water(
    given: Answer, sources: Mapping[str, Source], parts: Sequence[WaterPart], total: Decimal
) -> tuple[Step, ...]:
    """The steps of a bill of water: each band with its own volume."""
    assert given.reading is not None
    steps = [_document(given, sources)]
    for part in parts:
        edges = reading_words(part.reading)
        times, volume = _times(part), trimmed(part.volume)
        product = f"{trimmed(part.price)} = {trimmed(part.amount)}"
        steps.append(
            Step(
                "band",
                f"超出定额部分在{edges[0]}：{volume} m³ × {times}倍 × {product} 元",
                f"above the quota, {edges[1]}: {volume} m3 × {times} times {product} CNY",
                part.reading.row.row_id,
            )
        )
    steps += [Step("provisional", zh, en) for zh, en in given.provisional]
    steps.append(Step("amount", f"加价合计 {total} 元", f"surcharge {total} CNY"))
    return tuple(steps)


def _times(part: WaterPart) -> str:
    """The multiple; of a whole multiple what it has above the fee that is paid anyway."""
    printed = plain(part.reading.rate or Decimal(0))
    return f"({printed} − 1)" if part.reading.kind is Kind.WHOLE_MULTIPLE else printed


def plain(value: Decimal) -> str:
    """A decimal without exponent, as it was written.

    >>> plain(Decimal("1.39E+8")), plain(Decimal("0.10"))
    ('139000000', '0.10')
    """
    return format(value, "f")


def shown_rate(rate: Decimal) -> str:
    """A rate as printed in its document, at least to the cent: 0.08, 0.0291, 0.30, 0."""
    return plain(rate)


def band_of(given: Answer) -> tuple[Decimal | None, Decimal | None]:
    """The edges of the band that an answer lies in; None is open. Below a step there is a band of
    its own: all up to the edge."""
    one = given.reading
    assert one is not None
    return (None, one.low) if given.steps_counted == 0 else (one.low, one.high)


def band_words(given: Answer) -> tuple[str, str]:
    """The band as a mathematical interval, or the class or tier, with its unit."""
    one = given.reading
    assert one is not None
    if given.reason == "within":
        return "不超过限额", "within the limit"
    if given.steps_counted == 0:
        text = interval(None, one.low, one.row.unit)
        return text, text
    return reading_words(one)


def reading_words(one: Reading) -> tuple[str, str]:
    """The band of a row, or its class or tier."""
    if one.banded or one.kind is Kind.STEP:
        ends = ("[" if one.lower_in else "(", "]" if one.upper_in else ")")
        text = interval(one.low, one.high, one.row.unit, ends)
        return text, text
    return one.row.subject_zh, one.row.subject_en


def interval(
    low: Decimal | None, high: Decimal | None, unit: str, ends: tuple[str, str] = ("(", "]")
) -> str:
    """(13700, 13800] kWh/t; a ratio is shown in percent: (0, 100] %."""
    scale, shown = (Decimal(100), "%") if unit == "ratio" else (Decimal(1), unit)
    left = "(−∞" if low is None else f"{ends[0]}{trimmed(low * scale)}"
    right = "+∞)" if high is None else f"{trimmed(high * scale)}{ends[1]}"
    return f"{left}, {right} {shown}"


def placed(given: Answer) -> tuple[str, str]:
    """Where in its band an answer lies, in words: 高于13800 kWh/t; a class or tier by its name."""
    one = given.reading
    assert one is not None
    if not one.banded:
        return band_words(given)
    scale, unit = (Decimal(100), "%") if one.row.unit == "ratio" else (Decimal(1), one.row.unit)
    zh, en = [], []
    if one.low is not None:
        said = ("不低于", "not below") if one.lower_in else ("高于", "above")
        zh.append(f"{said[0]}{trimmed(one.low * scale)}")
        en.append(f"{said[1]} {trimmed(one.low * scale)}")
    if one.high is not None:
        said = ("不高于", "not above") if one.upper_in else ("低于", "below")
        zh.append(f"{said[0]}{trimmed(one.high * scale)}")
        en.append(f"{said[1]} {trimmed(one.high * scale)}")
    return f"{'、'.join(zh)} {unit}", f"{', '.join(en)} {unit}"


def trimmed(value: Decimal) -> str:
    """A computed number without zeros that say nothing."""
    text = plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def band_as_data(given: Answer) -> dict[str, Any]:
    """The band as data; edges None where open."""
    one = given.reading
    assert one is not None
    zh, en = band_words(given)
    low, high = band_of(given)
    return {
        "low": None if low is None else plain(low),
        "high": None if high is None else plain(high),
        "lower_edge_inside": one.lower_in,
        "upper_edge_inside": one.upper_in,
        "unit": one.row.unit,
        "tier": one.tier or None,
        "zh": zh,
        "en": en,
    }


def _document(given: Answer, sources: Mapping[str, Source]) -> Step:
    assert given.reading is not None
    row = given.reading.row
    source = sources.get(row.source_id)
    title = (source.title_zh, source.title_en) if source else (row.source_id, row.source_id)
    number = f"{source.number} " if source and source.number else ""
    asked = asked_in_words(given)
    return Step(
        "document",
        f"{asked[0]}：适用{number}《{title[0]}》（{row.source_id}，自{_day(row.effective_from)}"
        f"起{f'至{_day(row.effective_to)}' if row.effective_to else ''}）",
        f"{asked[1]}: {number}{title[1]} ({row.source_id}, {row.effective_from or '…'} to "
        f"{row.effective_to or '…'})",
        row.row_id,
    )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "……"


def _place(given: Answer) -> Step:
    one, asked = given.reading, given.question
    assert one is not None and given.base is not None
    zh, en = placed(given)
    rate = plain(given.base)
    if given.reason == "within":
        return Step(
            "band", "未超过限额，不加价", "not above the limit: no surcharge", one.row.row_id
        )
    if asked.measure is Measure.PUNITIVE and given.ratio is not None:
        over = trimmed(given.ratio * 100)
        return Step(
            "band",
            f"超过限额 {over}%（{zh}）：{rate} 元/kWh",
            f"{over} % above the limit ({en}): {rate} CNY/kWh",
            one.row.row_id,
        )
    if asked.price_class and one.classes:
        words = CLASS_WORDS[asked.price_class]
        return Step(
            "class", f"{words[0]}：{rate} 元/kWh", f"{words[1]}: {rate} CNY/kWh", one.row.row_id
        )
    if asked.indicator is not None and one.banded:
        x = trimmed(asked.indicator)
        return Step(
            "band",
            f"{x} {one.row.unit}，{zh}：{rate} 元/kWh",
            f"{x} {one.row.unit}, {en}: {rate} CNY/kWh",
            one.row.row_id,
        )
    return Step("tier", f"{zh}：{rate} 元/kWh", f"{en}: {rate} CNY/kWh", one.row.row_id)


def _stepped(given: Answer) -> Step:
    one, x = given.reading, given.question.indicator
    assert one is not None and one.low is not None and one.per is not None and one.rate is not None
    assert x is not None
    n, rate = given.steps_counted, plain(given.base or Decimal(0))
    return Step(
        "steps",
        f"超过{plain(one.low)}的部分每{plain(one.per)} kWh/t（不足的按{plain(one.per)}计）为一级："
        f"{n}级 × {plain(one.rate)} = {rate} 元/kWh",
        f"each started {plain(one.per)} kWh/t above {plain(one.low)}: {n} × {plain(one.rate)} "
        f"= {rate} CNY/kWh",
        one.row.row_id,
    )


def _weaker(one: Answer) -> Step:
    assert one.reading is not None and one.rate is not None
    row = one.reading.row
    return Step(
        "weaker",
        f"{row.source_id}为 {plain(one.rate)} 元/kWh，不高于所采用的标准",
        f"{row.source_id} says {plain(one.rate)} CNY/kWh, not higher than the rate taken",
        row.row_id,
    )

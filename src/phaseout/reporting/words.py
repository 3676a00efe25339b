"""The words of the report in both languages: verdicts with their mark, dimensions, columns."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from phaseout.findings.export import plain
from phaseout.law.norms.wording import unit_name

Words = Mapping[str, tuple[str, str]]

VERDICTS: Words = {
    "compliant": ("达标 ✓", "compliant ✓"),
    "noncompliant": ("不达标 ✕", "noncompliant ✕"),
    "undetermined": ("无法判定 ？", "undetermined ?"),
}
PROVISIONAL = ("暂定 ◇", "provisional ◇")

DIMENSIONS: Words = {
    "energy": ("能耗", "energy"),
    "environment": ("环保", "environment"),
    "quality": ("质量", "quality"),
    "safety": ("安全", "safety"),
    "technology": ("技术", "technology"),
}

STANDINGS: Words = {
    "yes": ("已认定不达标", "found outdated"),
    "provisionally": ("暂定不达标", "provisionally outdated"),
    "not_yet": ("尚未构成落后产能", "not yet outdated"),
    "undetermined": ("无法判定", "undetermined"),
    "no": ("未发现不达标", "nothing found"),
}

COLUMNS: Words = {
    "finding_id": ("结论编号", "finding"),
    "dimension": ("标准类别", "dimension"),
    "uscc": ("统一社会信用代码", "USCC"),
    "line_id": ("生产线", "line"),
    "subject": ("对象", "subject"),
    "source_id": ("依据", "source"),
    "clause": ("条款", "clause"),
    "indicator": ("指标", "indicator"),
    "period_start": ("期间起", "from"),
    "period_end": ("期间止", "to"),
    "value": ("实测值", "value"),
    "comparator": ("比较", "comparator"),
    "limit": ("限值", "limit"),
    "unit": ("单位", "unit"),
    "ratio": ("比值", "ratio"),
    "verdict": ("结论", "verdict"),
    "provisional": ("暂定", "provisional"),
    "reason": ("原因代码", "reason"),
    "explanation_zh": ("说明", "explanation (Chinese)"),
    "explanation_en": ("说明（英文）", "explanation"),
}


def say(words: Words, key: str, lang: str) -> str:
    """The word for `key` in `lang` (zh or en); the key itself where there is none."""
    pair = words.get(key)
    return key if pair is None else pair[lang == "en"]


def quantity(value: Decimal | None) -> str:
    """13,700 or 0.85: thousands set apart, no trailing zeros; a dash for what is not known."""
    text = plain(value)
    if value is None or text is None:
        return "—"
    sign = "-" if value < 0 else ""  # apart: the whole part of -0.36 is nought, and has none
    whole, point, rest = text.removeprefix("-").partition(".")
    return f"{sign}{int(whole):,}{point}{rest}"


TEN_THOUSAND = "万"


def amount(value: Decimal | None, unit: str | None, lang: str) -> tuple[str, str]:
    """Quantity and unit as people of `lang` read them: 25.1 万吨/年, 251,000 t/a."""
    if unit is None:
        return quantity(value), "—"
    name = unit.removeprefix(TEN_THOUSAND)
    if lang == "en":
        times = 10_000 if name != unit else 1
        return quantity(None if value is None else value * times), unit_name(name, lang)
    return quantity(value), unit_name(unit, lang)

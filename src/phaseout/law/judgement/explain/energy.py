"""The reasoning of an energy finding: value, limit, edition, grade, what would pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.law.judgement.explain.energy_parts import (
    clause_zh,
    computed,
    corrections,
    day_zh,
    english_names,
    key_labels,
    measured_unit,
    number,
    period,
)
from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.judgement.reasons import reasons
from phaseout.law.norms.chinese import in_chinese

Row = Mapping[str, Any]

_LATEST = date(9999, 12, 31)
_TOLD = frozenset({"borderline", "edition_changed_in_period", "condition_not_given"})
"""Reasons that have a sentence of their own below."""


def explain(row: Row) -> Explanation:
    """The explanation of one row of `judged.energy`.

    The root says value, limit and verdict. Below it: how the value came about, the limit with
    edition, clause and days, why existing or new, corrections with numbers, what else the
    edition that was replaced would say, the target, what would pass, what is missing.
    """
    steps: list[Step] = []
    judged = row["how"] in ("direct", "computed")
    if row["reported_low"] is not None or row["energy_listed"] is not None:
        steps.append(_measured(row))
    if row["edition_number"] is not None:
        steps.append(_limit(row))
        if row["norm_row"] is not None or row["tier"] == "unknown":
            steps.append(_grade(row))
    if row["correction_steps"] and row["norm_row"] and judged:
        steps += corrections(row)
    if row["document"] or (row["edition_changed"] and judged):
        steps.append(_edition(row))
    if row["gap_text_zh"] and row["source_id"] is not None and row["edition_number"] is None:
        steps.append(_gap(row))
    steps += _doubts(row)
    if row["verdict"] == "undetermined":
        steps += _missing(row)
    else:
        steps += _outlook(row)
    zh, en = _verdict(row)
    return Explanation(Step("verdict", zh, en, row["norm_row"] or "", tuple(steps)))


def _verdict(row: Row) -> tuple[str, str]:
    when_zh, when_en = period(row)
    what_zh, what_en = _subject(row)
    if row["verdict"] == "undetermined":
        words = reasons()
        found = [words.get(code, (code, code)) for code in row["reasons"]]
        zh = "；".join(zh for zh, _ in found)
        en = "; ".join(en for _, en in found)
        return f"{when_zh}{what_zh}无法判定：{zh}", f"{what_en}, {when_en}: undetermined: {en}"
    value, limit, unit = row["value"], row["limit_value"], row["unit"]
    head_zh = f"{when_zh}{what_zh}为{number(value)} {unit}"
    head_en = f"{what_en}, {when_en}: {number(value)} {unit}"
    if row["verdict"] == "compliant":
        return (
            f"{head_zh}，未超过{row['grade_zh']}{number(limit)} {unit}，达到强制性能耗限额标准",
            f"{head_en}, within the {row['grade_en']} of {number(limit)} {unit}: compliant",
        )
    excess = value - limit
    share = f"（{_percent(excess, limit)}%）" if limit > 0 else ""
    share_en = f" ({_percent(excess, limit)} %)" if limit > 0 else ""
    return (
        f"{head_zh}，超过{row['grade_zh']}{number(limit)} {unit}达{number(excess)} {unit}{share}，"
        "未达到强制性能耗限额标准",
        f"{head_en}, above the {row['grade_en']} of {number(limit)} {unit} by {number(excess)} "
        f"{unit}{share_en}: noncompliant",
    )


def _subject(row: Row) -> tuple[str, str]:
    product, process = row["product"], row["process"]
    indicator = row["indicator"] or ""
    zh = f"{product}{f'（{process}）' if process else ''}{indicator}"
    # Where the edition has no row, another edition may still have the English name.
    names = english_names()
    product_en = row["product_en"] or names.get(product, product)
    indicator_en = row["indicator_en"] or names.get(indicator, indicator) or "energy"
    en = f"{product_en}: {indicator_en}"
    if process:
        en = f"{product_en} ({row['process_en'] or names.get(process, process)}): {indicator_en}"
    return zh or "该生产线能耗", en if product else "energy of the line"


def _measured(row: Row) -> Step:
    if row["how"] == "computed":
        return computed(row)
    value, unit = row["reported_low"], row["reported_unit"]
    zh, en = f"填报值{number(value)} {unit}", f"Reported value {number(value)} {unit}"
    because: tuple[Step, ...] = ()
    if row["value_as_reported"] is not None and measured_unit(row) != unit:
        converted = f"{number(row['value_as_reported'])} {row['limit_unit']}"
        zh, en = f"{zh}，合{converted}", f"{en}, that is {converted}"
        factor = ""
        if value:
            factor = f" × {number(_rounded(row['value_as_reported'] / value))}"
        arithmetic = f"{number(value)} {unit}{factor} = {converted}"
        because = (Step("arithmetic", arithmetic, arithmetic),)
    if row["energy_listed"] is not None:
        because = (*because, computed(row))
    return Step("measured", zh, en, because=because)


_LIMITS: dict[tuple[Any, ...], Step] = {}


def _limit(row: Row) -> Step:
    """Basis and limit. Thousands of findings rest on one row: its step is made once."""
    key = (row["norm_row"], row["source_id"], row["base_limit"], row["edition_starts"])
    step = _LIMITS.get(key)
    if step is None:
        step = _LIMITS[key] = _limit_of(row)
    return step


def _limit_of(row: Row) -> Step:
    title_zh, title_en = row["edition_title_zh"], row["edition_title_en"]
    edition = row["edition_number"]
    if row["edition_starts"] is None:
        valid_zh, valid_en = "", ""
    else:
        valid_zh = f"，自{day_zh(row['edition_starts'])}起"
        valid_en = f", in force from {row['edition_starts']}"
        if row["edition_ends"] != _LATEST:
            valid_zh += f"至{day_zh(row['edition_ends'])}"
            valid_en += f" to {row['edition_ends']}"
        valid_zh += "有效"
    if row["norm_row"] is None:
        return Step(
            "edition",
            f"统计期末日适用《{title_zh}》（{edition}）{valid_zh}",
            f"On the last day of the period {edition} ({title_en}) governs{valid_en}",
            row["source_id"],
        )
    unit, limit = row["limit_unit"], row["base_limit"]
    remarks = tuple(
        Step(
            "remark",
            f"条目备注：{in_chinese(text)}",
            f"Remark on the row: {text}",
            row["norm_row"] or "",
        )
        for text in row["remarks"] or ()
    )
    return Step(
        "limit",
        f"依据《{title_zh}》（{edition}）{clause_zh(row['clause'])}，"
        f"{row['grade_zh']}{number(limit)} {unit}{valid_zh}",
        f"Basis: {edition} ({title_en}), clause {row['clause']}, {row['grade_en']} "
        f"{number(limit)} {unit}{valid_en}",
        row["norm_row"] or "",
        remarks,
    )


_BUILT = {
    "commissioned": ("投产", "commissioned"),
    "approved": ("批准", "approved"),
    "rebuilt": ("改扩建投产", "rebuilt"),
}


def _grade(row: Row) -> Step:
    if row["tier"] == "unknown" or row["built_on"] is None:
        return Step(
            "condition",
            "投产和批准日期均未填报，现有和新建两种级别一并比较",
            "Neither day of commissioning nor of approval is given: both grades were compared",
        )
    word_zh, word_en = _BUILT[row["built_by"]]
    day, start = row["built_on"], row["edition_starts"]
    if row["tier"] == "new":
        return Step(
            "condition",
            f"{day_zh(day)}{word_zh}，不早于该版标准实施日{day_zh(start)}，按新建（改扩建）适用{row['grade_zh']}",
            f"{word_en.capitalize()} on {day}, not before the edition's start on {start}: new, "
            f"{row['grade_en']}",
        )
    return Step(
        "condition",
        f"{day_zh(day)}{word_zh}，早于该版标准实施日{day_zh(start)}，按现有装置适用{row['grade_zh']}",
        f"{word_en.capitalize()} on {day}, before the edition's start on {start}: existing, "
        f"{row['grade_en']}",
    )


def _edition(row: Row) -> Step:
    if row["document"]:
        return Step(
            "edition",
            f"主管部门以{row['document']}确定该期间适用{row['edition_number']}"
            f"（统计期末日有效的是{row['replaced_number']}）",
            f"By {row['document']} the authority fixed {row['edition_number']} for this period "
            f"(in force on its last day: {row['replaced_number']})",
            row["source_id"],
        )
    head_zh = f"统计期内标准换版，{day_zh(row['edition_starts'])}起适用{row['edition_number']}"
    head_en = f"The edition changed on {row['edition_starts']} to {row['edition_number']}"
    if not row["other_number"]:
        return Step(
            "edition",
            f"{head_zh}，此前版本不在我们的记录中，无法比较",
            f"{head_en}; what held before is not in our record",
        )
    if not row["other_answer"]:
        return Step(
            "edition",
            f"{head_zh}，此前为{row['other_number']}，没有可比的条目",
            f"{head_en}; before it {row['other_number']}, without a row to compare",
        )
    _, _, _, limit, unit, answer = row["other_answer"].split("|")
    word = {"met": ("达标", "met"), "over": ("超标", "exceeded")}.get(answer, ("无法判定", "open"))
    return Step(
        "edition",
        f"{head_zh}；按此前的{row['other_number']}，限额{number(Decimal(limit))} {unit}，{word[0]}",
        f"{head_en}; by {row['other_number']} before it, limit {number(Decimal(limit))} {unit}: "
        f"{word[1]}",
        row["other_id"],
    )


def _gap(row: Row) -> Step:
    title = f"《{row['gap_title_zh']}》（{row['gap_number']}）"
    return Step(
        "missing",
        f"{title}：{row['gap_text_zh']}",
        f"{row['gap_number']} ({row['gap_title_en']}): {row['gap_text_en']}",
        row["source_id"],
    )


def _doubts(row: Row) -> list[Step]:
    """What makes the finding provisional, or stands beside it."""
    if row["verdict"] == "undetermined":
        return []
    steps = []
    words = reasons()
    codes = row["reasons"]
    if "borderline" in codes:
        gap, unit = abs(row["value"] - row["limit_value"]), row["unit"]
        margin = number(row["uncertainty_in_unit"])
        steps.append(
            Step(
                "condition",
                f"与限额之差{number(gap)} {unit}小于测量不确定度{margin} {unit}，"
                "处于临界，应重新测量",
                f"Borderline: {number(gap)} {unit} from the limit, uncertainty {margin} {unit}; "
                "measure again",
            )
        )
    if "condition_not_given" in codes:
        steps.append(_conditions(row))
    for code in codes:
        if code not in _TOLD:
            zh, en = words.get(code, (code, code))
            steps.append(Step("remark", zh, en[:1].upper() + en[1:]))
    return steps


def _conditions(row: Row) -> Step:
    keys = sorted(key for key in row["unknown_keys"] or () if key)
    for cells in row["correction_steps"] or ():
        _, _, _, status, _, _, _, gate, key = cells.split("|")
        if status == "missing":
            keys += [name for name in (gate, key) if name and name not in keys]
    if (row["processes"] or 0) > 1:
        keys.append("process_name")
    if (row["conventions"] or 0) > 1:
        keys.append("electricity_factor")
    labels = key_labels()
    zh = "、".join(f"{labels.get(key, (key, key))[0]}（{key}）" for key in keys)
    en = ", ".join(f"{labels.get(key, (key, key))[1]} ({key})" for key in keys)
    return Step("missing", f"未填报的条件：{zh}", f"Conditions not given: {en}")


def _missing(row: Row) -> list[Step]:
    steps = []
    codes = row["reasons"]
    if "condition_not_given" in codes:
        steps.append(_conditions(row))
    if row["stopped_by"] == "unit_not_convertible" and row["how"] == "direct":
        pair = f"{row['reported_unit']} → {row['limit_unit']}"
        steps.append(Step("missing", f"无法换算：{pair}", f"Cannot be converted: {pair}"))
    if row["stopped_by"] in ("condition_not_given", "build_date_not_given"):
        for cells in row["alternatives"] or ():
            stands_for, process, indicator, limit, unit, answer = cells.split("|")
            told_zh = "现有" if stands_for == "existing" else "新建"
            word = {"met": ("达标", "met"), "over": ("超标", "exceeded")}.get(answer, ("", ""))
            steps.append(
                Step(
                    "limit",
                    f"若为{told_zh}{f'、{process}' if process else ''}（{indicator}），"
                    f"限额{number(Decimal(limit))} {unit}，{word[0]}",
                    f"If {stands_for}{f', {process}' if process else ''} ({indicator}): limit "
                    f"{number(Decimal(limit))} {unit}, {word[1]}",
                )
            )
    if row["how"] in ("missing", "silent"):
        steps.append(
            Step(
                "missing",
                "应补报该期间的指标值，或能源消费量和产量",
                "To be supplied: the value for this period, or energy inputs and output",
            )
        )
    return steps


def _outlook(row: Row) -> list[Step]:
    value, limit, unit = row["value"], row["limit_value"], row["unit"]
    steps = []
    target = row["target_value"]
    if target is not None:
        name_zh, name_en = row["target_zh"], row["target_en"]
        gap = value - target
        if gap <= 0:
            zh, en = f"已达到{name_zh}", f"the {name_en} is reached"
        else:
            zh, en = f"距{name_zh}尚差{number(gap)} {unit}", f"{number(gap)} {unit} short of it"
        steps.append(
            Step(
                "remark",
                f"{name_zh}为{number(target)} {unit}（引导性，不作为判定依据），{zh}",
                f"The {name_en}, a target only, is {number(target)} {unit}: {en}",
            )
        )
    if row["verdict"] == "noncompliant":
        steps.append(_would_pass(value, limit, unit))
    return steps


def _would_pass(value: Decimal, limit: Decimal, unit: str) -> Step:
    fall = number(value - limit)
    if limit < 0 or value <= 0:
        return Step(
            "would_pass",
            f"单位产品能耗下降{fall} {unit}即可达标",
            f"Would pass if unit consumption fell by {fall} {unit}",
        )
    share = _percent(value - limit, value)
    return Step(
        "would_pass",
        f"单位产品能耗下降{share}%（{fall} {unit}）即可达标",
        f"Would pass if unit consumption fell by {share} % ({fall} {unit})",
    )


def _percent(part: Decimal, whole: Decimal) -> str:
    """Per cent, rounded up in the last digit shown: a fall by less would not do."""
    share = 100 * part / whole
    step = Decimal("0.1") if share >= 1 else Decimal("0.0001")
    up = share.quantize(step, rounding="ROUND_CEILING")
    return number(up)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"))

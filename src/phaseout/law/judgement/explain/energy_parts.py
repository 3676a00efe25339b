"""Parts of an energy explanation: numbers and days in words, corrections, E/P with its inputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, cast

from phaseout.law.industries import INDUSTRIES, plain_products
from phaseout.law.judgement.explain.english import energy_en, unit_en
from phaseout.law.judgement.explanation import Step
from phaseout.law.norms.book import NormBook, read_csv
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.energy import EnergyCorrection

Row = Mapping[str, Any]


def number(value: Decimal | None) -> str:
    """A decimal without trailing zeros.

    >>> number(Decimal("13700.000000")), number(Decimal("0.120"))
    ('13700', '0.12')
    """
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_zh(day: date) -> str:
    """The day as Chinese documents write it: 2017年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def clause_zh(clause: str) -> str:
    """A clause as Chinese documents write it.

    >>> clause_zh("4.1 table 1"), clause_zh("5.3"), clause_zh("annex C")
    ('第4.1条表1', '第5.3条', '附录C')
    """
    numbered = re.sub(r"^(\d+(?:\.\d+)*)", r"第\1条", clause)
    for english, chinese in (
        (r"\s*tables? ([\d-]+)", r"表\1"),
        (r"\s*\(表(\d+) by order\)", r"（按顺序为表\1）"),
        (r"[Aa]nnex ([A-Z])", r"附录\1"),
        (r" notes", "注"),
        (r"; ", "、"),
    ):
        numbered = re.sub(english, chinese, numbered)
    return numbered


def period(row: Row) -> tuple[str, str]:
    """The period in words; a whole calendar year by its number."""
    start, end = row["period_start"], row["period_end"]
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"{start.year}年", str(start.year)
    return f"{day_zh(start)}至{day_zh(end)}", f"{start} to {end}"


def measured_unit(row: Row) -> str | None:
    """The unit the limit is set in."""
    return cast("str | None", row["limit_unit"])


@cache
def key_labels() -> Mapping[str, tuple[str, str]]:
    """Condition key of the energy limits → (Chinese, English)."""
    file = resources.files("phaseout.law.norms") / "readings" / "keys.csv"
    return {
        cells["key"]: (cells["zh"], cells["en"])
        for _, cells in read_csv(file)
        if cells["table"] == "energy_limits"
    }


@cache
def english_names() -> Mapping[str, str]:
    """Chinese name → English name of products, processes and indicators, of any edition; and of
    the industries, which stand for their plain product (碳化硅)."""
    names = {industry.zh: industry.en for industry in INDUSTRIES.values()}
    names |= {zh: en for _, zh, en in plain_products()}
    for standard in NormBook.load().product_standards:
        names[standard.product_zh] = standard.product_en
    for limit in NormBook.load().energy_limits:
        names[limit.product_zh] = limit.product_en
        names[limit.process_zh] = limit.process_en
        names[limit.indicator_zh] = limit.indicator_en
    return names


@cache
def _figures() -> Mapping[str, EnergyCorrection]:
    rows = cast("tuple[EnergyCorrection, ...]", method_rows("energy_corrections"))
    return {row.row_id: row for row in rows}


def corrections(row: Row) -> list[Step]:
    """One step with the arithmetic for value and for limit, where a correction was made; one for
    each correction that exists but could not be made and could matter."""
    unit = row["limit_unit"]
    made: dict[str, list[Step]] = {"value": [], "limit": []}
    left: list[Step] = []
    for cells in row["correction_steps"]:
        target, _, figure_id, status, _, given, amount, _, _ = cells.split("|")
        figure = _figures()[figure_id]
        if status == "applied":
            step = _applied(figure, given, Decimal(amount), unit)
            if step is not None:
                made[target].append(step)
        elif status in ("not_established", "outside"):
            left.append(_left(figure, given, status))
    steps = []
    if made["value"]:
        before, after = number(row["value_as_reported"]), number(row["value"])
        steps.append(
            Step(
                "correction",
                f"实际值{before} {unit}修正为可比值{after} {unit}：{_joined_zh(made['value'])}",
                f"The value {before} {unit} is corrected to {after} {unit}: "
                f"{_joined_en(made['value'])}",
                because=tuple(made["value"]),
            )
        )
    if made["limit"]:
        after = number(row["limit_value"]) or "—"
        steps.append(
            Step(
                "correction",
                f"限额{number(row['base_limit'])} {unit}修正为{after} {unit}："
                f"{_joined_zh(made['limit'])}",
                f"The limit {number(row['base_limit'])} {unit} is corrected to {after} {unit}: "
                f"{_joined_en(made['limit'])}",
                because=tuple(made["limit"]),
            )
        )
    return steps + left


def _applied(figure: EnergyCorrection, given: str, amount: Decimal, unit: str) -> Step | None:
    times = figure.form.startswith("times")
    if amount == (1 if times else 0):
        return None
    effect = (
        f"×{number(amount)}" if times else f"{'+' if amount > 0 else ''}{number(amount)} {unit}"
    )
    key_zh, key_en = key_labels().get(figure.key, (figure.key, figure.key))
    how = _how(figure, given)
    how_en = how.replace("：", ": ")
    return Step(
        "correction",
        f"{figure.label_zh}（{clause_zh(figure.clause)}，{key_zh}{given}{how}）{effect}",
        f"{figure.label_en} (clause {figure.clause}, {key_en} {given}{how_en}) {effect}",
        figure.row_id,
    )


def _how(figure: EnergyCorrection, given: str) -> str:
    """The formula with its numbers, for the forms that have one."""
    if figure.form == "add_linear" and figure.base is not None:
        per = f"/{number(figure.per)}" if figure.per != 1 else ""
        base = f"({given}−{number(figure.base)})" if figure.base else given
        return f"：{number(figure.coefficient)}×{base}{per}"
    if figure.form == "times_linear":
        return (
            f"：{number(figure.intercept)}{number(figure.coefficient)}×{given}/{number(figure.per)}"
        )
    if figure.form == "times_power":
        return f"：({given}/{number(figure.base)})^{number(figure.exponent)}"
    return ""


def _left(figure: EnergyCorrection, given: str, status: str) -> Step:
    if status == "outside":
        return Step(
            "missing",
            f"{figure.label_zh}：填报{given}超出标准修正表，没有数值",
            f"{figure.label_en}: {given} lies outside the standard's table, which gives no figure",
            figure.row_id,
        )
    return Step(
        "correction",
        f"{figure.label_zh}（{clause_zh(figure.clause)}）：标准规定有此修正，其数值未收录",
        f"{figure.label_en} (clause {figure.clause}): provided by the standard, figures not in "
        "our record",
        figure.row_id,
    )


def _joined_zh(steps: list[Step]) -> str:
    return "，".join(step.zh for step in steps)


def _joined_en(steps: list[Step]) -> str:
    return ", ".join(step.en for step in steps)


_LARGEST = 3
"""How many inputs the sentence names; the tree has them all."""


def computed(row: Row) -> Step:
    """E = Σ(quantity × factor), e = E / P, with every input below."""
    inputs = sorted((_input(text) for text in row["energy_listed"]), key=lambda item: -abs(item[0]))
    total, output = row["energy_low"], row["output"]
    unit = row["computed_unit"] or "kgce/t"
    lines = tuple(step for _, step in inputs)
    largest = "，".join(step.zh for step in lines[:_LARGEST])
    largest_en = ", ".join(step.en for step in lines[:_LARGEST])
    if len(lines) > _LARGEST:
        largest, largest_en = largest + "等", largest_en + " and others"
    if row["computed_low"] is None:
        zh, en = f"能源消费量：{largest}", f"Energy inputs: {largest_en}"
        if output is None or output <= 0:
            zh, en = f"{zh}；没有同期产量", f"{en}; no output of the same period"
        return Step("arithmetic", zh, en, because=lines)
    sum_text = f"{number(total)} {row['numerator']}"
    result = f"{number(row['computed_low'])} {unit}"
    if row["computed_high"] != row["computed_low"]:
        result = f"{number(row['computed_low'])}~{number(row['computed_high'])} {unit}"
        sum_text = f"{number(total)}~{number(row['energy_high'])} {row['numerator']}"
    made = f"{number(output)} {row['output_unit']}"
    return Step(
        "arithmetic",
        f"按GB/T 2589计算：E＝{sum_text}（{largest}），P＝{made}，e＝E/P＝{result}",
        f"Computed by GB/T 2589: E = {sum_text} ({largest_en}), P = {made}, e = E/P = {result}",
        because=lines,
    )


def _input(text: str) -> tuple[Decimal, Step]:
    energy, quantity, unit, low, high, counted_in, amount, source, problem = text.split("|")
    said = f"{energy}{number(Decimal(quantity))} {unit}"
    said_en = f"{energy_en(energy)} {number(Decimal(quantity))} {unit_en(unit)}"
    if problem == "energy_factor_missing":
        return Decimal(0), Step("missing", f"{said}（没有系数）", f"{said_en} (no factor)")
    if problem:
        return Decimal(0), Step(
            "missing",
            f"{said}（不能换算：{unit} → {counted_in}）",
            f"{said_en} (not convertible: {unit_en(unit)} → {counted_in})",
        )
    if source == "quantity":
        return Decimal(amount), Step("arithmetic", said, said_en)
    factor = number(Decimal(low))
    if high != low:
        factor = f"{factor}~{number(Decimal(high))}"
    measured = source == "measured"
    zh = f"{said}×{factor}{'（实测）' if measured else ''}"
    en = f"{said_en} × {factor}{' (measured)' if measured else ''}"
    return Decimal(amount), Step("arithmetic", zh, en, "" if measured else source)

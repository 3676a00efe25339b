"""Facts of one line, written short: what the energy tests fill the bench with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

YEAR_2017 = ("2017-01-01", "2017-12-31")


def line(product: str, industry: str = "steel", **cells: Any) -> dict[str, Any]:
    """A line in Yinchuan commissioned in 2005, unless told otherwise."""
    return {
        "line_id": "L1",
        "uscc": "U1",
        "name": "一号线",
        "industry": industry,
        "division_code": "640100",
        "product": product,
        "commissioned_on": "2005-01-01",
        **cells,
    }


def value(
    product: str,
    process: str | None,
    indicator: str,
    amount: str | int,
    unit: str = "kgce/t",
    period: tuple[str, str] = YEAR_2017,
    **cells: Any,
) -> dict[str, Any]:
    """A reported unit consumption."""
    return {
        "fact_id": f"{product}|{process}|{indicator}|{period[0]}",
        "line_id": "L1",
        "product": product,
        "process": process,
        "indicator": indicator,
        "period_start": period[0],
        "period_end": period[1],
        "value": str(amount),
        "unit": unit,
        **cells,
    }


def conditions(fact: dict[str, Any], **given: Any) -> list[dict[str, Any]]:
    """The conditions of that value, as the intake explodes them."""
    return [
        {
            "owner_kind": "energy",
            "owner_id": fact["fact_id"],
            "key": key,
            "text": str(text),
            "number": str(text) if _is_number(str(text)) else None,
            "day": str(text) if str(text).count("-") == 2 else None,
        }
        for key, text in given.items()
    ]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def facts(fact: dict[str, Any], a_line: dict[str, Any], **given: Any) -> dict[str, Any]:
    """One line with one value and its conditions."""
    return {"lines": [a_line], "energy": [fact], "conditions": conditions(fact, **given)}


def of_indicator(rows: list[dict[str, Any]], indicator: str) -> dict[str, Any]:
    """The one finding of that indicator."""
    (found,) = [row for row in rows if row["indicator"] == indicator]
    return found


def together(many: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Several cases in one judgement: each gets lines and facts of its own, numbered."""
    merged: dict[str, list[dict[str, Any]]] = {}
    for number, one in enumerate(many):
        for table, rows in one.items():
            for row in rows:
                merged.setdefault(table, []).append(
                    {
                        key: f"{cell}-{number:03}" if key in _OWN and cell else cell
                        for key, cell in row.items()
                    }
                )
    return merged


_OWN = ("line_id", "uscc", "fact_id", "owner_id")


def of_case(rows: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The findings of the case of that number."""
    return [row for row in rows if row["line_id"] == f"L1-{number:03}"]


def inputs(
    product: str, indicator: str, *energies: tuple[Any, ...], period: tuple[str, str] = YEAR_2017
) -> list[dict[str, Any]]:
    """Energies that went in: (name, quantity, unit[, measured factor])."""
    return [
        {
            "fact_id": f"{product}|{indicator}|{name}|{n}",
            "line_id": "L1",
            "product": product,
            "indicator": indicator,
            "period_start": period[0],
            "period_end": period[1],
            "energy": name,
            "quantity": str(quantity),
            "unit": unit,
            "kgce_per_unit": str(measured[0]) if measured else None,
        }
        for n, (name, quantity, unit, *measured) in enumerate(energies)
    ]


def output(
    product: str, quantity: Any, unit: str = "t", period: tuple[str, str] = YEAR_2017
) -> list[dict[str, Any]]:
    """The output of the same line and period."""
    return [
        {
            "fact_id": f"{product}|output",
            "line_id": "L1",
            "product": product,
            "period_start": period[0],
            "period_end": period[1],
            "quantity": str(quantity),
            "unit": unit,
        }
    ]

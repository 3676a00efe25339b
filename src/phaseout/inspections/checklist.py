"""The checklist of a visit: what of the norms applies to the lines of a firm on a day.

Each item is plain data with the fact it would become (`table`, `fields`), how it is answered
(`measured` a value in a unit, `found` yes or no, `permit`), and the norm rows behind it with
document and clause. Items come from what the registry knows: the products of a line, its outlets,
what was reported of it; where it knows nothing of a line, all that its industry may have applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from phaseout.casework.cases.offices import CLAUSE_OF
from phaseout.inspections.permits import permit_items, with_permitted
from phaseout.inspections.pressure import working_lines
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.in_force import in_force
from phaseout.law.norms.records import Row
from phaseout.law.norms.wording import cited_as, describe
from phaseout.registry.models import (
    EnergyVersion,
    Enterprise,
    EquipmentVersion,
    OutletVersion,
    ProductionLine,
)

Item = dict[str, Any]
DIMENSIONS: dict[str, tuple[Dimension, ...]] = {
    # Those who supervise energy also look whether what the catalogue eliminates is there.
    Dimension.ENERGY: (Dimension.ENERGY, Dimension.TECHNOLOGY),
    Dimension.ENVIRONMENT: (Dimension.ENVIRONMENT,),
    Dimension.QUALITY: (Dimension.QUALITY,),
    Dimension.SAFETY: (Dimension.SAFETY,),
}
MOST = 120
_BINDING = frozenset({"limit", "access", ""})
"""The grades that bind: access values address new lines; advanced values nobody must meet."""


def checklist(
    enterprise: Enterprise, dimension: str, prefix: str, on: date, book: NormBook | None = None
) -> dict[str, Any]:
    """The checklist of a firm for one duty, on a day: its lines with their items, its permits."""
    book = book or NormBook.load()
    lines = list(
        ProductionLine.objects.filter(working_lines(prefix), enterprise=enterprise).order_by("pk")
    )
    shown = []
    for line in lines:
        items: list[Item] = []
        for one in DIMENSIONS[dimension]:
            rows = in_force(book, on, industry=line.industry, dimension=one).rows
            items += _ITEMS[one](line, [r for name in rows if name in _TABLES for r in rows[name]])
        shown.append(
            {
                "line_id": line.pk,
                "name": line.name,
                "industry": line.industry,
                "product": line.product or "",
                "commissioned_on": line.commissioned_on.isoformat() if line.commissioned_on else "",
                "items": [
                    {**item, "id": f"{line.pk}#{n}"}
                    for n, item in enumerate(with_permitted(items, on), 1)
                ][:MOST],
                "more": max(0, len(items) - MOST),
            }
        )
    return {
        "on": on.isoformat(),
        "dimension": dimension,
        "clauses": [CLAUSE_OF[d] for d in DIMENSIONS[dimension]],
        "lines": shown,
        "permits": permit_items(enterprise, {line.industry for line in lines}, on),
    }


def items_of(checklist: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Item]]:
    """Every item with its line."""
    for line in checklist["lines"]:
        for item in line["items"]:
            yield line, item


def _energy(line: ProductionLine, rows: Sequence[Any]) -> list[Item]:
    reported: dict[tuple[str, str, str], EnergyVersion] = {}
    for fact in EnergyVersion.objects.filter(line_id=line.pk, replaced_by=None).order_by(
        "period_end", "pk"
    ):
        reported[fact.product, fact.process or "", fact.indicator] = fact  # the latest of each
    groups: dict[tuple[str, str, str, str], list[Any]] = {}
    for row in rows:
        if row.grade in _BINDING:
            key = (row.product_zh, row.process_zh, row.indicator_zh, row.unit)
            groups.setdefault(key, []).append(row)
    # What was reported of the line tells what it makes; else its product; else anything.
    kept = [k for k in groups if k[:3] in reported or (k[0], "", k[2]) in reported]
    kept = kept or [k for k in groups if line.product and k[0] in (line.product, *_near(line))]
    return [
        _energy_item(key, groups[key], reported.get(key[:3]) or reported.get((key[0], "", key[2])))
        for key in kept or list(groups)
    ]


def _energy_item(
    key: tuple[str, str, str, str], limits: Sequence[Any], before: EnergyVersion | None
) -> Item:
    product, process, indicator, unit = key
    return {
        "table": "energy",
        "kind": "measured",
        "zh": f"{indicator}（{product}{'，' + process if process else ''}）",
        "en": f"{limits[0].indicator_en}, {limits[0].product_en}",
        "unit": unit,
        "fields": {
            "product": product,
            "process": before.process or "" if before else process,
            "indicator": indicator,
            # Altitude, strength …: what was stated of the line holds for it measured again.
            "conditions": before.conditions or "" if before else "",
        },
        "period": _period(before),
        "norms": _norms(limits),
    }


def _near(line: ProductionLine) -> tuple[str, ...]:
    return tuple((line.product or "").split("（")[:1])


def _period(before: EnergyVersion | None) -> dict[str, str]:
    if before is None:
        return {}
    return {"from": before.period_start.isoformat(), "to": before.period_end.isoformat()}


def _environment(line: ProductionLine, rows: Sequence[Any]) -> list[Item]:
    outlets = OutletVersion.objects.filter(line_id=line.pk, replaced_by=None)
    found = []
    for outlet in outlets.order_by("outlet_id"):
        groups: dict[tuple[str, str], list[Any]] = {}
        for row in rows:
            if _applies(row, outlet):
                groups.setdefault((row.pollutant_code, row.unit), []).append(row)
        for (code, unit), limits in groups.items():
            found.append(
                {
                    "table": "monitoring",
                    "kind": "measured",
                    "zh": f"排放口{outlet.outlet_id} {limits[0].pollutant_zh}",
                    "en": f"outlet {outlet.outlet_id}: {limits[0].pollutant_en}",
                    "unit": unit,
                    "fields": {
                        "outlet_id": outlet.outlet_id,
                        "pollutant_code": code,
                        "averaging": "hour",
                    },
                    "norms": _norms(limits),
                }
            )
    return found


def _applies(row: Any, outlet: OutletVersion) -> bool:
    return (
        row.medium == outlet.medium
        and row.source_zh in (outlet.source, "")
        and outlet.standard in (None, "", row.source_id)
        and outlet.limit_kind in (None, "", row.limit_kind)
    )


def _quality(line: ProductionLine, rows: Sequence[Any]) -> list[Item]:
    made = line.product or ""
    fitting = [r for r in rows if made and (made in r.product_zh or r.product_zh in made)]
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for row in fitting or rows:
        groups.setdefault((row.product_zh, row.characteristic_zh, row.unit), []).append(row)
    return [
        {
            "table": "tests",
            "kind": "measured",
            "zh": f"{characteristic}（{product}）",
            "en": f"{limits[0].characteristic_en}, {limits[0].product_en}",
            "unit": "" if unit == "-" else unit,
            "fields": {"product": product, "characteristic": characteristic},
            "norms": _norms(limits),
        }
        for (product, characteristic, unit), limits in groups.items()
    ]


def _safety(line: ProductionLine, rows: Sequence[Any]) -> list[Item]:
    return [
        {
            "table": "hazards",
            "kind": "found",
            "zh": f"是否存在：{row.criterion_zh_short}",
            "en": f"is there: {row.criterion_en}",
            "unit": "",
            "fields": {"criterion": f"{row.source_id} {row.clause}"},
            "norms": _norms([row]),
        }
        for row in rows
    ]


def _technology(line: ProductionLine, rows: Sequence[Any]) -> list[Item]:
    known: dict[tuple[str, str], list[EquipmentVersion]] = {}
    there = EquipmentVersion.objects.filter(line_id=line.pk, replaced_by=None)
    for unit in there.order_by("equipment_id", "pk"):
        known.setdefault((unit.type, unit.attribute), []).append(unit)
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for row in rows:
        groups.setdefault((row.equipment_type_zh, row.attribute_en, row.unit), []).append(row)
    found = []
    for (kind, attribute, _), entries in groups.items():
        # Facts name an attribute by its English; a row of an earlier import may have the Chinese.
        units = known.get((kind, attribute)) or known.get((kind, entries[0].attribute_zh)) or []
        if entries[0].comparator == "presence":
            found.append(_equipment_item(entries, units[0] if units else None))
        else:  # a threshold is asked of each piece the line is known to have; presence of any
            found += [_equipment_item(entries, unit, several=len(units) > 1) for unit in units]
    return found


def _equipment_item(
    entries: Sequence[Any], unit: EquipmentVersion | None, *, several: bool = False
) -> Item:
    """Whether there is such equipment, or what an attribute of a known piece of it measures."""
    row = entries[0]
    presence = row.comparator == "presence"
    kind, which = row.equipment_type_zh, f"（{unit.equipment_id}）" if unit and several else ""
    attribute_en = row.attribute_en.replace("_", " ")
    which_en = f" ({unit.equipment_id})" if unit and several else ""
    return {
        "table": "equipment",
        "kind": "found" if presence else "measured",
        "zh": f"是否有{kind}" if presence else f"{kind}的{row.attribute_zh}{which}",
        "en": f"is there: {row.equipment_type_en}"
        if presence
        else f"{attribute_en} of {row.equipment_type_en}{which_en}",
        "unit": "" if row.unit == "-" else row.unit,
        "fields": {
            "type": kind,
            "attribute": row.attribute_zh,
            "equipment_id": unit.equipment_id if unit else "",
        },
        "norms": _norms(entries),
    }


_ITEMS = {
    Dimension.ENERGY: _energy,
    Dimension.ENVIRONMENT: _environment,
    Dimension.QUALITY: _quality,
    Dimension.SAFETY: _safety,
    Dimension.TECHNOLOGY: _technology,
}
_TABLES = frozenset(
    {
        "energy_limits",
        "emission_limits",
        "product_standards",
        "hazard_criteria",
        "equipment_catalogue",
    }
)


def _norms(rows: Iterable[Row]) -> list[dict[str, str]]:
    found = []
    for row in rows:
        zh, en = cited_as(row.source_id, row.clause)
        found.append(
            {
                "row": row.row_id,
                "zh": zh,
                "en": en,
                "limit_zh": _limit(row, "zh"),
                "limit_en": _limit(row, "en"),
                "confidence": str(row.confidence),
            }
        )
    return found


def _limit(row: Row, lang: str) -> str:
    words = describe(row, lang)
    parts = [part for part in (words.whom, words.limit) if part]
    return "，".join(parts) if lang == "zh" else ", ".join(parts)

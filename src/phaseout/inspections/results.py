"""What a record measured, as files for the registry's own import: judged like all other facts.

tables_of(record)       fact table → rows, as the templates of the registry name columns
bring_facts(record)     an import of them by the inspector who wrote the record, taken at once
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from phaseout.facts.schema import tables
from phaseout.inspections.acts.appending import hold_all
from phaseout.inspections.checklist import items_of
from phaseout.inspections.models import Record, RecordImport
from phaseout.registry.imports import Arriving, check, receive, take_import
from phaseout.registry.models import Import

Rows = dict[str, list[dict[str, str]]]


def tables_of(record: Record) -> Rows:
    """Every fact that follows from the answers: values that were measured, hazards and equipment
    that were found to be there, permits that were shown and are not on record."""
    visit, found = record.assignment, Rows()
    for line, item in items_of(visit.checklist):
        answer = record.answers.get(item["id"])
        if answer is None or answer["value"] == "no":
            continue
        fields = {k: v for k, v in item["fields"].items() if v}
        row = _FACTS[item["table"]](record, line, item, answer)
        found.setdefault(item["table"], []).append({**fields, **row})
    for kind, seen in record.permits.items():
        if seen["value"] == "other":
            found.setdefault("permits", []).append(
                {
                    "uscc": visit.enterprise_id,
                    "kind": next(
                        p["zh"] for p in visit.checklist["permits"] if p["permit"] == kind
                    ),
                    "number": seen["number"],
                    "valid_from": seen["from"],
                    "valid_to": seen["to"],
                }
            )
    return found


def _energy(record: Record, line: Any, item: Any, answer: Any) -> dict[str, str]:
    return {
        "line_id": line["line_id"],
        "period_start": answer["from"],
        "period_end": answer["to"],
        "value": answer["value"],
        "unit": item["unit"],
    }


def _monitoring(record: Record, line: Any, item: Any, answer: Any) -> dict[str, str]:
    return {
        "time": f"{record.visited_on.isoformat()} 10:00",
        "value": answer["value"],
        "unit": item["unit"],
        "flag": "N",
        "manual": "是",
    }


def _tests(record: Record, line: Any, item: Any, answer: Any) -> dict[str, str]:
    return {
        "sample_id": f"JC-{record.pk}-{line['line_id']}",
        "line_id": line["line_id"],
        "value": answer["value"],
        "unit": item["unit"],
        "sampled_on": record.visited_on.isoformat(),
    }


def _hazards(record: Record, line: Any, item: Any, answer: Any) -> dict[str, str]:
    return {
        "hazard_id": f"JC-{record.pk}-{item['id']}",
        "line_id": line["line_id"],
        "found_on": record.visited_on.isoformat(),
        "note": answer["note"],
    }


def _equipment(record: Record, line: Any, item: Any, answer: Any) -> dict[str, str]:
    return {
        "equipment_id": item["fields"]["equipment_id"] or f"JC-{item['id']}",
        "line_id": line["line_id"],
        "value": "1" if item["kind"] == "found" else answer["value"],
        "unit": item["unit"],
    }


_FACTS: Mapping[str, Any] = {
    "energy": _energy,
    "monitoring": _monitoring,
    "tests": _tests,
    "hazards": _hazards,
    "equipment": _equipment,
}


def bring_facts(record: Record, today: date) -> Import | None:
    """Bring them in: files kept as evidence, checked, taken; None where nothing was measured.

    Done again it goes on where it was broken off. What the registry refuses stays with the import,
    which the record names.

    Raises:
        Refusal: what the import's acts refuse.
    """
    rows = tables_of(record)
    if not rows:
        return None
    by = record.act.by
    brought = _received(record, rows, today)
    if brought.state in (Import.State.RECEIVED, Import.State.REFUSED):
        check(brought.pk)
        brought.refresh_from_db()
    if brought.state == Import.State.CHECKED:
        return take_import(brought.pk, by=by, today=today)
    return brought


def _received(record: Record, rows: Rows, today: date) -> Import:
    before = RecordImport.objects.filter(record=record).select_related("brought").first()
    if before is not None:
        return before.brought
    # The registry's act is a transaction of its own; a run killed between it and the next line
    # leaves an import that nobody takes, and does no harm.
    brought = receive(_files(record, rows), by=record.act.by, today=today, check=False)
    with transaction.atomic():
        hold_all(f"facts:{record.pk}")
        kept, _ = RecordImport.objects.get_or_create(record=record, defaults={"brought": brought})
    return kept.brought


def _files(record: Record, rows: Rows) -> list[Arriving]:
    found = []
    for table, facts in rows.items():
        heads = {name: None for fact in facts for name in fact}
        out = io.StringIO()
        writer = csv.DictWriter(out, list(heads), restval="")
        writer.writerow({name: _head(table, name) for name in heads})
        writer.writerows(facts)
        found.append(Arriving(f"{table}.csv", [out.getvalue().encode("utf-8-sig")]))
    return found


def _head(table: str, name: str) -> str:
    return next((c.zh for c in tables()[table].columns if c.name == name), name)

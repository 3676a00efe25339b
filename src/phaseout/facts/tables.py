"""The fact tables as the judgement reads them: clean, typed, canonical names, unique keys.

Absent is NULL, never zero and never an empty text. See `docs/facts.md`.
"""

from __future__ import annotations

from collections.abc import Mapping

Q = "DECIMAL(18,6)"

FACT_TABLES: Mapping[str, Mapping[str, str]] = {
    "enterprises": {
        "uscc": "VARCHAR",
        "name": "VARCHAR",
        "division_code": "VARCHAR",
        "industry": "VARCHAR",
        "employees": "INTEGER",
        "address": "VARCHAR",
    },
    "lines": {
        "line_id": "VARCHAR",
        "uscc": "VARCHAR",
        "name": "VARCHAR",
        "industry": "VARCHAR",
        "division_code": "VARCHAR",
        "product": "VARCHAR",
        "capacity": Q,
        "capacity_unit": "VARCHAR",
        "commissioned_on": "DATE",
        "approved_on": "DATE",
        "status": "VARCHAR",
    },
    "equipment": {
        "equipment_id": "VARCHAR",
        "line_id": "VARCHAR",
        "type": "VARCHAR",
        "attribute": "VARCHAR",
        "value": Q,
        "unit": "VARCHAR",
        "status": "VARCHAR",
    },
    "energy": {
        "fact_id": "VARCHAR",
        "line_id": "VARCHAR",
        "product": "VARCHAR",
        "process": "VARCHAR",
        "indicator": "VARCHAR",
        "period_start": "DATE",
        "period_end": "DATE",
        "value": Q,
        "unit": "VARCHAR",
        "conditions": "VARCHAR",
    },
    "energy_inputs": {
        "fact_id": "VARCHAR",
        "line_id": "VARCHAR",
        "product": "VARCHAR",
        "indicator": "VARCHAR",
        "period_start": "DATE",
        "period_end": "DATE",
        "energy": "VARCHAR",
        "quantity": Q,
        "unit": "VARCHAR",
        "kgce_per_unit": Q,
    },
    "outputs": {
        "fact_id": "VARCHAR",
        "line_id": "VARCHAR",
        "product": "VARCHAR",
        "period_start": "DATE",
        "period_end": "DATE",
        "quantity": Q,
        "unit": "VARCHAR",
    },
    "outlets": {
        "outlet_id": "VARCHAR",
        "line_id": "VARCHAR",
        "medium": "VARCHAR",
        "source": "VARCHAR",
        "limit_kind": "VARCHAR",
        "standard": "VARCHAR",
        "conditions": "VARCHAR",
    },
    "permitted": {
        "outlet_id": "VARCHAR",
        "pollutant_code": "VARCHAR",
        "value": Q,
        "unit": "VARCHAR",
    },
    "conditions": {
        "owner_kind": "VARCHAR",
        "owner_id": "VARCHAR",
        "key": "VARCHAR",
        "text": "VARCHAR",
        "number": Q,
        "day": "DATE",
    },
    "monitoring": {
        "outlet_id": "VARCHAR",
        "pollutant_code": "VARCHAR",
        "time": "TIMESTAMP",
        "averaging": "VARCHAR",
        "value": "DOUBLE",
        "unit": "VARCHAR",
        "flag": "VARCHAR",
        "o2": "DOUBLE",
        "flow": "DOUBLE",
        "manual": "BOOLEAN",
    },
    "allowances": {
        "uscc": "VARCHAR",
        "pollutant_code": "VARCHAR",
        "year": "INTEGER",
        "tonnes": Q,
        "kind": "VARCHAR",
    },
    "tests": {
        "sample_id": "VARCHAR",
        "line_id": "VARCHAR",
        "product": "VARCHAR",
        "characteristic": "VARCHAR",
        "value": Q,
        "unit": "VARCHAR",
        "sampled_on": "DATE",
        "retest_of": "VARCHAR",
        "uncertainty": Q,
    },
    "hazards": {
        "hazard_id": "VARCHAR",
        "line_id": "VARCHAR",
        "source_id": "VARCHAR",
        "clause": "VARCHAR",
        "found_on": "DATE",
        "note": "VARCHAR",
    },
    "permits": {
        "uscc": "VARCHAR",
        "kind": "VARCHAR",
        "number": "VARCHAR",
        "valid_from": "DATE",
        "valid_to": "DATE",
    },
    "unit_factors": {"from_unit": "VARCHAR", "to_unit": "VARCHAR", "factor": "DECIMAL(18,9)"},
}

CREATE_FACT_TABLES: tuple[str, ...] = tuple(
    f"CREATE TABLE facts.{table} ({', '.join(f'{n} {t}' for n, t in columns.items())})"
    for table, columns in FACT_TABLES.items()
)

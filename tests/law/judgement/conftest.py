"""A bench for one dimension: fact tables filled by hand, the real norm store, the real query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from phaseout.facts.tables import CREATE_FACT_TABLES
from phaseout.law.judgement import engine
from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import Confirmation

UNIT_FACTORS = [
    ("kgce/t", "kgce/t", 1),
    ("tce/t", "kgce/t", 1000),
    ("kWh/t", "kWh/t", 1),
    ("kg/t", "kg/t", 1),
    ("kgce/Adt", "kgce/Adt", 1),
    ("t", "t", 1),
    ("kg", "kg", 1),
    ("t", "kg", 1000),
    ("kWh", "kWh", 1),
    ("m3", "m3", 1),
    ("MJ", "MJ", 1),
    ("mg/m3", "mg/m3", 1),
    ("g/m3", "mg/m3", 1000),
    ("mg/L", "mg/L", 1),
    ("none", "none", 1),
    ("%", "%", 1),
    ("MPa", "MPa", 1),
    ("min", "min", 1),
    ("mg/kg", "mg/kg", 1),
    ("kVA", "kVA", 1),
    ("MVA", "kVA", 1000),
    ("m", "m", 1),
    ("mm", "m", Decimal("0.001")),
    ("t/a", "t/a", 1),
    ("kA", "kA", 1),
    ("-", "-", 1),
]

Facts = Mapping[str, Iterable[Mapping[str, Any]]]


@pytest.fixture
def judged() -> Callable[..., list[dict[str, Any]]]:
    """judged(dimension, on, facts) → the rows of judged.<dimension> as dicts, in a fixed order."""

    def run(
        dimension: Dimension | str,
        on: date | str,
        facts: Facts,
        *,
        book: NormBook | None = None,
        decisions: Iterable[Decision] = (),
        confirmations: Iterable[Confirmation] = (),
    ) -> list[dict[str, Any]]:
        day = date.fromisoformat(on) if isinstance(on, str) else on
        connection = engine.connect(threads=1)
        for statement in CREATE_FACT_TABLES:
            connection.execute(statement)
        connection.executemany("INSERT INTO facts.unit_factors VALUES (?, ?, ?)", UNIT_FACTORS)
        for table, rows in facts.items():
            for row in rows:
                columns = ", ".join(row)
                marks = ", ".join("?" * len(row))
                connection.execute(
                    f"INSERT INTO facts.{table} ({columns}) VALUES ({marks})", list(row.values())
                )
        engine.lay_norms(
            connection,
            book or NormBook.load(),
            on=day,
            confirmations=confirmations,
            decisions=decisions,
        )
        name = engine.judge(connection, Dimension(dimension))
        assert engine.check_columns(connection, Dimension(dimension)) == []
        found = connection.execute(
            f"SELECT * FROM {name} ORDER BY line_id, subject, indicator, period_start, norm_row"
        )
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return run

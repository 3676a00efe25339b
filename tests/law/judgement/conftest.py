"""A bench for one dimension: fact tables filled by hand, the real norm store, the real query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import duckdb
import pytest
from norms_bench import norms_of

from phaseout.law.judgement import engine
from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import Confirmation

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
        with norms_of(
            day, decisions=decisions, book=book, confirmations=confirmations
        ) as connection:
            return _judged(connection, Dimension(dimension), facts)

    return run


def _judged(
    connection: duckdb.DuckDBPyConnection, dimension: Dimension, facts: Facts
) -> list[dict[str, Any]]:
    for table, rows in facts.items():
        for row in rows:
            columns = ", ".join(row)
            marks = ", ".join("?" * len(row))
            connection.execute(
                f"INSERT INTO facts.{table} ({columns}) VALUES ({marks})", list(row.values())
            )
    name = engine.judge(connection, dimension)
    assert engine.check_columns(connection, dimension) == []
    found = connection.execute(
        f"SELECT * FROM {name} ORDER BY line_id, subject, indicator, period_start, norm_row"
    )
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

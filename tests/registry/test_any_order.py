"""However a folder of facts is cut up, in whatever order its parts are brought: one registry."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from phaseout.facts import take
from phaseout.facts.schema import tables
from phaseout.facts.tables import FACT_TABLES
from phaseout.registry.loading import load_facts
from registry.given import csv_files

READINGS = 400
ENTERPRISES = 8

Parts = list[dict[str, list[dict[str, str]]]]


@pytest.fixture(scope="module")
def few_facts(small_facts, tmp_path_factory, book) -> tuple[Path, Any]:
    """A few enterprises of the small province as a folder, and as `facts.take` leaves them."""
    folder: Path = tmp_path_factory.mktemp("few") / "facts"
    folder.mkdir()
    chosen = small_facts.cursor()
    chosen.execute(
        "CREATE OR REPLACE TEMP VIEW few AS SELECT uscc FROM facts.enterprises "
        f"ORDER BY uscc LIMIT {ENTERPRISES}"
    )
    lines = "SELECT line_id FROM facts.lines WHERE uscc IN (FROM few)"
    outlets = f"SELECT outlet_id FROM facts.outlets WHERE line_id IN ({lines})"
    for name in tables():
        owner = {"uscc": "uscc IN (FROM few)", "line_id": f"line_id IN ({lines})"}
        owned = next(
            (owner[c] for c in ("uscc", "line_id") if c in FACT_TABLES[name]),
            f"outlet_id IN ({outlets}) ORDER BY hash(time, outlet_id) LIMIT {READINGS}",
        )
        columns = ", ".join(_columns(name))
        chosen.execute(
            f"COPY (SELECT {columns} FROM facts.{name} AS f WHERE {owned}) "
            f"TO '{folder / f'{name}.csv'}' (HEADER)"
        )
    engine = duckdb.connect()
    take(folder, engine, book)
    return folder, engine


def _columns(name: str) -> list[str]:
    put_together = {
        "criterion": "source_id || ' ' || clause AS criterion",
        "permitted_concentrations": (
            "(SELECT string_agg(pollutant_code || '=' || value || ' ' || unit, ';') FROM "
            "facts.permitted AS p WHERE p.outlet_id = f.outlet_id) AS permitted_concentrations"
        ),
    }
    laid = FACT_TABLES[name]
    return [
        f'"{c.name}"' if c.name in laid else put_together[c.name] for c in tables()[name].columns
    ]


def cut(folder: Path, into: int, random: Random) -> Parts:
    """Every row in a part of its own choice, but none before the row it refers to."""
    parts: Parts = [{} for _ in range(into)]
    stands: dict[str, Mapping[str, int]] = {}
    for name, table in tables().items():
        mine: dict[str, int] = {}
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                first = max(
                    (stands[c.refers][row[c.name]] for c in table.columns if c.refers), default=0
                )
                part = random.randint(first, into - 1)
                mine[row[table.key[0]]] = part
                parts[part].setdefault(name, []).append(row)
        stands[name] = mine
    return [part for part in parts if part]


@pytest.mark.django_db
@given(into=st.integers(1, 4), seed=st.integers(0, 10_000))
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a smaller cut would tell no more
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_cut_in_every_order_gives_the_same_registry(
    few_facts, take_in, rows_of, book, into, seed
):
    folder, whole = few_facts
    random = Random(seed)
    before = transaction.savepoint()
    for part in cut(folder, into, random):
        tables_in_any_order = list(part)
        random.shuffle(tables_in_any_order)
        take_in(csv_files({name: part[name] for name in tables_in_any_order}))
    with duckdb.connect() as engine:
        load_facts(engine, book=book)
        for table in FACT_TABLES:
            assert rows_of(engine, table) == rows_of(whole, table), table
    transaction.savepoint_rollback(before)

"""All lines of the region for one consumption year: facts meet the bands, set by set.

    with laid(year, today) as engine:      occasions read, priced, chosen
        keep(engine, run)                  into `Assessment`

An occasion is a measure that may meet a line: differential where the line has equipment of a listed
class (or, in steel, its enterprise has), tiered in the industries that have tiers, punitive where
its energy limit is exceeded. Which of them charges, the law says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from importlib import resources
from typing import Any

import duckdb
from django.db import connection

from phaseout.facts.units import factor
from phaseout.law.capacity import EXITED, LIVE, keys_of
from phaseout.law.norms import NormBook
from phaseout.law.prices import batch
from phaseout.law.prices.asking import Measure
from phaseout.law.prices.bands import BandsInForce, bands_in_force
from phaseout.library.records import confirmations_on
from phaseout.measures.prices.models import Run
from phaseout.registry.copying import copy_file, scratch_folder, to_engine

COLUMNS = {
    **batch.OCCASIONS,
    "provisional_ground": "BOOLEAN",
    "finding": "BIGINT",
    "fact": "BIGINT",
}
KEPT = (
    "run_id", "line_id", "enterprise_id", "division_code", "industry", "measure", "price_class",
    "subject", "tier", "kiln", "indicator", "limit_value", "kwh", "outcome", "reason", "rate",
    "surcharge", "row_id", "source_id", "provisional", "chosen", "conflicts", "unsettled",
    "finding", "fact",
)  # fmt: skip
"""The columns of `Assessment`, in the order of `RESULT`."""


def law_of(year: int, today: date) -> BandsInForce:
    """The price law of a consumption year, with the signatures that stand on a day."""
    return bands_in_force(
        NormBook.load(),
        date(year, 1, 1),
        date(year, 12, 31),
        confirmations=confirmations_on(today),
        known_on=today,
    )


def enterprise_wide(law: BandsInForce) -> list[str]:
    """The industries in which the class of one line makes all lines of the enterprise pay."""
    return sorted(
        {
            one.row.industry
            for one in law.rows
            if one.covers == "enterprise" and one.row.measure == Measure.DIFFERENTIAL
        }
    )


def tiered_indicators(law: BandsInForce) -> list[tuple[str, str, str, str]]:
    """Industry, indicator, words of the process (as a pattern; empty: any), subject."""
    return sorted(
        {
            (one.row.industry, name, "|".join(one.process), one.subject)
            for one in law.rows
            if one.row.measure == Measure.TIERED
            for name in one.indicators
        }
    )


def tiered_industries(law: BandsInForce) -> list[str]:
    return sorted({one.row.industry for one in law.rows if one.row.measure == Measure.TIERED})


def read(engine: duckdb.DuckDBPyConnection, law: BandsInForce, today: date) -> int:
    """The occasions of the year from the site's database into the engine; returns how many."""
    said = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    engine.execute(f"CREATE OR REPLACE TABLE occasions ({said})")
    names = tiered_indicators(law)
    parameters: dict[str, Any] = {
        "first": law.first,
        "last": law.last,
        "today": today,
        "wide": enterprise_wide(law),
        "tiered": tiered_industries(law),
        "of_industry": [name[0] for name in names],
        "indicator": [name[1] for name in names],
        "process": [name[2] for name in names],
        "subject": [name[3] for name in names],
        "live": list(keys_of(LIVE)),
        "gone": list(keys_of(EXITED)),
        **_units(),
    }
    query = (resources.files(__package__) / "occasions.sql").read_text(encoding="utf-8")
    with scratch_folder() as folder:
        return to_engine(engine, "occasions", COLUMNS, query, parameters, folder)


def _units() -> dict[str, list[Any]]:
    """The units in which the facts say electricity, with their factors to kWh/t and to kWh."""
    found: dict[str, list[Any]] = {}
    asked = (("a_tonne", "fact_energy", "kWh/t"), ("power", "fact_energy_inputs", "kWh"))
    for name, table, unit in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT unit FROM {table}")
            given = sorted(one for (one,) in cursor.fetchall())
        known = [(one, by) for one in given if (by := factor(one, unit)) is not None]
        found[name], found[f"to_{name}"] = [one for one, _ in known], [by for _, by in known]
    return found


@contextmanager
def laid(year: int, today: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables `prices` and `chosen` for a year, as the site knows things now."""
    law = law_of(year, today)
    with closing(duckdb.connect()) as engine:
        engine.execute("SET threads = 2")
        read(engine, law, today)
        batch.lay(engine, law)
        batch.price(engine)
        batch.choose(engine)
        yield engine


RESULT = """
SELECT {run}, p.line_id, p.uscc, p.division, p.industry, p.measure, p.price_class,
  COALESCE(o.subject, ''), COALESCE(o.tier, ''), COALESCE(o.kiln, ''), p.x, p.max_x, p.kwh,
  p.outcome, COALESCE(p.reason, ''), p.rate, p.surcharge, COALESCE(p.row_id, ''),
  COALESCE(p.source_id, ''), p.provisional OR o.provisional_ground, COALESCE(c.id = p.id, FALSE),
  CASE WHEN c.id = p.id THEN '{{' || ARRAY_TO_STRING(c.conflicts, ',') || '}}' ELSE '{{}}' END,
  '{{' || ARRAY_TO_STRING(c.unsettled, ',') || '}}', o.finding, o.fact
FROM prices AS p JOIN occasions AS o USING (id) JOIN chosen AS c ON c.line_id = p.line_id
ORDER BY p.division, p.uscc, p.line_id, p.id
"""


def keep(engine: duckdb.DuckDBPyConnection, run: Run) -> int:
    """The answers as rows of the run; returns how many. As the owner of the table: one under row
    security takes no COPY."""
    with scratch_folder() as folder:
        file = folder / "prices.csv"
        engine.execute(f"COPY ({RESULT.format(run=run.pk)}) TO '{file}' (FORMAT csv, HEADER false)")
        return copy_file(file, "prices_assessment", KEPT)


def counted(engine: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Lines met, lines that would pay, lines of which that is not settled."""
    row = engine.execute(
        """
SELECT COUNT(*), COUNT(id), COUNT(*) FILTER (id IS NULL AND LEN(unsettled) > 0) FROM chosen
"""
    ).fetchone()
    assert row is not None
    return dict(zip(("lines", "charged", "unsettled"), row, strict=True))

"""Prices for 100,000 lines in one run, beside reading the same facts.

Reading: the tables that prices rest on (lines, energy data, electricity, findings) copied as they
stand into the engine, no more. The run: the same read as occasions, priced by the documents of the
year, one surcharge chosen a line; then also kept in the database with its act, as on the site.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from uuid import uuid4

from benchmarks.site import at_least, fresh_site

LINES = 100_000
YEAR, TODAY = 2017, date(2018, 3, 15)

FILL = """
INSERT INTO registry_enterprise (uscc, name, division_code, industry)
SELECT 'U' || LPAD(n::text, 17, '0'), '虚构企业' || n, '64010' || (n % 4 + 4),
  (ARRAY['electrolytic_aluminium', 'cement', 'steel', 'ferroalloy', 'calcium_carbide'])[n % 5 + 1]
FROM GENERATE_SERIES(1, %(firms)s) AS n;
INSERT INTO registry_productionline
  (line_id, enterprise_id, name, industry, division_code, product, commissioned_on)
SELECT 'L' || n, e.uscc, n || '号线', e.industry, e.division_code, '产品',
  DATE '2005-01-01' + n % 4000
FROM GENERATE_SERIES(1, %(lines)s) AS n
JOIN registry_enterprise AS e ON e.uscc = 'U' || LPAD((n % %(firms)s + 1)::text, 17, '0');
INSERT INTO fact_energy (fact_id, line_id, product, indicator, period_start, period_end, value,
  unit, taken_by_id, known_on)
SELECT l.line_id || y || k.i, l.line_id, '产品', k.i, MAKE_DATE(y, 1, 1), MAKE_DATE(y, 12, 31),
  k.base + (HASHTEXT(l.line_id || y) % 1000) / 10.0, 'kWh/t', 1, DATE '2018-01-08'
FROM registry_productionline AS l
CROSS JOIN GENERATE_SERIES(2015, 2017) AS y
JOIN (VALUES ('electrolytic_aluminium', '铝液交流电耗', 13750), ('cement', '可比熟料综合电耗', 64),
  ('steel', '工序单位产品能耗', 400), ('ferroalloy', '单位产品冶炼电耗', 8200),
  ('calcium_carbide', '单位产品电炉电耗', 3200)) AS k (industry, i, base)
  ON k.industry = l.industry;
INSERT INTO fact_energy_inputs (fact_id, line_id, product, indicator, period_start, period_end,
  energy, quantity, unit, taken_by_id, known_on)
SELECT line_id || y, line_id, '产品', '电耗', MAKE_DATE(y, 1, 1), MAKE_DATE(y, 12, 31),
  '电力（当量）', 1000 + HASHTEXT(line_id) % 500, '万kWh', 1, DATE '2018-01-08'
FROM registry_productionline CROSS JOIN GENERATE_SERIES(2015, 2017) AS y;
INSERT INTO casework_judgementrun (cause, detail, on_day, started_at, enterprises, judged, begun,
  ended) VALUES ('all', '', DATE '2018-01-08', NOW(), 0, 0, 0, 0);
INSERT INTO casework_finding (finding_id, digest, dimension, judged_by, enterprise_id, line_id,
  division_code, industry, subject, norm_row, period_start, period_end, value, comparator,
  limit_value, unit, ratio, verdict, provisional, reasons, effect, summary_zh, summary_en, run_id,
  found_on, recorded_at)
SELECT 'E' || l.line_id, GEN_RANDOM_UUID(), 'energy', 'energy', l.enterprise_id, l.line_id,
  l.division_code, l.industry, '产品', 'x', DATE '2017-01-01', DATE '2017-12-31', 100 + n.v, '<=',
  100, 'kgce/t', 1 + n.v / 100.0, CASE WHEN n.v > 0 THEN 'noncompliant' ELSE 'compliant' END, FALSE,
  '{}', 'opens', '', '', (SELECT MAX(id) FROM casework_judgementrun), DATE '2018-01-08', NOW()
FROM registry_productionline AS l
CROSS JOIN LATERAL (SELECT HASHTEXT(l.line_id) % 120 AS v) AS n;
INSERT INTO casework_finding (finding_id, digest, dimension, judged_by, enterprise_id, line_id,
  division_code, industry, subject, norm_row, comparator, verdict, provisional, reasons, effect,
  summary_zh, summary_en, run_id, found_on, recorded_at)
SELECT 'T' || l.line_id, GEN_RANDOM_UUID(), 'technology', 'technology', l.enterprise_id, l.line_id,
  l.division_code, l.industry, l.line_id || '-E1', 'x', 'presence', 'noncompliant', FALSE, '{}',
  'opens', '', '', (SELECT MAX(id) FROM casework_judgementrun), DATE '2017-06-08', NOW()
FROM registry_productionline AS l WHERE HASHTEXT(l.line_id) % 10 = 0
"""

FACTS = {
    "lines": """SELECT line_id, enterprise_id, industry, division_code, commissioned_on, product
FROM registry_productionline""",
    "energy": """SELECT line_id, process, indicator, period_start, period_end, value, unit
FROM fact_energy WHERE replaced_by_id IS NULL""",
    "inputs": """SELECT line_id, energy, quantity, unit, period_start, period_end
FROM fact_energy_inputs WHERE replaced_by_id IS NULL""",
    "findings": """SELECT id, line_id, enterprise_id, dimension, verdict, value, limit_value, ratio,
provisional, found_on, period_end, subject FROM casework_finding
WHERE ended_on IS NULL AND dimension IN ('energy', 'technology')""",
}
"""What the run rests on, table by table."""


def run(size: float) -> None:
    """Fill a site, read, price, keep; print the ratios."""
    with fresh_site():
        lines = at_least(1_000, LINES, size)
        _fill(lines)
        reading = _best(_read)
        pricing = _best(_price)
        keeping, counts = _timed(_assess)
        print(f"{lines:,} lines; {counts}")
        print(f"reading the facts            {reading:8.2f} s")
        print(f"read, priced, chosen         {pricing:8.2f} s   {pricing / reading:5.2f} × reading")
        print(f"the same, kept with its act  {keeping:8.2f} s   {keeping / reading:5.2f} × reading")


def _fill(lines: int) -> None:
    from django.db import connection

    from phaseout.accounts.demo import load_people

    load_people()
    with connection.cursor() as cursor:
        for statement in FILL.split(";\n"):
            cursor.execute(statement.replace("%(firms)s", str(max(1, lines // 4))).replace(
                "%(lines)s", str(lines)))  # fmt: skip
        cursor.execute("VACUUM ANALYZE")


def _read() -> None:
    from contextlib import closing

    import duckdb

    from phaseout.registry.copying import scratch_folder, to_engine

    with closing(duckdb.connect()) as engine, scratch_folder() as folder:
        engine.execute("SET threads = 2")
        for table, query in FACTS.items():
            columns = dict.fromkeys(_names(query), "VARCHAR")
            said = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            engine.execute(f"CREATE TABLE {table} ({said})")
            to_engine(engine, table, columns, query, {}, folder)


def _names(query: str) -> list[str]:
    return [one.strip() for one in query.split("FROM")[0].removeprefix("SELECT").split(",")]


def _price() -> None:
    from phaseout.measures.prices.assessing import counted, laid

    with laid(YEAR, TODAY) as engine:
        counted(engine)


def _assess() -> str:
    from phaseout.accounts.models import User
    from phaseout.accounts.scope import scope_of
    from phaseout.measures.prices import acts

    by = User.objects.get(username="price-officer")
    made = acts.assess(YEAR, by=by, scope=scope_of(by, on=TODAY), today=TODAY, key=uuid4())
    return f"{made.charged:,} would pay, {made.unsettled:,} undetermined"


def _best(work: Callable[[], None], times: int = 3) -> float:
    return min(_timed(work)[0] for _ in range(times))


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result

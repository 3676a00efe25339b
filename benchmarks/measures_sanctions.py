"""Joint sanctions for 100,000 overdue lines: who is overdue is found and every sanction drawn up
(facts, areas with who carries them, bases, rule of publication), in one run, beside reading the
same rows with nothing done on them. At most 3 times that.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from benchmarks.site import at_least, fresh_site

LINES = 100_000
ON = date(2018, 11, 30)
TRIES = 3

FILL = """
INSERT INTO registry_enterprise (uscc, name, division_code, industry)
  SELECT 'U' || lpad(n::text, 17, '0'), '（虚构）企业' || n, '640104', 'cement'
  FROM generate_series(1, %(lines)s) AS n;
INSERT INTO registry_productionline (line_id, enterprise_id, name, industry, division_code,
    capacity, capacity_unit)
  SELECT 'L' || n, 'U' || lpad(n::text, 17, '0'), n || '号线', 'cement', '640104', 100, '万t/a'
  FROM generate_series(1, %(lines)s) AS n;
INSERT INTO casework_case (number, office, year, serial, line_id, enterprise_id, dimension,
    division_code, lead_function, procedure, procedure_version, stage, opened_on)
  SELECT '案' || n, 'eic', 2018, n, 'L' || n, 'U' || lpad(n::text, 17, '0'), 'energy', '640104',
    'eic', 'energy', '2018-01-01', CASE n %% 3 WHEN 0 THEN 'failed' WHEN 1 THEN 'rectifying'
    ELSE 'closure.notified' END, DATE '2018-01-10'
  FROM generate_series(1, %(lines)s) AS n;
INSERT INTO casework_casedeadline (case_id, period, opened_by, kind, whose, runs_from, due,
    uncounted, going, office, division_code, dimension)
  SELECT id, 'rectification', 7, 'measure', 'enterprise', DATE '2018-02-01', DATE '2018-08-01',
    false, stage = 'rectifying', 'eic', division_code, dimension
  FROM casework_case;
ANALYZE;
"""

READ = """
SELECT c.id, c.number, c.procedure, c.stage, c.office, d.dimension, l.division_code, d.period,
  d.opened_by, d.runs_from, d.due, e.uscc, e.name, l.line_id, l.name, l.industry, l.capacity,
  l.capacity_unit
FROM casework_casedeadline AS d
JOIN casework_case AS c ON c.id = d.case_id
JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
JOIN registry_productionline AS l ON l.line_id = c.line_id
"""


def run(size: float = 1.0) -> None:
    lines = at_least(200, LINES, size)
    with fresh_site():
        _fill(lines)
        bare = _best(_read, lines)
        found = _best(_drawn_up, lines)
    print(f"{lines:,} overdue lines, best of {TRIES}")
    print(f"  read with nothing done   {bare:7.2f} s")
    print(f"  found and drawn up       {found:7.2f} s")
    print(f"  ratio {found / bare:.2f} (at most 3)")


def _best(work: Callable[[], int], lines: int) -> float:
    times = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        rows = work()
        times.append(time.perf_counter() - begun)
        if rows != lines:
            raise SystemExit(f"{work.__name__}: {rows} rows, not {lines}")
    return min(times)


def _read() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(READ)
        return len(cursor.fetchall())


def _drawn_up() -> int:
    from phaseout.measures.sanctions.found import proposals

    drawn = [(one, one.facts(ON), one.offer) for one in proposals(ON)]
    assert all(offer.areas and offer.bases for _one, _facts, offer in drawn)
    return len(drawn)


def _fill(lines: int) -> None:
    """Overdue cases, row by row as acts leave them; no trigger looks at them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL % {"lines": lines})
        cursor.execute("SET session_replication_role = DEFAULT")

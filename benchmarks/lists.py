"""A yellow list of 50,000 firms: gathered with all its columns and its digest, beside the bare
statement that reads the same cases; at most 3 times that. Then the log: 50,000 events appended
(each a leaf and its nodes), and what one proof costs in a log of that size.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date

from benchmarks.site import at_least, fresh_site

CASES = 50_000
ON = date(2018, 11, 30)
TRIES = 3

FILL = """
INSERT INTO registry_enterprise (uscc, name, division_code, industry)
  SELECT 'U' || lpad(n::text, 17, '0'), '（虚构）企业' || n, '640104', 'cement'
  FROM generate_series(1, %(cases)s) AS n;
INSERT INTO registry_productionline (line_id, enterprise_id, name, industry, division_code,
    capacity, capacity_unit)
  SELECT 'L' || n, 'U' || lpad(n::text, 17, '0'), n || '号线', 'cement', '640104', 100, '万t/a'
  FROM generate_series(1, %(cases)s) AS n;
INSERT INTO casework_case (number, office, year, serial, line_id, enterprise_id, dimension,
    division_code, lead_function, procedure, procedure_version, stage, opened_on)
  SELECT '案' || n, 'eic', 2018, n, 'L' || n, 'U' || lpad(n::text, 17, '0'), 'energy', '640104',
    'eic', 'energy', '2018-01-01', 'rectifying', DATE '2018-01-10'
  FROM generate_series(1, %(cases)s) AS n;
INSERT INTO casework_act (case_id, place, kind, done_on, served_on, by_id, function, office,
    organisation_zh, organisation_en, basis, facts, detail, reason, key, recorded_at, record,
    previous, digest)
  SELECT c.id, a.place, a.kind, DATE '2018-01-10' + a.place, NULL, u.id, 'eic', 'eic', '某委',
    'EIC', '[]', '{}', '{}', '', gen_random_uuid(), now(), '', '', md5(c.id || ':' || a.place)
  FROM casework_case AS c, (SELECT id FROM accounts_user ORDER BY id LIMIT 1) AS u,
    (VALUES (1, 'open'), (2, 'order.notice'), (3, 'order.serve_notice'),
            (4, 'order_rectification'), (5, 'order.serve_decision')) AS a (place, kind);
INSERT INTO casework_casedeadline (case_id, period, opened_by, kind, whose, runs_from, due,
    uncounted, going, office, division_code, dimension)
  SELECT id, 'rectification', 5, 'measure', 'enterprise', DATE '2018-02-01', DATE '2018-08-01',
    false, true, office, division_code, dimension
  FROM casework_case;
ANALYZE;
"""


def run(size: float = 1.0) -> None:
    cases = at_least(200, CASES, size)
    with fresh_site():
        _fill(cases)
        bare = _best(_read, cases)
        found = _best(_gathered, cases)
        events, proof = _logged(cases)
    print(f"a list of {cases:,} firms, best of {TRIES}")
    print(f"  the bare statement           {bare:7.2f} s")
    print(f"  gathered, with its digest    {found:7.2f} s")
    print(f"  ratio {found / bare:.2f} (at most 3)")
    print(f"  {cases:,} events logged, {events:,.0f} a second; one proof {proof * 1000:.1f} ms")


def _best(work: Callable[[], int], wanted: int) -> float:
    times = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        rows = work()
        times.append(time.perf_counter() - begun)
        if rows != wanted:
            raise SystemExit(f"{work.__name__}: {rows} rows, not {wanted}")
    return min(times)


def _read() -> int:
    """The same rows as JSON, every column read into a dictionary and nothing made of them."""
    from django.db import connection

    from phaseout.disclosure.lists.gathering import CASES as STATEMENT
    from phaseout.disclosure.lists.gathering import asked_of
    from phaseout.law.lists.kinds import list_kind

    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, asked_of(list_kind("yellow-energy"), None))
        names = [column.name for column in cursor.description or ()]
        return len([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])


def _gathered() -> int:
    from phaseout.disclosure.lists.gathering import gathered
    from phaseout.evidence.digests import digest_of

    found = gathered("yellow-energy", ON)
    digest_of([{"ground": str(one.ground), **one.columns("yellow-energy")} for one in found])
    return len(found)


def _logged(count: int) -> tuple[float, float]:
    """Events a second, and seconds for one inclusion path."""
    from django.db import transaction

    from phaseout.disclosure.lists.log import merkle
    from phaseout.disclosure.lists.log.appending import Happened, append
    from phaseout.disclosure.lists.log.nodes import kept_nodes
    from phaseout.disclosure.lists.models import LogEvent

    events = [Happened("published", "yellow-energy", n, ON, {"count": n}) for n in range(count)]
    begun = time.perf_counter()
    with transaction.atomic():
        append(events)
    rate = count / (time.perf_counter() - begun)
    begun, nodes = time.perf_counter(), kept_nodes(count)
    path, root = merkle.inclusion(count // 2, count, nodes), merkle.root(count, nodes)
    took = time.perf_counter() - begun
    event = LogEvent.objects.get(place=count // 2)
    assert json.loads(event.text)["edition"] == count // 2
    assert merkle.includes(bytes.fromhex(event.leaf), count // 2, count, path, root)
    return rate, took


def _fill(cases: int) -> None:
    """Cases as acts leave them, row by row; no trigger looks at them."""
    from django.db import connection

    from phaseout.accounts.demo import load_people

    load_people()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL % {"cases": cases})
        cursor.execute("SET session_replication_role = DEFAULT")

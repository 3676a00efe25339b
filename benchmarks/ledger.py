"""The balance of a million entries of the capacity ledger, beside the bare sum.

    sum        SELECT account, sum(amount) … GROUP BY: what adding up two million postings costs
    balance    what the page, the API and `phaseout ledger balance` ask: by product and unit and
               state, at the end of a day, as known on a day
    balance of a city and an industry     the same, narrowed

The entries are written as imports, judgements and acts write them, through every trigger; the
ratio of writing to a bare copy is not what is measured here. Each query in turn, the best counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.site import at_least, fresh_site

ENTRIES = 1_000_000
RUNS = 5
AS_OF, KNOWN = date(2019, 12, 31), date(2020, 12, 31)


def run(size: float = 1.0) -> None:
    """Print the seconds of each query and its ratio to the bare sum."""
    with fresh_site(durable=True):
        begun = time.perf_counter()
        written = _write(at_least(1_000, ENTRIES, size), officer().pk)
        print(f"{written:,} entries written in {time.perf_counter() - begun:.1f} s", flush=True)
        _measure()


def officer() -> Any:
    """One officer of the region."""
    from phaseout.accounts.models import Post, User

    by = User.objects.create_user(username="bench")
    Post.objects.create(user=by, role="officer", function="eic", division_code="640000")
    return by


def _write(entries: int, by: int) -> int:
    """Lines, each registered, found outdated and, every second one, booked back: in statements of
    some ten thousand entries, as the largest imports and judgements come."""
    from django.db import connection

    from phaseout.registry.capacity import Stands, book_import, book_standings
    from phaseout.registry.models import CapacityEntry

    lines = entries * 2 // 5
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"lines": lines, "by": by})
        cursor.execute("ALTER TABLE registry_capacityentry DISABLE TRIGGER has_its_ground")
        cursor.execute("SELECT line_id FROM registry_productionline ORDER BY 1")
        ids = [line for (line,) in cursor.fetchall()]
    for start in range(0, lines, 20_000):
        some = ids[start : start + 20_000]
        keys = f"SELECT unnest(ARRAY[{','.join(repr(line) for line in some)}])"
        book_import(1, date(2018, 1, 8), keys, by=by)
        day = date(2018, 3, 15)
        book_standings([Stands(line, 1, True, day) for line in some], day)
        day = date(2018, 9, 1)
        book_standings([Stands(line, 2, False, day) for line in some[::2]], day)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registry_capacityposting")
    return CapacityEntry.objects.count()


_LINES = """
INSERT INTO registry_import (id, kind, state, by_id, reach, received_on, received_at, stage, done,
    total, attempts, counts, samples, problem_count, staged, kept,
    fingerprint, absent)
VALUES (1, 'files', 'received', %(by)s, '64', '2018-01-08', now(), '', 0, 0, 0, '{}', '{}', 0,
    '{}', '{}', '{}', '{}');
CREATE TEMP TABLE made AS SELECT n, 'L' || lpad(n::text, 7, '0') AS line_id,
    'U' || lpad((n / 4)::text, 17, '0') AS uscc,
    '640' || (1 + n %% 5) || '0' || (1 + n %% 4) AS place,
    (ARRAY['steel','coal','cement','coke','ferroalloy','calcium_carbide'])[1 + n %% 6] AS industry,
    (ARRAY['生铁','原煤','水泥','焦炭','硅铁','电石','水泥熟料'])[1 + n %% 7] AS product
FROM generate_series(1, %(lines)s) AS n;
INSERT INTO registry_enterprise (uscc, name, division_code, industry)
SELECT DISTINCT ON (uscc) uscc, uscc, place, industry FROM made;
INSERT INTO registry_productionline (line_id, enterprise_id, name, industry, division_code)
SELECT line_id, uscc, line_id, industry, place FROM made;
INSERT INTO fact_lines (line_id, uscc, name, industry, division_code, product, capacity,
    capacity_unit, commissioned_on, taken_by_id, known_on)
SELECT line_id, uscc, line_id, industry, place, product, 1 + n %% 400, '万t/a', '2009-06-30', 1,
    '2018-01-08' FROM made;
ANALYZE fact_lines; ANALYZE registry_productionline;
"""


def _measure() -> None:
    from django.db import connection

    from phaseout.registry.capacity import Asked, balances

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT product, unit, account, sum(amount) FROM registry_capacityposting "
                "GROUP BY 1, 2, 3"
            )
            cursor.fetchall()

    contenders: dict[str, Callable[[], object]] = {
        "sum": bare,
        "balance": lambda: balances(Asked(as_of=AS_OF, known_on=KNOWN)),
        "of a city and an industry": lambda: balances(
            Asked(as_of=AS_OF, known_on=KNOWN, city="6401", industry="cement")
        ),
    }
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(RUNS):
        for name, work in contenders.items():
            begun = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - begun)
    for name, seconds in best.items():
        print(f"{name:<28} {seconds:8.3f} s   {seconds / best['sum']:.2f}")

"""The annual report over a million entries of the capacity ledger, beside the bare SQL.

    bare       what the report rests on, as bare queries: what exited in the year line by line, what
               stands at the end of it by industry, city and state
    report     the figures frozen (one snapshot, rows and balances written, digested) and read back
               as the page shows them
    files      PDF, DOCX and XLSX of it: printed, not compared (typesetting is not SQL)

The ledger is that of `benchmarks.ledger`: lines registered, found outdated, booked back. Of them
2,000 exit in the year, as in a busy year of a large province: their entries are written as acts
write them, without the cases they would rest on. Each in turn, the best counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from uuid import uuid4

from benchmarks.site import at_least, fresh_site

ENTRIES = 1_000_000
EXITS = 2_000
RUNS = 3
YEAR, ON = 2018, date(2019, 1, 15)


def run(size: float = 1.0) -> None:
    """Print the seconds of each and the ratio to the bare SQL."""
    from benchmarks.ledger import _write, officer

    entries = at_least(1_000, ENTRIES, size)
    with fresh_site(durable=True):
        begun = time.perf_counter()
        written = _write(entries, officer().pk)
        exits = _exit(max(1, EXITS * entries // ENTRIES))
        spent = time.perf_counter() - begun
        print(f"{written:,} entries written, {exits:,} lines exit, in {spent:.1f} s", flush=True)
        _measure()


def _exit(count: int) -> int:
    """So many lines go from found outdated to dismantled in October."""
    from django.db import connection

    with connection.cursor() as cursor:
        # No case stands behind them: what the triggers would ask for is left out here.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_EXITS, {"count": count})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE registry_capacityposting")
        cursor.execute("SELECT count(*) FROM registry_capacityposting WHERE account = 'dismantled'")
        return int(cursor.fetchone()[0])


_EXITS = """
WITH leaving AS (
    SELECT nextval(pg_get_serial_sequence('registry_capacityentry', 'id')) AS id, p.*
    FROM (
        SELECT line_id, min(enterprise_id) AS enterprise_id, min(division_code) AS division_code,
            min(industry) AS industry, product, unit, sum(amount) AS amount
        FROM registry_capacityposting WHERE account = 'outdated'
        GROUP BY line_id, product, unit HAVING sum(amount) > 0 ORDER BY line_id LIMIT %(count)s
    ) AS p
), entry AS (
    INSERT INTO registry_capacityentry (id, kind, line_id, enterprise_id, division_code, product,
        unit, effective_on, known_on, act_key, case_no, case_number, act_kind, reason)
    SELECT id, 'act', line_id, enterprise_id, division_code, product, unit, '2018-10-20',
        '2018-10-20', gen_random_uuid(), id, '', 'confirm_exit', '' FROM leaving
)
INSERT INTO registry_capacityposting (entry_id, place, line_id, enterprise_id, division_code,
    industry, product, unit, account, amount, effective_on, known_on)
SELECT id, side.place, line_id, enterprise_id, division_code, industry, product, unit,
    side.account, side.sign * amount, '2018-10-20', '2018-10-20'
FROM leaving CROSS JOIN (VALUES (1, 'outdated', -1), (2, 'dismantled', 1))
    AS side (place, account, sign)
"""
_BARE = (
    "SELECT line_id, unit, sum(amount) FROM registry_capacityposting WHERE account = ANY(%s) "
    "AND effective_on BETWEEN %s AND %s GROUP BY 1, 2 HAVING sum(amount) > 0",
    "SELECT industry, left(division_code, 4), unit, account, sum(amount) "
    "FROM registry_capacityposting WHERE effective_on <= %s GROUP BY 1, 2, 3, 4",
)


def _measure() -> None:
    from django.db import connection

    from phaseout.accounts.models import User
    from phaseout.accounts.scope import scope_of
    from phaseout.coordination.annual import acts, figures, files
    from phaseout.coordination.annual.lasting import report_of
    from phaseout.coordination.annual.models import Freeze
    from phaseout.law.capacity import EXITED, keys_of

    by = User.objects.get(username="bench")
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BARE[0], [list(keys_of(EXITED)), first, last])
            cursor.fetchall()
            cursor.execute(_BARE[1], [last])
            cursor.fetchall()

    def report() -> None:
        ways = {"by": by, "scope": scope_of(by, on=ON), "today": ON, "key": uuid4()}
        frozen = acts.freeze(YEAR, reason="benchmark", **ways)
        read = report_of(frozen)
        figures.against(read)
        for way in ("city", "way", "dimension", "unit"):
            figures.sums(read.rows, way)
        figures.stocks(read)

    best = _best({"bare": bare, "report": report})
    for name, seconds in best.items():
        print(f"{name:<10} {seconds:8.3f} s   {seconds / best['bare']:.2f}")
    frozen = Freeze.objects.filter(year=YEAR).order_by("-version")[0]
    for ending in files.ENDINGS:
        begun = time.perf_counter()
        size = len(files.one(frozen, None, ending))
        print(f"{ending:<15} {time.perf_counter() - begun:8.3f} s   {size:,} bytes", flush=True)


def _best(contenders: dict[str, Callable[[], object]]) -> dict[str, float]:
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(RUNS):
        for name, work in contenders.items():
            begun = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - begun)
    return best

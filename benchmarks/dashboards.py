"""The dashboards over a million open cases, beside the bare SQL that counts the same rows.

Cases, deadlines and tasks are those of the benchmark `cases`. The bare statement is one GROUP BY
over the table (the page of deadlines counts two), as the owner, within no reach: what adding up
that many rows costs. The page is asked through middleware, sign-in and row security, drawn with
its charts; of a leader who reads all of it, of one who reads a dimension and the cases of tasks
besides, and of a city's.
"""

from __future__ import annotations

from typing import Any

from benchmarks.cases import DAY, FULL, LEAST, fill, get, signed_in
from benchmarks.inbox import timed
from benchmarks.site import at_least, fresh_site, plain_files

CASES = """
SELECT procedure, left(division_code, 4), office, stage, %(day)s::date - opened_on > 90, count(*)
FROM casework_case WHERE opened_on <= %(day)s AND (closed_on IS NULL OR closed_on > %(day)s)
GROUP BY 1, 2, 3, 4, 5
"""
DEADLINES = """
SELECT office, left(division_code, 4), due < %(day)s, count(*) FROM casework_casedeadline
WHERE going AND kind IN ('duty', 'measure') AND due IS NOT NULL GROUP BY 1, 2, 3
"""
TASKS = """
SELECT office, left(division_code, 4), due < %(day)s, count(*) FROM casework_taskstanding
WHERE ended_on IS NULL AND state <> 'reported' AND due IS NOT NULL GROUP BY 1, 2, 3
"""
ROOT = "/coordination/dashboard/"


def run(size: float = 1.0) -> None:
    with fresh_site(), plain_files():
        fill(at_least(LEAST, FULL, size))
        _pages()


def _pages() -> None:
    print(f"{'':<40}{'page':>11}{'bare':>11}   ratio")
    for theme, *statements in (("cases", CASES), ("deadlines", DEADLINES, TASKS)):
        for username in ("leader", "eic-leader", "yinchuan-leader"):
            page = get(signed_in(username), f"{ROOT}{theme}/")
            taken, beside = timed(page, _bare(statements))
            name = f"{theme} of {username}"
            print(f"{name:<40}{taken * 1e3:8.0f} ms{beside * 1e3:8.0f} ms   {taken / beside:.2f}")
    overview = get(signed_in("leader"), ROOT)
    taken, beside = timed(overview, _bare([CASES, DEADLINES, TASKS]))
    name = "overview of all themes, leader"
    print(f"{name:<40}{taken * 1e3:8.0f} ms{beside * 1e3:8.0f} ms   {taken / beside:.2f}")


def _bare(statements: list[str]) -> Any:
    def ask() -> Any:
        from django.db import connection

        with connection.cursor() as cursor:
            found = []
            for statement in statements:
                cursor.execute(statement, {"day": DAY})
                found += cursor.fetchall()
            return found

    return ask

"""Whether the days of each kept file are those that were stated, statement by statement."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from phaseout.casework.audit.verifying import Report, Wrong
from phaseout.evidence.chain import Stated, problems

AT_ONCE = 2000
STATED = """
SELECT f.id, f.digest, f.dated_on, f.expires_on, s.place, s.was_dated_on, s.was_expires_on,
  s.dated_on, s.expires_on, s.by_id, s.stated_on, s.key, s.recorded_at, s.reason, s.previous,
  s.digest
FROM evidence_evidencefile AS f LEFT JOIN evidence_stateddays AS s ON s.file_id = f.id
WHERE s.id IS NOT NULL OR f.dated_on IS NOT NULL OR f.expires_on IS NOT NULL
ORDER BY f.id, s.place
"""


def compare(connection: psycopg.Connection, report: Report) -> None:
    """Add to the report the files whose days are not those stated, or whose statements changed."""
    for file, code, words in problems(_rows(connection)):
        report.add(Wrong(code, f"evidence {file}", words))


def _rows(connection: psycopg.Connection) -> Iterator[Stated]:
    with connection.cursor(name="days_of_files") as cursor:
        cursor.itersize = AT_ONCE
        for row in cursor.execute(STATED):
            yield Stated(*row)

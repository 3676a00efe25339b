"""A bucket of requests in which nothing fills up again, however long a test takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

AHEAD = """
CREATE FUNCTION pg_temp.ahead() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN NEW.at := NEW.at + interval ''1 day''; RETURN NEW; END';
CREATE TRIGGER ahead BEFORE INSERT OR UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION pg_temp.ahead();
"""


@contextmanager
def no_time_passes(table: str) -> Iterator[None]:
    """When somebody last asked is written down a day ahead (`at`), inside the block."""
    with connection.cursor() as cursor:
        cursor.execute(AHEAD.format(table=table))
        yield
        cursor.execute(f"DROP FUNCTION pg_temp.ahead() CASCADE; UPDATE {table} SET at = now()")

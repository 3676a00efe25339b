"""Registers: serials per office, series and year that have neither gap nor double."""

from __future__ import annotations

from django.db import connection

COUNT_UP = """
INSERT INTO casework_register AS r (office, series, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (office, series, year) DO UPDATE SET last = r.last + 1
RETURNING last
"""


def next_serial(office: str, series: str, year: int) -> int:
    """The next serial, inside the caller's transaction.

    The register's row stays locked until that transaction ends: who comes second waits, and a
    transaction that is undone gives its serial back.
    """
    assert connection.in_atomic_block, "a serial is taken inside the act that bears it"
    with connection.cursor() as cursor:
        cursor.execute(COUNT_UP, [office, series, year])
        (serial,) = cursor.fetchone()
    return int(serial)

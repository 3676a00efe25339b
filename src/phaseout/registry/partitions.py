"""Months of readings: a partition for each, made when the first reading comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

FIRST, END = date(2000, 1, 1), date(2050, 1, 1)
"""Months outside stand together in the partition `fact_monitoring_other` (migration 0002)."""


def months_in(relation: str) -> list[date]:
    """The months in the column `time` of `relation`, each by its first day."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT date_trunc('month', time)::date FROM {relation}")
        return [month for (month,) in cursor.fetchall()]


def make_months(months: Iterable[date]) -> list[str]:
    """See that every one of these months has its partition; returns the names of those made. To
    be called by one transaction at a time."""
    wanted = sorted({month for month in months if FIRST <= month < END})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month FROM unnest(%s::date[]) AS month WHERE to_regclass("
            "'fact_monitoring_' || to_char(month, 'YYYY_MM')) IS NULL ORDER BY 1",
            [wanted],
        )
        missing = [month for (month,) in cursor.fetchall()]
    return [_make(month) for month in missing]


def _make(month: date) -> str:
    name = f"fact_monitoring_{month:%Y_%m}"
    year, place = divmod(month.year * 12 + month.month, 12)
    following = date(year, place + 1, 1)
    with connection.cursor() as cursor:
        # Made first and attached then: a table created as a partition would lock out all readers.
        cursor.execute(
            f"CREATE TABLE {name} (LIKE fact_monitoring INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
        )
        cursor.execute(
            f"ALTER TABLE {name} ADD CONSTRAINT in_its_month "
            f"CHECK (time >= '{month}' AND time < '{following}')"
        )
        cursor.execute(
            f"ALTER TABLE fact_monitoring ATTACH PARTITION {name} "
            f"FOR VALUES FROM ('{month}') TO ('{following}')"
        )
        cursor.execute(f"ALTER TABLE {name} DROP CONSTRAINT in_its_month")
    return name

"""The tests' own database is the database of an installation, column by column."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection

from serving import rows

SCHEMA = {
    "columns": """
        SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default,
               character_maximum_length, numeric_precision, numeric_scale, collation_name
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 3""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' ORDER BY 1, 2""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal ORDER BY 1, 2""",
    "policies": """
        SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies
        ORDER BY 1, 2""",
    "functions": """
        SELECT oid::regprocedure::text, prosrc FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace ORDER BY 1""",
    "rights": """
        SELECT relname, relacl::text, relrowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S') ORDER BY 1""",
}


OF_A_MONTH = re.compile(r"fact_monitoring_\d{4}_\d\d")
"""Partitions come with the readings of their month."""


@pytest.mark.django_db
@pytest.mark.parametrize("part", SCHEMA)
def test_quickly_migrated_and_migrated_are_the_same(part: str, demonstration: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA[part])
        ours = cursor.fetchall()
    theirs = rows(demonstration.home, SCHEMA[part])
    assert ours
    assert ours == [row for row in theirs if not OF_A_MONTH.search(" ".join(map(str, row[:3])))]

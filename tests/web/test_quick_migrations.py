"""The migrations, run the quick way, leave the tables that the models of today say."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

FRESH = "said_by_the_models"

SAID = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default,
               character_maximum_length, numeric_precision, numeric_scale, collation_name,
               is_identity
        FROM information_schema.columns WHERE table_schema = current_schema()""",
    "constraints": """
        SELECT conrelid::regclass::text, replace(pg_get_constraintdef(oid), 'public.', ''),
               condeferrable
        FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace AND contype <> 'n'""",
    "indexes": """
        SELECT tablename, regexp_replace(
            replace(indexdef, current_schema() || '.', ''), 'INDEX \\S+ ON (ONLY )?', 'INDEX ON ')
        FROM pg_indexes WHERE schemaname = current_schema()""",
}
"""Without names: a field that became unique later has another name for its index than one that was
made so, and the same index."""

PARTED = "fact_monitoring"
"""Made by SQL of its own, in parts by month: the number of a row is not its key."""


@pytest.mark.django_db
def test_what_was_migrated_is_what_the_models_say() -> None:
    _make_each_table_at_once_from_its_model()
    for part, query in SAID.items():
        wanted = _said(query, FRESH)
        assert len(wanted) > 100
        assert (part, wanted - _said(query, "public")) == (part, set())


def _make_each_table_at_once_from_its_model() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {FRESH}")
        cursor.execute(f"SET LOCAL search_path = {FRESH}, public")
    with connection.schema_editor(atomic=False) as editor:
        for model in apps.get_models():
            ours = model.__module__.startswith("phaseout.")
            if ours and model._meta.managed and model._meta.db_table != PARTED:
                editor.create_model(model)


def _said(query: str, schema: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path = {schema}")
        cursor.execute(query)
        return set(cursor.fetchall())

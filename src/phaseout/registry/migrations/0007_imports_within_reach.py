"""To the site's role: what an import brought is seen by who brought it and by who reads in its
territory; a merging by who sees one of its two entries (docs/decisions/0030-row-security.md).

The row of an import itself is open: the history of a fact names it, wherever it was brought.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION phaseout_sees_import(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM registry_import AS i
    WHERE i.id = asked
      AND (i.reach LIKE ANY (phaseout_reach('places'))
        OR i.by_id::text = current_setting('phaseout.person', true))
  );
END $$;
"""
GONE = "DROP FUNCTION phaseout_sees_import(bigint);\n"


def _entry(table, column):
    return f"EXISTS (SELECT FROM registry_enterprise AS seen WHERE seen.uscc = {table}.{column})"


POLICIES = {
    "registry_importfile": "phaseout_sees_import(of_import_id)",
    "registry_importproblem": "phaseout_sees_import(of_import_id)",
    "registry_merge": " OR ".join(_entry("registry_merge", c) for c in ("keep_id", "drop_id")),
    "registry_distinction": " OR ".join(
        _entry("registry_distinction", c) for c in ("one_id", "other_id")
    ),
}
ON = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON {table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON {table};\n"
    f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_capacity_registered_before"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(FUNCTION + ON, OFF + GONE)]

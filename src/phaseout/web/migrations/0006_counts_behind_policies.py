"""What policies ask may be asked by several workers of the database at once, and of a task it is
asked from its own row first.

A function is taken to be unsafe for them until it is said otherwise, and one such function keeps a
whole statement in one worker: a count over a million deadlines took four times as long as without
the wall. These read, set nothing, and ask only for the settings of the session, which workers have
as well. A task tells its dimension and place as its case does, so that who reads that dimension
there needs no look at the case.
"""

from django.db import migrations

ASKED_BY_POLICIES = (
    "phaseout_has_task(bigint)",
    "phaseout_sees_case(bigint)",
    "phaseout_reads_case(bigint)",
    "phaseout_is_ground(bigint)",
    "phaseout_office_acts(bigint, text)",
    "phaseout_raised(bigint, bigint)",
    "phaseout_own_act(bigint, bigint)",
    "phaseout_sees_import(bigint)",
)
SAFE = "".join(f"ALTER FUNCTION {name} PARALLEL SAFE;\n" for name in ASKED_BY_POLICIES)

OFFICE = "office || ':' || division_code LIKE ANY ((SELECT phaseout_reach('offices'))::text[])"
MATTER = "dimension || ':' || division_code LIKE ANY ((SELECT phaseout_reach('matters'))::text[])"
TASK = (
    "ALTER POLICY within_reach ON casework_taskstanding"
    " USING (CASE WHEN {} OR phaseout_sees_case(case_id) THEN true ELSE false END);\n"
)


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0005_grounds_of_tasks"),
        ("registry", "0007_imports_within_reach"),
        ("casework", "0021_dimension_of_tasks"),
    ]

    operations = [
        migrations.RunSQL(
            SAFE + TASK.format(f"{OFFICE} OR {MATTER}"),
            SAFE.replace("SAFE", "UNSAFE") + TASK.format(OFFICE),
        )
    ]

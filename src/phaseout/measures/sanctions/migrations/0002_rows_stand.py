"""What the database itself refuses: changing or deleting any row; and what it shows: to officials
what lies in their places, to an enterprise what concerns it, to a city no batch of the region."""

from django.db import migrations

APPENDED = (
    "sanctionact", "sanction", "sanctiontask", "release", "releasenotice", "creditrecord", "batch",
    "batchrow", "rowoutcome", "bank", "creditlisting",
)  # fmt: skip

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON sanctions_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON sanctions_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON sanctions_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON sanctions_{table};\n"
    for table in APPENDED
)

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OWN = "enterprise_id = ANY ((SELECT phaseout_reach('usccs'))::text[])"
# What an enterprise is told: not what authorities answer each other.
TOLD = "kind IN ('impose', 'object', 'answer_objection', 'ask_repair', 'answer_repair', 'release')"


def _through(table, column):
    return f"EXISTS (SELECT FROM sanctions_{table} AS seen WHERE seen.id = {column})"


POLICIES = {
    "sanctionact": f"{PLACE} OR ({OWN} AND {TOLD})",
    "sanction": f"{PLACE} OR {OWN}",
    "sanctiontask": _through("sanction", "sanctions_sanctiontask.sanction_id"),
    "release": _through("sanction", "sanctions_release.sanction_id"),
    "releasenotice": _through("release", "sanctions_releasenotice.release_id"),
    "creditrecord": f"{PLACE} OR {OWN}",
    "batch": PLACE,
    "batchrow": _through("creditrecord", "sanctions_batchrow.credit_record_id"),
    "rowoutcome": _through("batchrow", "sanctions_rowoutcome.row_id"),
    "creditlisting": PLACE,
}
ON = "".join(
    f"ALTER TABLE sanctions_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON sanctions_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON sanctions_{table};\n"
    f"ALTER TABLE sanctions_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("sanctions", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + ON, OFF + FALLS)]

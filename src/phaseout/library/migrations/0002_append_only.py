"""Signatures, doubts and decisions are only ever appended; one person never signs twice."""

from django.db import migrations

TABLES = ("confirmation", "countersignature", "discrepancy", "clearance", "decision")

REFUSING = """
CREATE FUNCTION library_only_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '核对、复核与决定只能追加，不能更改、删除或清空（%）', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation',
      HINT = 'Signatures and decisions are only ever appended: add a new row that succeeds it.';
END $$;
"""

GUARD = """
CREATE TRIGGER only_appended BEFORE UPDATE OR DELETE ON library_{table}
  FOR EACH ROW EXECUTE FUNCTION library_only_appended();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON library_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION library_only_appended();
"""

UNGUARD = """
DROP TRIGGER only_appended ON library_{table};
DROP TRIGGER never_emptied ON library_{table};
"""

# The person repeated beside the second signature is the one who gave the first.
SAME = """
ALTER TABLE library_{first} ADD CONSTRAINT {first}_with_its_person UNIQUE (id, {person}_id);
ALTER TABLE library_{second} ADD CONSTRAINT {second}_names_the_first_person
  FOREIGN KEY ({first}_id, {person}_id) REFERENCES library_{first} (id, {person}_id);
"""

NOT_SAME = """
ALTER TABLE library_{second} DROP CONSTRAINT {second}_names_the_first_person;
ALTER TABLE library_{first} DROP CONSTRAINT {first}_with_its_person;
"""

PAIRS = (
    {"first": "confirmation", "second": "countersignature", "person": "confirmed_by"},
    {"first": "discrepancy", "second": "clearance", "person": "noted_by"},
)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSING, "DROP FUNCTION library_only_appended();"),
        *(migrations.RunSQL(GUARD.format(table=t), UNGUARD.format(table=t)) for t in TABLES),
        *(migrations.RunSQL(SAME.format(**p), NOT_SAME.format(**p)) for p in PAIRS),
    ]

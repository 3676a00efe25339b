"""What the database itself refuses: changing or deleting any row but what is derived (watched
lines, alarms nobody has answered) and the state of a batch; and what it shows: rows of places
within the reach of the request."""

from django.db import migrations

APPENDED = ("restartact", "meter", "meterend", "reading", "linejudgement")
KEPT = ("batch", "alarm")

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON restart_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON restart_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
) + "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE DELETE ON restart_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON restart_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in KEPT
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON restart_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON restart_{table};\n"
    for table in (*APPENDED, *KEPT)
)

SETTLED = """
CREATE FUNCTION restart_settled_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% % is settled and stands', TG_TABLE_NAME, OLD.id
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER alarm_answered_stands BEFORE UPDATE ON restart_alarm
  FOR EACH ROW WHEN (OLD.answer_id IS NOT NULL OR OLD.gone_on IS NOT NULL)
  EXECUTE FUNCTION restart_settled_stands();
CREATE TRIGGER batch_settled_stands BEFORE UPDATE ON restart_batch
  FOR EACH ROW WHEN (OLD.state <> 'received')
  EXECUTE FUNCTION restart_settled_stands();
"""
UNSETTLED = """
DROP TRIGGER batch_settled_stands ON restart_batch;
DROP TRIGGER alarm_answered_stands ON restart_alarm;
DROP FUNCTION restart_settled_stands();
"""

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
POLICIES = {
    "restartact": PLACE,
    "watchedline": PLACE,
    "meter": PLACE,
    "meterend": PLACE,
    "batch": PLACE,
    "reading": "EXISTS (SELECT FROM restart_meter AS seen"
    " WHERE seen.id = restart_reading.meter_id)",
    "linejudgement": PLACE,
    "alarm": PLACE,
}
ON = "".join(
    f"ALTER TABLE restart_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON restart_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON restart_{table};\n"
    f"ALTER TABLE restart_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("restart", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + SETTLED + ON, OFF + UNSETTLED + FALLS)]

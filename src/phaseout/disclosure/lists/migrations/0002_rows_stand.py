"""What the database itself refuses: changing or deleting any row, a gap in the publication log, a
number left out. And what it shows: drafts to officials of the region, what concerns an enterprise
to it; editions, entries and the log to everybody."""

from django.db import migrations

APPENDED = (
    "listact", "draft", "draftentry", "notice", "objection", "answer", "amendment", "edition",
    "entry", "listing", "ending", "logevent", "lognode", "treehead",
)  # fmt: skip

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON lists_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON lists_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON lists_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON lists_{table};\n"
    for table in APPENDED
)

IN_ORDER = """
CREATE FUNCTION lists_log_has_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.place <> (SELECT COALESCE(max(place) + 1, 0) FROM lists_logevent) THEN
    RAISE EXCEPTION 'the publication log goes on at its end: place % refused', NEW.place
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION lists_editions_are_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number <> (SELECT COALESCE(max(number) + 1, 1) FROM lists_edition
                    WHERE list_kind = NEW.list_kind) THEN
    RAISE EXCEPTION 'editions are numbered without gaps: number % refused', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER logevent_in_order BEFORE INSERT ON lists_logevent
  FOR EACH ROW EXECUTE FUNCTION lists_log_has_no_gap();
CREATE TRIGGER edition_in_order BEFORE INSERT ON lists_edition
  FOR EACH ROW EXECUTE FUNCTION lists_editions_are_numbered();
"""
OUT_OF_ORDER = """
DROP TRIGGER logevent_in_order ON lists_logevent;
DROP TRIGGER edition_in_order ON lists_edition;
DROP FUNCTION lists_log_has_no_gap();
DROP FUNCTION lists_editions_are_numbered();
"""

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OWN = "enterprise_id = ANY ((SELECT phaseout_reach('usccs'))::text[])"


def _through(table, column):
    return f"EXISTS (SELECT FROM lists_{table} AS seen WHERE seen.id = {column})"


POLICIES = {
    "listact": f"{PLACE} OR {OWN}",
    "draft": PLACE,
    "draftentry": _through("draft", "lists_draftentry.draft_id"),
    "amendment": _through("draft", "lists_amendment.draft_id"),
    "notice": f"{PLACE} OR {OWN}",
    "objection": f"{PLACE} OR {OWN}",
    "answer": _through("objection", "lists_answer.objection_id"),
    "listing": f"{PLACE} OR {OWN}",
    "ending": _through("listing", "lists_ending.listing_id"),
}
ON = "".join(
    f"ALTER TABLE lists_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON lists_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON lists_{table};\n"
    f"ALTER TABLE lists_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + IN_ORDER + ON, OFF + OUT_OF_ORDER + FALLS)]

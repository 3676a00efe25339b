"""What the database itself refuses: changing or deleting any row, two surcharges on one line at once,
an entry that does not balance; and what it shows: rows within the reach of the request."""

from django.db import migrations

APPENDED = (
    "priceact", "run", "assessment", "determination", "ending", "consumptionfile", "consumption",
    "edition", "receipt", "bill", "billline", "paymentnotice", "payment", "latecharge", "entry",
    "posting",
)  # fmt: skip

STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON prices_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON prices_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in APPENDED
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON prices_{table};\n"
    f"DROP TRIGGER {table}_is_kept ON prices_{table};\n"
    for table in APPENDED
)

# An end on a day takes that day and all after it out of the determination.
REFUSED = """
CREATE FUNCTION prices_one_surcharge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('prices:' || NEW.line_id, 0));
  IF EXISTS (
    SELECT FROM prices_determination AS d
    LEFT JOIN prices_ending AS e ON e.determination_id = d.id
    WHERE d.line_id = NEW.line_id AND d.id <> NEW.id
      AND d.applies_from <= NEW.applies_to
      AND LEAST(d.applies_to, COALESCE(e.ended_on - 1, d.applies_to)) >= NEW.applies_from
  ) THEN
    RAISE EXCEPTION 'line % already carries a surcharge in that time', NEW.line_id
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'price_one_surcharge_a_kwh';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER one_surcharge AFTER INSERT ON prices_determination
  FOR EACH ROW EXECUTE FUNCTION prices_one_surcharge();

CREATE FUNCTION prices_entry_balances() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_entry bigint; total numeric; parts int;
BEGIN
  of_entry := CASE WHEN TG_TABLE_NAME = 'prices_entry' THEN NEW.id
    ELSE (to_jsonb(NEW) ->> 'entry_id')::bigint END;
  SELECT COALESCE(SUM(amount), 0), COUNT(*) INTO total, parts
    FROM prices_posting WHERE entry_id = of_entry;
  IF total <> 0 OR parts < 2 THEN
    RAISE EXCEPTION 'entry % does not balance: % over % postings', of_entry, total, parts
      USING ERRCODE = 'check_violation', CONSTRAINT = 'price_entry_balances';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON prices_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION prices_entry_balances();
CREATE CONSTRAINT TRIGGER posting_balances AFTER INSERT ON prices_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION prices_entry_balances();
"""
ALLOWED = """
DROP TRIGGER posting_balances ON prices_posting;
DROP TRIGGER entry_balances ON prices_entry;
DROP FUNCTION prices_entry_balances();
DROP TRIGGER one_surcharge ON prices_determination;
DROP FUNCTION prices_one_surcharge();
"""

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OWN = "enterprise_id = ANY ((SELECT phaseout_reach('usccs'))::text[])"


def _through(table, column):
    return f"EXISTS (SELECT FROM prices_{table} AS seen WHERE seen.id = {column})"


POLICIES = {
    "assessment": f"{PLACE} OR {OWN}",
    "determination": f"{PLACE} OR {OWN}",
    "ending": _through("determination", "prices_ending.determination_id"),
    "consumption": f"{PLACE} OR {OWN}",
    "bill": f"{PLACE} OR {OWN}",
    "billline": _through("bill", "prices_billline.bill_id"),
    "paymentnotice": _through("bill", "prices_paymentnotice.bill_id"),
    "payment": _through("bill", "prices_payment.bill_id"),
    "latecharge": _through("bill", "prices_latecharge.bill_id"),
    "entry": "bill_id IS NULL OR " + _through("bill", "prices_entry.bill_id"),
    "posting": f"{PLACE} OR {OWN}",
}
ON = "".join(
    f"ALTER TABLE prices_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON prices_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON prices_{table};\n"
    f"ALTER TABLE prices_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("prices", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + REFUSED + ON, OFF + ALLOWED + FALLS)]

"""What the database itself refuses: changing or deleting any row; entries of an act that do not add
up to nought; an account below nought; a payment for something the programme may not pay. And what
it shows: money of enterprises to those who read in their place, and to themselves."""

from django.db import migrations

TABLES = (
    "fundact", "programme", "programmeuse", "application", "allocation", "share", "income",
    "payment", "entry",
)  # fmt: skip
STANDS = "".join(
    f"""
CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON funds_{table}
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON funds_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
    for table in TABLES
)
FALLS = "".join(
    f"DROP TRIGGER {table}_stands ON funds_{table};\nDROP TRIGGER {table}_is_kept ON funds_{table};\n"
    for table in TABLES
)

# The functions run as the owner: a balance is of all entries, whoever may see which of them.
BALANCES = """
CREATE FUNCTION funds_entry_has_cover() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  balance numeric;
BEGIN
  -- Who books on the same programme waits here: nobody spends what another is spending.
  PERFORM pg_advisory_xact_lock(hashtextextended('funds:' || NEW.programme_id, 0));
  SELECT coalesce(sum(amount), 0) INTO balance FROM funds_entry
  WHERE programme_id = NEW.programme_id AND account = NEW.account
    AND application_id IS NOT DISTINCT FROM NEW.application_id;
  IF NEW.account = 'income' THEN
    IF balance > 0 THEN
      RAISE EXCEPTION 'more income of programme % is taken back than came', NEW.programme_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_not_overspent';
    END IF;
  ELSIF balance < 0 THEN
    RAISE EXCEPTION 'account % of programme % falls to %', NEW.account, NEW.programme_id, balance
      USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_not_overspent';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION funds_act_balances() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  difference numeric;
BEGIN
  SELECT sum(amount) INTO difference FROM funds_entry
  WHERE act_id = NEW.act_id AND programme_id = NEW.programme_id;
  IF difference <> 0 THEN
    RAISE EXCEPTION 'the entries of act % differ by %', NEW.act_id, difference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_entries_balance';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entry_has_cover AFTER INSERT ON funds_entry
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION funds_entry_has_cover();
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON funds_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_act_balances();

ALTER TABLE funds_programmeuse ADD CONSTRAINT fund_use_of_a_programme UNIQUE (id, programme_id);
ALTER TABLE funds_application ADD CONSTRAINT fund_application_of_one UNIQUE (id, programme_id);
ALTER TABLE funds_payment ADD CONSTRAINT fund_payment_is_for_an_allowed_use
  FOREIGN KEY (use_id, programme_id) REFERENCES funds_programmeuse (id, programme_id);
ALTER TABLE funds_payment ADD CONSTRAINT fund_payment_is_of_its_programme
  FOREIGN KEY (application_id, programme_id) REFERENCES funds_application (id, programme_id);
ALTER TABLE funds_entry ADD CONSTRAINT fund_entry_is_of_its_programme
  FOREIGN KEY (application_id, programme_id) REFERENCES funds_application (id, programme_id);
"""
FREE = """
ALTER TABLE funds_entry DROP CONSTRAINT fund_entry_is_of_its_programme;
ALTER TABLE funds_payment DROP CONSTRAINT fund_payment_is_of_its_programme;
ALTER TABLE funds_payment DROP CONSTRAINT fund_payment_is_for_an_allowed_use;
ALTER TABLE funds_application DROP CONSTRAINT fund_application_of_one;
ALTER TABLE funds_programmeuse DROP CONSTRAINT fund_use_of_a_programme;
DROP TRIGGER entry_balances ON funds_entry;
DROP TRIGGER entry_has_cover ON funds_entry;
DROP FUNCTION funds_act_balances();
DROP FUNCTION funds_entry_has_cover();
"""

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OWN = "= ANY ((SELECT phaseout_reach('usccs'))::text[])"


def _through(column):
    return f"EXISTS (SELECT FROM funds_application AS seen WHERE seen.id = {column})"


# Programmes, what they may pay, income and allocations are no enterprise's: their pages are for
# offices; an enterprise reads the programmes it may apply for.
POLICIES = {
    "application": f"{PLACE} OR enterprise_id {OWN}",
    "share": _through("funds_share.application_id"),
    "payment": _through("funds_payment.application_id"),
    "entry": f"application_id IS NULL OR {_through('funds_entry.application_id')}",
    "fundact": f"uscc = '' OR {PLACE} OR uscc {OWN}",
}
ON = "".join(
    f"ALTER TABLE funds_{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON funds_{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
OFF = "".join(
    f"DROP POLICY IF EXISTS within_reach ON funds_{table};\n"
    f"ALTER TABLE funds_{table} DISABLE ROW LEVEL SECURITY;\n"
    for table in reversed(POLICIES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0001_initial"),
        ("casework", "0002_acts_stand"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(STANDS + BALANCES + ON, OFF + FREE + FALLS)]

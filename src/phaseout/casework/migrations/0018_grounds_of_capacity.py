"""The act or the standing that an entry of the capacity ledger names is there, and of its line.

Asked when the transaction ends: an act names its entries and is written after them.
"""

from django.db import migrations

STANDS = """
CREATE FUNCTION casework_is_ground_of_capacity() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.act_key IS NOT NULL AND NOT EXISTS (
        SELECT FROM casework_act AS a JOIN casework_case AS c ON c.id = a.case_id
        WHERE a.key = NEW.act_key AND a.kind = NEW.act_kind AND c.id = NEW.case_no
            AND c.number = NEW.case_number AND c.line_id = NEW.line_id
    ) THEN
        RAISE EXCEPTION 'capacity ledger: entry % names an act that is not there', NEW.id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'capacity_entry_has_its_act';
    END IF;
    IF NEW.standing_no IS NOT NULL AND NOT EXISTS (
        SELECT FROM casework_linestanding AS s
        WHERE s.id = NEW.standing_no AND s.line_id = NEW.line_id
    ) THEN
        RAISE EXCEPTION 'capacity ledger: entry % names a standing that is not there', NEW.id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'capacity_entry_has_its_standing';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_its_ground AFTER INSERT ON registry_capacityentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.act_key IS NOT NULL OR NEW.standing_no IS NOT NULL)
    EXECUTE FUNCTION casework_is_ground_of_capacity();
"""
FALLS = """
DROP TRIGGER has_its_ground ON registry_capacityentry;
DROP FUNCTION casework_is_ground_of_capacity();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0017_findings_of_a_standard"),
        ("registry", "0005_capacity_stands"),
    ]
    operations = [migrations.RunSQL(STANDS, FALLS)]

"""What Django's models cannot say of versions: months as partitions, and that nothing is rewritten.

Readings are many: their table is made anew, partitioned by the month of the reading. Months from
2000 to 2049 get a partition when the first reading comes (`registry.partitions`); what lies outside
them stands together in one, whose check keeps new months from being compared with it.
"""

from django.db import migrations

MONITORING = """
DROP TABLE fact_monitoring;
CREATE SEQUENCE fact_monitoring_id;
CREATE TABLE fact_monitoring (
    id bigint NOT NULL DEFAULT nextval('fact_monitoring_id'),
    outlet_id text NOT NULL,
    pollutant_code text NOT NULL,
    "time" timestamp NOT NULL,
    averaging text,
    value double precision NOT NULL,
    unit text,
    flag text,
    o2 double precision,
    flow double precision,
    manual boolean,
    taken_by_id bigint NOT NULL,
    known_on date NOT NULL,
    replaced_by_id bigint,
    replaced_on date,
    CONSTRAINT fact_monitoring_replaced_on_a_day CHECK (
        (replaced_by_id IS NULL AND replaced_on IS NULL)
        OR (replaced_by_id IS NOT NULL AND replaced_on >= known_on)
    )
) PARTITION BY RANGE ("time");
ALTER SEQUENCE fact_monitoring_id OWNED BY fact_monitoring.id;
CREATE UNIQUE INDEX fact_monitoring_stands_once ON fact_monitoring
    (outlet_id, pollutant_code, "time", averaging, manual) NULLS NOT DISTINCT
    WHERE replaced_by_id IS NULL;
CREATE TABLE fact_monitoring_other PARTITION OF fact_monitoring DEFAULT;
ALTER TABLE fact_monitoring_other ADD CONSTRAINT fact_monitoring_outside_the_months
    CHECK ("time" < '2000-01-01' OR "time" >= '2050-01-01');
"""

RULES = """
CREATE FUNCTION fact_keeps_its_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a version of a fact is never deleted: %', TG_TABLE_NAME;
    END IF;
    IF OLD.replaced_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'a replaced version of a fact never changes: %', TG_TABLE_NAME;
    END IF;
    IF to_jsonb(NEW) - 'replaced_by_id' - 'replaced_on'
        <> to_jsonb(OLD) - 'replaced_by_id' - 'replaced_on' THEN
        RAISE EXCEPTION 'a fact is never rewritten, only succeeded: %', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registry_only_appends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nothing here is changed or deleted: %', TG_TABLE_NAME;
END $$;

CREATE FUNCTION registry_import_keeps_its_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an import is never deleted';
    END IF;
    IF OLD.state IN ('taken', 'abandoned') AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'an import that was % stays so', OLD.state;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER only_appends BEFORE UPDATE OR DELETE ON registry_merge
    FOR EACH ROW EXECUTE FUNCTION registry_only_appends();
CREATE TRIGGER only_appends BEFORE UPDATE OR DELETE ON registry_distinction
    FOR EACH ROW EXECUTE FUNCTION registry_only_appends();
CREATE TRIGGER keeps_its_end BEFORE UPDATE OR DELETE ON registry_import
    FOR EACH ROW EXECUTE FUNCTION registry_import_keeps_its_end();
"""

TABLES = (
    "enterprises",
    "lines",
    "equipment",
    "energy",
    "energy_inputs",
    "outputs",
    "outlets",
    "permitted",
    "conditions",
    "monitoring",
    "allowances",
    "tests",
    "hazards",
    "permits",
)

KEEPS = "".join(
    f"CREATE TRIGGER keeps_its_content BEFORE UPDATE OR DELETE ON fact_{table} "
    "FOR EACH ROW EXECUTE FUNCTION fact_keeps_its_content();\n"
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.RunSQL(MONITORING, migrations.RunSQL.noop),
        migrations.RunSQL(RULES + KEEPS, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE SCHEMA IF NOT EXISTS staging", "DROP SCHEMA IF EXISTS staging CASCADE"
        ),
    ]

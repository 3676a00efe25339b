"""What the database itself refuses of the capacity ledger, and whom it shows it.

Checked once a statement over all that came (an import brings thousands), not row by row. What must
hold between a posting and its entry is asked in the same statement that brings both, so nothing can
be added to an entry afterwards: places count from 1, and each is taken once.

Only where something leaves an account the lines are locked and their accounts asked for, so that
whoever books the same line at the same time waits, and then sees what is left. With one snapshot
for a whole transaction (repeatable read) that cannot be seen; such a booking is refused.

Queries over what came are planned anew each time (EXECUTE): one entry now, ten thousand then.
"""

from django.db import migrations

RULES = r"""
ALTER TABLE registry_capacityentry ADD CONSTRAINT capacity_entry_has_one_ground CHECK (
    num_nonnulls(of_import_id, standing_no, act_key, document_id, corrects_id) = 1
    AND (corrects_id IS NOT NULL) = (kind = 'counter')
    AND (act_key IS NOT NULL) = (kind = 'act')
    AND (standing_no IS NOT NULL) = (kind IN ('found', 'lifted'))
    AND (document_id IS NOT NULL) = (kind = 'replacement')
    AND (act_key IS NULL) = (case_no IS NULL)
);

CREATE FUNCTION capacity_refuse(said text, entry bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'capacity ledger: entry % %', entry, said
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'capacity_ledger';
END $$;

CREATE FUNCTION capacity_entries_came() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wrong bigint;
BEGIN
    EXECUTE 'SELECT id FROM came AS c WHERE NOT EXISTS (SELECT FROM registry_capacityposting AS p '
        'WHERE p.entry_id = c.id) LIMIT 1' INTO wrong;
    IF wrong IS NOT NULL THEN PERFORM capacity_refuse('has no postings', wrong); END IF;
    EXECUTE 'SELECT id FROM came AS c WHERE NOT EXISTS (SELECT FROM registry_productionline AS l '
        'WHERE l.line_id = c.line_id) LIMIT 1' INTO wrong;
    IF wrong IS NOT NULL THEN PERFORM capacity_refuse('is of no line', wrong); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION capacity_postings_came() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wrong bigint; leaves text[];
BEGIN
    EXECUTE 'SELECT c.entry_id FROM came AS c LEFT JOIN registry_capacityentry AS e '
        'ON e.id = c.entry_id AND e.line_id = c.line_id AND e.product = c.product '
        'AND e.unit = c.unit AND e.effective_on = c.effective_on AND e.known_on = c.known_on '
        'WHERE e.id IS NULL LIMIT 1' INTO wrong;
    IF wrong IS NOT NULL THEN
        PERFORM capacity_refuse('mixes lines, products, units or days', wrong);
    END IF;
    EXECUTE 'SELECT entry_id FROM came GROUP BY entry_id HAVING sum(amount) <> 0 '
        'OR min(place) <> 1 OR max(place) <> count(*) LIMIT 1' INTO wrong;
    IF wrong IS NOT NULL THEN PERFORM capacity_refuse('does not balance', wrong); END IF;
    EXECUTE 'SELECT array_agg(DISTINCT line_id) FROM came WHERE amount < 0 AND account <> ''origin'''
        INTO leaves;
    IF leaves IS NOT NULL THEN PERFORM capacity_must_suffice(leaves); END IF;
    EXECUTE 'SELECT e.id FROM registry_capacityentry AS e WHERE e.kind = ''counter'' AND e.id IN '
        '(SELECT entry_id FROM came) AND NOT capacity_is_opposite(e.id, e.corrects_id) LIMIT 1'
        INTO wrong;
    IF wrong IS NOT NULL THEN
        PERFORM capacity_refuse('is not the opposite of what it corrects', wrong);
    END IF;
    RETURN NULL;
END $$;

-- No account of these lines may be below zero at the end of any day.
CREATE FUNCTION capacity_must_suffice(lines text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found record;
BEGIN
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        RAISE EXCEPTION 'capacity ledger: booked in one snapshot, what others book is not seen';
    END IF;
    PERFORM FROM registry_productionline WHERE line_id = ANY (lines)
        ORDER BY line_id FOR NO KEY UPDATE;
    EXECUTE 'SELECT line_id, account, effective_on, stock FROM (SELECT line_id, account, '
        'effective_on, sum(amount) OVER (PARTITION BY line_id, product, unit, enterprise_id, '
        'division_code, industry, account ORDER BY effective_on) AS stock '
        'FROM registry_capacityposting WHERE line_id = ANY ($1) AND account <> ''origin'') AS s '
        'WHERE stock < 0 ORDER BY line_id, effective_on LIMIT 1' INTO found USING lines;
    IF found.line_id IS NOT NULL THEN
        RAISE EXCEPTION 'capacity ledger: line % has % in account % on %',
            found.line_id, found.stock, found.account, found.effective_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'capacity_not_below_zero';
    END IF;
END $$;

CREATE FUNCTION capacity_is_opposite(one bigint, other bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM registry_capacityposting WHERE entry_id IN (one, other)
        GROUP BY line_id, product, unit, enterprise_id, division_code, industry, account,
            effective_on
        HAVING sum(amount) <> 0
    ) AND (SELECT kind <> 'counter' FROM registry_capacityentry WHERE id = other)
$$;

CREATE TRIGGER came AFTER INSERT ON registry_capacityentry REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION capacity_entries_came();
CREATE TRIGGER came AFTER INSERT ON registry_capacityposting REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION capacity_postings_came();
"""

TABLES = ("entry", "posting")
STANDS = "".join(
    f"""
CREATE TRIGGER only_appends BEFORE UPDATE OR DELETE ON registry_capacity{table}
    FOR EACH ROW EXECUTE FUNCTION registry_only_appends();
CREATE TRIGGER is_kept BEFORE TRUNCATE ON registry_capacity{table}
    FOR EACH STATEMENT EXECUTE FUNCTION registry_only_appends();
"""
    for table in TABLES
)

PLACE = "division_code LIKE ANY ((SELECT phaseout_reach('places'))::text[])"
OWN = "enterprise_id = ANY ((SELECT phaseout_reach('usccs'))::text[])"
# A transfer is of two places or owners: who sees one of its postings sees the entry.
POLICIES = {
    "posting": f"{PLACE} OR {OWN}",
    "entry": f"{PLACE} OR {OWN} OR EXISTS (SELECT FROM registry_capacityposting AS seen "
    "WHERE seen.entry_id = registry_capacityentry.id)",
}
SHOWN = "".join(
    f"ALTER TABLE registry_capacity{table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY within_reach ON registry_capacity{table}"
    f" USING (CASE WHEN {condition} THEN true ELSE false END);\n"
    for table, condition in POLICIES.items()
)
FALLS = (
    "".join(
        f"DROP POLICY within_reach ON registry_capacity{table};\n"
        f"ALTER TABLE registry_capacity{table} DISABLE ROW LEVEL SECURITY;\n"
        f"DROP TRIGGER came ON registry_capacity{table};\n"
        f"DROP TRIGGER only_appends ON registry_capacity{table};\n"
        f"DROP TRIGGER is_kept ON registry_capacity{table};\n"
        for table in reversed(TABLES)
    )
    + """
DROP FUNCTION capacity_postings_came();
DROP FUNCTION capacity_entries_came();
DROP FUNCTION capacity_must_suffice(text[]);
DROP FUNCTION capacity_is_opposite(bigint, bigint);
DROP FUNCTION capacity_refuse(text, bigint);
ALTER TABLE registry_capacityentry DROP CONSTRAINT capacity_entry_has_one_ground;
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_capacity_ledger"),
        ("web", "0003_row_security"),
    ]
    operations = [migrations.RunSQL(RULES + STANDS + SHOWN, FALLS)]

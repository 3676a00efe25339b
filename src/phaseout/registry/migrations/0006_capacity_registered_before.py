"""Lines that were registered before there was a ledger are on it, each by the import that told it.

What cases have done to them before is not booked: the ledger would have to guess from which day.
A judgement books what stands outdated the next time it runs; acts book from now on.
"""

from django.db import migrations

REGISTER = """
WITH units AS (
    SELECT * FROM unnest(%(written)s::text[], %(unit)s::text[], %(times)s::numeric[])
        AS u (written, unit, times)
), told AS (
    SELECT v.line_id, coalesce(v.product, '') AS product, u.unit,
        round(v.capacity * u.times, 6) AS amount, v.uscc, v.division_code, v.industry, v.known_on,
        v.taken_by_id, coalesce(least(v.commissioned_on, v.known_on), v.known_on) AS since
    FROM fact_lines AS v JOIN units AS u ON u.written = v.capacity_unit
    WHERE v.replaced_by_id IS NULL AND round(v.capacity * u.times, 6) > 0
), entry AS (
    INSERT INTO registry_capacityentry AS e (kind, line_id, enterprise_id, division_code, product,
        unit, effective_on, known_on, of_import_id, case_number, act_kind, reason)
    SELECT 'registration', line_id, uscc, division_code, product, unit, since, known_on,
        taken_by_id, '', '', '' FROM told ORDER BY line_id
    RETURNING e.id, e.line_id
)
INSERT INTO registry_capacityposting (entry_id, place, line_id, enterprise_id, division_code,
    industry, product, unit, account, amount, effective_on, known_on)
SELECT e.id, side.place, t.line_id, t.uscc, t.division_code, t.industry, t.product, t.unit,
    side.account, side.sign * t.amount, t.since, t.known_on
FROM entry AS e JOIN told AS t USING (line_id)
CROSS JOIN (VALUES (1, 'origin', -1), (2, 'registered', 1)) AS side (place, account, sign)
"""


def register(apps, editor):
    from phaseout.registry.capacity.units import counted_in

    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT capacity_unit FROM fact_lines WHERE capacity_unit IS NOT NULL"
        )
        found = [(written, counted_in(written)) for (written,) in cursor.fetchall()]
        known = [(written, *counted) for written, counted in found if counted is not None]
        if known:
            names = ("written", "unit", "times")
            given = {name: [each[at] for each in known] for at, name in enumerate(names)}
            cursor.execute(REGISTER, given)


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_capacity_stands")]
    operations = [migrations.RunPython(register, migrations.RunPython.noop)]

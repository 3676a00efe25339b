"""Handovers stand like all acts, and are seen with the visit they are of."""

from django.db import migrations

ON = """
CREATE TRIGGER handover_stands BEFORE UPDATE OR DELETE ON inspections_handover
  FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER handover_is_kept BEFORE TRUNCATE ON inspections_handover
  FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
ALTER TABLE inspections_handover ENABLE ROW LEVEL SECURITY;
CREATE POLICY within_reach ON inspections_handover
  USING (CASE WHEN EXISTS (SELECT FROM inspections_assignedinspector AS seen
    WHERE seen.id = inspections_handover.leaves_id) THEN true ELSE false END);
"""
OFF = """
DROP POLICY IF EXISTS within_reach ON inspections_handover;
ALTER TABLE inspections_handover DISABLE ROW LEVEL SECURITY;
DROP TRIGGER handover_is_kept ON inspections_handover;
DROP TRIGGER handover_stands ON inspections_handover;
"""


class Migration(migrations.Migration):
    dependencies = [("inspections", "0004_reassigning")]
    operations = [migrations.RunSQL(ON, OFF)]

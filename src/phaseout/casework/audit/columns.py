"""Whether the columns of each act, by which people find and read it, say what its record says.

The comparison is written out here: a function in the database could have been altered with it.
"""

from __future__ import annotations

import psycopg

from phaseout.casework.audit.verifying import MOST_SHOWN, Report, Wrong

DIFFER = """
SELECT number, place FROM (
  SELECT c.number, a.*, a.record::jsonb AS r, u.username, s.username AS signer
  FROM casework_act AS a
  JOIN casework_case AS c ON c.id = a.case_id
  JOIN accounts_user AS u ON u.id = a.by_id
  LEFT JOIN accounts_user AS s ON s.id = a.signed_by_id
) AS act
WHERE NOT (
  r ->> 'case' = number
  AND (r ->> 'place')::int = place
  AND r ->> 'kind' = kind
  AND (r ->> 'done_on')::date = done_on
  AND (r ->> 'served_on')::date IS NOT DISTINCT FROM served_on
  AND r -> 'by' ->> 'user' = username
  AND r -> 'signed_by' ->> 'user' IS NOT DISTINCT FROM signer
  AND r ->> 'function' = function
  AND r ->> 'office' = office
  AND r -> 'organisation' = jsonb_build_array(organisation_zh, organisation_en)
  AND r -> 'basis' = basis
  AND r -> 'facts' = facts
  AND r -> 'detail' = detail
  AND r ->> 'reason' = reason
  AND (r ->> 'key')::uuid = key
  AND (r ->> 'recorded_at')::timestamptz = recorded_at
)
ORDER BY case_id, place LIMIT %s
"""


def compare(connection: psycopg.Connection, report: Report) -> None:
    """Add to the report the acts whose columns say something else, the first ones by name."""
    with connection.cursor() as cursor:
        for number, place in cursor.execute(DIFFER, [MOST_SHOWN]):
            words = "各栏内容与记录原文不符", "its columns differ from its record"
            report.add(Wrong("columns_differ", f"{number} #{place}", words))

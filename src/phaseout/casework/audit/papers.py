"""Whether each document is still the one whose number and digest its act recorded.

The act is in the chain; the text that PDF and DOCX are made from stands beside it. Recomputed here
from that text, so that a document altered in the database is named by the act that issued it.
"""

from __future__ import annotations

import hashlib
import json

import psycopg

from phaseout.casework.audit.verifying import Report, Wrong
from phaseout.evidence.digests import canonical

AT_ONCE = 500
ISSUED = """
SELECT c.number, a.place, (a.detail -> 'paper')::text, p.document, p.number, p.content::text
FROM casework_act AS a
JOIN casework_case AS c ON c.id = a.case_id
LEFT JOIN casework_issuedpaper AS p ON p.act_id = a.id
WHERE a.detail -> 'paper' IS NOT NULL OR p.id IS NOT NULL
ORDER BY a.case_id, a.place
"""


def compare(connection: psycopg.Connection, report: Report) -> None:
    """Add to the report the acts whose document is gone or says something else."""
    with connection.cursor(name="papers_of_acts") as cursor:
        cursor.itersize = AT_ONCE
        for number, place, recorded, *paper in cursor.execute(ISSUED):
            document, told, content = paper
            if content is None:
                words = "所发文书不见了", "its document is gone"
                report.add(Wrong("paper_missing", f"{number} #{place}", words))
                continue
            digest = hashlib.sha256(canonical(json.loads(content)).encode()).hexdigest()
            if json.loads(recorded or "null") != {
                "document": document,
                "number": told,
                "digest": digest,
            }:
                words = "所发文书与行为所记不符", "its document is not the one that it recorded"
                report.add(Wrong("paper_differs", f"{number} #{place}", words))

"""What exited in a year as the ledger and the cases have it: one query, line by line.

A line counts for what it has put into the accounts of exit within the year, net of what came back:
what was sealed in March and dismantled in June counts once, since it moved between two of them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from phaseout.accounts.rows import whole_reach
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.seats import departments
from phaseout.law.capacity import EXITED, keys_of
from phaseout.law.dismantling.standing import RESTARTED

EQUIPMENT = 400
"""So many characters of equipment a row keeps."""


def exited(year: int, *, prefix: str = "", department: str = "") -> list[tuple[str, Row]]:
    """(department, row) of each line that exited in the year, in the order of place, enterprise and
    line; the department is the one that led the case.

    Args:
        prefix: leading digits of division codes; empty: everywhere.
        department: only of that one; empty: of all.

    Read with the whole reach: the ledger of a line rests on cases of several departments. Callers
    narrow by `prefix` to what their reader may see.
    """
    with whole_reach(), connection.cursor() as cursor:
        cursor.execute(_EXITED, _given(year, prefix))
        names = [column.name for column in cursor.description]
        found = [_row(dict(zip(names, values, strict=True))) for values in cursor.fetchall()]
    return [pair for pair in found if department in ("", pair[0])]


def amounts(year: int, *, prefix: str = "") -> dict[tuple[str, str], Decimal]:
    """(line, unit) → what the ledger says exited in the year, whichever department led; lines of
    which more came back than went out are less than zero."""
    with whole_reach(), connection.cursor() as cursor:
        cursor.execute(_NET, _given(year, prefix))
        return {(line, unit): amount for line, unit, amount in cursor.fetchall()}


def decided(year: int, department: str, *, prefix: str = "") -> dict[tuple[str, str], Decimal]:
    """(line, unit) → what the acts of the department's cases brought to exit in the year, as they
    stood on their day: what was countered or restarted since is still in it."""
    with whole_reach(), connection.cursor() as cursor:
        cursor.execute(_DECIDED, {**_given(year, prefix), "department": department})
        return {(line, unit): amount for line, unit, amount in cursor.fetchall()}


def _given(year: int, prefix: str) -> dict[str, Any]:
    return {
        "exited": list(keys_of(EXITED)),
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
        "place": f"{prefix}%",
        "restarted": sorted(RESTARTED),
    }


def _row(told: dict[str, Any]) -> tuple[str, Row]:
    department = told.pop("department")
    told["equipment"] = (told["equipment"] or told.pop("line_name"))[:EQUIPMENT]
    told.pop("line_name", None)
    told["remarks"] = ""
    return department if department in departments() else departments()[0], Row(**told)


# A counter-entry belongs to the case of what it counters.
_WENT = """
went AS (
    SELECT p.line_id, p.unit, coalesce(e.case_no, o.case_no) AS case_no, sum(p.amount) AS amount,
        (array_agg(p.account ORDER BY p.entry_id DESC) FILTER (WHERE p.amount > 0))[1] AS way,
        (array_agg(p.enterprise_id ORDER BY p.entry_id DESC))[1] AS uscc,
        (array_agg(p.division_code ORDER BY p.entry_id DESC))[1] AS division_code,
        (array_agg(p.industry ORDER BY p.entry_id DESC))[1] AS industry
    FROM registry_capacityposting AS p
    JOIN registry_capacityentry AS e ON e.id = p.entry_id
    LEFT JOIN registry_capacityentry AS o ON o.id = e.corrects_id
    WHERE p.account = ANY(%(exited)s) AND p.effective_on BETWEEN %(first)s AND %(last)s
        AND p.division_code LIKE %(place)s
    GROUP BY 1, 2, 3
)"""

_NET = """
SELECT line_id, unit, sum(amount) FROM registry_capacityposting
WHERE account = ANY(%(exited)s) AND effective_on BETWEEN %(first)s AND %(last)s
    AND division_code LIKE %(place)s
GROUP BY 1, 2 HAVING sum(amount) <> 0
"""

_DECIDED = """
SELECT p.line_id, p.unit, sum(p.amount)
FROM registry_capacityposting AS p
JOIN registry_capacityentry AS e ON e.id = p.entry_id
JOIN casework_case AS c ON c.id = e.case_no
WHERE e.kind = 'act' AND p.amount > 0 AND c.lead_function = %(department)s
    AND p.account = ANY(%(exited)s) AND p.effective_on BETWEEN %(first)s AND %(last)s
    AND p.division_code LIKE %(place)s
GROUP BY 1, 2
"""

# What was cut, sealed or dismantled before a restart counts no more. A line may exit by a case of
# its own that follows a decision in another: its dates are those of all its cases.
_EXITED = (
    "WITH"
    + _WENT
    + """, of_department AS (
    SELECT w.line_id, w.unit, c.lead_function AS department, sum(w.amount) AS amount,
        (array_agg(w.way ORDER BY w.case_no DESC) FILTER (WHERE w.way IS NOT NULL))[1] AS way,
        (array_agg(w.uscc ORDER BY w.case_no DESC))[1] AS uscc,
        (array_agg(w.division_code ORDER BY w.case_no DESC))[1] AS division_code,
        (array_agg(w.industry ORDER BY w.case_no DESC))[1] AS industry,
        (array_agg(c.dimension ORDER BY w.case_no DESC))[1] AS dimension, max(c.id) AS case_id
    FROM went AS w LEFT JOIN casework_case AS c ON c.id = w.case_no
    GROUP BY 1, 2, 3 HAVING sum(w.amount) > 0
)
SELECT d.department, d.division_code, d.industry, f.name AS enterprise, d.uscc, d.way,
    coalesce(d.dimension, '') AS dimension, q.equipment, q.quantity, d.amount, d.unit, t.cut_on,
    t.sealed_on, t.dismantled_on, t.accepted_on, coalesce(n.number, '') AS document, d.line_id,
    d.case_id, l.name AS line_name
FROM of_department AS d
JOIN registry_enterprise AS f ON f.uscc = d.uscc
JOIN registry_productionline AS l ON l.line_id = d.line_id
LEFT JOIN LATERAL (
    SELECT string_agg(s.type || CASE WHEN s.n > 1 THEN '×' || s.n ELSE '' END, '；'
            ORDER BY s.type) AS equipment, sum(s.n)::int AS quantity
    FROM (
        SELECT v.type, count(DISTINCT v.equipment_id) AS n FROM fact_equipment AS v
        WHERE v.line_id = d.line_id AND v.replaced_by_id IS NULL GROUP BY v.type
    ) AS s
) AS q ON true
LEFT JOIN LATERAL (
    SELECT max(a.done_on) FILTER (WHERE a.kind IN ('cut_water', 'cut_power')) AS cut_on,
        max(a.done_on) FILTER (WHERE a.kind = 'record_sealed') AS sealed_on,
        max(a.done_on) FILTER (WHERE a.kind = 'dismantle') AS dismantled_on,
        max(a.done_on) FILTER (WHERE a.kind IN ('acceptance_passed', 'verify_stopped'))
            AS accepted_on
    FROM casework_case AS c JOIN casework_act AS a ON a.case_id = c.id
    WHERE c.line_id = d.line_id AND a.done_on <= %(last)s AND a.place > coalesce((
        SELECT max(r.place) FROM casework_act AS r
        WHERE r.case_id = c.id AND r.kind = ANY(%(restarted)s)), 0)
) AS t ON true
LEFT JOIN LATERAL (
    SELECT i.number FROM casework_issuedpaper AS i JOIN casework_case AS c ON c.id = i.case_id
    WHERE c.line_id = d.line_id AND i.number <> '' AND i.withdrawn_by_id IS NULL
        AND i.document IN ('closure_decision', 'elimination_decision', 'ban_record',
            'exit_confirmation')
        AND i.issued_on <= %(last)s
    ORDER BY i.document = 'exit_confirmation', i.issued_on DESC LIMIT 1
) AS n ON true
ORDER BY d.division_code, d.uscc, d.line_id, d.unit, d.department
"""
)

"""Found outdated, or no longer: booked with the judgement that found it, in its transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class Stands:
    """How a line stands: the number of the standing, whether it finds the line outdated, and since
    when it is the answer."""

    line_id: str
    number: int
    outdated: bool
    since: date


def book_standings(standings: Iterable[Stands], day: date) -> int:
    """Move what is registered or restored of a line that stands outdated, and what was found
    outdated of one that does not; returns how many entries. What is in a case stays in it; what a
    case has restored stays so until a standing is newer than that.

    An entry counts from `day`, or from when what it moves was there, if that is later. One
    statement for all lines; in the order of their ids, as everybody takes them.
    """
    told = sorted(standings, key=lambda each: each.line_id)
    if not told:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _BOOK,
            {
                "lines": [each.line_id for each in told],
                "numbers": [each.number for each in told],
                "outdated": [each.outdated for each in told],
                "since": [each.since for each in told],
                "day": day,
            },
        )
        ((count,),) = cursor.fetchall()
    return int(count)


_BOOK = """
WITH told AS (
    SELECT * FROM unnest(%(lines)s::text[], %(numbers)s::bigint[], %(outdated)s::boolean[],
        %(since)s::date[]) AS t (line_id, number, outdated, since)
), moving AS MATERIALIZED (
    SELECT p.line_id, p.product, p.unit, p.enterprise_id, p.division_code, p.industry, p.account,
        t.number, t.outdated, sum(p.amount) AS amount,
        greatest(max(p.effective_on), %(day)s) AS effective_on,
        greatest(max(p.known_on), %(day)s) AS known_on
    FROM registry_capacityposting AS p JOIN told AS t USING (line_id)
    WHERE p.account = ANY (CASE WHEN t.outdated THEN '{registered,restored}'::text[]
        ELSE '{outdated}'::text[] END)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(p.amount) > 0
        AND (p.account <> 'restored' OR min(t.since) > max(p.effective_on))
), entry AS (
    INSERT INTO registry_capacityentry AS e (kind, line_id, enterprise_id, division_code, product,
        unit, effective_on, known_on, standing_no, case_number, act_kind, reason)
    SELECT CASE WHEN outdated THEN 'found' ELSE 'lifted' END, line_id, min(enterprise_id),
        min(division_code), product, unit, max(effective_on), max(known_on), number, '', '', ''
    FROM moving GROUP BY line_id, product, unit, number, outdated ORDER BY line_id
    RETURNING e.id, e.line_id, e.product, e.unit, e.effective_on, e.known_on
), posting AS (
    INSERT INTO registry_capacityposting (entry_id, place, line_id, enterprise_id, division_code,
        industry, product, unit, account, amount, effective_on, known_on)
    SELECT e.id, row_number() OVER (PARTITION BY e.id ORDER BY m.enterprise_id, m.account, sign),
        m.line_id, m.enterprise_id, m.division_code, m.industry, m.product, m.unit,
        CASE WHEN sign < 0 THEN m.account WHEN m.outdated THEN 'outdated' ELSE 'registered' END,
        sign * m.amount, e.effective_on, e.known_on
    FROM entry AS e JOIN moving AS m USING (line_id, product, unit)
    CROSS JOIN (VALUES (-1), (1)) AS side (sign)
)
SELECT count(*) FROM entry
"""

"""Periods that stand still: the time of a hearing or of a suspended case is not counted in some.

The last day that is kept of such a period is that of the day of the case's last act; while the
pause goes on it moves with each day. So nothing is told of it, and pages say that it stands still,
until an act ends the pause and the last day is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.db import connection

from phaseout.casework.models import Act, CaseDeadline
from phaseout.law.procedures import PROCEDURES, procedure, versions

MAKE = """
DROP TABLE IF EXISTS pauses;
CREATE TEMPORARY TABLE pauses (procedure text, version text, period text, since text, until text)
  ON COMMIT DROP;
INSERT INTO pauses SELECT * FROM unnest(
  %s::text[], %s::text[], %s::text[], %s::text[], %s::text[]);
ANALYZE pauses
"""

NOT_PAUSED = """
 AND NOT (d.period = ANY(%(pausing)s) AND EXISTS (
  SELECT FROM pauses AS p WHERE p.procedure = c.procedure AND p.version = c.procedure_version
    AND p.period = d.period AND EXISTS (
      SELECT FROM casework_act AS b WHERE b.case_id = d.case_id AND b.kind = p.since
        AND b.place >= d.opened_by AND NOT EXISTS (
          SELECT FROM casework_act AS e WHERE e.case_id = d.case_id AND e.kind = p.until
            AND e.place > b.place))))
"""
"""Of a deadline `d` of a case `c`: no pause of its period goes on."""


@cache
def pauses() -> tuple[tuple[str, str, str, str, str], ...]:
    """Procedure, version, period, the act that begins a pause and the one that ends it."""
    return tuple(
        (name, version, period.id, since, until)
        for name in PROCEDURES
        for version in (first.isoformat() for first, _ in versions(name))
        for period in procedure(name, version=version).periods.values()
        if period.length is not None
        for since, until in period.length.pauses
    )


@cache
def pausing() -> tuple[str, ...]:
    """The periods that can stand still."""
    return tuple(sorted({period for _, _, period, _, _ in pauses()}))


def lay_pauses() -> None:
    """Write `pauses`, inside a transaction, at whose end it is gone."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE, [list(column) for column in zip(*pauses(), strict=True)])


def paused(deadlines: Iterable[CaseDeadline]) -> set[int]:
    """Ids of those that stand still now; one query, or none where none can. Their cases are
    loaded."""
    asked = {one.pk: one for one in deadlines if one.period in pausing()}
    if not asked:
        return set()
    acts: dict[int, list[tuple[int, str]]] = {}
    cases = {one.case_id for one in asked.values()}
    for case_id, place, kind in Act.objects.filter(case_id__in=cases).values_list(
        "case_id", "place", "kind"
    ):
        acts.setdefault(case_id, []).append((place, kind))
    return {pk for pk, one in asked.items() if _stands_still(one, sorted(acts[one.case_id]))}


def _stands_still(one: CaseDeadline, acts: list[tuple[int, str]]) -> bool:
    for name, version, period, since, until in pauses():
        if (name, version, period) != (one.case.procedure, one.case.procedure_version, one.period):
            continue
        last = {kind: place for place, kind in acts if place >= one.opened_by}
        if last.get(since, 0) > last.get(until, 0):
            return True
    return False

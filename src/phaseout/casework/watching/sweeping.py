"""The nightly sweep: what fell due since the last one is told, each once.

    sweep(on)     one durable transaction; late, twice, broken off: no harm

A sweep goes over the last days of periods, not over cases: for each step of the table it reads, by
the index `deadline_due`, the going deadlines whose day has come since the last sweep, and writes
their notices with one statement. Deadlines that came in too late for that (`LateComer`) are read
besides. A row that is there already stays: the unique constraints make a repetition harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from phaseout.casework.models import LateComer, Sweep, TaskStanding
from phaseout.casework.tasks.telling import sweep_tasks
from phaseout.casework.watching.pausing import NOT_PAUSED, lay_pauses, pausing
from phaseout.casework.watching.steps import Span, Step, spans, steps
from phaseout.casework.watching.watchers import lay_watchers

TURN = "phaseout.sweeping"

DUE = """
SELECT d.case_id, d.period, d.opened_by, d.due, d.whose, d.office, d.division_code,
  c.enterprise_id, c.lead_function
FROM casework_casedeadline AS d JOIN casework_case AS c ON c.id = d.case_id
WHERE d.going AND d.kind = %(kind)s AND d.due > %(after)s AND d.due <= %(until)s{more}
"""
"""By the index: `going` and `due`; then what the period and its step ask."""
BY_DAY = " AND d.due + %(days)s >= d.runs_from"
"""A step that would lie before the period itself is left out: whoever opened it knows."""
LATE = """
 AND d.due + %(days)s <= %(on)s
 AND (d.case_id, d.period, d.opened_by) IN (SELECT case_id, period, opened_by FROM late)
"""
LATE_NOW = """
DROP TABLE IF EXISTS late;
CREATE TEMPORARY TABLE late (id bigint, case_id bigint, period text, opened_by integer)
  ON COMMIT DROP;
INSERT INTO late SELECT id, case_id, period, opened_by FROM casework_latecomer AS l
WHERE NOT EXISTS (SELECT FROM casework_casedeadline AS d WHERE d.going AND d.due >= %s
  AND (d.case_id, d.period, d.opened_by) = (l.case_id, l.period, l.opened_by));
DELETE FROM casework_latecomer WHERE id IN (SELECT id FROM late)
"""

# Whom a step tells. The officer is who did the last act of the case in its office as an officer: a
# leader who signed or an inspector who sealed carries the case no further. Where no officer who did
# one has a post there any more, it is whoever else did the last act; where nobody is left, the
# office's leaders.
OFFICER = """
SELECT user_id FROM (
  SELECT a.by_id AS user_id FROM casework_act AS a
  JOIN watchers AS w ON w.user_id = a.by_id AND w.office = due.office
  WHERE a.case_id = due.case_id AND a.office = due.office
  ORDER BY (w.role = 'officer') DESC, a.place DESC LIMIT 1) AS last
"""
NO_OFFICER = """
SELECT w.user_id FROM watchers AS w
WHERE w.office = due.office AND w.role = 'leader' AND due.division_code LIKE w.prefix || '%%'
  AND NOT EXISTS (SELECT FROM casework_act AS a JOIN watchers AS o
    ON o.user_id = a.by_id AND o.office = a.office
    WHERE a.case_id = due.case_id AND a.office = due.office)
"""
LEADER = """
SELECT w.user_id FROM watchers AS w
WHERE w.office = due.office AND w.role = 'leader' AND due.division_code LIKE w.prefix || '%%'
"""
ENTERPRISE = """
SELECT w.user_id FROM watchers AS w
WHERE due.whose = 'enterprise' AND w.office = due.enterprise_id AND w.role = 'enterprise'
"""
# Above a city stands the region's lead function, above that the government.
SUPERIOR = """
SELECT w.user_id FROM watchers AS w
WHERE w.role = 'leader' AND due.division_code LIKE w.prefix || '%%' AND w.office =
  CASE WHEN due.office LIKE 'city\\_%%' THEN due.lead_function ELSE 'government' END
"""
INSPECTION = """
SELECT w.user_id FROM watchers AS w
WHERE w.office = 'inspection' AND due.division_code LIKE w.prefix || '%%'
"""
WHOM = {
    "officer": f"{OFFICER} UNION {NO_OFFICER}",
    "leader": LEADER,
    "enterprise": ENTERPRISE,
    "superior": SUPERIOR,
    "inspection": INSPECTION,
}

TELL = """
WITH due AS MATERIALIZED ({due})
INSERT INTO notices_notice
  (user_id, subject, kind, about, place, due, step, given_on, recorded_at)
SELECT told.user_id, 'case:' || due.case_id, %(notice)s, due.period, due.opened_by, due.due,
  %(step)s, %(on)s, now()
FROM due CROSS JOIN LATERAL ({whom}) AS told
ON CONFLICT DO NOTHING
"""
TELL_LAPSES = """
WITH due AS MATERIALIZED ({due}),
lapsed AS (
  INSERT INTO casework_lapse
    (case_id, period, opened_by, due, whose, office, found_on, recorded_at)
  SELECT case_id, period, opened_by, due, whose, office, %(on)s, now() FROM due
  ON CONFLICT DO NOTHING RETURNING 1),
told AS (
  INSERT INTO notices_notice
    (user_id, subject, kind, about, place, due, step, given_on, recorded_at)
  SELECT told.user_id, 'case:' || due.case_id, %(notice)s, due.period, due.opened_by, due.due,
    %(step)s, %(on)s, now()
  FROM due CROSS JOIN LATERAL ({whom}) AS told
  ON CONFLICT DO NOTHING RETURNING 1)
SELECT (SELECT count(*) FROM lapsed), (SELECT count(*) FROM told)
"""
"""The fact and its notices at once: what is due is found once."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep has found: newly lapsed deadlines, notices written."""

    on: date
    lapses: int
    notices: int


def sweep(on: date) -> Swept:
    """Tell what fell due up to `on`, and since the last sweep before it.

    A day that was swept, or lies before one that was (a clock set back), is swept for late comers
    only: all else up to then has been told.
    """
    with transaction.atomic(durable=True):
        _take_turn()
        last = Sweep.objects.order_by("-on").values_list("on", flat=True).first()
        late, new = LateComer.objects.exists(), last is None or last < on
        if not late and not new and not _tasks_to_count():
            return Swept(on, 0, 0)
        lay_watchers(on)
        lay_pauses()
        lapses, notices = _late(on) if late else (0, 0)
        if new:
            more = [_tell(span, on, BY_DAY if span.step.before else "") for span in spans(last, on)]
            lapses += sum(one[0] for one in more)
            notices += sum(one[1] for one in more)
        notices += sweep_tasks(last, on)
        if new:
            Sweep.objects.create(on=on, lapses=lapses, notices=notices)
        return Swept(on, lapses, notices)


def _late(on: date) -> tuple[int, int]:
    """What came in behind the sweep: told when it has run out, kept in mind until then."""
    with connection.cursor() as cursor:
        cursor.execute(LATE_NOW, [on])
    told = [_tell(Span(step, date.min, on), on, LATE) for step in steps(on) if not step.before]
    return sum(one[0] for one in told), sum(one[1] for one in told)


def _tell(span: Span, on: date, more: str) -> tuple[int, int]:
    """One step for all it concerns: lapses recorded, notices written."""
    step = span.step
    asked: dict[str, Any] = {
        "kind": step.kind,
        "after": span.after,
        "until": span.until,
        "days": step.days,
        "on": on,
        "notice": step.notice,
        "step": step.name,
        "pausing": list(pausing()),
    }
    due, whom = DUE.format(more=more + NOT_PAUSED), _whom(step)
    with connection.cursor() as cursor:
        if step.notice == "lapse":
            cursor.execute(TELL_LAPSES.format(due=due, whom=whom), asked)
            lapses, notices = cursor.fetchone()
            return int(lapses), int(notices)
        cursor.execute(TELL.format(due=due, whom=whom), asked)
        return 0, cursor.rowcount


def _whom(step: Step) -> str:
    return " UNION ".join(WHOM[one] for one in step.to)


def _tasks_to_count() -> bool:
    return TaskStanding.objects.filter(ended_on=None, due=None).exists()


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [TURN])

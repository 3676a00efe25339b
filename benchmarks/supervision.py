"""The figures of supervision and the spread of like cases over a million open cases, each beside
the bare SQL that adds up the same rows.

Cases and deadlines are those of the benchmark `cases`; each is given its finding, two of three a
decision, each ninth an extension, each seventh a lapse of its deadline to decide. The bare
statements are as the owner, within no reach: for the figures one GROUP BY a table, over the rows
each figure is told from; for the like cases the three quartiles by city, over the same acts,
grounds and periods. The page is asked through middleware, sign-in and row security, of who reads
the whole, of one who reads a dimension and of a city's.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.cases import DAY, FULL, LEAST, fill, get, signed_in
from benchmarks.inbox import timed
from benchmarks.site import at_least, fresh_site, plain_files

MORE = """
SET session_replication_role = replica;
INSERT INTO casework_judgementrun
  (cause, detail, on_day, started_at, enterprises, judged, begun, ended)
VALUES ('all', '', %(day)s, now(), 0, 0, 0, 0);
INSERT INTO casework_finding (finding_id, digest, dimension, judged_by, enterprise_id, line_id,
  division_code, industry, subject, norm_row, source_id, clause, indicator, period_start,
  period_end, value, comparator, limit_value, unit, ratio, verdict, provisional, reasons, effect,
  summary_zh, summary_en, run_id, found_on, recorded_at)
SELECT 'F' || substr(md5(c.id::text), 1, 20), md5(c.id::text)::uuid, c.dimension, c.dimension,
  c.enterprise_id, c.line_id, c.division_code, 'cement', '熟料', 'energy_limits/1',
  CASE WHEN c.id %% 5 = 0 THEN 'GB16780-2012' ELSE 'GB21340-2013' END, '4.1', '单位产品综合能耗',
  c.opened_on - 400, c.opened_on - 35, 120, '<=', 112, 'kgce/t', 1.07, 'noncompliant', false, '{}',
  'opens', '', '', (SELECT max(id) FROM casework_judgementrun), c.opened_on - 3, now()
FROM casework_case AS c;
INSERT INTO casework_ground (case_id, finding_id, act_id)
SELECT c.id, f.id, a.id FROM casework_case AS c
JOIN casework_finding AS f ON f.finding_id = 'F' || substr(md5(c.id::text), 1, 20)
JOIN casework_act AS a ON a.case_id = c.id;
INSERT INTO casework_act (case_id, place, kind, done_on, by_id, function, office,
  organisation_zh, organisation_en, basis, facts, detail, reason, key, recorded_at, record,
  previous, digest)
SELECT a.case_id, 2, 'order_rectification', a.done_on + 20 + (a.case_id %% 40)::int,
  a.by_id, a.function, a.office, '', '', '[]', '{}', '{}', '', gen_random_uuid(), now(), '', '',
  md5('decided' || a.case_id)
FROM casework_act AS a WHERE a.place = 1 AND a.case_id %% 3 > 0;
INSERT INTO casework_act (case_id, place, kind, done_on, by_id, function, office,
  organisation_zh, organisation_en, basis, facts, detail, reason, key, recorded_at, record,
  previous, digest)
SELECT a.case_id, 3, 'grant_extension', a.done_on + 90, a.by_id, a.function, a.office, '', '', '[]',
  '{}', '{}', '', gen_random_uuid(), now(), '', '', md5('extended' || a.case_id)
FROM casework_act AS a WHERE a.place = 2 AND a.case_id %% 9 = 1;
INSERT INTO casework_lapse (case_id, period, opened_by, due, whose, office, found_on, recorded_at)
SELECT c.id, 'order.decision_time', 1, c.opened_on + 30, 'lead', c.office, c.opened_on + 31, now()
FROM casework_case AS c WHERE c.id %% 7 = 0 AND c.opened_on + 31 <= %(day)s;
INSERT INTO casework_casedeadline (case_id, period, opened_by, kind, whose, runs_from, due,
  uncounted, going, office, division_code, dimension)
SELECT c.id, 'order.decision_time', 1, 'duty', 'lead', c.opened_on, c.opened_on + 30, false, false,
  c.office, c.division_code, c.dimension
FROM casework_case AS c WHERE c.id %% 2 > 0 OR c.id %% 7 = 0;
SET session_replication_role = DEFAULT;
"""

FIGURES = (
    """
SELECT left(division_code, 4), lead_function, count(*), count(*) FILTER (WHERE closed_on IS NULL),
  count(*) FILTER (WHERE stage IN ('opened', 'failed')),
  count(*) FILTER (WHERE id IN (SELECT case_id FROM casework_casedeadline
    WHERE going AND kind IN ('duty', 'measure') AND due < %(day)s))
FROM casework_case WHERE closed_on IS NULL OR closed_on BETWEEN %(first)s AND %(day)s GROUP BY 1, 2
""",
    """
SELECT left(d.division_code, 4), c.lead_function, count(*),
  count(*) FILTER (WHERE d.going OR l.id IS NOT NULL),
  count(*) FILTER (WHERE d.whose = 'lead')
FROM casework_casedeadline AS d JOIN casework_case AS c ON c.id = d.case_id
LEFT JOIN casework_lapse AS l USING (case_id, period, opened_by, due)
WHERE d.kind IN ('duty', 'measure') AND d.due >= %(first)s AND d.due < %(day)s GROUP BY 1, 2
""",
    """
SELECT left(d.division_code, 4), c.lead_function, count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM casework_act AS a WHERE a.case_id = d.case_id AND a.kind = 'grant_extension'))
FROM casework_casedeadline AS d JOIN casework_case AS c ON c.id = d.case_id
WHERE d.period = 'rectification' AND d.runs_from BETWEEN %(first)s AND %(day)s GROUP BY 1, 2
""",
    """
SELECT office, count(*), count(*) FILTER (WHERE due < %(day)s) FROM casework_taskstanding
WHERE ended_on IS NULL AND state <> 'reported' GROUP BY 1
""",
    """
SELECT left(c.division_code, 4), c.lead_function, count(*)
FROM casework_lapse AS l JOIN casework_case AS c ON c.id = l.case_id
WHERE l.due BETWEEN %(first)s AND %(day)s GROUP BY 1, 2
""",
)
ALIKE = """
WITH decided AS (
  SELECT case_id, min(done_on) FILTER (WHERE kind = 'order_rectification') AS decided_on,
    sum((facts ->> 'amount')::numeric) AS fine, bool_or(kind = 'grant_extension') AS extended
  FROM casework_act GROUP BY case_id
), ground AS (
  SELECT g.case_id, min(f.found_on) AS found_on
  FROM casework_ground AS g JOIN casework_finding AS f ON f.id = g.finding_id GROUP BY g.case_id
), period AS (
  SELECT DISTINCT ON (case_id) case_id, due - runs_from AS days FROM casework_casedeadline
  WHERE kind = 'measure' ORDER BY case_id, opened_by, id
)
SELECT left(c.division_code, 4), count(*), count(*) FILTER (WHERE extended),
  percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY decided_on - found_on),
  percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY days),
  percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY fine)
FROM casework_case AS c JOIN registry_productionline AS l ON l.line_id = c.line_id
LEFT JOIN decided ON decided.case_id = c.id LEFT JOIN ground ON ground.case_id = c.id
LEFT JOIN period ON period.case_id = c.id
WHERE c.procedure = 'energy' AND l.industry = 'cement' GROUP BY GROUPING SETS ((1), ())
"""
ROOT = "/coordination/supervision/"
LIKE = f"{ROOT}spread/?procedure=energy&industry=cement"


def run(size: float = 1.0) -> None:
    with fresh_site(), plain_files():
        fill(at_least(LEAST, FULL, size))
        _fill_more()
        _pages()


def _fill_more() -> None:
    from django.db import connection

    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(MORE, {"day": DAY})
        cursor.execute("VACUUM ANALYZE")
    print(f"findings, decisions, lapses written in {time.perf_counter() - started:.1f} s")


def _pages() -> None:
    print(f"{'':<44}{'page':>11}{'bare':>11}   ratio")
    for name, address, bare in (
        ("figures", ROOT, _bare(*FIGURES)),
        ("like cases", LIKE, _bare(ALIKE)),
    ):
        for username in ("leader", "eic-leader", "yinchuan-leader"):
            taken, beside = timed(get(signed_in(username), address), bare)
            told = f"{name} of {username}"
            print(f"{told:<44}{taken * 1e3:8.0f} ms{beside * 1e3:8.0f} ms   {taken / beside:.2f}")
    begun = time.perf_counter()
    get(signed_in("eic-leader"), "/")()
    print(f"the home page of who supervises, reckoned anew: {time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    get(signed_in("eic-leader"), "/")()
    print(f"the same once more: {time.perf_counter() - begun:.2f} s")


def _bare(*statements: str) -> Any:
    first = DAY.replace(month=1, day=1)

    def ask() -> Any:
        from django.db import connection

        rows = []
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, {"day": DAY, "first": first})
                rows.append(cursor.fetchall())
        return rows

    return ask

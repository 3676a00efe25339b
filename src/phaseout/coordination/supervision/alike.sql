-- Like cases, one row each: what was ordered, the length of its first period, whether it was
-- extended, fines, the days from the first finding to the first decision, the outcome.
-- What is chosen is a query of the ids, narrowed to who reads. Each of the three tables is read once
-- and added up by case: looking each case up in it would take as many steps as there are cases. The
-- first of several is the least array that begins with what they are ordered by.
WITH chosen AS MATERIALIZED ({chosen}),
acts AS (
  SELECT a.case_id, min(a.done_on) FILTER (WHERE a.kind = ANY(%(decisions)s)) AS decided_on,
    array_agg(a.kind) FILTER (WHERE a.kind = ANY(%(decisions)s)) AS ordered,
    bool_or(a.kind = ANY(%(lengthening)s)) AS extended,
    sum((a.facts ->> 'amount')::numeric) FILTER (
      WHERE a.kind = ANY(%(fines)s) AND a.facts ->> 'amount' ~ '^[0-9]+([.][0-9]+)?$'
    ) AS fine
  FROM chosen JOIN casework_act AS a ON a.case_id = chosen.id
  WHERE a.kind = ANY(%(decisions)s::text[] || %(lengthening)s::text[] || %(fines)s::text[])
  GROUP BY a.case_id
),
grounds AS (
  SELECT r.case_id, min(f.found_on) AS found_on,
    (min(ARRAY[lpad(r.id::text, 20, '0'), f.source_id] COLLATE "C"))[2] AS source_id
  FROM chosen JOIN casework_ground AS r ON r.case_id = chosen.id
  JOIN casework_finding AS f ON f.id = r.finding_id
  GROUP BY r.case_id
),
periods AS (
  SELECT x.case_id, (min(ARRAY[x.opened_by, x.id, x.due - x.runs_from]))[3] AS period
  FROM chosen JOIN casework_casedeadline AS x ON x.case_id = chosen.id
  WHERE x.kind = 'measure' AND x.due IS NOT NULL
  GROUP BY x.case_id
),
facts AS MATERIALIZED (
  SELECT c.id, left(c.division_code, 4) AS city, c.opened_on, c.closed_on, c.stage,
    g.source_id, d.ordered, coalesce(d.extended, false) AS extended, d.fine, p.period,
    d.decided_on - g.found_on AS wait
  FROM chosen
  JOIN casework_case AS c ON c.id = chosen.id
  LEFT JOIN acts AS d ON d.case_id = c.id
  LEFT JOIN grounds AS g ON g.case_id = c.id
  LEFT JOIN periods AS p ON p.case_id = c.id
  WHERE %(cause)s = '' OR g.source_id = %(cause)s
)

-- Like cases, one row each: what was ordered, the length of its first period, whether it was
-- extended, fines, the days from the first finding to the first decision, the outcome.
-- What is chosen is a query of the ids, narrowed to who reads.
WITH chosen AS ({chosen}),
facts AS MATERIALIZED (
  SELECT c.id, left(c.division_code, 4) AS city, c.opened_on, c.closed_on, c.stage,
    g.source_id, d.ordered, d.extended, d.fine, p.period, d.decided_on - g.found_on AS wait
  FROM chosen
  JOIN casework_case AS c ON c.id = chosen.id
  LEFT JOIN LATERAL (
    SELECT min(f.found_on) AS found_on, (array_agg(f.source_id ORDER BY r.id))[1] AS source_id
    FROM casework_ground AS r JOIN casework_finding AS f ON f.id = r.finding_id
    WHERE r.case_id = c.id
  ) AS g ON true
  LEFT JOIN LATERAL (
    SELECT min(a.done_on) FILTER (WHERE a.kind = ANY(%(decisions)s)) AS decided_on,
      array_agg(DISTINCT a.kind) FILTER (WHERE a.kind = ANY(%(decisions)s)) AS ordered,
      coalesce(bool_or(a.kind = ANY(%(lengthening)s)), false) AS extended,
      sum((a.facts ->> 'amount')::numeric) FILTER (
        WHERE a.kind = ANY(%(fines)s) AND a.facts ->> 'amount' ~ '^[0-9]+([.][0-9]+)?$'
      ) AS fine
    FROM casework_act AS a WHERE a.case_id = c.id
  ) AS d ON true
  LEFT JOIN LATERAL (
    SELECT x.due - x.runs_from AS period
    FROM casework_casedeadline AS x
    WHERE x.case_id = c.id AND x.kind = 'measure' AND x.due IS NOT NULL
    ORDER BY x.opened_by, x.id LIMIT 1
  ) AS p ON true
  WHERE %(cause)s = '' OR g.source_id = %(cause)s
)

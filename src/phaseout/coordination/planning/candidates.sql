-- The lines a plan of a year may be about, as of a day: with an open case, or standing outdated.
-- One row a line: its standing, its open case that is furthest on, the last day that case still
-- has to keep, and what stands live on the capacity ledger. What has wholly exited is left out.
WITH standing AS (
  SELECT s.line_id, s.outdated, s.governing, s.governing_dimension, s.detail ->> 'lead' AS lead
  FROM casework_linestanding AS s
  WHERE s.found_on <= %(on)s AND (s.ended_on IS NULL OR s.ended_on > %(on)s)
    AND s.outdated IN ('yes', 'provisionally')
),
going AS (
  SELECT c.id, c.line_id, c.dimension, c.procedure, c.stage, c.office, c.opened_on
  FROM casework_case AS c
  WHERE c.opened_on <= %(on)s AND (c.closed_on IS NULL OR c.closed_on > %(on)s)
),
one_case AS (
  SELECT DISTINCT ON (g.line_id) g.*
  FROM going AS g
  ORDER BY g.line_id, g.procedure NOT IN ('exit', 'technology'), g.opened_on, g.id
),
last_day AS (
  SELECT d.case_id, max(d.due) AS due
  FROM casework_casedeadline AS d
  WHERE d.case_id IN (SELECT id FROM one_case) AND d.going AND d.kind IN ('duty', 'measure')
  GROUP BY d.case_id
),
subject AS (
  SELECT line_id FROM standing UNION SELECT line_id FROM one_case
),
stocks AS (
  SELECT p.line_id, p.product, p.unit,
    sum(p.amount) FILTER (WHERE p.account = ANY(%(live)s)) AS live,
    sum(p.amount) FILTER (WHERE p.account = ANY(%(exited)s)) AS exited
  FROM registry_capacityposting AS p
  WHERE p.line_id IN (SELECT line_id FROM subject) AND p.effective_on <= %(on)s
  GROUP BY p.line_id, p.product, p.unit
),
stock AS (
  SELECT DISTINCT ON (line_id) line_id, product, unit, coalesce(live, 0) AS live,
    coalesce(exited, 0) AS exited
  FROM stocks
  ORDER BY line_id, coalesce(live, 0) DESC, coalesce(exited, 0) DESC, product, unit
)
SELECT l.line_id, l.name AS line_name, l.enterprise_id, e.name AS firm, l.division_code, l.industry,
  coalesce(k.product, l.product, '') AS product, coalesce(k.unit, '') AS unit,
  CASE WHEN k.live > 0 THEN k.live END AS amount,
  s.outdated, s.governing, coalesce(c.dimension, s.governing_dimension, '') AS dimension,
  c.id AS case_id, coalesce(c.procedure, '') AS procedure, coalesce(c.stage, '') AS stage,
  coalesce(c.office, split_part(s.lead, ';', 1), '') AS office, d.due
FROM subject AS u
JOIN registry_productionline AS l ON l.line_id = u.line_id
JOIN registry_enterprise AS e ON e.uscc = l.enterprise_id
LEFT JOIN standing AS s ON s.line_id = u.line_id
LEFT JOIN one_case AS c ON c.line_id = u.line_id
LEFT JOIN last_day AS d ON d.case_id = c.id
LEFT JOIN stock AS k ON k.line_id = u.line_id
WHERE NOT (coalesce(k.exited, 0) > 0 AND coalesce(k.live, 0) = 0)
ORDER BY l.industry, l.division_code, l.enterprise_id, l.line_id

-- The occasions of one consumption year: which measure may meet which line, and what is known.
--
-- Parameters: first, last (days of the year), today, wide (industries in which the class of one line makes
-- the whole enterprise pay), tiered (industries with tiers), and four lists side by side of_industry,
-- indicator, process, subject (which fact is compared with which band); units and their factors to
-- kWh/t (a_tonne, to_a_tonne) and to kWh (power, to_power); live, gone: accounts of the ledger.
WITH
lines AS (
  SELECT l.line_id, l.enterprise_id, l.industry, l.division_code, l.commissioned_on, l.product
  FROM registry_productionline AS l
  JOIN registry_enterprise AS e ON e.uscc = l.enterprise_id AND e.merged_into_id IS NULL
  -- What had exited before the year consumes nothing that could be charged.
  WHERE NOT EXISTS (
    SELECT FROM casework_case AS c
    WHERE c.line_id = l.line_id AND c.stage IN ('exited', 'closed_exited')
      AND c.closed_on < %(first)s
      -- A line of which only a part has exited consumes on.
      AND NOT EXISTS (
        SELECT FROM registry_capacityposting AS p WHERE p.line_id = c.line_id
        HAVING SUM(p.amount) FILTER (WHERE p.account = ANY (%(live)s)) > 0
          AND SUM(p.amount) FILTER (WHERE p.account = ANY (%(gone)s)) > 0))
),
-- The class of the line's equipment by the catalogue: the gravest that stood at any day of the year.
listed AS (
  SELECT f.id, f.line_id, f.enterprise_id, f.provisional,
    (SELECT MIN(q.type) FROM fact_equipment AS q
      WHERE q.equipment_id = f.subject AND q.line_id = f.line_id AND q.replaced_by_id IS NULL)
      AS subject,
    CASE WHEN verdict = 'noncompliant' THEN 'eliminate' ELSE 'limit' END AS price_class
  FROM casework_finding AS f
  WHERE dimension = 'technology' AND f.line_id IS NOT NULL
    AND (verdict = 'noncompliant' OR 'limit_class_warning' = ANY (reasons))
    AND found_on <= LEAST(%(last)s::date, %(today)s::date) AND ended_on IS NULL
),
of_line AS (
  SELECT DISTINCT ON (line_id) * FROM listed
  ORDER BY line_id, price_class = 'limit', provisional, id
),
of_enterprise AS (
  SELECT DISTINCT ON (enterprise_id) * FROM listed
  ORDER BY enterprise_id, price_class = 'limit', provisional, id
),
classes AS (
  SELECT l.line_id, COALESCE(w.id, o.id) AS id, COALESCE(w.price_class, o.price_class) AS price_class,
    COALESCE(w.subject, o.subject) AS subject, COALESCE(w.provisional, o.provisional) AS provisional
  FROM lines AS l
  LEFT JOIN of_line AS o ON o.line_id = l.line_id
  LEFT JOIN of_enterprise AS w
    ON w.enterprise_id = l.enterprise_id AND l.industry = ANY (%(wide)s)
  WHERE o.id IS NOT NULL OR w.id IS NOT NULL
),
-- The indicator of the year: one value for the whole year, or it is not known.
names AS (
  SELECT * FROM UNNEST(%(of_industry)s::text[], %(indicator)s::text[], %(process)s::text[],
    %(subject)s::text[]) AS n (industry, indicator, process, subject)
),
measured AS (
  SELECT l.line_id, n.subject, MAX(f.id) AS fact,
    CASE WHEN COUNT(DISTINCT f.value * u.factor) = 1 THEN MIN(f.value * u.factor) END AS value
  FROM fact_energy AS f
  JOIN UNNEST(%(a_tonne)s::text[], %(to_a_tonne)s::numeric[]) AS u (unit, factor)
    ON u.unit = f.unit
  JOIN lines AS l ON l.line_id = f.line_id
  JOIN names AS n ON n.industry = l.industry AND n.indicator = f.indicator
    AND CASE WHEN n.process <> '' THEN COALESCE(f.process, '') ~ n.process
      ELSE NOT EXISTS (
        SELECT FROM names AS m
        WHERE m.industry = n.industry AND m.indicator = n.indicator AND m.process <> ''
          AND COALESCE(f.process, '') ~ m.process) END
  WHERE f.replaced_by_id IS NULL
    AND f.period_start <= %(first)s AND f.period_end >= %(last)s
    AND f.period_end < %(last)s::date + 31
  GROUP BY l.line_id, n.subject
),
-- Steel: the first tier is that every process meets the standard; the others have no edges.
of_first_tier AS (
  SELECT enterprise_id FROM casework_finding
  WHERE dimension = 'energy' AND ended_on IS NULL
    AND period_end BETWEEN %(first)s AND %(last)s
  GROUP BY enterprise_id HAVING BOOL_AND(verdict = 'compliant' AND NOT provisional)
),
exceeded AS (
  SELECT DISTINCT ON (line_id) id, line_id, value, limit_value, provisional
  FROM casework_finding
  WHERE dimension = 'energy' AND line_id IS NOT NULL AND verdict = 'noncompliant'
    AND ended_on IS NULL AND period_end BETWEEN %(first)s AND %(last)s
    AND limit_value > 0 AND ratio > 1
  ORDER BY line_id, provisional, ratio DESC, id
),
-- Electricity of the year: as the grid company metered it, latest file first.
latest AS (
  SELECT line_id, kwh,
    file_id = MAX(file_id) OVER (PARTITION BY line_id, month) AS stands
  FROM prices_consumption
  WHERE month BETWEEN %(first)s AND %(last)s
),
used AS (
  SELECT line_id, SUM(kwh) AS kwh FROM latest WHERE stands GROUP BY line_id
),
-- Else as the enterprise reported it, where there is one figure only.
reported AS (
  SELECT line_id,
    CASE WHEN COUNT(DISTINCT quantity * u.factor) = 1 THEN MIN(quantity * u.factor) END AS kwh
  FROM fact_energy_inputs AS i
  JOIN UNNEST(%(power)s::text[], %(to_power)s::numeric[]) AS u (unit, factor) ON u.unit = i.unit
  WHERE replaced_by_id IS NULL AND energy LIKE '电力%%'
    AND period_start = %(first)s AND period_end = %(last)s
  GROUP BY line_id
),
occasions AS (
  SELECT l.*, 'differential' AS measure, c.price_class, '' AS subject, '' AS tier,
    c.subject AS kiln, NULL::numeric AS x, NULL::numeric AS max_x, c.provisional, c.id AS finding,
    NULL::bigint AS fact
  FROM lines AS l JOIN classes AS c ON c.line_id = l.line_id
  UNION ALL
  SELECT l.*, 'tiered', COALESCE(c.price_class, ''), COALESCE(m.subject, ''),
    CASE WHEN l.industry = 'steel' AND t.enterprise_id IS NOT NULL THEN '1' ELSE '' END,
    NULL, m.value, NULL, FALSE, NULL, m.fact
  FROM lines AS l
  LEFT JOIN classes AS c ON c.line_id = l.line_id
  LEFT JOIN measured AS m ON m.line_id = l.line_id
  LEFT JOIN of_first_tier AS t ON t.enterprise_id = l.enterprise_id
  WHERE l.industry = ANY (%(tiered)s)
  UNION ALL
  SELECT l.*, 'punitive', COALESCE(c.price_class, ''), '', '', NULL, e.value, e.limit_value,
    e.provisional, e.id, NULL
  FROM lines AS l
  JOIN exceeded AS e ON e.line_id = l.line_id
  LEFT JOIN classes AS c ON c.line_id = l.line_id
)
SELECT ROW_NUMBER() OVER () AS id, o.line_id, o.enterprise_id AS uscc, o.measure, o.industry,
  o.price_class, o.division_code AS division, o.subject, o.commissioned_on, o.product, o.kiln,
  o.tier, o.x, o.max_x, COALESCE(u.kwh, r.kwh) AS kwh, o.provisional AS provisional_ground,
  o.finding, o.fact
FROM occasions AS o
LEFT JOIN used AS u ON u.line_id = o.line_id
LEFT JOIN reported AS r ON r.line_id = o.line_id

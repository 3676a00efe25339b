-- Composition: what follows for a line that fails several standards (opinions, clauses (3) to (9)).
--
-- Reads judged.{energy, environment, quality, safety, technology}, facts.{lines, enterprises} and
-- norms.{consequences, duty_scopes, energy_links, procedural_terms, duties, organisations,
-- decisions}. One row per line of facts.lines. What governs, what comes first, and all that
-- remains: nothing milder is lost. Reasons for the order: docs/judgement/composition.md.
WITH
found AS (
  SELECT dimension, uscc, line_id, verdict, provisional, reasons, effect FROM judged.energy
  UNION ALL
  SELECT dimension, uscc, line_id, verdict, provisional, reasons, effect FROM judged.environment
  UNION ALL
  SELECT dimension, uscc, line_id, verdict, provisional, reasons, effect FROM judged.quality
  UNION ALL
  SELECT dimension, uscc, line_id, verdict, provisional, reasons, effect FROM judged.safety
  UNION ALL
  SELECT dimension, uscc, line_id, verdict, provisional, reasons, effect FROM judged.technology
),
lines AS (
  SELECT l.line_id, l.uscc, l.division_code, l.industry, l.product, l.capacity, l.capacity_unit,
    q.on_day
  FROM facts.lines AS l
  CROSS JOIN question AS q
),

-- 1. Counts, by dimension and verdict.
counted AS (
  SELECT line_id,
    CAST(SUM(CASE WHEN dimension = 'energy' AND verdict = 'noncompliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS energy_noncompliant,
    CAST(SUM(CASE WHEN dimension = 'energy' AND verdict = 'undetermined' THEN 1 ELSE 0 END)
      AS INTEGER) AS energy_undetermined,
    CAST(SUM(CASE WHEN dimension = 'energy' AND verdict = 'compliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS energy_compliant,
    CAST(SUM(CASE WHEN dimension = 'environment' AND verdict = 'noncompliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS environment_noncompliant,
    CAST(SUM(CASE WHEN dimension = 'environment' AND verdict = 'undetermined' THEN 1 ELSE 0 END)
      AS INTEGER) AS environment_undetermined,
    CAST(SUM(CASE WHEN dimension = 'environment' AND verdict = 'compliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS environment_compliant,
    CAST(SUM(CASE WHEN dimension = 'quality' AND verdict = 'noncompliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS quality_noncompliant,
    CAST(SUM(CASE WHEN dimension = 'quality' AND verdict = 'undetermined' THEN 1 ELSE 0 END)
      AS INTEGER) AS quality_undetermined,
    CAST(SUM(CASE WHEN dimension = 'quality' AND verdict = 'compliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS quality_compliant,
    CAST(SUM(CASE WHEN dimension = 'safety' AND verdict = 'noncompliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS safety_noncompliant,
    CAST(SUM(CASE WHEN dimension = 'safety' AND verdict = 'undetermined' THEN 1 ELSE 0 END)
      AS INTEGER) AS safety_undetermined,
    CAST(SUM(CASE WHEN dimension = 'safety' AND verdict = 'compliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS safety_compliant,
    CAST(SUM(CASE WHEN dimension = 'technology' AND verdict = 'noncompliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS technology_noncompliant,
    CAST(SUM(CASE WHEN dimension = 'technology' AND verdict = 'undetermined' THEN 1 ELSE 0 END)
      AS INTEGER) AS technology_undetermined,
    CAST(SUM(CASE WHEN dimension = 'technology' AND verdict = 'compliant' THEN 1 ELSE 0 END)
      AS INTEGER) AS technology_compliant,
    CAST(SUM(CASE WHEN effect = 'warns' THEN 1 ELSE 0 END) AS INTEGER) AS warnings,
    MAX(CASE WHEN verdict = 'undetermined' THEN 1 ELSE 0 END) AS any_undetermined
  FROM found
  WHERE line_id IS NOT NULL
  GROUP BY line_id
),
-- Findings on the enterprise as a whole (permits, annual totals) are shown on each of its lines
-- and make none of them outdated: clause (3) speaks of capacity, not of the enterprise.
enterprises AS (
  SELECT uscc,
    CAST(SUM(CASE WHEN verdict = 'noncompliant' THEN 1 ELSE 0 END) AS INTEGER) AS noncompliant,
    CAST(SUM(CASE WHEN verdict = 'undetermined' THEN 1 ELSE 0 END) AS INTEGER) AS undetermined
  FROM found
  WHERE line_id IS NULL
  GROUP BY uscc
),

-- 2. What the law attaches to each finding that may open a case.
in_force AS (
  SELECT c.*, CAST(t.length AS INTEGER) AS months, CAST(x.length AS INTEGER) AS extension_months
  FROM norms.consequences AS c
  JOIN question AS q ON q.on_day BETWEEN c.effective_from AND c.effective_to
  LEFT JOIN norms.procedural_terms AS t ON t.row_id = c.term
  LEFT JOIN norms.procedural_terms AS x ON x.row_id = c.extension_term
),
opening AS (
  SELECT f.dimension, f.uscc, f.line_id, f.provisional, f.reasons, s.row_id AS special_id
  FROM found AS f
  LEFT JOIN in_force AS s
    ON s.dimension = f.dimension AND s.instead = 'yes'
    AND LIST_CONTAINS(f.reasons, s.when_reason)
  -- sealed equipment opens nothing any more, but its dismantling is still owed
  WHERE f.verdict = 'noncompliant' AND (f.effect = 'opens' OR s.row_id IS NOT NULL)
),
attached AS (
  SELECT o.dimension, o.uscc, o.line_id, o.provisional, COALESCE(o.special_id, c.row_id) AS row_id
  FROM opening AS o
  LEFT JOIN in_force AS c
    ON o.special_id IS NULL AND c.dimension = o.dimension AND c.instead <> 'yes'
    AND (c.when_reason = '' OR LIST_CONTAINS(o.reasons, c.when_reason))
),
-- Findings are many and consequences few: count first, take the words after.
grouped AS (
  SELECT line_id, CASE WHEN line_id IS NULL THEN uscc END AS uscc, dimension, row_id,
    MIN(CASE WHEN provisional THEN 1 ELSE 0 END) AS tentative
  FROM attached
  GROUP BY line_id, CASE WHEN line_id IS NULL THEN uscc END, dimension, row_id
),
placed AS (
  SELECT g.line_id, g.uscc, g.dimension, g.row_id, g.tentative,
    COALESCE(c.consequence, 'not_on_record') AS consequence,
    COALESCE(c.makes_outdated, 'at_once') AS makes_outdated, c.rank, c.turn, c.opinions_clause
  FROM grouped AS g
  LEFT JOIN in_force AS c ON c.row_id = g.row_id
),
-- Several reasons may call for one consequence: it is named once.
acts AS (
  SELECT *
  FROM placed
  WHERE line_id IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY line_id, dimension, consequence ORDER BY tentative, rank NULLS LAST
  ) = 1
),
-- 3. What governs: a finding that stands before a provisional one, then the order of rank.
ordered AS (
  SELECT a.*,
    ROW_NUMBER() OVER (
      PARTITION BY line_id ORDER BY tentative, rank NULLS LAST, dimension, consequence
    ) AS place,
    ROW_NUMBER() OVER (
      PARTITION BY line_id ORDER BY tentative, turn NULLS LAST, dimension, consequence
    ) AS turn_place
  FROM acts AS a
),
standing AS (
  SELECT line_id,
    MAX(CASE WHEN makes_outdated = 'at_once' AND tentative = 0 THEN 1 ELSE 0 END) AS stands,
    MAX(CASE WHEN makes_outdated = 'at_once' THEN 1 ELSE 0 END) AS may_stand,
    MAX(CASE WHEN makes_outdated = 'on_failed_cure' THEN 1 ELSE 0 END) AS waits
  FROM acts
  GROUP BY line_id
),
words AS (
  SELECT row_id, zh, en, source_id, clause, basis_zh, basis_en, settled, months, extension_months
  FROM in_force
  UNION ALL
  SELECT CAST(NULL AS VARCHAR), '记录中没有该日适用的处理依据',
    'our record has no consequence in force on that day', CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS BOOLEAN),
    CAST(NULL AS INTEGER), CAST(NULL AS INTEGER)
),
spoken AS (
  SELECT o.line_id, o.place, o.tentative, o.consequence, w.zh, w.en
  FROM ordered AS o
  JOIN words AS w ON COALESCE(w.row_id, '') = COALESCE(o.row_id, '')
  WHERE o.place > 1
),
remaining AS (
  SELECT line_id,
    STRING_AGG(consequence, '|' ORDER BY place) AS keys,
    STRING_AGG(zh || CASE WHEN tentative = 1 THEN '（暂定）' ELSE '' END, '|' ORDER BY place) AS zh,
    STRING_AGG(en || CASE WHEN tentative = 1 THEN ' (provisional)' ELSE '' END, '|'
      ORDER BY place) AS en
  FROM spoken
  GROUP BY line_id
),
enterprise_acts AS (
  SELECT p.uscc, p.consequence, w.zh, w.en, MIN(p.rank) AS rank, MIN(p.tentative) AS tentative
  FROM placed AS p
  JOIN words AS w ON COALESCE(w.row_id, '') = COALESCE(p.row_id, '')
  WHERE p.line_id IS NULL
  GROUP BY p.uscc, p.consequence, w.zh, w.en
),
enterprise_remaining AS (
  SELECT uscc,
    STRING_AGG(zh || CASE WHEN tentative = 1 THEN '（暂定）' ELSE '' END, '|'
      ORDER BY rank, consequence) AS zh,
    STRING_AGG(en || CASE WHEN tentative = 1 THEN ' (provisional)' ELSE '' END, '|'
      ORDER BY rank, consequence) AS en
  FROM enterprise_acts
  GROUP BY uscc
),

-- 4. Who leads and who cooperates, under the names of the day: once for each clause, industry and
-- city. `cities` is the line's own city.
places AS (
  SELECT DISTINCT g.opinions_clause, COALESCE(l.industry, '') AS industry,
    COALESCE(SUBSTRING(l.division_code, 1, 4), '') AS city, l.on_day
  FROM ordered AS g
  JOIN lines AS l ON l.line_id = g.line_id
  WHERE g.place = 1
),
acting AS (
  SELECT p.opinions_clause, p.industry, p.city, p.on_day, d.role, d.place, d.function,
    CASE WHEN d.function = 'cities' AND p.city <> '' THEN 'city_' || p.city || '00'
      ELSE d.function END AS holder_function
  FROM places AS p
  JOIN norms.duties AS d ON d.clause = p.opinions_clause
  LEFT JOIN norms.duty_scopes AS s
    ON s.opinions_clause = d.clause AND s.function = d.function
  WHERE s.industry IS NULL OR s.industry = p.industry
),
named AS (
  SELECT a.opinions_clause, a.industry, a.city, a.role, a.place, a.holder_function,
    COALESCE(o.name_zh, a.function) AS name_zh, COALESCE(o.name_en, a.function) AS name_en
  FROM acting AS a
  LEFT JOIN norms.organisations AS o
    ON o.function = a.holder_function AND a.on_day BETWEEN o.held_from AND o.held_to
),
duties AS (
  SELECT opinions_clause, industry, city,
    STRING_AGG(CASE WHEN role = 'lead' THEN holder_function END, ';' ORDER BY place) AS lead,
    STRING_AGG(CASE WHEN role = 'lead' THEN name_zh END, '、' ORDER BY place) AS lead_zh,
    STRING_AGG(CASE WHEN role = 'lead' THEN name_en END, '; ' ORDER BY place) AS lead_en,
    STRING_AGG(CASE WHEN role = 'cooperating' THEN holder_function END, ';' ORDER BY place)
      AS cooperating,
    STRING_AGG(CASE WHEN role = 'cooperating' THEN name_zh END, '、' ORDER BY place)
      AS cooperating_zh,
    STRING_AGG(CASE WHEN role = 'cooperating' THEN name_en END, '; ' ORDER BY place)
      AS cooperating_en
  FROM named
  GROUP BY opinions_clause, industry, city
),

-- 5. The link of an edition: a failed energy standard handled as the eliminate class.
link_rulings AS (
  SELECT d.subject, MIN(d.value) AS state
  FROM norms.decisions AS d
  JOIN question AS q ON q.on_day BETWEEN d.valid_from AND d.valid_to
  WHERE d.kind = 'parameter'
  GROUP BY d.subject
),
links AS (
  SELECT MIN(k.zh) AS zh, MIN(k.en) AS en
  FROM norms.energy_links AS k
  JOIN question AS q ON q.on_day BETWEEN k.effective_from AND k.effective_to
  LEFT JOIN link_rulings AS r ON r.subject = 'energy_link.' || k.catalogue
  WHERE COALESCE(r.state, k.state) = 'on'
),
linked AS (
  SELECT DISTINCT a.line_id, k.zh, k.en
  FROM acts AS a
  CROSS JOIN links AS k
  WHERE a.dimension = 'energy' AND k.zh IS NOT NULL
)
SELECT
  l.line_id, l.uscc, l.division_code, l.industry, l.product, l.capacity, l.capacity_unit,
  CASE
    WHEN s.stands = 1 THEN 'yes'
    WHEN s.may_stand = 1 THEN 'provisionally'
    WHEN s.waits = 1 THEN 'not_yet'
    WHEN c.line_id IS NULL OR c.any_undetermined = 1 THEN 'undetermined'
    ELSE 'no'
  END AS outdated,
  g.dimension AS governing_dimension, g.consequence AS governing, g.rank AS governing_rank,
  g.tentative = 1 AS governing_provisional, gw.zh AS governing_zh, gw.en AS governing_en,
  g.opinions_clause, gw.source_id AS basis_source, gw.clause AS basis_clause, gw.basis_zh,
  gw.basis_en, gw.settled AS basis_settled, gw.months, gw.extension_months,
  d.lead, d.lead_zh, d.lead_en, d.cooperating, d.cooperating_zh, d.cooperating_en,
  t.consequence AS first_act, tw.zh AS first_act_zh, tw.en AS first_act_en,
  CASE WHEN r.keys IS NULL THEN CAST([] AS VARCHAR[]) ELSE STRING_SPLIT(r.keys, '|') END AS others,
  CASE WHEN r.zh IS NULL THEN CAST([] AS VARCHAR[]) ELSE STRING_SPLIT(r.zh, '|') END AS others_zh,
  CASE WHEN r.en IS NULL THEN CAST([] AS VARCHAR[]) ELSE STRING_SPLIT(r.en, '|') END AS others_en,
  k.zh AS link_zh, k.en AS link_en,
  COALESCE(c.energy_noncompliant, 0) AS energy_noncompliant,
  COALESCE(c.energy_undetermined, 0) AS energy_undetermined,
  COALESCE(c.energy_compliant, 0) AS energy_compliant,
  COALESCE(c.environment_noncompliant, 0) AS environment_noncompliant,
  COALESCE(c.environment_undetermined, 0) AS environment_undetermined,
  COALESCE(c.environment_compliant, 0) AS environment_compliant,
  COALESCE(c.quality_noncompliant, 0) AS quality_noncompliant,
  COALESCE(c.quality_undetermined, 0) AS quality_undetermined,
  COALESCE(c.quality_compliant, 0) AS quality_compliant,
  COALESCE(c.safety_noncompliant, 0) AS safety_noncompliant,
  COALESCE(c.safety_undetermined, 0) AS safety_undetermined,
  COALESCE(c.safety_compliant, 0) AS safety_compliant,
  COALESCE(c.technology_noncompliant, 0) AS technology_noncompliant,
  COALESCE(c.technology_undetermined, 0) AS technology_undetermined,
  COALESCE(c.technology_compliant, 0) AS technology_compliant,
  COALESCE(c.warnings, 0) AS warnings,
  COALESCE(e.noncompliant, 0) AS enterprise_noncompliant,
  COALESCE(e.undetermined, 0) AS enterprise_undetermined,
  CASE WHEN er.zh IS NULL THEN CAST([] AS VARCHAR[]) ELSE STRING_SPLIT(er.zh, '|') END
    AS enterprise_zh,
  CASE WHEN er.en IS NULL THEN CAST([] AS VARCHAR[]) ELSE STRING_SPLIT(er.en, '|') END
    AS enterprise_en
FROM lines AS l
LEFT JOIN counted AS c ON c.line_id = l.line_id
LEFT JOIN standing AS s ON s.line_id = l.line_id
LEFT JOIN ordered AS g ON g.line_id = l.line_id AND g.place = 1
LEFT JOIN words AS gw ON g.line_id IS NOT NULL AND COALESCE(gw.row_id, '') = COALESCE(g.row_id, '')
LEFT JOIN ordered AS t ON t.line_id = l.line_id AND t.turn_place = 1
LEFT JOIN words AS tw ON t.line_id IS NOT NULL AND COALESCE(tw.row_id, '') = COALESCE(t.row_id, '')
LEFT JOIN remaining AS r ON r.line_id = l.line_id
LEFT JOIN duties AS d
  ON d.opinions_clause = g.opinions_clause AND d.industry = COALESCE(l.industry, '')
  AND d.city = COALESCE(SUBSTRING(l.division_code, 1, 4), '')
LEFT JOIN linked AS k ON k.line_id = l.line_id
LEFT JOIN enterprises AS e ON e.uscc = l.uscc
LEFT JOIN enterprise_remaining AS er ON er.uscc = l.uscc

-- Safety: major hazards against the criteria, and permits missing or expired (clauses (7), (16)).
--
-- Reads facts.{hazards, permits, enterprises, lines, tests}, norms.{hazard_criteria, sources,
-- decisions} and the method tables norms.{hazard_readings, permit_kinds, permit_names,
-- required_permits, permit_renewals, safety_articles}. Sections are those of docs/judgement/safety.md.
--
-- One row for each hazard, and one for each enterprise and kind of permit that it needs. A permit
-- finding belongs to the dimension of its kind; all of them come from here.
WITH
-- 1. Hazards known on the day, with the industry of the line.
hazards AS (
  SELECT h.hazard_id, h.line_id, h.source_id AS given_source, h.clause AS given_clause, h.found_on,
    h.note, CAST(h.found_on AS VARCHAR) AS found_text, l.uscc,
    COALESCE(l.industry, e.industry) AS industry,
    TRANSLATE(h.clause, ' 　', '') AS clause_key, s.source_id, s.number, s.title_zh, s.title_en,
    s.effective_from, s.effective_to
  FROM facts.hazards AS h
  CROSS JOIN question AS q
  LEFT JOIN facts.lines AS l ON l.line_id = h.line_id
  LEFT JOIN facts.enterprises AS e ON e.uscc = l.uscc
  LEFT JOIN norms.sources AS s ON s.source_id = h.source_id
  WHERE h.found_on <= q.on_day
),

-- 2. Validity is that of the source. A date may be known to the year or month only
--    (effective_from = 2017): compared to the length that is known; within it the answer is open.
valid_hazards AS (
  SELECT *,
    effective_from = '' OR SUBSTRING(found_text, 1, LENGTH(effective_from)) >= effective_from
      AS begun,
    effective_to = '' OR SUBSTRING(found_text, 1, LENGTH(effective_to)) <= effective_to
      AS not_ended,
    (LENGTH(effective_from) IN (4, 7)
      AND SUBSTRING(found_text, 1, LENGTH(effective_from)) = effective_from)
      OR (LENGTH(effective_to) IN (4, 7)
        AND SUBSTRING(found_text, 1, LENGTH(effective_to)) = effective_to) AS day_open
  FROM hazards
),
criteria_sources AS (
  SELECT c.industry, s.source_id, s.number, s.title_zh, s.title_en, s.effective_from,
    s.effective_to
  FROM norms.hazard_criteria AS c
  JOIN norms.sources AS s ON s.source_id = c.source_id
  GROUP BY ALL
),
-- The editions in force on the day for the industry, for a hazard that cites another one.
editions AS (
  SELECT h.hazard_id, STRING_AGG(c.source_id, ' ' ORDER BY c.source_id) AS editions_then,
    STRING_AGG('《' || c.title_zh || '》（' || c.number || '）', '、' ORDER BY c.source_id)
      AS editions_zh,
    STRING_AGG(c.title_en || ' (' || c.source_id || ')', '; ' ORDER BY c.source_id) AS editions_en
  FROM hazards AS h
  JOIN criteria_sources AS c ON c.industry = h.industry
  WHERE (c.effective_from = ''
      OR SUBSTRING(h.found_text, 1, LENGTH(c.effective_from)) >= c.effective_from)
    AND (c.effective_to = ''
      OR SUBSTRING(h.found_text, 1, LENGTH(c.effective_to)) <= c.effective_to)
  GROUP BY h.hazard_id
),
clauses AS (
  SELECT source_id, TRANSLATE(clause, ' 　', '') AS clause_key, COUNT(*) AS rows_of_clause
  FROM norms.hazard_criteria
  GROUP BY source_id, TRANSLATE(clause, ' 　', '')
),

-- 3. The criterion for the industry, what leaves it open (hazard_readings), who settled that.
matched AS (
  SELECT h.*, c.row_id, c.clause, c.criterion_zh_short, c.criterion_en, c.settled,
    k.rows_of_clause, e.editions_then, e.editions_zh, e.editions_en,
    ROW_NUMBER() OVER (PARTITION BY h.hazard_id ORDER BY c.row_id) AS place
  FROM valid_hazards AS h
  LEFT JOIN norms.hazard_criteria AS c
    ON c.source_id = h.source_id AND c.industry = h.industry
    AND TRANSLATE(c.clause, ' 　', '') = h.clause_key
  LEFT JOIN clauses AS k ON k.source_id = h.source_id AND k.clause_key = h.clause_key
  LEFT JOIN editions AS e ON e.hazard_id = h.hazard_id
),
open_questions AS (
  SELECT m.hazard_id,
    MAX(CASE WHEN r.reason = 'sector_by_inference' THEN r.reason END) AS sector,
    MAX(CASE WHEN r.reason <> 'sector_by_inference' THEN r.reason END) AS open_reason,
    STRING_AGG(r.question_zh, '；' ORDER BY r.row_id) AS question_zh,
    STRING_AGG(r.question_en, '; ' ORDER BY r.row_id) AS question_en
  FROM matched AS m
  JOIN norms.hazard_readings AS r
    ON r.source_id = m.source_id AND r.industry = m.industry AND r.clause IN (m.clause, '*')
    AND m.found_on BETWEEN r.effective_from AND r.effective_to
  GROUP BY m.hazard_id
),
settled_by_authority AS (
  SELECT m.hazard_id, MIN(d.value) AS decided, MIN(d.document) AS document
  FROM matched AS m
  JOIN norms.decisions AS d
    ON d.kind = 'condition' AND d.key = m.row_id AND d.subject IN (m.hazard_id, m.line_id)
    AND m.found_on BETWEEN d.valid_from AND d.valid_to
  GROUP BY m.hazard_id
),
weighed_hazards AS (
  SELECT m.*, o.sector, o.open_reason, o.question_zh, o.question_en, d.decided, d.document,
    CASE
      WHEN m.source_id IS NULL THEN 'criterion_source_unknown'
      WHEN m.industry IS NULL THEN 'industry_not_given'
      WHEN m.rows_of_clause IS NULL THEN 'criterion_unknown'
      WHEN m.row_id IS NULL THEN 'criterion_of_another_industry'
    END AS unmatched,
    CASE WHEN NOT (m.begun AND m.not_ended) THEN 'criterion_not_in_force' END AS out_of_force
  FROM matched AS m
  LEFT JOIN open_questions AS o ON o.hazard_id = m.hazard_id
  LEFT JOIN settled_by_authority AS d ON d.hazard_id = m.hazard_id
  WHERE m.place = 1
),
hazard_verdicts AS (
  SELECT *,
    CASE
      WHEN unmatched IS NOT NULL OR out_of_force IS NOT NULL THEN 'undetermined'
      WHEN decided = 'no' THEN 'compliant'
      ELSE 'noncompliant'
    END AS verdict,
    decided IS NULL AND (sector IS NOT NULL OR open_reason IS NOT NULL) AS undecided
  FROM weighed_hazards
),
-- One item met is enough (section 5); the capacity is not outdated yet by that.
hazard_findings AS (
  SELECT 'hazard' AS matter, 'safety' AS dimension, uscc, line_id, hazard_id AS subject,
    row_id AS norm_row, COALESCE(source_id, given_source) AS source_id,
    COALESCE(clause, given_clause) AS clause,
    COALESCE(criterion_zh_short, given_clause) AS indicator, found_on AS period_start, found_on AS period_end, CAST(1 AS DECIMAL(18, 6)) AS value,
    CASE WHEN row_id IS NOT NULL THEN CAST(0 AS DECIMAL(18, 6)) END AS limit_value, verdict,
    (verdict = 'noncompliant' AND (undecided OR day_open)) OR (row_id IS NOT NULL AND NOT settled)
      AS provisional,
    LIST_SORT(LIST_DISTINCT([
      unmatched,
      out_of_force,
      CASE WHEN verdict = 'noncompliant' THEN 'hazard_not_yet_outdated' END,
      CASE WHEN verdict = 'noncompliant' AND undecided THEN sector END,
      CASE WHEN verdict = 'noncompliant' AND undecided THEN open_reason END,
      CASE WHEN verdict = 'noncompliant' AND day_open THEN 'edition_day_unknown' END,
      CASE WHEN row_id IS NOT NULL AND NOT settled THEN 'norm_not_verified' END,
      CASE WHEN verdict = 'compliant' THEN 'decided_not_applicable' END
    ])) AS reasons,
    industry, criterion_en, number, title_zh, title_en, effective_from, effective_to,
    editions_then, editions_zh, editions_en, question_zh, question_en, document, note,
    power_title, power_clause
  FROM hazard_verdicts
  -- the act cites the law by the text in force on the day (safety_procedure section 1)
  LEFT JOIN (
    SELECT a.clause AS power_clause, a.effective_from AS power_from, a.effective_to AS power_to,
      s.title_zh AS power_title
    FROM norms.safety_articles AS a
    JOIN norms.sources AS s ON s.source_id = a.source_id
    WHERE a.matter = 'order_removal'
  ) AS power ON found_on BETWEEN power_from AND power_to
),

-- 4. Who makes what: the industries of an enterprise and of its lines, and the names of its
--    products. A line without a product leaves a requirement by product open.
works AS (
  SELECT uscc, industry, CAST(NULL AS VARCHAR) AS product, FALSE AS is_line FROM facts.enterprises
  UNION ALL
  SELECT uscc, industry, product, TRUE FROM facts.lines
  UNION ALL
  SELECT l.uscc, l.industry, t.product, FALSE
  FROM facts.tests AS t
  JOIN facts.lines AS l ON l.line_id = t.line_id
),
made AS (
  SELECT uscc, industry, product
  FROM works
  WHERE product IS NOT NULL
  GROUP BY uscc, industry, product
),
engaged AS (
  SELECT uscc, industry,
    COUNT(CASE WHEN is_line AND product IS NOT NULL THEN 1 END)
      < GREATEST(COUNT(CASE WHEN is_line THEN 1 END), 1) AS products_unknown
  FROM works
  WHERE industry IS NOT NULL
  GROUP BY uscc, industry
),

-- 5. What each needs on the day: certain, or only if a person says so (a question, a product).
needs AS (
  SELECT w.uscc, r.kind, r.row_id, r.source_id, r.clause, r.lead, r.settled, r.question_zh,
    r.question_en, r.product_word, d.document,
    CASE
      WHEN d.value = 'no' THEN 'none'
      WHEN d.value = 'yes' THEN 'certain'
      WHEN r.product_word <> '' AND m.uscc IS NULL
        THEN CASE WHEN w.products_unknown THEN 'asked' ELSE 'none' END
      WHEN r.question_zh <> '' THEN 'asked'
      ELSE 'certain'
    END AS need
  FROM engaged AS w
  CROSS JOIN question AS q
  JOIN norms.required_permits AS r
    ON r.industry = w.industry AND q.on_day BETWEEN r.effective_from AND r.effective_to
  LEFT JOIN (
    SELECT DISTINCT m.uscc, r.row_id
    FROM made AS m
    JOIN norms.required_permits AS r
      ON r.industry = m.industry AND r.product_word <> '' AND CONTAINS(m.product, r.product_word)
  ) AS m ON m.uscc = w.uscc AND m.row_id = r.row_id
  LEFT JOIN norms.decisions AS d
    ON d.kind = 'condition' AND d.key = r.row_id AND d.subject = w.uscc
    AND q.on_day BETWEEN d.valid_from AND d.valid_to
),
needed AS (
  SELECT *,
    ROW_NUMBER() OVER (
      PARTITION BY uscc, kind
      ORDER BY need DESC, CASE WHEN settled THEN 0 ELSE 1 END, row_id
    ) AS place
  FROM needs
  WHERE need <> 'none'
),

-- 6. What each holds: the permit that is valid and lasts longest, else the one nearest to the day.
--    The first and the last day of a permit are inside; an end that is not given is not known.
held AS (
  SELECT p.uscc, COALESCE(n.kind, p.kind) AS kind, n.kind IS NOT NULL AS kind_known, p.number,
    p.valid_from, p.valid_to, q.on_day,
    CASE
      WHEN p.valid_from > q.on_day THEN 'future'
      WHEN p.valid_to IS NULL THEN 'end_unknown'
      WHEN p.valid_to < q.on_day THEN 'expired'
      ELSE 'valid'
    END AS state
  FROM facts.permits AS p
  CROSS JOIN question AS q
  LEFT JOIN norms.permit_names AS n
    ON LOWER(TRANSLATE(n.name, ' 　', '')) = LOWER(TRANSLATE(p.kind, ' 　', ''))
),
holdings AS (
  SELECT *,
    MAX(CASE WHEN state = 'future' THEN 1 ELSE 0 END) OVER (PARTITION BY uscc, kind) AS has_next,
    ROW_NUMBER() OVER (
      PARTITION BY uscc, kind
      ORDER BY
        CASE state
          WHEN 'valid' THEN 0 WHEN 'end_unknown' THEN 1 WHEN 'expired' THEN 2 ELSE 3 END,
        valid_to DESC NULLS LAST, valid_from, number
    ) AS place
  FROM held
),
reporters AS (
  SELECT uscc, BOOL_OR(NOT kind_known) AS has_unknown_kind FROM held GROUP BY uscc
),

-- 7. Need and holding side by side. No permit of any kind on file is "not reported", not "none".
paired AS (
  SELECT COALESCE(n.uscc, h.uscc) AS uscc, COALESCE(n.kind, h.kind) AS kind, n.row_id, n.source_id,
    n.clause, n.lead, n.settled, n.question_zh, n.question_en, n.product_word, n.need, n.document,
    h.number AS permit_number, h.valid_from, h.valid_to, h.has_next, h.kind_known,
    CASE
      WHEN h.state IS NOT NULL THEN h.state
      WHEN r.uscc IS NULL THEN 'not_reported'
      ELSE 'missing'
    END AS state,
    COALESCE(r.has_unknown_kind, FALSE) AS has_unknown_kind
  FROM (SELECT * FROM needed WHERE place = 1) AS n
  FULL OUTER JOIN (SELECT * FROM holdings WHERE place = 1) AS h
    ON h.uscc = n.uscc AND h.kind = n.kind
  LEFT JOIN reporters AS r ON r.uscc = n.uscc
),
-- The renewal is to be asked for so long before the last day, months to the corresponding day.
timed AS (
  SELECT p.*, w.length AS renewal_length, w.unit AS renewal_unit,
    w.source_id AS renewal_source, w.clause AS renewal_clause,
    CAST(CASE
      WHEN w.unit = 'month' THEN p.valid_to - w.length * INTERVAL 1 MONTH
      WHEN w.unit = 'day' THEN p.valid_to - w.length * INTERVAL 1 DAY
    END AS DATE) AS renew_by,
    q.on_day
  FROM paired AS p
  CROSS JOIN question AS q
  LEFT JOIN norms.permit_renewals AS w
    ON w.kind = p.kind AND q.on_day BETWEEN w.effective_from AND w.effective_to
),
permit_answers AS (
  SELECT t.*, COALESCE(k.dimension, 'safety') AS dimension, COALESCE(k.name_zh, t.kind) AS kind_zh,
    COALESCE(k.name_en, t.kind) AS kind_en,
    CASE t.state
      WHEN 'not_reported' THEN 'permits_not_reported'
      WHEN 'missing' THEN 'permit_missing'
      WHEN 'expired' THEN 'permit_expired'
      WHEN 'future' THEN 'permit_not_yet_valid'
      WHEN 'end_unknown' THEN 'permit_end_not_given'
    END AS shortfall,
    CASE
      WHEN t.row_id IS NULL OR t.state IN ('not_reported', 'end_unknown') THEN 'undetermined'
      WHEN t.state = 'valid' THEN 'compliant'
      WHEN t.need = 'asked' THEN 'undetermined'
      ELSE 'noncompliant'
    END AS verdict
  FROM timed AS t
  LEFT JOIN norms.permit_kinds AS k ON k.kind = t.kind
  -- a valid permit of a kind that we know and do not require asks nothing
  WHERE t.row_id IS NOT NULL OR t.state <> 'valid' OR NOT t.kind_known
),
permit_findings AS (
  SELECT 'permit' AS matter, dimension, uscc, CAST(NULL AS VARCHAR) AS line_id, kind AS subject,
    row_id AS norm_row, source_id, clause, kind_zh AS indicator, valid_from AS period_start,
    valid_to AS period_end,
    CASE
      WHEN state = 'valid' THEN CAST(1 AS DECIMAL(18, 6))
      WHEN state NOT IN ('not_reported', 'end_unknown') THEN CAST(0 AS DECIMAL(18, 6))
    END AS value,
    CASE WHEN row_id IS NOT NULL THEN CAST(1 AS DECIMAL(18, 6)) END AS limit_value, verdict,
    COALESCE((row_id IS NOT NULL AND NOT settled) OR (verdict <> 'undetermined'
      AND (need = 'asked' OR (state = 'missing' AND has_unknown_kind))), FALSE) AS provisional,
    LIST_SORT(LIST_DISTINCT([
      shortfall,
      CASE WHEN row_id IS NULL AND kind_known THEN 'no_requirement_recorded' END,
      CASE WHEN row_id IS NULL AND NOT kind_known THEN 'permit_kind_unknown' END,
      CASE WHEN state = 'missing' AND has_unknown_kind THEN 'permit_kind_unknown' END,
      CASE WHEN need = 'asked' THEN 'condition_not_given' END,
      CASE WHEN row_id IS NOT NULL AND NOT settled THEN 'norm_not_verified' END,
      CASE WHEN state = 'valid' AND has_next = 0 AND on_day >= renew_by THEN 'renewal_due' END
    ])) AS reasons,
    kind_en, state, need, lead, product_word, question_zh, question_en, document, permit_number,
    valid_from, valid_to, renewal_length, renewal_unit, renewal_source, renewal_clause, renew_by,
    on_day
  FROM permit_answers
)

SELECT dimension, uscc, line_id, subject, norm_row, h.source_id, clause, indicator, period_start,
  period_end, value, CASE WHEN limit_value IS NOT NULL THEN 'presence' END AS comparator,
  limit_value, CAST(NULL AS VARCHAR) AS limit_text, CAST(NULL AS VARCHAR) AS unit,
  CAST(NULL AS DECIMAL(18, 4)) AS ratio, verdict, COALESCE(provisional, FALSE) AS provisional,
  reasons, CASE WHEN verdict = 'noncompliant' THEN 'opens' ELSE 'records' END AS effect,
  -- for the explanation
  matter, industry, criterion_en AS indicator_en, number, title_zh, title_en, effective_from,
  effective_to, editions_then, editions_zh, editions_en, question_zh, question_en, document, note,
  power_title, power_clause, NULL AS state, NULL AS need, NULL AS lead, NULL AS product_word,
  NULL AS permit_number, NULL AS renewal_length,
  NULL AS renewal_unit, NULL AS renewal_source, NULL AS renewal_clause,
  CAST(NULL AS DATE) AS renew_by, CAST(NULL AS DATE) AS on_day
FROM hazard_findings AS h
UNION ALL
SELECT dimension, uscc, line_id, subject, norm_row, p.source_id, clause, indicator, period_start,
  period_end, value, CASE WHEN limit_value IS NOT NULL THEN 'presence' END, limit_value,
  CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS DECIMAL(18, 4)), verdict, provisional,
  reasons, CASE WHEN verdict = 'noncompliant' THEN 'opens' ELSE 'records' END,
  matter, NULL, kind_en, s.number, s.title_zh, s.title_en, s.effective_from, s.effective_to, NULL,
  NULL, NULL, question_zh, question_en, document, NULL, NULL, NULL, state, need, lead,
  product_word, permit_number,
  renewal_length, renewal_unit, renewal_source, renewal_clause, renew_by, on_day
FROM permit_findings AS p
LEFT JOIN norms.sources AS s ON s.source_id = p.source_id

-- Quality: test results against the product standards in force (opinions, clause (6)).
--
-- Reads facts.{tests, lines, unit_factors}, norms.{product_standards, sources, procedural_terms} and
-- the method tables norms.{product_names, product_scopes, characteristic_names, mandatory_clauses,
-- alternative_limits}. Sections are those of quality_procedure (docs/judgement/quality.md).
--
-- One row for each sample, characteristic and norm row that reaches the product; where the name of
-- the product does not say which of several rows holds, one row for all of them. A withdrawn
-- strength grade gives one row a sample. A test that no row reaches is undetermined and says why.
WITH
-- 1. Products. Blanks, brackets, Φ and mm in a name make no difference.
tested_names AS (
  SELECT DISTINCT product,
    UPPER(REPLACE(REPLACE(TRANSLATE(product, '() 　Φφ', '（）'), '毫米', ''), 'mm', '')) AS name_key
  FROM facts.tests
),
known_names AS (
  SELECT product_zh, product_zh AS name, TRUE AS settled
  FROM norms.product_scopes
  GROUP BY product_zh
  UNION ALL
  SELECT product_zh, name, settled FROM norms.product_names
),
name_keys AS (
  SELECT product_zh, settled,
    UPPER(REPLACE(REPLACE(TRANSLATE(name, '() 　Φφ', '（）'), '毫米', ''), 'mm', '')) AS name_key
  FROM known_names
),
products AS (
  SELECT t.product, MIN(k.product_zh) AS product_zh, BOOL_AND(k.settled) AS settled
  FROM tested_names AS t
  JOIN name_keys AS k ON k.name_key = t.name_key
  GROUP BY t.product
),

-- 2. Every row that reaches a product, whatever its validity. A row with presence 0 withdraws the
--    grade itself, whatever was tested (section 1, composite cement).
reach AS (
  SELECT s.row_id AS scope_id, s.product_zh AS scope_product, s.mode, s.question_zh, s.question_en,
    s.settled AS scope_settled, n.number, n.title_zh, n.title_en,
    p.comparator = 'presence' AND p.value = 0 AS withdraws_grade,
    p.row_id, p.source_id, p.clause, p.product_zh AS row_product, p.product_en AS row_product_en,
    p.characteristic_zh, p.characteristic_en, p.comparator, p.value AS limit_value, p.unit,
    p.last_place, p.effective_from, p.effective_to, p.settled AS row_settled, p.jurisdiction,
    a.row_id IS NOT NULL AS has_second, a.value AS second_limit, a.reason AS second_reason,
    a.settled_by, a.question_zh AS second_zh, a.question_en AS second_en
  FROM norms.product_scopes AS s
  JOIN norms.product_standards AS p ON p.product_zh = s.covers_zh
  LEFT JOIN norms.sources AS n ON n.source_id = p.source_id
  LEFT JOIN norms.alternative_limits AS a
    ON a.source_id = p.source_id AND a.clause = p.clause
    AND a.characteristic_zh = p.characteristic_zh
  WHERE s.mode <> 'outside'
),
readings AS (
  SELECT characteristic_zh AS name, characteristic_zh, TRUE AS settled
  FROM norms.product_standards
  GROUP BY characteristic_zh
  UNION ALL
  SELECT name, characteristic_zh, settled FROM norms.characteristic_names
),

-- 3. The tests known on the day. The procedure speaks of the day of production; the facts give the
--    day of sampling, which is taken for it.
tests AS (
  SELECT t.sample_id, t.line_id, t.product, t.characteristic, t.value, t.unit, t.sampled_on,
    t.retest_of, t.uncertainty, COALESCE(p.product_zh, t.product) AS product_zh,
    p.product_zh IS NOT NULL AS product_known, COALESCE(p.settled, TRUE) AS product_settled
  FROM facts.tests AS t
  CROSS JOIN question AS q
  LEFT JOIN products AS p ON p.product = t.product
  WHERE t.sampled_on <= q.on_day
),
samples AS (
  SELECT sample_id, MIN(retest_of) AS retest_of, MAX(retest_of) AS other_retest_of,
    MIN(sampled_on) AS sampled_on, MIN(line_id) AS line_id, MIN(product_zh) AS product_zh
  FROM tests
  GROUP BY sample_id
),

-- 4. Retests (section 3; Product Quality Law art. 15): one retest, and its conclusion decides. It is
--    of the same batch, so it is judged by the day of the first sample. Only one step is followed:
--    no chain and no circle can run on.
retests AS (
  SELECT s.sample_id, s.retest_of, f.sampled_on AS first_sampled_on,
    CASE
      WHEN s.retest_of IS NULL THEN NULL
      WHEN s.retest_of = s.sample_id OR f.retest_of = s.sample_id THEN 'retest_cycle'
      WHEN f.sample_id IS NULL THEN 'retest_sample_unknown'
      WHEN f.retest_of IS NOT NULL THEN 'retest_of_retest'
      WHEN s.retest_of <> s.other_retest_of OR f.line_id <> s.line_id
        OR f.product_zh <> s.product_zh OR f.sampled_on > s.sampled_on THEN 'retest_does_not_match'
    END AS trouble
  FROM samples AS s
  LEFT JOIN samples AS f ON f.sample_id = s.retest_of
),
decided AS (
  SELECT r.retest_of AS sample_id, n.characteristic_zh, MIN(r.sample_id) AS retest_id,
    COUNT(DISTINCT r.sample_id) AS retest_count
  FROM retests AS r
  JOIN tests AS t ON t.sample_id = r.sample_id
  JOIN readings AS n ON n.name = t.characteristic
  WHERE r.retest_of IS NOT NULL AND r.trouble IS NULL
  GROUP BY r.retest_of, n.characteristic_zh
),
retested_again AS (
  SELECT DISTINCT retest_of AS sample_id FROM retests WHERE trouble = 'retest_of_retest'
),
-- The days run from receipt of the result; the facts give the day of sampling, the earliest
-- receipt there can be, so the last day here is the earliest last day.
objection AS (
  SELECT MAX(CAST(length AS INTEGER)) AS days
  FROM norms.procedural_terms
  WHERE term_zh = '申请复检' AND unit = 'calendar_day'
),

-- 5. What is to be answered: each test, and for each sample of a grade that is withdrawn, the grade.
grades_made AS (
  SELECT t.sample_id, MIN(t.line_id) AS line_id, MIN(t.product) AS product, g.characteristic_zh,
    MIN(t.sampled_on) AS sampled_on, MIN(t.product_zh) AS product_zh,
    BOOL_AND(t.product_settled) AS product_settled
  FROM tests AS t
  JOIN reach AS g ON g.scope_product = t.product_zh AND g.withdraws_grade
  GROUP BY t.sample_id, g.characteristic_zh
),
asked AS (
  SELECT sample_id, line_id, product, characteristic, value, unit, sampled_on, uncertainty,
    product_zh, product_known, product_settled, FALSE AS asks_grade
  FROM tests
  WHERE characteristic NOT IN (SELECT characteristic_zh FROM reach WHERE withdraws_grade)
  UNION ALL
  SELECT sample_id, line_id, product, characteristic_zh, CAST(1 AS DECIMAL(18, 6)), '-', sampled_on,
    CAST(NULL AS DECIMAL(18, 6)), product_zh, TRUE, product_settled, TRUE
  FROM grades_made
),
questions AS (
  SELECT a.*, l.uscc, l.division_code, r.trouble, r.retest_of AS first_sample,
    g.sample_id IS NOT NULL AS retested_again,
    CASE WHEN r.trouble IS NULL THEN COALESCE(r.first_sampled_on, a.sampled_on)
      ELSE a.sampled_on END AS judged_on,
    a.sampled_on + o.days AS objection_until,
    r.retest_of IS NULL AND q.on_day <= a.sampled_on + o.days AS objection_open
  FROM asked AS a
  CROSS JOIN question AS q
  CROSS JOIN objection AS o
  JOIN retests AS r ON r.sample_id = a.sample_id
  LEFT JOIN retested_again AS g ON g.sample_id = a.sample_id
  LEFT JOIN facts.lines AS l ON l.line_id = a.line_id
),

-- 6. The rows that reach each question: national ones, and those of the line's province or city.
reached AS (
  SELECT t.sample_id, t.characteristic, t.value, t.unit AS given_unit, t.trouble, t.judged_on,
    n.settled AND p.scope_settled AND t.product_settled AS reading_settled,
    t.judged_on BETWEEN p.effective_from AND p.effective_to AS in_force,
    p.scope_id, p.row_id, p.mode, p.question_zh, p.withdraws_grade, p.comparator, p.limit_value,
    p.unit, p.last_place, p.effective_from, p.effective_to, p.has_second, p.second_limit,
    p.second_reason, p.settled_by
  FROM questions AS t
  JOIN readings AS n ON n.name = t.characteristic
  JOIN reach AS p
    ON p.scope_product = t.product_zh AND p.characteristic_zh = n.characteristic_zh
  WHERE p.withdraws_grade = t.asks_grade
    AND (
      p.jurisdiction = '000000'
      OR p.jurisdiction = t.division_code
      OR (SUBSTRING(p.jurisdiction, 3, 4) = '0000'
        AND SUBSTRING(p.jurisdiction, 1, 2) = SUBSTRING(t.division_code, 1, 2))
      OR (SUBSTRING(p.jurisdiction, 5, 2) = '00'
        AND SUBSTRING(p.jurisdiction, 1, 4) = SUBSTRING(t.division_code, 1, 4))
    )
),

-- A local row that could hold, on a line whose place is not given.
place_open AS (
  SELECT t.sample_id, t.characteristic
  FROM questions AS t
  JOIN readings AS n ON n.name = t.characteristic
  JOIN reach AS p
    ON p.scope_product = t.product_zh AND p.characteristic_zh = n.characteristic_zh
  WHERE t.division_code IS NULL AND p.jurisdiction <> '000000'
    AND t.judged_on BETWEEN p.effective_from AND p.effective_to
  GROUP BY t.sample_id, t.characteristic
),

-- 7. The result in the unit of the row: exact decimals, 6 places times 9 places.
factored AS (
  SELECT r.*,
    CASE WHEN COALESCE(r.given_unit, '-') = r.unit THEN CAST(1 AS DECIMAL(18, 9))
      ELSE f.factor END AS factor
  FROM reached AS r
  LEFT JOIN facts.unit_factors AS f ON f.from_unit = r.given_unit AND f.to_unit = r.unit
  WHERE r.in_force
),
converted AS (
  SELECT *,
    CASE WHEN factor = 1 THEN CAST(value AS DECIMAL(38, 15))
      ELSE CAST(value AS DECIMAL(20, 6)) * factor END AS exact_value,
    CASE
      WHEN value IS NULL THEN 'value_not_given'
      WHEN limit_value IS NULL THEN 'norm_sets_no_value'
      WHEN given_unit IS NULL AND factor IS NULL THEN 'unit_not_given'
      WHEN factor IS NULL THEN 'unit_not_convertible'
    END AS obstacle
  FROM factored
),
-- Section 2, GB/T 8170: the result is rounded to the last place of the limit as printed, a tie to
-- the even digit, and then compared. Remainders of decimals: no floating point.
split AS (
  SELECT *,
    -- the first branch says the same in narrower numbers, several times as fast
    CASE WHEN factor = 1 THEN ABS(value) % last_place
      ELSE ABS(exact_value) % last_place END AS rest
  FROM converted
),
raised AS (
  SELECT *,
    ABS(exact_value) - rest + CASE
      WHEN rest + rest < last_place THEN 0
      WHEN rest + rest > last_place THEN last_place
      WHEN (ABS(exact_value) - rest) % (last_place + last_place) <> 0 THEN last_place
      ELSE 0
    END AS magnitude
  FROM split
),
rounded AS (
  SELECT *, CASE WHEN exact_value < 0 THEN -magnitude ELSE magnitude END AS rounded_value
  FROM raised
),

-- 8. The comparison; bounds are inside. Some limits have a second figure (alternative_limits), which
--    a result of the same sample may settle, as the autoclave test does for magnesium oxide.
settling AS (
  SELECT settled_by AS name, settled_by AS characteristic_zh
  FROM norms.alternative_limits
  WHERE settled_by <> ''
  GROUP BY settled_by
  UNION ALL
  SELECT n.name, n.characteristic_zh
  FROM norms.characteristic_names AS n
  WHERE n.characteristic_zh IN (SELECT settled_by FROM norms.alternative_limits)
),
companions AS (
  SELECT t.sample_id, n.characteristic_zh, MIN(t.value) AS value
  FROM tests AS t
  JOIN settling AS n ON n.name = t.characteristic
  GROUP BY t.sample_id, n.characteristic_zh
),
compared AS (
  SELECT r.*, c.value AS companion_value,
    CASE r.comparator
      WHEN 'le' THEN r.rounded_value <= r.limit_value
      WHEN 'ge' THEN r.rounded_value >= r.limit_value
      WHEN 'lt' THEN r.rounded_value < r.limit_value
      WHEN 'gt' THEN r.rounded_value > r.limit_value
      WHEN 'eq' THEN r.rounded_value = r.limit_value
      WHEN 'presence' THEN (r.rounded_value <> 0) = (r.limit_value <> 0)
    END AS passes,
    CASE
      WHEN NOT r.has_second THEN FALSE
      WHEN r.second_limit IS NULL THEN TRUE
      WHEN r.comparator IN ('le', 'lt') THEN r.rounded_value <= r.second_limit
      ELSE r.rounded_value >= r.second_limit
    END AS passes_second
  FROM rounded AS r
  LEFT JOIN companions AS c
    ON c.sample_id = r.sample_id AND c.characteristic_zh = r.settled_by
),
row_answers AS (
  SELECT *,
    CASE
      WHEN trouble <> 'retest_sample_unknown' THEN trouble
      WHEN obstacle IS NOT NULL THEN obstacle
      WHEN NOT passes AND passes_second AND companion_value IS NULL THEN second_reason
    END AS doubt,
    COALESCE(NOT passes AND passes_second AND companion_value <> 0, FALSE) AS second_holds
  FROM compared
),
row_verdicts AS (
  SELECT *,
    CASE
      WHEN doubt IS NOT NULL THEN 'undetermined'
      WHEN passes OR second_holds THEN 'compliant'
      ELSE 'noncompliant'
    END AS row_verdict
  FROM row_answers
),

-- 9. One answer where all rows that may hold agree, else none. A row that holds only under a
--    condition stands beside "no row", which nothing fails.
alternatives AS (
  SELECT sample_id, characteristic, scope_id, row_id,
    MIN(row_verdict) OVER (PARTITION BY sample_id, characteristic, mode, question_zh)
      <> MAX(row_verdict) OVER (PARTITION BY sample_id, characteristic, mode, question_zh)
      OR (mode = 'only_if' AND row_verdict <> 'compliant') AS disagree,
    ROW_NUMBER() OVER (
      PARTITION BY sample_id, characteristic, mode, question_zh
      ORDER BY
        CASE row_verdict WHEN 'noncompliant' THEN 0 WHEN 'undetermined' THEN 1 ELSE 2 END,
        CASE WHEN comparator IN ('le', 'lt') THEN limit_value ELSE -limit_value END, row_id
    ) AS place
  FROM row_verdicts
  WHERE mode <> 'every'
),
agreement AS (
  SELECT v.sample_id, v.characteristic, v.scope_id, v.row_id, v.reading_settled, v.factor,
    v.exact_value, v.rounded_value, v.companion_value, v.second_holds, v.doubt, v.row_verdict,
    v.mode <> 'every' AS chosen_among, COALESCE(a.disagree, FALSE) AS disagree
  FROM row_verdicts AS v
  LEFT JOIN alternatives AS a
    ON a.sample_id = v.sample_id AND a.characteristic = v.characteristic
    AND a.scope_id = v.scope_id AND a.row_id = v.row_id
  WHERE v.mode = 'every' OR a.place = 1
),

-- 10. Questions that no row in force reaches, and what we know around that day.
around AS (
  SELECT sample_id, characteristic, BOOL_OR(in_force) AS in_force,
    MAX(CASE WHEN effective_to < judged_on THEN effective_to END) AS earlier_to,
    MIN(CASE WHEN effective_from > judged_on THEN effective_from END) AS later_from
  FROM reached
  GROUP BY sample_id, characteristic
),
withdrawn AS (
  SELECT DISTINCT sample_id FROM reached WHERE withdraws_grade AND in_force AND mode = 'every'
),
answers AS (
  SELECT t.*, a.row_id, a.scope_id, a.reading_settled, a.factor, a.exact_value, a.rounded_value,
    a.companion_value, a.second_holds, a.disagree, a.chosen_among, a.row_verdict,
    o.question_zh AS outside_zh, o.question_en AS outside_en, r.earlier_to, r.later_from,
    l.sample_id IS NOT NULL AS place_open,
    CASE
      WHEN a.row_id IS NOT NULL THEN a.doubt
      WHEN NOT t.product_known THEN 'no_norm_for_product'
      WHEN o.row_id IS NOT NULL THEN 'outside_scope'
      WHEN r.sample_id IS NULL THEN 'no_norm_for_characteristic'
      ELSE 'no_norm_in_force'
    END AS doubt
  FROM questions AS t
  LEFT JOIN agreement AS a
    ON a.sample_id = t.sample_id AND a.characteristic = t.characteristic
  LEFT JOIN norms.product_scopes AS o ON o.product_zh = t.product_zh AND o.mode = 'outside'
  LEFT JOIN around AS r ON r.sample_id = t.sample_id AND r.characteristic = t.characteristic
  LEFT JOIN withdrawn AS w ON w.sample_id = t.sample_id
  LEFT JOIN place_open AS l ON l.sample_id = t.sample_id AND l.characteristic = t.characteristic
  -- a grade never withdrawn on that day asks nothing; a withdrawn one has no strength rows left,
  -- and the finding on the grade says all there is to say
  WHERE a.row_id IS NOT NULL
    OR NOT (t.asks_grade OR (w.sample_id IS NOT NULL AND r.sample_id IS NOT NULL))
),

-- 11. What the clause is worth on that day (section 1): a clause named in mandatory_clauses, then
--     the words of the clause, then the source as a whole, then the number of the standard.
weighed AS (
  SELECT t.*, p.source_id, p.clause, p.number, p.title_zh, p.title_en, p.row_product,
    p.row_product_en, p.characteristic_en, p.comparator, p.limit_value, p.unit AS norm_unit,
    p.last_place, p.effective_from, p.effective_to, p.row_settled, p.mode, p.question_zh,
    p.question_en, p.second_limit, p.second_zh, p.second_en, d.retest_id, b.retest_count,
    CASE
      WHEN t.disagree OR t.doubt IS NOT NULL THEN 'undetermined'
      ELSE t.row_verdict
    END AS verdict,
    CASE
      WHEN t.row_id IS NULL THEN NULL
      WHEN c.standing IS NOT NULL THEN c.standing
      WHEN p.clause LIKE '%推荐性%' THEN 'recommended'
      WHEN w.standing IS NOT NULL THEN w.standing
      WHEN p.number LIKE '%/T%' THEN 'recommended'
      WHEN p.number LIKE 'GB%' OR p.number LIKE 'DB%' THEN 'mandatory'
      ELSE 'order'
    END AS standing
  FROM answers AS t
  LEFT JOIN reach AS p ON p.scope_id = t.scope_id AND p.row_id = t.row_id
  LEFT JOIN norms.mandatory_clauses AS c
    ON c.source_id = p.source_id AND c.clause = p.clause
    AND t.judged_on BETWEEN c.effective_from AND c.effective_to
  LEFT JOIN norms.mandatory_clauses AS w
    ON w.source_id = p.source_id AND w.clause = '*'
    AND t.judged_on BETWEEN w.effective_from AND w.effective_to
  LEFT JOIN decided AS d
    ON d.sample_id = t.sample_id AND d.characteristic_zh = p.characteristic_zh
  LEFT JOIN decided AS b
    ON b.sample_id = t.first_sample AND b.characteristic_zh = p.characteristic_zh
    AND t.trouble IS NULL
),
marked AS (
  SELECT *,
    verdict = 'noncompliant' AS misses,
    retest_id IS NOT NULL AS superseded,
    verdict = 'noncompliant' AND objection_open AND retest_id IS NULL AS not_final,
    retested_again OR COALESCE(retest_count > 1, FALSE)
      OR COALESCE(trouble = 'retest_sample_unknown', FALSE) AS retest_unclear,
    COALESCE(chosen_among AND doubt IS NULL, FALSE) AS condition_missing,
    COALESCE(NOT row_settled, FALSE) AS row_unchecked,
    COALESCE(NOT reading_settled, FALSE) AS reading_unchecked,
    verdict <> 'undetermined'
      AND COALESCE(ABS(exact_value - limit_value) < CAST(uncertainty AS DECIMAL(20, 6)) * factor, FALSE) AS borderline
  FROM weighed
)
SELECT 'quality' AS dimension, uscc, line_id, sample_id AS subject, row_id AS norm_row, source_id,
  clause, characteristic AS indicator, sampled_on AS period_start, sampled_on AS period_end,
  COALESCE(TRY_CAST(exact_value AS DECIMAL(18, 6)), value) AS value,
  CASE comparator
    WHEN 'le' THEN '<=' WHEN 'ge' THEN '>=' WHEN 'lt' THEN '<' WHEN 'gt' THEN '>' WHEN 'eq' THEN '='
    ELSE comparator
  END AS comparator,
  CASE WHEN second_holds THEN COALESCE(second_limit, limit_value) ELSE limit_value
  END AS limit_value,
  CAST(NULL AS VARCHAR) AS limit_text,
  CASE WHEN exact_value IS NULL THEN COALESCE(unit, norm_unit) ELSE norm_unit END AS unit,
  CASE WHEN comparator IN ('le', 'ge', 'lt', 'gt') AND limit_value > 0 THEN TRY_CAST(
    ROUND(CAST(rounded_value AS DOUBLE) / CAST(limit_value AS DOUBLE), 4) AS DECIMAL(18, 4))
  END AS ratio,
  verdict,
  (verdict <> 'undetermined' AND condition_missing) OR row_unchecked OR reading_unchecked
    OR borderline OR not_final OR retest_unclear OR place_open
    OR COALESCE(misses AND standing = 'unsettled', FALSE) AS provisional,
  LIST_SORT(LIST_DISTINCT([
    doubt,
    CASE WHEN condition_missing THEN 'condition_not_given' END,
    CASE WHEN row_unchecked THEN 'norm_not_verified' END,
    CASE WHEN reading_unchecked THEN 'product_reading_not_verified' END,
    CASE WHEN borderline THEN 'borderline' END,
    CASE WHEN place_open THEN 'division_not_given' END,
    CASE WHEN not_final THEN 'retest_period_open' END,
    CASE WHEN superseded THEN 'superseded_by_retest' END,
    CASE WHEN retested_again THEN 'retest_of_retest' END,
    CASE WHEN retest_count > 1 THEN 'several_retests' END,
    CASE WHEN trouble = 'retest_sample_unknown' THEN trouble END,
    CASE WHEN misses AND standing = 'recommended' THEN 'recommended_standard_only' END,
    CASE WHEN misses AND standing = 'order' THEN 'ministry_order_only' END,
    CASE WHEN misses AND standing = 'unsettled' THEN 'mandatory_status_unsettled' END
  ])) AS reasons,
  CASE
    WHEN NOT misses OR superseded THEN 'records'
    WHEN standing = 'mandatory' THEN 'opens'
    ELSE 'warns'
  END AS effect,
  -- for the explanation
  product, row_product, row_product_en, characteristic_en, asks_grade, number, title_zh, title_en,
  effective_from, effective_to, standing, mode, question_zh, question_en, value AS given_value,
  unit AS given_unit, factor,
  last_place, TRY_CAST(rounded_value AS DECIMAL(18, 6)) AS rounded_value, uncertainty, judged_on,
  first_sample, retest_id, objection_until, second_limit, second_zh, second_en, companion_value,
  second_holds, outside_zh, outside_en, earlier_to, later_from
FROM marked

-- Environment: monitoring data against emission limits, and mass against allowances (clause (5)).
--
-- Sections name those of the method, repeated in docs/judgement/environment.md. The limits of every
-- outlet are chosen first, on the small side; then the readings are read once, joined to the chosen
-- limits and counted by outlet, pollutant, limit and day, then by calendar quarter. Values are
-- counted in whole millionths of the unit (the six decimals of a finding): sums and comparisons are
-- exact and do not depend on the order of the rows.
WITH

-- ---------------------------------------------------------------- 1. what is asked: outlet, pollutant
reported AS (
  SELECT outlet_id, pollutant_code,
    CAST(MIN(time) AS DATE) AS first_day, CAST(MAX(time) AS DATE) AS last_day
  FROM facts.monitoring
  WHERE CAST(time AS DATE) <= (SELECT on_day FROM question)
  GROUP BY outlet_id, pollutant_code
),
outlets AS (
  SELECT o.outlet_id, o.line_id, l.uscc, o.medium, o.source, o.limit_kind AS stated_kind,
    o.standard, l.industry, COALESCE(l.division_code, e.division_code) AS division_code,
    l.approved_on, l.commissioned_on
  FROM facts.outlets AS o
  LEFT JOIN facts.lines AS l ON l.line_id = o.line_id
  LEFT JOIN facts.enterprises AS e ON e.uscc = l.uscc
),
asked AS (
  SELECT o.*, r.pollutant_code, r.first_day,
    LEAST(q.on_day, CAST(DATE_TRUNC('quarter', r.last_day) + INTERVAL '3' MONTH AS DATE) - 1) AS last_day,
    GREATEST(CAST(DATE_TRUNC('quarter', r.first_day) AS DATE),
      CASE WHEN o.commissioned_on <= r.first_day THEN o.commissioned_on END) AS asked_from
  FROM reported AS r
  JOIN outlets AS o ON o.outlet_id = r.outlet_id
  CROSS JOIN question AS q
),
-- What is known of an outlet: what the facts state, what the name of its source settles.
given AS (
  SELECT c.owner_id AS outlet_id, c.key, COALESCE(w.means, LOWER(c.text)) AS text, c.number, c.day
  FROM facts.conditions AS c
  LEFT JOIN norms.condition_words AS w ON w.word = LOWER(c.text)
  WHERE c.owner_kind = 'outlet'
  UNION ALL
  SELECT o.outlet_id, s.key, s.text, NULL, NULL
  FROM outlets AS o
  JOIN norms.source_facts AS s ON s.source_zh = o.source
  WHERE NOT EXISTS (
    SELECT 1 FROM facts.conditions AS c
    WHERE c.owner_kind = 'outlet' AND c.owner_id = o.outlet_id AND c.key = s.key
  )
  UNION ALL
  SELECT outlet_id, 'approved_on', CAST(approved_on AS VARCHAR), NULL, approved_on
  FROM outlets WHERE approved_on IS NOT NULL
),

-- ------------------------------------------------------------------- 2. the rows that may hold (§1)
-- A ceiling and a floor of one table cell (pH 6 to 9) are one limit. Base volumes (m3/t, §2.3),
-- rates (kg/h) and limits of any single reading are no limits of an hourly or daily mean.
ceilings AS (
  SELECT * FROM norms.emission_limits
  WHERE comparator IN ('<=', '<') AND unit NOT IN ('m3/t', 'kg/h') AND averaging <> 'any'
),
floors AS (
  SELECT * FROM norms.emission_limits
  WHERE comparator IN ('>=', '>') AND unit NOT IN ('m3/t', 'kg/h') AND averaging <> 'any'
),
limits AS (
  SELECT COALESCE(c.row_id, f.row_id) AS row_id, f.row_id AS floor_row,
    COALESCE(c.source_id, f.source_id) AS source_id, COALESCE(c.clause, f.clause) AS clause,
    COALESCE(c.medium, f.medium) AS medium, COALESCE(c.industry, f.industry) AS industry,
    COALESCE(c.source_zh, f.source_zh) AS source_zh,
    COALESCE(c.pollutant_zh, f.pollutant_zh) AS pollutant_zh,
    COALESCE(c.pollutant_en, f.pollutant_en) AS pollutant_en,
    COALESCE(NULLIF(c.pollutant_code, ''), NULLIF(f.pollutant_code, ''), c.pollutant_zh, f.pollutant_zh) AS pollutant_key,
    COALESCE(c.averaging, f.averaging) AS averaging, COALESCE(c.unit, f.unit) AS unit,
    COALESCE(c.limit_kind, f.limit_kind) AS limit_kind, c.value AS ceiling, f.value AS floor,
    COALESCE(c.reference_o2_percent, f.reference_o2_percent) AS reference_o2,
    COALESCE(c.effective_from, f.effective_from) AS effective_from,
    COALESCE(c.effective_to, f.effective_to) AS effective_to,
    COALESCE(c.settled, TRUE) AND COALESCE(f.settled, TRUE) AS settled,
    COALESCE(c.jurisdiction, f.jurisdiction) AS jurisdiction
  FROM ceilings AS c
  FULL JOIN floors AS f
    ON f.source_id = c.source_id AND f.industry = c.industry AND f.source_zh = c.source_zh
    AND f.pollutant_zh = c.pollutant_zh AND f.unit = c.unit AND f.limit_kind = c.limit_kind
    AND f.condition = c.condition AND f.effective_from = c.effective_from
    AND f.effective_to = c.effective_to AND f.jurisdiction = c.jurisdiction
),
corrections AS (
  SELECT row_id,
    MAX(CASE WHEN key = 'any_kind' THEN 1 ELSE 0 END) AS any_kind,
    MAX(CASE WHEN key = 'otherwise' THEN 1 ELSE 0 END) AS otherwise,
    MAX(CASE WHEN key = 'rate_by_stack_height' THEN 1 ELSE 0 END) AS rate_too,
    MAX(CASE WHEN key = 'open_from' THEN CAST(text AS DATE) END) AS open_from,
    MAX(CASE WHEN key = 'o2_after_amendment' THEN CAST(text AS DECIMAL(18, 6)) END) AS o2_after,
    MAX(CASE WHEN key = 'excess_air' THEN CAST(text AS DECIMAL(18, 6)) END) AS excess_air,
    MAX(CASE WHEN key = 'kiln_oxygen:none' THEN 1 ELSE 0 END) AS by_kiln
  FROM norms.corrections
  GROUP BY row_id
),
-- A standard's own start: plants approved from that day on are new (§1.3).
starts AS (
  SELECT source_id, MIN(effective_from) AS starts_on
  FROM norms.emission_limits WHERE limit_kind = 'new' GROUP BY source_id
),
-- Areas in which special limits hold, by decision (§1.4, §8).
areas AS (
  SELECT key AS industry, value AS source_id, valid_from, valid_to, document,
    CASE WHEN SUBSTR(subject, 3) = '0000' THEN SUBSTR(subject, 1, 2)
      WHEN SUBSTR(subject, 5) = '00' THEN SUBSTR(subject, 1, 4) ELSE subject END AS prefix
  FROM norms.decisions WHERE kind = 'area'
),
reachable AS (
  SELECT a.outlet_id, a.line_id, a.pollutant_code, a.stated_kind, a.approved_on,
    a.commissioned_on, a.industry AS line_industry, a.division_code, r.*, k.otherwise,
    k.rate_too, k.open_from, k.o2_after, k.excess_air, k.by_kiln,
    COALESCE(k.any_kind, 0) AS any_kind, s.starts_on
  FROM asked AS a
  JOIN limits AS r ON r.medium = a.medium AND r.pollutant_key = a.pollutant_code
  LEFT JOIN norms.outlet_coverage AS c
    ON c.source_id = r.source_id AND c.industry = r.industry
    AND c.row_source_zh = r.source_zh AND c.outlet_zh = a.source
  LEFT JOIN norms.sources AS n ON n.source_id = r.source_id
  LEFT JOIN starts AS s ON s.source_id = r.source_id
  LEFT JOIN corrections AS k ON k.row_id = r.row_id
  WHERE (r.industry = a.industry OR r.industry = 'all')
    AND (r.source_zh = a.source OR c.row_id IS NOT NULL)
    AND (r.jurisdiction = '000000' OR STARTS_WITH(a.division_code,
      CASE WHEN SUBSTR(r.jurisdiction, 3) = '0000' THEN SUBSTR(r.jurisdiction, 1, 2)
        WHEN SUBSTR(r.jurisdiction, 5) = '00' THEN SUBSTR(r.jurisdiction, 1, 4) ELSE r.jurisdiction END))
    AND (a.standard IS NULL OR STARTS_WITH(r.source_id, a.standard) OR n.number = a.standard
      OR r.limit_kind = 'ultra_low')
),
-- Existing or new by the statement of the outlet, else by the day of approval against the start;
-- a plant in operation before the start was approved before it. Special and ultra-low only where
-- the outlet or a decision says so (§1.3 to 1.5).
kinded AS (
  SELECT r.*, d.document AS area_document,
    GREATEST(r.effective_from, COALESCE(d.valid_from, r.effective_from)) AS holds_from,
    LEAST(r.effective_to, COALESCE(d.valid_to, r.effective_to)) AS holds_to,
    CASE
      WHEN r.limit_kind NOT IN ('existing', 'new') OR r.any_kind = 1 THEN FALSE
      WHEN r.stated_kind IN ('existing', 'new') OR r.approved_on IS NOT NULL THEN FALSE
      ELSE COALESCE(r.commissioned_on >= r.starts_on, TRUE)
    END AS kind_doubtful
  FROM reachable AS r
  LEFT JOIN areas AS d
    ON r.limit_kind = 'special' AND COALESCE(r.stated_kind, '') <> 'special'
    AND STARTS_WITH(r.division_code, d.prefix)
    AND (d.industry = r.line_industry OR d.industry IN ('*', ''))
    AND (d.source_id IN ('*', '') OR d.source_id = r.source_id)
  WHERE CASE
    WHEN r.limit_kind = 'special' THEN r.stated_kind = 'special' OR d.document IS NOT NULL
    WHEN r.limit_kind = 'ultra_low' THEN r.stated_kind = 'ultra_low'
    WHEN r.any_kind = 1 THEN TRUE
    WHEN r.stated_kind IN ('existing', 'new') THEN r.limit_kind = r.stated_kind
    WHEN r.approved_on >= r.starts_on THEN r.limit_kind = 'new'
    WHEN r.approved_on < r.starts_on OR r.commissioned_on < r.starts_on THEN r.limit_kind = 'existing'
    ELSE TRUE
  END
),

-- ----------------------------------------------------------------- 3. conditions of the rows (§1)
pairs AS (
  SELECT DISTINCT outlet_id, line_id, row_id, commissioned_on FROM kinded
),
tests AS (
  SELECT p.outlet_id, p.row_id, c.key, c.operator, c.day AS bound_day,
    CASE
      WHEN c.key = 'day' THEN TRUE
      WHEN g.key IS NULL AND c.key = 'approved_on' THEN CASE WHEN p.commissioned_on < c.day THEN TRUE END
      -- The same property stated by its other key: the condition on this key does not arise.
      WHEN g.key IS NULL THEN CASE WHEN h.key IS NOT NULL THEN TRUE END
      WHEN c.operator = '=' THEN COALESCE(g.number = c.number, g.text = c.text)
      WHEN c.operator = '!=' THEN COALESCE(g.number <> c.number, g.text <> c.text)
      WHEN c.operator = 'in' THEN STRPOS('|' || c.text || '|', '|' || g.text || '|') > 0
      WHEN c.operator = '<' THEN COALESCE(g.number < c.number, g.day < c.day)
      WHEN c.operator = '<=' THEN COALESCE(g.number <= c.number, g.day <= c.day)
      WHEN c.operator = '>' THEN COALESCE(g.number > c.number, g.day > c.day)
      WHEN c.operator = '>=' THEN COALESCE(g.number >= c.number, g.day >= c.day)
    END AS holds
  FROM pairs AS p
  JOIN norms.conditions AS c ON c.row_id = p.row_id
  LEFT JOIN given AS g ON g.outlet_id = p.outlet_id AND g.key = c.key
  LEFT JOIN norms.alternative_keys AS t ON t.key = c.key
  LEFT JOIN given AS h ON h.outlet_id = p.outlet_id AND h.key = t.alternative
),
tested AS (
  SELECT outlet_id, row_id,
    MAX(CASE WHEN holds = FALSE THEN 1 ELSE 0 END) AS failed,
    STRING_AGG(DISTINCT CASE WHEN holds IS NULL AND key <> 'approved_on' THEN key END, ',' ORDER BY CASE WHEN holds IS NULL AND key <> 'approved_on' THEN key END) AS missing,
    MIN(CASE WHEN holds IS NULL AND key = 'approved_on' THEN bound_day END) AS approval_bound,
    MIN(CASE WHEN key = 'day' THEN bound_day END) AS ends_before
  FROM tests GROUP BY outlet_id, row_id
),
-- An officer may have settled the conditions of a row for an outlet or a line.
settlements AS (
  SELECT p.outlet_id, p.row_id, MAX(d.value) AS answer
  FROM pairs AS p
  JOIN norms.decisions AS d
    ON d.kind = 'condition' AND d.key = p.row_id AND d.subject IN (p.outlet_id, p.line_id)
  GROUP BY p.outlet_id, p.row_id
),
opens AS (
  SELECT DISTINCT row_id FROM norms.open_conditions
),
weighed AS (
  SELECT k.*, t.approval_bound, o.row_id IS NOT NULL AND s.answer IS NULL AS opened,
    s.answer AS settled_by_officer,
    CASE WHEN s.answer = 'yes' THEN 0 WHEN s.answer = 'no' THEN 1 ELSE COALESCE(t.failed, 0) END AS failed,
    CASE WHEN s.answer IS NULL THEN COALESCE(t.missing, '') ELSE '' END AS missing,
    LEAST(k.holds_to, COALESCE(t.ends_before - 1, k.holds_to)) AS ends_on
  FROM kinded AS k
  LEFT JOIN tested AS t ON t.outlet_id = k.outlet_id AND t.row_id = k.row_id
  LEFT JOIN settlements AS s ON s.outlet_id = k.outlet_id AND s.row_id = k.row_id
  LEFT JOIN opens AS o ON o.row_id = k.row_id
),
-- "Other": the row holds where no row beside it with a condition of its own does.
others AS (
  SELECT w.outlet_id, w.row_id,
    MAX(CASE WHEN b.failed = 0 AND b.missing = '' THEN 1 ELSE 0 END) AS taken,
    MAX(CASE WHEN b.failed = 0 AND b.missing <> '' THEN b.missing END) AS missing
  FROM weighed AS w
  JOIN weighed AS b
    ON b.outlet_id = w.outlet_id AND b.pollutant_code = w.pollutant_code
    AND b.source_id = w.source_id AND b.source_zh = w.source_zh AND b.limit_kind = w.limit_kind
    AND COALESCE(b.otherwise, 0) = 0 AND b.row_id <> w.row_id
  WHERE w.otherwise = 1
  GROUP BY w.outlet_id, w.row_id
),
-- A condition on the approval that nobody settled bears only on days from its bound on: what ran
-- before was approved before. So does a condition that opens on a day. Cut the row there.
standing AS (
  SELECT w.*, COALESCE(NULLIF(w.missing, ''), o.missing, '') AS missing_keys,
    COALESCE(CASE WHEN w.settled_by_officer IS NULL THEN w.approval_bound END,
      CASE WHEN w.settled_by_officer IS NULL THEN w.open_from END) AS cut_on
  FROM weighed AS w
  LEFT JOIN others AS o ON o.outlet_id = w.outlet_id AND o.row_id = w.row_id
  WHERE w.failed = 0 AND COALESCE(o.taken, 0) = 0 AND w.holds_from <= w.ends_on
),
pieces AS (
  SELECT * REPLACE (LEAST(ends_on, COALESCE(cut_on - 1, ends_on)) AS ends_on)
  FROM standing WHERE cut_on IS NULL OR cut_on > holds_from
  UNION ALL
  SELECT * REPLACE (GREATEST(holds_from, cut_on) AS holds_from,
    opened OR approval_bound IS NULL AS opened,
    CASE WHEN approval_bound IS NULL THEN missing_keys
      WHEN missing_keys = '' THEN 'approved_on' ELSE 'approved_on,' || missing_keys END AS missing_keys)
  FROM standing WHERE cut_on <= ends_on
),

-- ------------------------------------------------------- 4. spans of time with one set of rows (§1.1)
permits AS (
  SELECT p.outlet_id, p.pollutant_code, p.value, p.unit, r.effective_from, r.effective_to,
    r.source_id, r.clause, r.settled
  FROM facts.permitted AS p CROSS JOIN norms.permit_regimes AS r
),
oxygen_starts AS (
  SELECT a.amends, a.not_before, MIN(CAST(d.value AS DATE)) AS starts_on, MIN(d.document) AS document
  FROM norms.oxygen_amendments AS a
  LEFT JOIN norms.decisions AS d
    ON d.kind = 'parameter' AND d.subject = 'o2_amendment_start' AND d.key = a.amends
  GROUP BY a.amends, a.not_before
),
edges AS (
  SELECT outlet_id, pollutant_code, asked_from AS edge FROM asked
  UNION
  SELECT outlet_id, pollutant_code, holds_from FROM pieces
  UNION
  SELECT outlet_id, pollutant_code, ends_on + 1 FROM pieces WHERE ends_on < (SELECT on_day FROM question)
  UNION
  SELECT outlet_id, pollutant_code, effective_from FROM permits
  UNION
  SELECT p.outlet_id, p.pollutant_code, COALESCE(o.starts_on, o.not_before)
  FROM pieces AS p JOIN oxygen_starts AS o ON o.amends = p.source_id
  WHERE p.o2_after IS NOT NULL
),
spans AS (
  SELECT a.outlet_id, a.pollutant_code, e.edge AS span_from,
    COALESCE(LEAD(e.edge) OVER (PARTITION BY a.outlet_id, a.pollutant_code ORDER BY e.edge) - 1, a.last_day) AS span_to
  FROM asked AS a
  JOIN edges AS e ON e.outlet_id = a.outlet_id AND e.pollutant_code = a.pollutant_code
  WHERE e.edge BETWEEN a.asked_from AND a.last_day
),
-- An integrated standard gives way to an industry standard; a local row stands beside the better
-- of the two, and the stricter of all governs (§1.2, §1.6).
ranked AS (
  SELECT s.span_from, s.span_to, p.*, p.jurisdiction <> '000000' AS is_local,
    CASE WHEN i.standard IS NOT NULL THEN 2 ELSE 1 END AS rank,
    MIN(CASE WHEN p.jurisdiction <> '000000' THEN NULL WHEN i.standard IS NOT NULL THEN 2 ELSE 1 END)
      OVER (PARTITION BY s.outlet_id, s.pollutant_code, s.span_from) AS best_rank
  FROM spans AS s
  JOIN pieces AS p
    ON p.outlet_id = s.outlet_id AND p.pollutant_code = s.pollutant_code
    AND s.span_from BETWEEN p.holds_from AND p.ends_on
  LEFT JOIN norms.integrated_standards AS i ON i.standard = p.source_id
),
air AS (
  SELECT MAX(value) AS oxygen FROM norms.emission_figures WHERE figure = 'oxygen_of_air'
),
-- The permitted concentration is the number to compare where it is the stricter (§7). How the
-- value is folded (§2.4): C * fold / (oxygen of air - O2); without fold as measured.
folded AS (
  SELECT r.*, a.oxygen, o.starts_on AS amendment_starts, o.document AS amendment_document,
    o.amends IS NOT NULL AND o.starts_on IS NULL AND r.span_from >= o.not_before AS amendment_open,
    CASE
      WHEN r.reference_o2 IS NOT NULL THEN a.oxygen - r.reference_o2
      WHEN r.excess_air IS NOT NULL THEN a.oxygen / r.excess_air
      WHEN r.by_kiln = 1 THEN a.oxygen - CAST(k.text AS DECIMAL(18, 6))
      WHEN r.o2_after IS NOT NULL AND r.span_from >= COALESCE(o.starts_on, o.not_before) THEN a.oxygen - r.o2_after
    END AS fold,
    CASE WHEN r.by_kiln = 1 AND g.text IS NULL
      THEN CASE WHEN r.missing_keys = '' THEN 'kiln_atmosphere' ELSE 'kiln_atmosphere,' || r.missing_keys END
      ELSE r.missing_keys END AS asks,
    CAST(m.value * CASE WHEN m.unit IS NULL THEN 1 ELSE u.factor END AS DECIMAL(18, 6)) AS permitted,
    m.value IS NOT NULL AND m.unit IS NOT NULL AND u.factor IS NULL AS permit_unreadable,
    m.source_id AS permit_source,
    m.clause AS permit_clause, m.settled AS permit_settled
  FROM ranked AS r
  CROSS JOIN air AS a
  LEFT JOIN oxygen_starts AS o ON o.amends = r.source_id AND r.o2_after IS NOT NULL
  LEFT JOIN given AS g ON g.outlet_id = r.outlet_id AND g.key = 'kiln_atmosphere' AND r.by_kiln = 1
  LEFT JOIN norms.corrections AS k ON k.row_id = r.row_id AND k.key = 'kiln_oxygen:' || g.text AND k.text <> ''
  LEFT JOIN permits AS m
    ON m.outlet_id = r.outlet_id AND m.pollutant_code = r.pollutant_code
    AND r.span_from BETWEEN m.effective_from AND m.effective_to AND r.ceiling IS NOT NULL AND r.floor IS NULL
  LEFT JOIN facts.unit_factors AS u ON u.from_unit = m.unit AND u.to_unit = r.unit
  WHERE r.is_local OR r.rank = r.best_rank
),
limited AS (
  SELECT *,
    LEAST(ceiling, permitted) AS upper, permitted < ceiling AS by_permit,
    -- What is stricter, on one scale: a ceiling by its value, a floor alone by its negative.
    COALESCE(LEAST(ceiling, permitted), -floor) AS strictness
  FROM folded
),
-- Whether a plant is existing or new matters only where the two differ.
certain AS (
  SELECT *,
    asks <> '' OR (kind_doubtful AND MIN(limit_kind) OVER same_figure = MAX(limit_kind) OVER same_figure) AS doubtful
  FROM limited
  WHERE strictness IS NOT NULL
  WINDOW same_figure AS (
    PARTITION BY outlet_id, pollutant_code, span_from, source_id, fold, upper, floor, asks
  )
),
distinct_figures AS (
  SELECT *,
    MIN(CASE WHEN NOT doubtful THEN strictness END) OVER (PARTITION BY outlet_id, pollutant_code, span_from, fold) AS surely
  FROM certain
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY outlet_id, pollutant_code, span_from, fold, upper, floor ORDER BY doubtful, row_id
  ) = 1
),
-- Of the rows that surely hold the strictest (§1.6); of those that may hold, any stricter still.
chosen AS (
  SELECT d.*, DENSE_RANK() OVER (ORDER BY outlet_id, pollutant_code, span_from, fold) AS cell_no
  FROM distinct_figures AS d
  WHERE strictness = surely AND NOT doubtful OR doubtful AND (surely IS NULL OR strictness < surely)
),
-- A span in which our record has no row for what was measured: a hole, named (unless the permit
-- states a figure of its own).
holes AS (
  SELECT s.outlet_id, s.pollutant_code, s.span_from, s.span_to, m.value AS upper, m.unit,
    m.source_id AS permit_source, m.clause AS permit_clause, m.settled AS permit_settled,
    CASE
      WHEN EXISTS (SELECT 1 FROM ranked AS r WHERE r.outlet_id = s.outlet_id AND r.pollutant_code = s.pollutant_code AND r.span_from = s.span_from)
        THEN 'norm_sets_no_value'
      WHEN EXISTS (SELECT 1 FROM reachable AS r WHERE r.outlet_id = s.outlet_id AND r.pollutant_code = s.pollutant_code)
        THEN 'no_norm_in_force'
      ELSE 'no_limit_for_pollutant'
    END AS hole
  FROM spans AS s
  LEFT JOIN permits AS m
    ON m.outlet_id = s.outlet_id AND m.pollutant_code = s.pollutant_code
    AND s.span_from BETWEEN m.effective_from AND m.effective_to
  WHERE NOT EXISTS (
    SELECT 1 FROM chosen AS c
    WHERE c.outlet_id = s.outlet_id AND c.pollutant_code = s.pollutant_code AND c.span_from = s.span_from
  )
),
-- A slot is one limit that the readings of a span are compared with. While the start of an
-- amendment on oxygen is unknown there are two: the lesser of measured and folded value above the
-- limit is an exceedance either way, the greater below it is none either way (§2.4).
slots AS (
  SELECT CAST(ROW_NUMBER() OVER (ORDER BY outlet_id, pollutant_code, span_from, cell_no, strictness, row_id, fold_mode) AS INTEGER) AS slot_no,
    CAST(ROUND(upper * 1000000) AS BIGINT) AS upper_millionths,
    CAST(ROUND(floor * 1000000) AS BIGINT) AS floor_millionths,
    CAST(fold AS DOUBLE) AS fold_by, CAST(oxygen AS DOUBLE) AS air_oxygen, *
  FROM (
    SELECT c.cell_no, c.outlet_id, c.pollutant_code, c.span_from, c.span_to, c.row_id, c.floor_row,
      c.source_id, c.clause, c.pollutant_zh, c.pollutant_en, c.averaging, c.unit, c.limit_kind,
      c.upper, c.floor, c.strictness, c.ceiling, c.permitted, c.reference_o2, c.excess_air,
      c.o2_after, c.fold, c.oxygen, c.settled, c.opened, c.rate_too, c.asks, c.doubtful,
      COALESCE(c.by_permit, FALSE) AS by_permit, c.permit_source, c.permit_clause,
      c.permit_settled, c.permit_unreadable, c.amendment_open, c.amendment_document,
      c.area_document, c.effective_from, c.effective_to, NULL AS hole,
      CASE WHEN c.amendment_open THEN f.mode ELSE 'one' END AS fold_mode,
      c.averaging = 'day' AND c.floor IS NULL AS by_daily_mean
    FROM chosen AS c
    JOIN (SELECT 'greater' AS mode UNION ALL SELECT 'lesser') AS f
      ON c.amendment_open OR f.mode = 'lesser'
    UNION ALL
    SELECT NULL, h.outlet_id, h.pollutant_code, h.span_from, h.span_to, NULL, NULL,
      NULL, NULL, NULL, NULL, CASE WHEN o.medium = 'water' THEN 'day' ELSE 'hour' END, h.unit, NULL,
      h.upper, NULL, h.upper, NULL, h.upper, NULL, NULL,
      NULL, NULL, NULL, TRUE, FALSE, 0, '', FALSE,
      h.upper IS NOT NULL, h.permit_source, h.permit_clause,
      h.permit_settled, FALSE, FALSE, NULL,
      NULL, NULL, NULL, h.hole, 'one', o.medium = 'water'
    FROM holes AS h JOIN outlets AS o ON o.outlet_id = h.outlet_id
  ) AS every
),

-- ------------------------------------------------------------------ 5. the readings, counted once
factors AS (
  SELECT from_unit, to_unit, CAST(MIN(factor) AS DOUBLE) AS factor
  FROM facts.unit_factors GROUP BY from_unit, to_unit
),
converted AS (
  SELECT s.slot_no, CAST(m.time AS DATE) AS day, m.time, m.flag, m.flow, m.o2, m.value,
    CASE WHEN m.manual THEN 2 WHEN m.averaging = 'day' THEN 1 ELSE 0 END AS evidence,
    CASE WHEN m.unit IS NULL THEN 1 WHEN u.factor IS NULL AND s.unit IS NOT NULL THEN 2 ELSE 0 END AS unit_trouble,
    s.by_daily_mean, s.upper_millionths, s.floor_millionths,
    -- Never divided where oxygen is missing or not below that of air: not judgeable (§2.4).
    1000000 * CASE WHEN m.unit IS NULL OR s.unit IS NULL THEN 1 ELSE u.factor END * CASE
      WHEN s.fold_by IS NULL THEN m.value
      WHEN m.o2 >= 0 AND m.o2 < s.air_oxygen THEN CASE s.fold_mode
        WHEN 'one' THEN m.value * s.fold_by / (s.air_oxygen - m.o2)
        WHEN 'lesser' THEN LEAST(m.value, m.value * s.fold_by / (s.air_oxygen - m.o2))
        ELSE GREATEST(m.value, m.value * s.fold_by / (s.air_oxygen - m.o2)) END
    END AS in_millionths
  FROM facts.monitoring AS m
  JOIN slots AS s
    ON s.outlet_id = m.outlet_id AND s.pollutant_code = m.pollutant_code
    AND CAST(m.time AS DATE) BETWEEN s.span_from AND s.span_to
  LEFT JOIN factors AS u ON u.from_unit = m.unit AND u.to_unit = s.unit
),
-- A number beyond all measuring (over a hundred thousand million units) is not judged.
compared AS (
  SELECT *, CASE WHEN ABS(in_millionths) < 1e17 THEN CAST(ROUND(in_millionths) AS BIGINT) END AS v
  FROM converted
),
-- By day, mark and kind of evidence. The largest value carries its hour in its last five bits
-- (the earlier hour wins among equals), so that one maximum finds both.
counted AS (
  SELECT slot_no, day, flag, evidence,
    COUNT(*) AS readings, COUNT(v) AS judged, MAX(unit_trouble) AS unit_trouble,
    COUNT(CASE WHEN v > upper_millionths OR v < floor_millionths THEN 1 END) AS exceeding,
    MIN(CASE WHEN v > upper_millionths OR v < floor_millionths THEN time END) AS first_exceeding,
    MAX(CASE WHEN v > upper_millionths OR v < floor_millionths THEN time END) AS last_exceeding,
    MAX(v * 32 + 31 - HOUR(time)) AS highest,
    MIN(CASE WHEN floor_millionths IS NOT NULL THEN v * 32 + HOUR(time) END) AS lowest,
    SUM(v) AS total,
    COUNT(CASE WHEN by_daily_mean AND flow >= 0 THEN v END) AS with_flow,
    SUM(CASE WHEN by_daily_mean AND flow >= 0 THEN CAST(v AS DECIMAL(20, 0)) * CAST(ROUND(flow * 1000) AS DECIMAL(18, 0)) END) AS weighted,
    SUM(CASE WHEN by_daily_mean AND flow >= 0 AND v IS NOT NULL THEN CAST(ROUND(flow * 1000) AS DECIMAL(18, 0)) END) AS weight
  FROM compared
  GROUP BY slot_no, day, flag, evidence
),
-- What a mark is worth is a matter of the edition of HJ 212 on that day (§3.1). No mark at all
-- counts as normal and is told; an unknown one is not valid. A manual result stands by itself.
marked AS (
  SELECT c.*, s.averaging, s.cell_no, s.pollutant_code,
    CASE
      WHEN c.evidence = 2 THEN 'manual'
      WHEN c.evidence = 1 AND s.averaging = 'hour' THEN 'mismatch'
      WHEN c.flag IS NULL THEN 'valid'
      ELSE COALESCE(k.use, 'unknown')
    END AS use,
    COALESCE(k.settled, TRUE) AS mark_settled, COALESCE(k.check_order, 'no') AS check_order
  FROM counted AS c
  JOIN slots AS s ON s.slot_no = c.slot_no
  LEFT JOIN norms.data_marks AS k
    ON k.mark = c.flag AND c.day BETWEEN k.effective_from AND k.effective_to
),
days AS MATERIALIZED (
  SELECT slot_no, day,
    SUM(CASE WHEN evidence = 0 AND use = 'valid' THEN judged ELSE 0 END) AS valid,
    SUM(CASE WHEN use = 'valid' THEN readings - judged ELSE 0 END) AS not_judgeable,
    SUM(CASE WHEN use = 'stopped' THEN readings ELSE 0 END) AS stopped,
    SUM(CASE WHEN use IN ('invalid', 'unknown') THEN readings ELSE 0 END) AS invalid,
    SUM(CASE WHEN use = 'mismatch' THEN readings ELSE 0 END) AS mismatched,
    SUM(CASE WHEN flag IS NULL AND use = 'valid' THEN readings ELSE 0 END) AS unmarked,
    SUM(CASE WHEN check_order = 'yes' AND use = 'invalid' THEN readings ELSE 0 END) AS over_range,
    SUM(CASE WHEN use = 'manual' THEN judged ELSE 0 END) AS manual,
    SUM(CASE WHEN use = 'manual' THEN exceeding ELSE 0 END) AS manual_exceeding,
    SUM(CASE WHEN evidence = 1 AND use = 'valid' THEN judged ELSE 0 END) AS day_rows,
    SUM(CASE WHEN use = 'valid' THEN exceeding ELSE 0 END) AS exceeding,
    MIN(CASE WHEN use IN ('valid', 'manual') THEN first_exceeding END) AS first_exceeding,
    MAX(CASE WHEN use IN ('valid', 'manual') THEN last_exceeding END) AS last_exceeding,
    MAX(CASE WHEN use IN ('valid', 'manual') THEN highest END) AS highest,
    MIN(CASE WHEN use IN ('valid', 'manual') THEN lowest END) AS lowest,
    MAX(CASE WHEN use = 'manual' THEN highest END) AS manual_highest,
    SUM(CASE WHEN evidence = 0 AND use = 'valid' THEN total END) AS total,
    SUM(CASE WHEN evidence = 1 AND use = 'valid' THEN total END) AS day_total,
    SUM(CASE WHEN evidence = 0 AND use = 'valid' THEN with_flow ELSE 0 END) AS with_flow,
    SUM(CASE WHEN evidence = 0 AND use = 'valid' THEN weighted END) AS weighted,
    SUM(CASE WHEN evidence = 0 AND use = 'valid' THEN weight END) AS weight,
    MAX(unit_trouble) AS unit_trouble, MIN(CASE WHEN mark_settled THEN 1 ELSE 0 END) AS marks_settled
  FROM marked
  GROUP BY slot_no, day
),
-- The mean of the day: weighted by flow where every valid reading has one, else arithmetic; a
-- reported daily value where there are no hours. Air: of lists only; a day is valid from the share
-- of its operating hours on (§3.2, §5).
daily AS (
  SELECT d.*, s.by_daily_mean, s.averaging, s.upper_millionths, s.floor_millionths,
    d.valid > 0 AND s.by_daily_mean AND NOT (d.with_flow = d.valid AND d.weight > 0) AS unweighted,
    CASE
      WHEN d.valid > 0 AND s.by_daily_mean AND d.with_flow = d.valid AND d.weight > 0 THEN CAST(ROUND(d.weighted / d.weight) AS BIGINT)
      WHEN d.valid > 0 THEN CAST(ROUND(d.total / d.valid) AS BIGINT)
      WHEN d.day_rows > 0 THEN CAST(ROUND(d.day_total / d.day_rows) AS BIGINT)
    END AS mean,
    d.valid + d.day_rows > 0 AND (s.averaging = 'day' OR d.valid >= COALESCE(h.share, 0) * (24 - d.stopped)) AS day_valid
  FROM days AS d
  JOIN slots AS s ON s.slot_no = d.slot_no
  LEFT JOIN norms.validity_shares AS h
    ON h.medium = 'air' AND h.span = 'day' AND s.averaging = 'hour'
    AND d.day BETWEEN h.effective_from AND h.effective_to
),
judged_days AS (
  SELECT *,
    CASE WHEN by_daily_mean THEN mean > upper_millionths
      WHEN averaging = 'day' THEN exceeding > 0
      ELSE mean > upper_millionths OR mean < floor_millionths END AS day_exceeds,
    -- The gravest value of the day in millionths, and its hour (none for a mean).
    CASE
      WHEN by_daily_mean THEN GREATEST(mean, (manual_highest - (manual_highest & 31)) // 32)
      WHEN lowest IS NOT NULL AND (upper_millionths IS NULL OR floor_millionths - (lowest - (lowest & 31)) // 32 > (highest - (highest & 31)) // 32 - upper_millionths)
        THEN (lowest - (lowest & 31)) // 32
      ELSE (highest - (highest & 31)) // 32
    END AS gravest,
    CASE
      WHEN by_daily_mean THEN NULL
      WHEN lowest IS NOT NULL AND (upper_millionths IS NULL OR floor_millionths - (lowest - (lowest & 31)) // 32 > (highest - (highest & 31)) // 32 - upper_millionths)
        THEN lowest & 31
      ELSE 31 - (highest & 31)
    END AS gravest_hour
  FROM daily
),
distances AS (
  SELECT *, CAST(DATE_TRUNC('quarter', day) AS DATE) AS quarter,
    CASE WHEN floor_millionths IS NULL THEN gravest
      WHEN upper_millionths IS NULL THEN -gravest
      ELSE GREATEST(gravest - upper_millionths, floor_millionths - gravest) END AS distance
  FROM judged_days
),
by_mark AS (
  SELECT slot_no, quarter, STRING_AGG(mark || ':' || CAST(readings AS VARCHAR), ';' ORDER BY mark) AS marks
  FROM (
    SELECT slot_no, CAST(DATE_TRUNC('quarter', day) AS DATE) AS quarter, flag AS mark, SUM(readings) AS readings
    FROM marked WHERE use IN ('invalid', 'unknown')
    GROUP BY slot_no, CAST(DATE_TRUNC('quarter', day) AS DATE), flag
  ) AS m
  GROUP BY slot_no, quarter
),
quarters AS (
  SELECT slot_no, quarter,
    SUM(valid) AS valid_readings, SUM(not_judgeable) AS not_judgeable, SUM(stopped) AS stopped,
    SUM(invalid) AS invalid, SUM(mismatched) AS mismatched, SUM(unmarked) AS unmarked,
    SUM(over_range) AS over_range, SUM(manual) AS manual, SUM(manual_exceeding) AS manual_exceeding,
    SUM(day_rows) AS day_rows, SUM(exceeding) AS exceeding_readings,
    COUNT(CASE WHEN day_valid THEN 1 END) AS valid_days,
    COUNT(CASE WHEN day_valid AND day_exceeds THEN 1 END) AS exceeding_days,
    COUNT(CASE WHEN stopped > 0 AND valid + day_rows + invalid + not_judgeable = 0 THEN 1 END) AS stopped_days,
    COUNT(CASE WHEN unweighted THEN 1 END) AS unweighted_days,
    MIN(first_exceeding) AS first_exceeding, MAX(last_exceeding) AS last_exceeding,
    MIN(CASE WHEN day_exceeds THEN day END) AS first_exceeding_day,
    MAX(CASE WHEN day_exceeds THEN day END) AS last_exceeding_day,
    MAX(distance) AS distance, MAX(unit_trouble) AS unit_trouble, MIN(marks_settled) AS marks_settled
  FROM distances
  GROUP BY slot_no, quarter
),
worst AS (
  SELECT d.slot_no, d.quarter, d.day AS worst_day, d.gravest_hour AS worst_hour, d.gravest AS worst_value
  FROM distances AS d
  JOIN quarters AS q ON q.slot_no = d.slot_no AND q.quarter = d.quarter AND q.distance = d.distance
  QUALIFY ROW_NUMBER() OVER (PARTITION BY d.slot_no, d.quarter ORDER BY d.day) = 1
),
-- Every quarter of a span is asked, whether anything was reported in it or not.
windows AS (
  SELECT s.slot_no, s.quarter, GREATEST(s.quarter, s.span_from) AS period_start,
    LEAST(CAST(s.quarter + INTERVAL '3' MONTH AS DATE) - 1, s.span_to) AS period_end
  FROM (
    SELECT slot_no, span_from, span_to,
      CAST(UNNEST(GENERATE_SERIES(DATE_TRUNC('quarter', span_from), CAST(span_to AS TIMESTAMP), INTERVAL '3' MONTH)) AS DATE) AS quarter
    FROM slots
  ) AS s
),

-- --------------------------------------------------------------------------- 6. the answer (§3, §4)
measured AS (
  SELECT s.*, w.quarter, w.period_start, w.period_end, h.share AS least_share, h.source_id AS share_source,
    COALESCE(q.valid_readings, 0) AS valid_readings, COALESCE(q.not_judgeable, 0) AS not_judgeable,
    COALESCE(q.stopped, 0) AS stopped, COALESCE(q.invalid, 0) AS invalid,
    COALESCE(q.mismatched, 0) AS mismatched, COALESCE(q.unmarked, 0) AS unmarked,
    COALESCE(q.over_range, 0) AS over_range, COALESCE(q.manual, 0) AS manual,
    COALESCE(q.manual_exceeding, 0) AS manual_exceeding, COALESCE(q.day_rows, 0) AS day_rows,
    COALESCE(q.exceeding_readings, 0) AS exceeding_readings, COALESCE(q.valid_days, 0) AS valid_days,
    COALESCE(q.exceeding_days, 0) AS exceeding_days, COALESCE(q.unweighted_days, 0) AS unweighted_days,
    q.first_exceeding, q.last_exceeding, q.first_exceeding_day, q.last_exceeding_day,
    COALESCE(q.unit_trouble, 0) AS unit_trouble, COALESCE(q.marks_settled, 1) AS marks_settled,
    m.marks, x.worst_day, x.worst_hour, CAST(x.worst_value AS DECIMAL(38, 0)) / 1000000 AS worst_value,
    DATE_DIFF('day', w.period_start, w.period_end) + 1 AS period_days,
    CASE WHEN s.averaging = 'hour'
      THEN (DATE_DIFF('day', w.period_start, w.period_end) + 1) * 24 - COALESCE(q.stopped, 0)
      ELSE DATE_DIFF('day', w.period_start, w.period_end) + 1 - COALESCE(q.stopped_days, 0) END AS base_count,
    CASE WHEN s.averaging = 'hour' THEN COALESCE(q.valid_readings, 0) ELSE COALESCE(q.valid_days, 0) END AS valid_count,
    CASE WHEN s.by_daily_mean THEN COALESCE(q.exceeding_days, 0) ELSE COALESCE(q.exceeding_readings, 0) END AS exceeding_count
  FROM windows AS w
  JOIN slots AS s ON s.slot_no = w.slot_no
  LEFT JOIN quarters AS q ON q.slot_no = w.slot_no AND q.quarter = w.quarter
  LEFT JOIN worst AS x ON x.slot_no = w.slot_no AND x.quarter = w.quarter
  LEFT JOIN by_mark AS m ON m.slot_no = w.slot_no AND m.quarter = w.quarter
  LEFT JOIN norms.validity_shares AS h
    ON h.span = 'quarter' AND h.medium = CASE WHEN s.averaging = 'hour' THEN 'air' ELSE 'water' END
    AND w.period_end BETWEEN h.effective_from AND h.effective_to
),
-- Against one limit: an exceedance is one however few hours are valid; passing needs enough.
answered AS (
  SELECT *,
    CASE
      WHEN upper IS NULL AND floor IS NULL THEN hole
      WHEN exceeding_count > 0 OR manual_exceeding > 0 THEN 'noncompliant'
      WHEN valid_count = 0 AND manual > 0 AND invalid + not_judgeable + mismatched = 0 THEN 'compliant'
      WHEN valid_count = 0 AND manual = 0 AND unit_trouble = 2 THEN 'unit_not_convertible'
      WHEN valid_count = 0 AND manual = 0 AND mismatched > 0 THEN 'averaging_mismatch'
      WHEN valid_count = 0 AND manual = 0 THEN 'no_valid_reading'
      WHEN valid_count < COALESCE(least_share, 0) * base_count THEN 'too_few_valid_hours'
      ELSE 'compliant'
    END AS answer
  FROM measured
),
-- Against all limits that may govern: one answer if all agree (§ contract of conditions).
agreed AS (
  SELECT *,
    MIN(answer) OVER same_question AS lowest_answer, MAX(answer) OVER same_question AS highest_answer,
    MAX(CASE WHEN answer NOT IN ('compliant', 'noncompliant') THEN answer END) OVER same_question AS failing,
    COUNT(*) OVER same_question AS rivals,
    MAX(CASE WHEN doubtful AND asks = '' THEN 1 ELSE 0 END) OVER same_question AS kind_asked,
    MAX(asks) OVER same_question AS any_asks,
    MIN(CASE WHEN doubtful THEN 1 ELSE 0 END) OVER same_question AS nothing_sure
  FROM answered
  WINDOW same_question AS (
    PARTITION BY outlet_id, pollutant_code, COALESCE(cell_no, 0), period_start
  )
),
reported_answers AS (
  SELECT *,
    CASE WHEN lowest_answer = highest_answer AND answer IN ('compliant', 'noncompliant') THEN answer ELSE 'undetermined' END AS verdict
  FROM agreed
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY outlet_id, pollutant_code, COALESCE(cell_no, 0), period_start
    ORDER BY CASE WHEN highest_answer = 'noncompliant' AND lowest_answer = 'noncompliant' THEN -strictness ELSE strictness END,
      fold_mode DESC, row_id
  ) = 1
),
parameters AS (
  SELECT subject, CAST(value AS DECIMAL(18, 6)) AS value, document, valid_from, valid_to
  FROM norms.decisions
  WHERE kind = 'parameter' AND subject IN ('serious_share_of_valid_days', 'serious_min_valid_days')
),
concentration AS (
  SELECT r.*, o.line_id, o.uscc, o.medium, o.source, o.division_code, o.stated_kind, o.approved_on,
    a.value AS serious_share, b.value AS serious_days, a.document AS serious_document,
    CAST(CASE WHEN r.valid_days > 0 THEN r.exceeding_days * 1.0 / r.valid_days END AS DECIMAL(18, 6)) AS share_of_exceeding_days,
    CAST(CASE WHEN r.base_count > 0 THEN r.valid_count * 1.0 / r.base_count END AS DECIMAL(18, 6)) AS capture_rate,
    COALESCE(NOT r.settled AND NOT (r.by_permit AND r.fold IS NULL), FALSE) AS row_unsettled,
    COALESCE(r.by_permit AND NOT r.permit_settled, FALSE) AS permit_unsettled,
    r.verdict <> 'undetermined' AS told
  FROM reported_answers AS r
  JOIN outlets AS o ON o.outlet_id = r.outlet_id
  LEFT JOIN parameters AS a ON a.subject = 'serious_share_of_valid_days' AND r.period_end BETWEEN a.valid_from AND a.valid_to
  LEFT JOIN parameters AS b ON b.subject = 'serious_min_valid_days' AND r.period_end BETWEEN b.valid_from AND b.valid_to
),
judged_limits AS (
  SELECT c.*,
    told AND nothing_sure = 1 AS unsure,
    told AND opened AS open_here,
    COALESCE(row_unsettled OR permit_unsettled, FALSE) AS unverified,
    told AND marks_settled = 0 AS marks_unverified,
    told AND unit_trouble = 1 AS unit_assumed,
    told AND unweighted_days > 0 AS unweighted,
    told AND row_id IS NULL AS permit_alone,
    COALESCE(told AND permit_unreadable, FALSE) AS permit_unread,
    verdict = 'compliant' AND COALESCE(rate_too, 0) = 1 AS rate_open,
    COALESCE(verdict = 'compliant' AND stated_kind IN ('special', 'ultra_low') AND limit_kind <> stated_kind, FALSE) AS special_missing
  FROM concentration AS c
),

-- ------------------------------------------------------- 7. mass against allowances (§3.2, §6)
allowed AS (
  SELECT a.uscc, a.pollutant_code, a.year, a.tonnes, a.kind AS stated, COALESCE(a.kind, 'annual') AS kind,
    k.row_id, k.source_id, k.clause, k.span, k.basis_zh, k.basis_en, k.settled,
    MAKE_DATE(a.year, 1, 1) AS period_start, LEAST(q.on_day, MAKE_DATE(a.year + 1, 1, 1) - 1) AS period_end
  FROM facts.allowances AS a
  CROSS JOIN question AS q
  LEFT JOIN norms.allowance_kinds AS k
    ON k.kind = COALESCE(a.kind, 'annual')
    AND LEAST(q.on_day, MAKE_DATE(a.year + 1, 1, 1) - 1) BETWEEN k.effective_from AND k.effective_to
  WHERE MAKE_DATE(a.year, 1, 1) <= q.on_day
),
weighing AS (
  SELECT DISTINCT o.outlet_id, o.line_id, o.uscc, o.medium, a.pollutant_code, a.year, a.period_start, a.period_end,
    CASE WHEN o.medium = 'water' THEN 'mg/L' ELSE 'mg/m3' END AS unit,
    CAST(f.value AS DOUBLE) AS kg_per_unit
  FROM allowed AS a
  JOIN outlets AS o ON o.uscc = a.uscc
  JOIN norms.emission_figures AS f ON f.figure = CASE WHEN o.medium = 'water' THEN 'kg_per_g' ELSE 'kg_per_mg' END
),
-- Measured and not folded, times the flow of the hour (or day). Manual results are no series.
emissions AS (
  SELECT w.outlet_id, w.uscc, w.line_id, w.pollutant_code, w.year, w.medium, w.period_end, m.time, m.averaging,
    CASE WHEN m.flag IS NULL THEN 'valid' ELSE COALESCE(k.use, 'unknown') END AS use,
    CAST(ROUND(1000000 * m.value * CASE WHEN m.unit IS NULL THEN 1 ELSE u.factor END * m.flow * w.kg_per_unit) AS BIGINT) AS kg_millionths
  FROM facts.monitoring AS m
  JOIN weighing AS w
    ON w.outlet_id = m.outlet_id AND w.pollutant_code = m.pollutant_code
    AND CAST(m.time AS DATE) BETWEEN w.period_start AND w.period_end
  LEFT JOIN factors AS u ON u.from_unit = m.unit AND u.to_unit = w.unit
  LEFT JOIN norms.data_marks AS k
    ON k.mark = m.flag AND CAST(m.time AS DATE) BETWEEN k.effective_from AND k.effective_to
  WHERE COALESCE(m.manual, FALSE) = FALSE
),
numbered AS (
  SELECT *, use = 'valid' AND kg_millionths IS NOT NULL AS weighed,
    SUM(CASE WHEN use = 'valid' AND kg_millionths IS NOT NULL THEN 1 ELSE 0 END)
      OVER (PARTITION BY outlet_id, pollutant_code ORDER BY time ROWS UNBOUNDED PRECEDING) AS valid_no
  FROM emissions
),
-- A valid hour and the hours lost behind it, up to the next valid one. Air, hourly data only.
runs AS (
  SELECT outlet_id, pollutant_code, uscc, year, valid_no, MIN(time) AS valid_at,
    DATE_DIFF('hour', MIN(time), COALESCE(
      LEAD(MIN(time)) OVER (PARTITION BY outlet_id, pollutant_code, year ORDER BY valid_no),
      CAST(MAX(period_end) + 1 AS TIMESTAMP))) - 1 - SUM(CASE WHEN use = 'stopped' THEN 1 ELSE 0 END) AS lost
  FROM numbered
  WHERE medium = 'air' AND COALESCE(averaging, 'hour') = 'hour' AND valid_no > 0
  GROUP BY outlet_id, pollutant_code, uscc, year, valid_no
),
captures AS (
  SELECT outlet_id, pollutant_code, quarter, CAST(valid * 1.0 / NULLIF(hours - stopped, 0) AS DECIMAL(18, 6)) AS capture
  FROM (
    SELECT outlet_id, pollutant_code, CAST(DATE_TRUNC('quarter', time) AS DATE) AS quarter,
      SUM(CASE WHEN weighed THEN 1 ELSE 0 END) AS valid, SUM(CASE WHEN use = 'stopped' THEN 1 ELSE 0 END) AS stopped,
      24 * (DATE_DIFF('day', CAST(DATE_TRUNC('quarter', MIN(time)) AS DATE),
        LEAST(CAST(DATE_TRUNC('quarter', MIN(time)) + INTERVAL '3' MONTH AS DATE) - 1, MAX(period_end))) + 1) AS hours
    FROM numbered
    GROUP BY outlet_id, pollutant_code, CAST(DATE_TRUNC('quarter', time) AS DATE)
  ) AS c
),
-- A lost hour counts as the largest hourly emission of the valid hours before it (§3.2).
filled AS (
  SELECT r.outlet_id, r.pollutant_code, r.uscc, r.year, r.valid_no, r.lost,
    MAX(CASE WHEN s.row_id IS NOT NULL THEN n.kg_millionths END) AS largest
  FROM runs AS r
  JOIN captures AS c
    ON c.outlet_id = r.outlet_id AND c.pollutant_code = r.pollutant_code
    AND c.quarter = CAST(DATE_TRUNC('quarter', r.valid_at) AS DATE)
  LEFT JOIN norms.replacement_steps AS s
    ON c.capture >= s.capture_from AND c.capture < s.capture_below
    AND r.lost > s.gap_above AND (s.gap_up_to IS NULL OR r.lost <= s.gap_up_to)
    AND CAST(r.valid_at AS DATE) BETWEEN s.effective_from AND s.effective_to
  LEFT JOIN numbered AS n
    ON n.outlet_id = r.outlet_id AND n.pollutant_code = r.pollutant_code AND n.weighed
    AND n.valid_no <= r.valid_no AND n.valid_no > r.valid_no - s.valid_hours
  WHERE r.lost > 0
  GROUP BY r.outlet_id, r.pollutant_code, r.uscc, r.year, r.valid_no, r.lost
),
fills AS (
  SELECT uscc, pollutant_code, year, SUM(largest * lost) AS filled_millionths,
    SUM(lost) AS lost_hours, SUM(CASE WHEN largest IS NULL THEN lost ELSE 0 END) AS unfilled_hours
  FROM filled GROUP BY uscc, pollutant_code, year
),
day_masses AS (
  SELECT uscc, pollutant_code, year, CAST(time AS DATE) AS day, SUM(CASE WHEN weighed THEN kg_millionths END) AS mass,
    SUM(CASE WHEN weighed THEN 1 ELSE 0 END) AS weighed, SUM(CASE WHEN use = 'valid' AND NOT weighed THEN 1 ELSE 0 END) AS without_flow,
    SUM(CASE WHEN use IN ('valid', 'stopped') THEN 0 ELSE 1 END) AS invalid, MIN(line_id) AS first_line, MAX(line_id) AS last_line
  FROM numbered
  GROUP BY uscc, pollutant_code, year, CAST(time AS DATE)
),
masses AS (
  SELECT a.*, d.day_mass, d.total_mass, d.weighed, d.without_flow, d.invalid, d.line_id,
    COALESCE(f.filled_millionths, 0) AS filled, COALESCE(f.lost_hours, 0) AS lost_hours,
    COALESCE(f.unfilled_hours, 0) AS unfilled_hours, d.worst_day, d.days_above,
    CASE WHEN a.span = 'day' THEN d.day_mass ELSE d.total_mass END AS mass
  FROM allowed AS a
  LEFT JOIN (
    SELECT m.uscc, m.pollutant_code, m.year, b.kind, MAX(m.mass) AS day_mass, SUM(m.mass) AS total_mass,
      SUM(m.weighed) AS weighed, SUM(m.without_flow) AS without_flow, SUM(m.invalid) AS invalid,
      ARG_MAX(m.day, m.mass * 400 - DAYOFYEAR(m.day)) AS worst_day,
      COUNT(CASE WHEN m.mass > b.tonnes * 1000000000 THEN 1 END) AS days_above,
      CASE WHEN MIN(m.first_line) = MAX(m.last_line) THEN MIN(m.first_line) END AS line_id
    FROM day_masses AS m
    JOIN allowed AS b ON b.uscc = m.uscc AND b.pollutant_code = m.pollutant_code AND b.year = m.year
    GROUP BY m.uscc, m.pollutant_code, m.year, b.kind
  ) AS d ON d.uscc = a.uscc AND d.pollutant_code = a.pollutant_code AND d.year = a.year AND d.kind = a.kind
  LEFT JOIN fills AS f ON f.uscc = a.uscc AND f.pollutant_code = a.pollutant_code AND f.year = a.year
),
judged_masses AS (
  SELECT *,
    CASE
      WHEN row_id IS NULL THEN 'no_norm_in_force'
      WHEN mass IS NULL AND COALESCE(without_flow, 0) > 0 THEN 'flow_not_given'
      WHEN mass IS NULL AND weighed IS NULL THEN 'no_readings'
      WHEN mass IS NULL THEN 'no_valid_reading'
      WHEN mass > tonnes * 1000000000 THEN 'above'
      WHEN span = 'year' AND mass + filled > tonnes * 1000000000 THEN 'above_filled'
      ELSE 'below'
    END AS answer
  FROM masses
),

-- -------------------------------------------------------------------------------- 8. the findings
-- The own columns of a mass, for findings that are none.
nothing AS (
  SELECT CAST(NULL AS VARCHAR) AS allowance_kind, CAST(NULL AS VARCHAR) AS basis_zh,
    CAST(NULL AS VARCHAR) AS basis_en, CAST(NULL AS DECIMAL(18, 6)) AS filled_tonnes,
    CAST(NULL AS BIGINT) AS lost_hours, CAST(NULL AS BIGINT) AS unfilled_hours,
    CAST(NULL AS BIGINT) AS days_above
),
limit_findings AS (
  SELECT 'environment' AS dimension, uscc, line_id, outlet_id || ' ' || pollutant_code AS subject,
    row_id AS norm_row, CASE WHEN by_permit THEN permit_source ELSE source_id END AS source_id,
    CASE WHEN by_permit THEN permit_clause ELSE clause END AS clause,
    COALESCE(pollutant_zh, pollutant_code) AS indicator, period_start, period_end,
    CAST(worst_value AS DECIMAL(18, 6)) AS value,
    CASE WHEN upper IS NULL AND floor IS NULL THEN NULL WHEN floor IS NULL THEN '<=' WHEN upper IS NULL THEN '>=' ELSE 'between' END AS comparator,
    CASE WHEN floor IS NULL THEN CAST(upper AS DECIMAL(18, 6)) WHEN upper IS NULL THEN CAST(floor AS DECIMAL(18, 6)) END AS limit_value,
    CASE WHEN upper IS NOT NULL AND floor IS NOT NULL THEN CAST(CAST(floor AS DOUBLE) AS VARCHAR) || ';' || CAST(CAST(upper AS DOUBLE) AS VARCHAR) END AS limit_text,
    unit,
    CASE WHEN floor IS NULL AND upper > 0 THEN CAST(ROUND(worst_value / CAST(upper AS DOUBLE), 4) AS DECIMAL(18, 4)) END AS ratio,
    verdict,
    unsure OR open_here OR unverified OR marks_unverified OR unit_assumed OR unweighted OR permit_alone OR permit_unread OR rate_open OR special_missing AS provisional,
    LIST_SORT(LIST_DISTINCT([
      CASE WHEN NOT told THEN failing END,
      CASE WHEN NOT told AND failing IS NULL AND (kind_asked = 1 OR any_asks <> '') THEN 'condition_not_given' END,
      CASE WHEN NOT told AND failing IS NULL AND amendment_open THEN 'amendment_start_unknown' END,
      CASE WHEN failing = 'no_valid_reading' AND stopped > 0 AND invalid + not_judgeable = 0 THEN 'stopped_throughout' END,
      CASE WHEN unsure THEN 'condition_not_given' END,
      CASE WHEN open_here THEN 'open_condition' END,
      CASE WHEN unverified THEN 'norm_not_verified' END,
      CASE WHEN marks_unverified THEN 'marks_not_verified' END,
      CASE WHEN unit_assumed THEN 'unit_assumed' END,
      CASE WHEN unweighted THEN 'mean_not_weighted' END,
      CASE WHEN permit_alone THEN 'permit_without_norm' END,
      CASE WHEN permit_unread THEN 'permit_unit_not_convertible' END,
      CASE WHEN rate_open THEN 'rate_not_checked' END,
      CASE WHEN special_missing THEN 'special_limit_not_recorded' END,
      CASE WHEN over_range > 0 THEN 'over_range_check' END
    ])) AS reasons,
    CASE WHEN verdict = 'noncompliant' THEN 'opens' ELSE 'records' END AS effect,
    'limit' AS asked_of, slot_no, allowance_kind, basis_zh, basis_en, filled_tonnes, lost_hours, unfilled_hours, days_above
  FROM judged_limits CROSS JOIN nothing
),
-- An outlet that reported nothing at all up to the day.
silent_findings AS (
  SELECT 'environment', o.uscc, o.line_id, o.outlet_id, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR), CAST(NULL AS DATE), CAST(NULL AS DATE), CAST(NULL AS DECIMAL(18, 6)), CAST(NULL AS VARCHAR),
    CAST(NULL AS DECIMAL(18, 6)), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS DECIMAL(18, 4)),
    'undetermined', FALSE, ['no_readings'], 'records', 'silence', CAST(NULL AS INTEGER), n.*
  FROM outlets AS o CROSS JOIN nothing AS n
  WHERE NOT EXISTS (SELECT 1 FROM reported AS r WHERE r.outlet_id = o.outlet_id)
),
-- Only an actual crossing supports a finding; with filled hours alone it is provisional (§6).
mass_findings AS (
  SELECT 'environment', uscc, line_id, uscc || ' ' || pollutant_code || ' ' || COALESCE(stated, ''),
    row_id, source_id, clause, pollutant_code, period_start, period_end,
    CAST(ROUND(mass / 1000000000.0, 6) AS DECIMAL(18, 6)), '<=', tonnes, CAST(NULL AS VARCHAR),
    CASE WHEN span = 'day' THEN 't/d' ELSE 't/a' END,
    CASE WHEN tonnes > 0 THEN CAST(ROUND(mass / (CAST(tonnes AS DOUBLE) * 1000000000), 4) AS DECIMAL(18, 4)) END,
    CASE answer WHEN 'above' THEN 'noncompliant' WHEN 'above_filled' THEN 'noncompliant' WHEN 'below' THEN 'compliant' ELSE 'undetermined' END,
    answer = 'above_filled' OR NOT COALESCE(settled, TRUE) OR stated IS NULL
      OR answer = 'below' AND unfilled_hours + COALESCE(without_flow, 0) > 0,
    LIST_SORT(LIST_DISTINCT([
      CASE WHEN answer NOT IN ('above', 'above_filled', 'below') THEN answer END,
      CASE WHEN answer = 'above_filled' THEN 'filled_quantity' END,
      CASE WHEN answer = 'below' AND unfilled_hours > 0 THEN 'lost_hours_not_filled' END,
      CASE WHEN answer = 'below' AND without_flow > 0 THEN 'flow_not_given' END,
      CASE WHEN NOT settled THEN 'norm_not_verified' END,
      CASE WHEN stated IS NULL THEN 'allowance_kind_not_given' END
    ])),
    CASE WHEN answer IN ('above', 'above_filled') THEN 'opens' ELSE 'records' END,
    'allowance', CAST(NULL AS INTEGER), kind, basis_zh, basis_en,
    CAST(ROUND(filled / 1000000000.0, 6) AS DECIMAL(18, 6)), CAST(lost_hours AS BIGINT), CAST(unfilled_hours AS BIGINT), days_above
  FROM judged_masses
),
findings AS (
  SELECT * FROM limit_findings
  UNION ALL
  SELECT * FROM silent_findings
  UNION ALL
  SELECT * FROM mass_findings
)
SELECT f.* EXCLUDE (slot_no),
  -- for the explanation
  d.outlet_id, d.pollutant_code, d.pollutant_en, d.medium, d.source AS outlet_source, d.limit_kind,
  d.averaging, CAST(d.upper AS DECIMAL(18, 6)) AS upper_limit, CAST(d.floor AS DECIMAL(18, 6)) AS lower_limit,
  CAST(d.ceiling AS DECIMAL(18, 6)) AS standard_limit, d.by_permit, d.source_id AS standard_id,
  d.clause AS standard_clause, d.effective_from, d.effective_to, d.area_document, d.amendment_document,
  d.reference_o2, d.excess_air, d.o2_after, d.fold, d.fold_mode, d.oxygen, asks AS missing_keys,
  kind_asked = 1 AS kind_missing, d.rivals, d.period_days, d.base_count, d.valid_count, d.valid_readings,
  d.invalid, d.marks, d.stopped, d.not_judgeable, d.mismatched, d.unmarked, d.over_range, d.manual,
  d.manual_exceeding, d.day_rows, d.exceeding_count, d.exceeding_readings, d.valid_days, d.exceeding_days,
  d.unweighted_days, d.first_exceeding, d.last_exceeding, d.first_exceeding_day, d.last_exceeding_day,
  d.worst_day, d.worst_hour, d.capture_rate, d.least_share, d.share_source, d.share_of_exceeding_days,
  CASE WHEN serious_share IS NULL OR serious_days IS NULL OR share_of_exceeding_days IS NULL THEN NULL
      ELSE valid_days >= serious_days AND share_of_exceeding_days >= serious_share END AS serious,
  d.serious_share, d.serious_document
FROM findings AS f
LEFT JOIN judged_limits AS d ON d.slot_no = f.slot_no AND d.period_start = f.period_start

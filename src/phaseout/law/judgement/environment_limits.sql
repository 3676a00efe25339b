-- Environment, first part: which limit every outlet, pollutant and span of time is compared with.
--
-- Sections name those of the method, repeated in docs/judgement/environment.md. This is the small
-- side: outlets against norm rows. `environment.sql` then reads the readings once against it. One
-- row for each slot (a limit that readings of a span are compared with) and unit they came in.
WITH

-- ---------------------------------------------------------------- 1. what is asked: outlet, pollutant
reported_units AS (
  SELECT outlet_id, pollutant_code, unit, MIN(time) AS first_time, MAX(time) AS last_time
  FROM facts.monitoring
  GROUP BY outlet_id, pollutant_code, unit
),
reported AS (
  SELECT r.outlet_id, r.pollutant_code, CAST(MIN(r.first_time) AS DATE) AS first_day,
    LEAST(CAST(MAX(r.last_time) AS DATE), MAX(q.on_day)) AS last_day
  FROM reported_units AS r CROSS JOIN question AS q
  GROUP BY r.outlet_id, r.pollutant_code
  HAVING CAST(MIN(r.first_time) AS DATE) <= MAX(q.on_day)
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
    CAST(CAST(m.value AS DECIMAL(24, 6)) * CASE WHEN m.unit IS NULL THEN 1 ELSE u.factor END AS DECIMAL(18, 6)) AS permitted,
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
      WHEN EXISTS (SELECT 1 FROM reachable AS r WHERE r.outlet_id = s.outlet_id AND r.pollutant_code = s.pollutant_code AND r.limit_kind <> 'ultra_low')
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
    CAST(fold AS DOUBLE) AS fold_by, CAST(oxygen AS DOUBLE) AS air_oxygen,
    CAST(span_from AS TIMESTAMP) AS from_time, CAST(span_to + 1 AS TIMESTAMP) AS before_time,
    fold_mode = 'one' AS folds_once, averaging = 'hour' AS is_hourly, *
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
factors AS (
  SELECT from_unit, to_unit, CAST(MIN(factor) AS DOUBLE) AS factor
  FROM facts.unit_factors GROUP BY from_unit, to_unit
)
-- A slot for each unit its readings came in. No unit is taken as that of the limit, and told; one
-- that cannot be converted leaves the reading not judgeable, never lost.
SELECT s.*, o.line_id, o.uscc, o.medium, o.source AS outlet_source, o.stated_kind,
  r.unit AS given_unit,
  CASE WHEN r.unit IS NULL OR s.unit IS NULL THEN 1 ELSE f.factor END AS factor,
  CASE WHEN r.unit IS NULL THEN 1 WHEN f.factor IS NULL AND s.unit IS NOT NULL THEN 2 ELSE 0 END AS unit_trouble,
  ROW_NUMBER() OVER (PARTITION BY s.slot_no ORDER BY r.unit) = 1 AS is_first
FROM slots AS s
JOIN outlets AS o ON o.outlet_id = s.outlet_id
JOIN reported_units AS r ON r.outlet_id = s.outlet_id AND r.pollutant_code = s.pollutant_code
LEFT JOIN factors AS f ON f.from_unit = r.unit AND f.to_unit = s.unit

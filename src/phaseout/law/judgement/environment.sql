-- Environment: monitoring data against emission limits, and mass against allowances (clause (5)).
--
-- Sections name those of the method, repeated in docs/judgement/environment.md. The limits stand in
-- judged.environment_limits (environment_limits.sql, sections 1 to 4). The readings are read once,
-- joined to them and counted by outlet, pollutant, limit and day, then by calendar quarter. Values
-- are counted in whole millionths of the unit (the six decimals of a finding): sums and comparisons
-- are exact and do not depend on the order of the rows.
WITH
slots AS (
  SELECT * FROM judged.environment_limits WHERE is_first
),

-- ------------------------------------------------------------------ 5. the readings, counted once
converted AS (
  SELECT s.slot_no, CAST(m.time AS DATE) AS day, CAST(HOUR(m.time) AS TINYINT) AS hour, m.flag, m.o2,
    -- 0 an hour, 1 a reported day, 2 a manual result, 3 a day where hours are limited
    CASE WHEN m.manual THEN 2 WHEN m.averaging = 'day' THEN CASE WHEN s.is_hourly THEN 3 ELSE 1 END ELSE 0 END AS evidence,
    s.upper_millionths, s.floor_millionths,
    -- Never divided where oxygen is missing or not below that of air: not judgeable (§2.4).
    1000000 * s.factor * CASE
      WHEN s.fold_by IS NULL THEN m.value
      WHEN m.o2 >= 0 AND m.o2 < s.air_oxygen THEN CASE
        WHEN s.folds_once THEN m.value * s.fold_by / (s.air_oxygen - m.o2)
        WHEN s.fold_mode = 'lesser' THEN LEAST(m.value, m.value * s.fold_by / (s.air_oxygen - m.o2))
        ELSE GREATEST(m.value, m.value * s.fold_by / (s.air_oxygen - m.o2)) END
    END AS in_millionths
  FROM facts.monitoring AS m
  JOIN judged.environment_limits AS s
    ON s.outlet_id = m.outlet_id AND s.pollutant_code = m.pollutant_code
    AND s.given_unit IS NOT DISTINCT FROM m.unit
    AND m.time >= s.from_time AND m.time < s.before_time
),
-- A number beyond all measuring (over a hundred thousand million units) is not judged. A mark that
-- is worth nothing in any edition of HJ 212 leaves only a reading to count.
compared AS (
  SELECT slot_no, day, hour, flag, evidence, o2, v, v > upper_millionths OR v < floor_millionths AS outside,
    evidence = 2 OR flag IS NULL OR mark IS NOT NULL AS counts
  FROM (
    SELECT *, CASE WHEN ABS(in_millionths) < 1e17 THEN CAST(ROUND(in_millionths) AS BIGINT) END AS v
    FROM converted
  ) AS c
  LEFT JOIN (SELECT DISTINCT mark FROM norms.data_marks WHERE use = 'valid') AS k ON k.mark = c.flag
),
-- By day, mark and kind of evidence. The largest value carries its hour in its last five bits
-- (the earlier hour wins among equals), so that one maximum finds both.
counted AS (
  SELECT slot_no, day, flag, evidence,
    COUNT(*) AS readings, COUNT(v) AS judged,
    COUNT(CASE WHEN outside THEN 1 END) AS exceeding,
    MIN(CASE WHEN outside THEN hour END) AS first_hour, MAX(CASE WHEN outside THEN hour END) AS last_hour,
    MAX(v * 32 + 31 - hour) AS highest, ARG_MAX(o2, v * 32 + 31 - hour) AS highest_o2,
    SUM(v) AS total
  FROM compared
  WHERE counts
  GROUP BY slot_no, day, flag, evidence
  UNION ALL
  SELECT slot_no, day, flag, evidence, COUNT(*), 0, 0, NULL, NULL, NULL, NULL, NULL
  FROM compared
  WHERE NOT counts
  GROUP BY slot_no, day, flag, evidence
),
-- What a mark is worth is a matter of the edition of HJ 212 on that day (§3.1). No mark at all
-- counts as normal and is told; an unknown one is not valid. A manual result stands by itself.
marked AS MATERIALIZED (
  SELECT c.*,
    CASE
      WHEN c.evidence = 2 THEN 'manual'
      WHEN c.evidence = 3 THEN 'mismatch'
      WHEN c.flag IS NULL THEN 'valid'
      ELSE COALESCE(k.use, 'unknown')
    END AS use,
    COALESCE(k.settled, TRUE) AS mark_settled, COALESCE(k.check_order, 'no') AS check_order
  FROM counted AS c
  LEFT JOIN norms.data_marks AS k
    ON k.mark = c.flag AND c.day BETWEEN k.effective_from AND k.effective_to
),
-- Counts by quarter and mark.
tallies AS (
  SELECT slot_no, CAST(DATE_TRUNC('quarter', day) AS DATE) AS quarter, flag, evidence, use, check_order, mark_settled,
    SUM(readings) AS readings, SUM(judged) AS judged, SUM(exceeding) AS exceeding,
    MIN(CAST(day AS TIMESTAMP) + first_hour * INTERVAL '1' HOUR) AS first_exceeding,
    MAX(CAST(day AS TIMESTAMP) + last_hour * INTERVAL '1' HOUR) AS last_exceeding
  FROM marked
  GROUP BY slot_no, CAST(DATE_TRUNC('quarter', day) AS DATE), flag, evidence, use, check_order, mark_settled
),
days AS (
  SELECT slot_no, day,
    SUM(CASE WHEN use = 'valid' AND evidence = 0 THEN judged ELSE 0 END) AS valid,
    SUM(CASE WHEN use = 'valid' AND evidence = 1 THEN judged ELSE 0 END) AS day_rows,
    SUM(CASE WHEN use = 'stopped' THEN readings ELSE 0 END) AS stopped,
    MAX(CASE WHEN use IN ('valid', 'manual') THEN highest END) AS highest,
    ARG_MAX(highest_o2, CASE WHEN use IN ('valid', 'manual') THEN highest END) AS highest_o2,
    MAX(CASE WHEN use = 'manual' THEN highest END) AS manual_highest,
    SUM(CASE WHEN use = 'valid' AND evidence = 0 THEN total END) AS total,
    SUM(CASE WHEN use = 'valid' AND evidence = 1 THEN total END) AS day_total
  FROM marked
  WHERE use IN ('valid', 'manual', 'stopped')
  GROUP BY slot_no, day
),
-- Only for limits of a daily mean and limits with a floor: the weights of the flow, the least
-- value with its hour, the readings outside.
flows AS (
  SELECT c.slot_no, c.day,
    COUNT(CASE WHEN c.valid AND c.flow >= 0 THEN c.v END) AS with_flow,
    SUM(CASE WHEN c.valid AND c.flow >= 0 THEN CAST(c.v AS DECIMAL(20, 0)) * CAST(ROUND(c.flow * 1000) AS DECIMAL(18, 0)) END) AS weighted,
    SUM(CASE WHEN c.valid AND c.flow >= 0 AND c.v IS NOT NULL THEN CAST(ROUND(c.flow * 1000) AS DECIMAL(18, 0)) END) AS weight,
    MIN(c.v * 32 + HOUR(c.time)) AS lowest
  FROM (
    SELECT s.slot_no, CAST(m.time AS DATE) AS day, m.time, m.flow,
      NOT COALESCE(m.manual, FALSE) AND COALESCE(m.averaging, 'hour') = 'hour' AS valid,
      CAST(ROUND(1000000 * s.factor * m.value) AS BIGINT) AS v
    FROM facts.monitoring AS m
    JOIN judged.environment_limits AS s
      ON s.outlet_id = m.outlet_id AND s.pollutant_code = m.pollutant_code
      AND s.given_unit IS NOT DISTINCT FROM m.unit
      AND CAST(m.time AS DATE) BETWEEN s.span_from AND s.span_to
    LEFT JOIN norms.data_marks AS k
      ON k.mark = m.flag AND CAST(m.time AS DATE) BETWEEN k.effective_from AND k.effective_to
    WHERE (s.by_daily_mean OR s.floor_millionths IS NOT NULL) AND ABS(1000000 * s.factor * m.value) < 1e17
      AND (m.manual OR m.flag IS NULL OR k.use = 'valid')
  ) AS c
  GROUP BY c.slot_no, c.day
),
-- The mean of the day: weighted by flow where every valid reading has one, else arithmetic; a
-- reported daily value where there are no hours. Air: of lists only; a day is valid from the share
-- of its operating hours on (§3.2, §5).
daily AS (
  SELECT d.*, s.by_daily_mean, s.averaging, s.upper_millionths, s.floor_millionths, f.lowest,
    d.valid > 0 AND s.by_daily_mean AND NOT COALESCE(f.with_flow = d.valid AND f.weight > 0, FALSE) AS unweighted,
    CASE
      WHEN d.valid > 0 AND s.by_daily_mean AND f.with_flow = d.valid AND f.weight > 0 THEN CAST(ROUND(f.weighted / f.weight) AS BIGINT)
      WHEN d.valid > 0 THEN CAST(ROUND(d.total / d.valid) AS BIGINT)
      WHEN d.day_rows > 0 THEN CAST(ROUND(d.day_total / d.day_rows) AS BIGINT)
    END AS mean,
    d.valid + d.day_rows > 0 AND (s.averaging = 'day' OR d.valid >= COALESCE(h.share, 0) * (24 - d.stopped)) AS day_valid
  FROM days AS d
  JOIN slots AS s ON s.slot_no = d.slot_no
  LEFT JOIN flows AS f ON f.slot_no = d.slot_no AND f.day = d.day
  LEFT JOIN norms.validity_shares AS h
    ON h.medium = 'air' AND h.span = 'day' AND s.averaging = 'hour'
    AND d.day BETWEEN h.effective_from AND h.effective_to
),
-- The gravest value of a day: its mean where the mean is judged, else the value farthest out.
extremes AS (
  SELECT *,
    CASE WHEN by_daily_mean THEN GREATEST(mean, (manual_highest - (manual_highest & 31)) // 32)
      ELSE (highest - (highest & 31)) // 32 END AS top,
    CASE WHEN floor_millionths IS NOT NULL THEN (lowest - (lowest & 31)) // 32 END AS bottom
  FROM daily
),
judged_days AS (
  SELECT *, CAST(DATE_TRUNC('quarter', day) AS DATE) AS quarter,
    COALESCE(top > upper_millionths, FALSE) OR COALESCE(bottom < floor_millionths, FALSE) AS outside,
    bottom IS NOT NULL AND (upper_millionths IS NULL OR floor_millionths - bottom > top - upper_millionths) AS by_bottom
  FROM extremes
),
distances AS (
  SELECT slot_no, quarter, day, valid, day_rows, stopped, day_valid, unweighted, highest_o2,
    CASE WHEN averaging = 'hour' AND floor_millionths IS NULL THEN mean > upper_millionths
      WHEN by_daily_mean THEN mean > upper_millionths ELSE outside END AS day_exceeds,
    CASE WHEN by_bottom THEN bottom ELSE top END AS gravest,
    CASE WHEN by_daily_mean THEN NULL WHEN by_bottom THEN lowest & 31 ELSE 31 - (highest & 31) END AS gravest_hour,
    CASE WHEN floor_millionths IS NULL THEN top
      WHEN by_bottom THEN floor_millionths - bottom ELSE top - upper_millionths END AS distance
  FROM judged_days
),
by_mark AS (
  SELECT slot_no, quarter, STRING_AGG(mark || ':' || CAST(readings AS VARCHAR), ';' ORDER BY mark) AS marks
  FROM (
    SELECT slot_no, quarter, flag AS mark, SUM(readings) AS readings
    FROM tallies WHERE use IN ('invalid', 'unknown')
    GROUP BY slot_no, quarter, flag
  ) AS m
  GROUP BY slot_no, quarter
),
quarter_tallies AS (
  SELECT slot_no, quarter,
    SUM(CASE WHEN use = 'valid' THEN readings - judged ELSE 0 END) AS not_judgeable,
    SUM(CASE WHEN use = 'stopped' THEN readings ELSE 0 END) AS stopped,
    SUM(CASE WHEN use IN ('invalid', 'unknown') THEN readings ELSE 0 END) AS invalid,
    SUM(CASE WHEN use = 'mismatch' THEN readings ELSE 0 END) AS mismatched,
    SUM(CASE WHEN flag IS NULL AND use = 'valid' THEN readings ELSE 0 END) AS unmarked,
    SUM(CASE WHEN check_order = 'yes' AND use = 'invalid' THEN readings ELSE 0 END) AS over_range,
    SUM(CASE WHEN use = 'manual' THEN judged ELSE 0 END) AS manual,
    SUM(CASE WHEN use = 'manual' THEN exceeding ELSE 0 END) AS manual_exceeding,
    SUM(CASE WHEN use = 'valid' THEN exceeding ELSE 0 END) AS exceeding_readings,
    MIN(CASE WHEN use IN ('valid', 'manual') THEN first_exceeding END) AS first_exceeding,
    MAX(CASE WHEN use IN ('valid', 'manual') THEN last_exceeding END) AS last_exceeding,
    MIN(CASE WHEN mark_settled THEN 1 ELSE 0 END) AS marks_settled
  FROM tallies
  GROUP BY slot_no, quarter
),
quarter_days AS (
  SELECT slot_no, quarter, SUM(valid) AS valid_readings, SUM(day_rows) AS day_rows,
    COUNT(CASE WHEN day_valid THEN 1 END) AS valid_days,
    COUNT(CASE WHEN day_valid AND day_exceeds THEN 1 END) AS exceeding_days,
    COUNT(CASE WHEN stopped > 0 AND valid + day_rows = 0 THEN 1 END) AS stopped_days,
    COUNT(CASE WHEN unweighted THEN 1 END) AS unweighted_days,
    MIN(CASE WHEN day_valid AND day_exceeds THEN day END) AS first_exceeding_day,
    MAX(CASE WHEN day_valid AND day_exceeds THEN day END) AS last_exceeding_day,
    MAX(distance) AS distance
  FROM distances
  GROUP BY slot_no, quarter
),
unit_troubles AS (
  SELECT slot_no, MAX(unit_trouble) AS unit_trouble FROM judged.environment_limits GROUP BY slot_no
),
quarters AS (
  SELECT t.*, d.valid_readings, d.day_rows, d.valid_days, d.exceeding_days, d.stopped_days, d.unweighted_days,
    d.first_exceeding_day, d.last_exceeding_day, d.distance, u.unit_trouble
  FROM quarter_tallies AS t
  LEFT JOIN quarter_days AS d ON d.slot_no = t.slot_no AND d.quarter = t.quarter
  JOIN unit_troubles AS u ON u.slot_no = t.slot_no
),
worst AS (
  SELECT d.slot_no, d.quarter, d.day AS worst_day, d.gravest_hour AS worst_hour, d.gravest AS worst_value,
    d.highest_o2 AS worst_o2
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
    m.marks, x.worst_day,
    -- What was measured in the gravest hour, before it was converted: the conversion backwards.
    CASE WHEN s.fold_mode = 'one' THEN CAST(ROUND(x.worst_value * (s.air_oxygen - x.worst_o2) / s.fold_by / 1000000, 4) AS DECIMAL(18, 6)) END AS worst_raw,
    CAST(CASE WHEN s.fold_by IS NOT NULL THEN x.worst_o2 END AS DECIMAL(18, 6)) AS worst_o2, x.worst_hour, CAST(x.worst_value AS DECIMAL(38, 0)) / 1000000 AS worst_value,
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
    MAX(CASE WHEN answer = 'noncompliant' THEN 1 ELSE 0 END) OVER same_question AS any_exceeding,
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
  SELECT r.*, a.value AS serious_share, b.value AS serious_days, a.document AS serious_document,
    CAST(CASE WHEN r.valid_days > 0 THEN r.exceeding_days * 1.0 / r.valid_days END AS DECIMAL(18, 6)) AS share_of_exceeding_days,
    CAST(CASE WHEN r.base_count > 0 THEN r.valid_count * 1.0 / r.base_count END AS DECIMAL(18, 6)) AS capture_rate,
    COALESCE(NOT r.settled AND NOT (r.by_permit AND r.fold IS NULL), FALSE) AS row_unsettled,
    COALESCE(r.by_permit AND NOT r.permit_settled, FALSE) AS permit_unsettled,
    r.verdict <> 'undetermined' AS told
  FROM reported_answers AS r
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
outlets AS (
  SELECT o.outlet_id, o.line_id, o.medium, l.uscc
  FROM facts.outlets AS o LEFT JOIN facts.lines AS l ON l.line_id = o.line_id
),
factors AS (
  SELECT from_unit, to_unit, CAST(MIN(factor) AS DOUBLE) AS factor
  FROM facts.unit_factors GROUP BY from_unit, to_unit
),
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
-- An outlet and a pollutant by a number: millions of readings are sorted and counted by it.
series AS (
  SELECT outlet_id, pollutant_code, uscc, line_id, medium,
    ROW_NUMBER() OVER (ORDER BY outlet_id, pollutant_code) AS series_no
  FROM (SELECT DISTINCT outlet_id, pollutant_code, uscc, line_id, medium FROM weighing) AS w
),
weighed_series AS (
  SELECT CAST(s.series_no AS INTEGER) AS series_no, w.*
  FROM weighing AS w
  JOIN series AS s ON s.outlet_id = w.outlet_id AND s.pollutant_code = w.pollutant_code
),
-- Measured and not folded, times the flow of the hour (or day). Manual results are no series.
emissions AS (
  SELECT series_no, year, period_end, time, is_hourly, use = 'valid' AS is_valid, use = 'stopped' AS is_stopped,
    use = 'valid' AND kg_millionths IS NOT NULL AS weighed, kg_millionths
  FROM (
    SELECT w.series_no, w.year, w.period_end, m.time, COALESCE(m.averaging, 'hour') = 'hour' AS is_hourly,
      CASE WHEN m.flag IS NULL THEN 'valid' ELSE COALESCE(k.use, 'unknown') END AS use,
      CAST(ROUND(1000000 * m.value * CASE WHEN m.unit IS NULL THEN 1 ELSE u.factor END * m.flow * w.kg_per_unit) AS BIGINT) AS kg_millionths
    FROM facts.monitoring AS m
    JOIN weighed_series AS w
      ON w.outlet_id = m.outlet_id AND w.pollutant_code = m.pollutant_code
      AND CAST(m.time AS DATE) BETWEEN w.period_start AND w.period_end
    LEFT JOIN factors AS u ON u.from_unit = m.unit AND u.to_unit = w.unit
    LEFT JOIN norms.data_marks AS k
      ON k.mark = m.flag AND CAST(m.time AS DATE) BETWEEN k.effective_from AND k.effective_to
    WHERE COALESCE(m.manual, FALSE) = FALSE
  ) AS e
),
numbered AS (
  SELECT *,
    COUNT(CASE WHEN weighed THEN 1 END)
      OVER (PARTITION BY series_no ORDER BY time ROWS UNBOUNDED PRECEDING) AS valid_no
  FROM emissions
),
-- A valid hour and the hours lost behind it, up to the next valid one. Air, hourly data only.
runs AS (
  SELECT series_no, year, valid_no, MIN(time) AS valid_at,
    DATE_DIFF('hour', MIN(time), COALESCE(
      LEAD(MIN(time)) OVER (PARTITION BY series_no, year ORDER BY valid_no),
      CAST(MAX(period_end) + 1 AS TIMESTAMP))) - 1 - SUM(CASE WHEN is_stopped THEN 1 ELSE 0 END) AS lost
  FROM numbered
  WHERE is_hourly AND valid_no > 0 AND series_no IN (SELECT series_no FROM series WHERE medium = 'air')
  GROUP BY series_no, year, valid_no
),
captures AS (
  SELECT series_no, quarter, CAST(valid * 1.0 / NULLIF(hours - stopped, 0) AS DECIMAL(18, 6)) AS capture
  FROM (
    SELECT series_no, CAST(DATE_TRUNC('quarter', time) AS DATE) AS quarter,
      SUM(CASE WHEN weighed THEN 1 ELSE 0 END) AS valid, SUM(CASE WHEN is_stopped THEN 1 ELSE 0 END) AS stopped,
      24 * (DATE_DIFF('day', CAST(DATE_TRUNC('quarter', MIN(time)) AS DATE),
        LEAST(CAST(DATE_TRUNC('quarter', MIN(time)) + INTERVAL '3' MONTH AS DATE) - 1, MAX(period_end))) + 1) AS hours
    FROM numbered
    GROUP BY series_no, CAST(DATE_TRUNC('quarter', time) AS DATE)
  ) AS c
),
-- A lost hour counts as the largest hourly emission of the valid hours before it (§3.2).
filled AS (
  SELECT r.series_no, r.year, r.valid_no, r.lost,
    MAX(CASE WHEN s.row_id IS NOT NULL THEN n.kg_millionths END) AS largest
  FROM runs AS r
  JOIN captures AS c
    ON c.series_no = r.series_no AND c.quarter = CAST(DATE_TRUNC('quarter', r.valid_at) AS DATE)
  LEFT JOIN norms.replacement_steps AS s
    ON c.capture >= s.capture_from AND c.capture < s.capture_below
    AND r.lost > s.gap_above AND (s.gap_up_to IS NULL OR r.lost <= s.gap_up_to)
    AND CAST(r.valid_at AS DATE) BETWEEN s.effective_from AND s.effective_to
  LEFT JOIN numbered AS n
    ON n.series_no = r.series_no AND n.weighed
    AND n.valid_no <= r.valid_no AND n.valid_no > r.valid_no - s.valid_hours
  WHERE r.lost > 0
  GROUP BY r.series_no, r.year, r.valid_no, r.lost
),
fills AS (
  SELECT s.uscc, s.pollutant_code, f.year, SUM(f.largest * f.lost) AS filled_millionths,
    SUM(f.lost) AS lost_hours, SUM(CASE WHEN f.largest IS NULL THEN f.lost ELSE 0 END) AS unfilled_hours
  FROM filled AS f
  JOIN series AS s ON s.series_no = f.series_no
  GROUP BY s.uscc, s.pollutant_code, f.year
),
day_masses AS (
  SELECT s.uscc, s.pollutant_code, d.year, d.day, SUM(d.mass) AS mass, SUM(d.weighed) AS weighed,
    SUM(d.without_flow) AS without_flow, SUM(d.invalid) AS invalid, MIN(s.line_id) AS first_line, MAX(s.line_id) AS last_line
  FROM (
    SELECT series_no, year, CAST(time AS DATE) AS day, SUM(CASE WHEN weighed THEN kg_millionths END) AS mass,
      SUM(CASE WHEN weighed THEN 1 ELSE 0 END) AS weighed, SUM(CASE WHEN is_valid AND NOT weighed THEN 1 ELSE 0 END) AS without_flow,
      SUM(CASE WHEN is_valid OR is_stopped THEN 0 ELSE 1 END) AS invalid
    FROM numbered
    GROUP BY series_no, year, CAST(time AS DATE)
  ) AS d
  JOIN series AS s ON s.series_no = d.series_no
  GROUP BY s.uscc, s.pollutant_code, d.year, d.day
),
masses AS (
  SELECT a.*, d.day_mass, d.total_mass, d.weighed, d.without_flow, d.invalid, d.line_id,
    COALESCE(f.filled_millionths, 0) AS filled, COALESCE(f.lost_hours, 0) AS lost_hours,
    COALESCE(f.unfilled_hours, 0) AS unfilled_hours, d.days_above,
    CASE WHEN a.span = 'day' THEN d.day_mass ELSE d.total_mass END AS mass
  FROM allowed AS a
  LEFT JOIN (
    SELECT m.uscc, m.pollutant_code, m.year, b.kind, MAX(m.mass) AS day_mass, SUM(m.mass) AS total_mass,
      SUM(m.weighed) AS weighed, SUM(m.without_flow) AS without_flow, SUM(m.invalid) AS invalid,
      COUNT(CASE WHEN m.mass > CAST(b.tonnes AS DECIMAL(28, 6)) * 1000 * 1000000 THEN 1 END) AS days_above,
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
      WHEN mass > CAST(tonnes AS DECIMAL(28, 6)) * 1000 * 1000000 THEN 'above'
      WHEN span = 'year' AND mass + filled > CAST(tonnes AS DECIMAL(28, 6)) * 1000 * 1000000 THEN 'above_filled'
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
      CASE WHEN NOT told AND any_exceeding = 1 AND (kind_asked = 1 OR any_asks <> '') THEN 'condition_not_given' END,
      CASE WHEN NOT told AND any_exceeding = 1 AND amendment_open THEN 'amendment_start_unknown' END,
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
      CASE WHEN over_range > 0 THEN 'over_range_check' END,
      -- Serious only by figures that an authority has set by a document (§5).
      CASE WHEN verdict = 'noncompliant' AND valid_days >= serious_days
        AND share_of_exceeding_days >= serious_share THEN 'serious_exceedance' END
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
  WHERE NOT EXISTS (SELECT 1 FROM slots AS s WHERE s.outlet_id = o.outlet_id)
),
-- Only an actual crossing supports a finding; with filled hours alone it is provisional (§6).
mass_findings AS (
  SELECT 'environment', uscc, line_id, uscc || ' ' || pollutant_code || ' ' || COALESCE(stated, ''),
    row_id, source_id, clause, pollutant_code, period_start, period_end,
    CAST(ROUND(mass / 1000 / 1000000, 6) AS DECIMAL(18, 6)), '<=', tonnes, CAST(NULL AS VARCHAR),
    CASE WHEN span = 'day' THEN 't/d' ELSE 't/a' END,
    CASE WHEN tonnes > 0 THEN CAST(ROUND(mass / (CAST(tonnes AS DOUBLE) * 1000 * 1000000), 4) AS DECIMAL(18, 4)) END,
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
    CAST(ROUND(filled / 1000 / 1000000, 6) AS DECIMAL(18, 6)), CAST(lost_hours AS BIGINT), CAST(unfilled_hours AS BIGINT), days_above
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
  d.outlet_id, d.pollutant_code, d.pollutant_en, d.medium, d.outlet_source, d.limit_kind,
  d.averaging, CAST(d.upper AS DECIMAL(18, 6)) AS upper_limit, CAST(d.floor AS DECIMAL(18, 6)) AS lower_limit,
  CAST(d.ceiling AS DECIMAL(18, 6)) AS standard_limit, d.by_permit, d.source_id AS standard_id,
  d.clause AS standard_clause, d.effective_from, d.effective_to, d.area_document, d.amendment_document,
  d.reference_o2, d.excess_air, d.o2_after, CAST(d.fold AS DECIMAL(18, 9)) AS fold, d.fold_mode, d.oxygen, asks AS missing_keys,
  kind_asked = 1 AS kind_missing, d.rivals, d.period_days, d.base_count, d.valid_count, d.valid_readings,
  d.invalid, d.marks, d.stopped, d.not_judgeable, d.mismatched, d.unmarked, d.over_range, d.manual,
  d.manual_exceeding, d.day_rows, d.exceeding_count, d.exceeding_readings, d.valid_days, d.exceeding_days,
  d.unweighted_days, d.first_exceeding, d.last_exceeding, d.first_exceeding_day, d.last_exceeding_day,
  d.worst_day, d.worst_hour, d.worst_raw, d.worst_o2, d.capture_rate, d.least_share, d.share_source, d.share_of_exceeding_days,
  CASE WHEN serious_share IS NULL OR serious_days IS NULL OR share_of_exceeding_days IS NULL THEN NULL
      ELSE valid_days >= serious_days AND share_of_exceeding_days >= serious_share END AS serious,
  d.serious_share, d.serious_document
FROM findings AS f
LEFT JOIN judged_limits AS d ON d.slot_no = f.slot_no AND d.period_start = f.period_start

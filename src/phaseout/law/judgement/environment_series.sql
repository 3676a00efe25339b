-- What one outlet measured of one pollutant, day by day, as it was compared with its limit.
--
-- The same conversion and the same marks as environment.sql, section 5, for a chart beside the
-- finding; a test holds the two together. Parameters: outlet_id, pollutant_code.
WITH
compared AS (
  SELECT s.slot_no, CAST(m.time AS DATE) AS day, m.flag, s.upper, s.floor, s.limit_unit, s.row_id,
    s.factor * CASE
      WHEN s.fold_by IS NULL THEN m.value
      WHEN m.o2 >= 0 AND m.o2 < s.air_oxygen THEN m.value * s.fold_by / (s.air_oxygen - m.o2)
    END AS v
  FROM facts.monitoring AS m
  JOIN (SELECT *, unit AS limit_unit FROM judged.environment_limits WHERE fold_mode <> 'greater') AS s
    ON s.outlet_id = m.outlet_id AND s.pollutant_code = m.pollutant_code
    AND s.given_unit IS NOT DISTINCT FROM m.unit
    AND CAST(m.time AS DATE) BETWEEN s.span_from AND s.span_to
  WHERE m.outlet_id = $outlet AND m.pollutant_code = $pollutant
    AND NOT COALESCE(m.manual, FALSE)
    AND CAST(m.time AS DATE) <= (SELECT on_day FROM question)
),
marked AS (
  SELECT c.*, CASE WHEN c.flag IS NULL THEN 'valid' ELSE COALESCE(k.use, 'unknown') END AS use
  FROM compared AS c
  LEFT JOIN norms.data_marks AS k
    ON k.mark = c.flag AND c.day BETWEEN k.effective_from AND k.effective_to
)
SELECT day, CAST(MAX(upper) AS DOUBLE) AS upper, CAST(MAX(floor) AS DOUBLE) AS floor,
  MAX(limit_unit) AS unit,
  ROUND(MAX(CASE WHEN use = 'valid' THEN v END), 3) AS highest,
  ROUND(MIN(CASE WHEN use = 'valid' THEN v END), 3) AS lowest,
  ROUND(AVG(CASE WHEN use = 'valid' THEN v END), 3) AS mean,
  COUNT(CASE WHEN use = 'valid' THEN v END) AS valid,
  COUNT(CASE WHEN use = 'valid' AND (v > upper OR v < floor) THEN 1 END) AS exceeding,
  COUNT(CASE WHEN use <> 'valid' THEN 1 END) AS invalid
FROM marked
GROUP BY day
ORDER BY day

-- What one outlet measured of one pollutant, reading by reading, as it was compared with its limit.
--
-- The same conversion and the same marks as environment.sql, section 5, for the chart and the file
-- beside a finding; a test holds the two together. A reading without a limit keeps its own value.
-- Parameters: outlet, pollutant, row (the norm row to prefer), first_day, last_day.
SELECT m.time, COALESCE(m.averaging, 'hour') AS averaging, COALESCE(m.manual, FALSE) AS manual,
  m.value, m.unit, m.flag, m.o2,
  CASE WHEN m.manual THEN 'manual' WHEN m.flag IS NULL THEN 'valid'
    ELSE COALESCE(k.use, 'unknown') END AS use,
  ROUND(CASE WHEN s.slot_no IS NULL THEN m.value
    ELSE s.factor * CASE
      WHEN s.fold_by IS NULL THEN m.value
      WHEN m.o2 >= 0 AND m.o2 < s.air_oxygen THEN m.value * s.fold_by / (s.air_oxygen - m.o2)
    END END, 4) AS compared,
  CAST(s.upper AS DOUBLE) AS upper, CAST(s.floor AS DOUBLE) AS floor,
  COALESCE(s.unit, m.unit) AS limit_unit
FROM facts.monitoring AS m
LEFT JOIN judged.environment_limits AS s
  ON s.outlet_id = m.outlet_id AND s.pollutant_code = m.pollutant_code
  AND s.given_unit IS NOT DISTINCT FROM m.unit AND s.fold_mode <> 'greater'
  AND CAST(m.time AS DATE) BETWEEN s.span_from AND s.span_to
LEFT JOIN norms.data_marks AS k
  ON k.mark = m.flag AND CAST(m.time AS DATE) BETWEEN k.effective_from AND k.effective_to
WHERE m.outlet_id = $outlet AND m.pollutant_code = $pollutant
  AND CAST(m.time AS DATE) BETWEEN $first_day AND $last_day
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY m.time, COALESCE(m.averaging, 'hour'), COALESCE(m.manual, FALSE)
  ORDER BY CASE WHEN s.row_id = $row THEN 0 ELSE 1 END, s.slot_no
) = 1
ORDER BY m.time, COALESCE(m.averaging, 'hour'), COALESCE(m.manual, FALSE)

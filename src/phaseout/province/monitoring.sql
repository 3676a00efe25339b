-- Readings of a batch of outlets through a window. All noise is integer arithmetic on seeds (a
-- linear congruential step, mixed with xor), so that every machine and version makes the same.
--   series(place, outlet_id, code, unit, level, swing, digits, noise, step, flow, o2)
--   spells(outlet_id, first, last, mark, factor)
--   manual(place, outlet_id, code, hour, value, unit)
WITH planned AS (
    SELECT s.*, t.hour,
        coalesce(p.mark, 'N') AS mark,
        -- pH is a logarithm: what multiplies a concentration moves it by a little
        CASE WHEN s.code = 'w01001' THEN 1 + (coalesce(p.factor, 1.0) - 1) * 0.1
            ELSE coalesce(p.factor, 1.0) END AS factor
    FROM series AS s
    JOIN hours AS t ON t.hour % s.step = 0
    LEFT JOIN spells AS p ON p.outlet_id = s.outlet_id AND t.hour BETWEEN p.first AND p.last
    WHERE coalesce(p.mark, 'N') <> ''
),
noisy AS (
    SELECT *,
        -- slow: straight lines between a new value every twelve hours; fast: every hour its own
        draw(noise, hour // 12) * (12 - hour % 12) / 12 + draw(noise, hour // 12 + 1) * (hour % 12) / 12 AS slow,
        draw(noise + 1, hour) AS fast
    FROM planned
),
read AS (
    SELECT place, outlet_id, code, hour,
        CASE WHEN step = 24 THEN 'day' ELSE 'hour' END AS averaging,
        round(level * factor * (1 + swing * slow + swing / 2 * fast), digits) AS value,
        unit, mark,
        CASE WHEN o2 IS NULL THEN NULL WHEN mark = 'F' THEN 20.9 ELSE round(o2 + 0.8 * slow, 2) END AS o2,
        CASE WHEN mark = 'F' THEN 0.0 ELSE round(flow * (1 + 0.1 * fast), 1) END AS flow,
        FALSE AS manual
    FROM noisy
    UNION ALL
    SELECT m.place, m.outlet_id, m.code, m.hour, 'hour', m.value, m.unit, NULL, s.o2, s.flow, TRUE
    FROM manual AS m
    JOIN series AS s ON s.outlet_id = m.outlet_id AND s.code = m.code
)
SELECT outlet_id, code AS pollutant_code, $start::TIMESTAMP + to_hours(hour) AS time,
    averaging, value, unit, mark AS flag, o2, flow, manual
FROM read
ORDER BY place, hour, manual

-- Energy: unit consumption against the mandatory limit in force on the period's last day.
--
-- energy_method.md 2: edition, row, grade, comparison; 3: corrections; 1: computation. Every figure
-- comes from a table of `norms`; what a correction does is its form (norms/methods/energy.py).
-- One finding for each reported or computed indicator, each mandatory indicator that is missing,
-- each line that reported nothing for the last complete year.
WITH

-- 1. The norms ---------------------------------------------------------------------------------
own_electricity AS (  -- indicators for which a standard fixes its own electricity factor
    SELECT s.source_id, s.indicator_zh, MAX(f.kgce_per_unit) AS factor
    FROM norms.energy_special_factors AS s
    JOIN norms.energy_factors AS f ON f.source_id = s.source_id AND f.energy_zh = s.factor_zh
    WHERE s.indicator_zh <> ''
    GROUP BY s.source_id, s.indicator_zh
),

process_names AS (  -- `电弧炉冶炼，公称容量≥50t` is the process `电弧炉冶炼` with a condition
    SELECT r.process_zh, MAX(n.text) AS plain
    FROM norms.energy_limits AS r
    JOIN norms.conditions AS n
        ON n.row_id = r.row_id AND n.prose = r.process_zh AND n.key = 'process_name'
    GROUP BY r.process_zh
),

limits AS (
    SELECT
        r.row_id, r.source_id, r.clause, r.product_zh, r.process_zh, r.indicator_zh, r.unit,
        r.grade, r.comparator, r.value, r.effective_from, r.effective_to, r.settled,
        r.confidence, r.jurisdiction, g.stands_for, g.label_zh AS grade_zh, g.label_en AS grade_en,
        r.product_en, r.process_en, r.indicator_en,
        COALESCE(p.same_as_zh, r.product_zh) AS product,
        COALESCE(i.same_as_zh, r.indicator_zh) AS indicator,
        COALESCE(c.same_as_zh, n.plain, r.process_zh) AS process,
        COALESCE(n.plain, r.process_zh) AS plain_process,
        CASE
            WHEN r.jurisdiction = '000000' THEN '%'
            WHEN r.jurisdiction LIKE '%0000' THEN SUBSTRING(r.jurisdiction, 1, 2) || '%'
            WHEN r.jurisdiction LIKE '%00' THEN SUBSTRING(r.jurisdiction, 1, 4) || '%'
            ELSE r.jurisdiction
        END AS area,
        e.factor AS own_factor
    FROM norms.energy_limits AS r
    JOIN norms.energy_grades AS g
        ON g.grade = r.grade AND (r.applies_to = 'all' OR r.applies_to = g.stands_for)
    LEFT JOIN process_names AS n ON n.process_zh = r.process_zh
    LEFT JOIN norms.energy_names AS p ON p.kind = 'product' AND p.name_zh = r.product_zh
    LEFT JOIN norms.energy_names AS i
        ON i.kind = 'indicator' AND i.name_zh = r.indicator_zh
        AND (i.product_zh = '' OR i.product_zh = r.product_zh)
    LEFT JOIN norms.energy_names AS c
        ON c.kind = 'process' AND c.name_zh = COALESCE(n.plain, r.process_zh)
        AND (c.product_zh = '' OR c.product_zh = r.product_zh)
    LEFT JOIN own_electricity AS e
        ON e.source_id = r.source_id AND e.indicator_zh = r.indicator_zh
),

editions AS (
    SELECT
        source_id, product, jurisdiction, area,
        MIN(effective_from) AS starts, MAX(effective_to) AS ends
    FROM limits
    GROUP BY source_id, product, jurisdiction, area
),

printed_indicators AS (
    SELECT DISTINCT source_id, product, indicator_zh FROM limits
),

indicator_units AS (  -- `kgce/t`: energy in kgce over output in t
    SELECT
        product, indicator, MIN(unit) AS unit,
        SPLIT_PART(MIN(unit), '/', 1) AS numerator, SPLIT_PART(MIN(unit), '/', 2) AS denominator
    FROM limits
    GROUP BY product, indicator
),

unit_factors AS (
    SELECT from_unit, to_unit, MAX(factor) AS factor
    FROM facts.unit_factors
    GROUP BY from_unit, to_unit
),

gaps AS (  -- documents that hold but whose figures we do not have
    SELECT
        g.*, s.number, s.title_zh, s.title_en,
        CASE
            WHEN g.jurisdiction = '000000' THEN '%'
            WHEN g.jurisdiction LIKE '%0000' THEN SUBSTRING(g.jurisdiction, 1, 2) || '%'
            ELSE SUBSTRING(g.jurisdiction, 1, 4) || '%'
        END AS area
    FROM norms.energy_gaps AS g
    JOIN norms.sources AS s ON s.source_id = g.source_id
),

-- 2. The facts ---------------------------------------------------------------------------------
lines AS (
    SELECT
        l.line_id, l.uscc, l.product, l.status, l.commissioned_on, l.approved_on,
        COALESCE(l.industry, e.industry) AS industry,
        COALESCE(l.division_code, e.division_code, '') AS division
    FROM facts.lines AS l
    LEFT JOIN facts.enterprises AS e ON e.uscc = l.uscc
),

direct AS (
    SELECT
        f.fact_id AS report_id, f.line_id, f.product, COALESCE(f.process, '') AS process,
        f.indicator, f.period_start, f.period_end, f.value, f.unit,
        COALESCE(p.same_as_zh, f.product) AS product_name,
        COALESCE(i.same_as_zh, f.indicator) AS indicator_name
    FROM facts.energy AS f
    LEFT JOIN norms.energy_names AS p ON p.kind = 'product' AND p.name_zh = f.product
    LEFT JOIN norms.energy_names AS i
        ON i.kind = 'indicator' AND i.name_zh = f.indicator
        AND (i.product_zh = '' OR i.product_zh = f.product)
),

only_processes AS (  -- inputs name no process: they have the one that the same period's values name
    SELECT line_id, product, period_start, period_end, MIN(process) AS process
    FROM direct
    WHERE process <> ''
    GROUP BY line_id, product, period_start, period_end
    HAVING MIN(process) = MAX(process)
),

-- 3. Unit consumption computed from inputs and outputs: e = Σ(E·k) / P (GB/T 2589 clauses 7, 8) ---
inputs AS (
    SELECT
        i.line_id, i.product, i.indicator, i.period_start, i.period_end, i.energy, i.quantity,
        i.unit, i.kgce_per_unit, COALESCE(p.same_as_zh, i.product) AS product_name,
        COALESCE(n.same_as_zh, i.indicator) AS indicator_name,
        COALESCE(u.numerator, 'kgce') AS numerator
    FROM facts.energy_inputs AS i
    LEFT JOIN norms.energy_names AS p ON p.kind = 'product' AND p.name_zh = i.product
    LEFT JOIN norms.energy_names AS n
        ON n.kind = 'indicator' AND n.name_zh = i.indicator
        AND (n.product_zh = '' OR n.product_zh = i.product)
    LEFT JOIN indicator_units AS u
        ON u.product = COALESCE(p.same_as_zh, i.product)
        AND u.indicator = COALESCE(n.same_as_zh, i.indicator)
),

factor_names AS (
    SELECT DISTINCT energy_zh AS energy, energy_zh AS factor_zh FROM norms.energy_factors
    UNION
    SELECT name_zh AS energy, same_as_zh AS factor_zh FROM norms.energy_names WHERE kind = 'energy'
),

general_factors AS (  -- GB/T 2589; a factor printed in a limit standard counts for that standard only
    SELECT f.*
    FROM norms.energy_factors AS f
    LEFT JOIN (SELECT DISTINCT source_id FROM norms.energy_limits) AS e ON e.source_id = f.source_id
    WHERE e.source_id IS NULL AND f.kgce_per_unit IS NOT NULL
),

factors AS (  -- the edition of the factor table in force on the last day; two ends of a range
    SELECT
        d.energy, d.period_end, MIN(f.kgce_per_unit) AS low, MAX(f.kgce_per_unit) AS high,
        MIN(f.unit) AS unit, MIN(f.source_id) AS source_id, MIN(f.settled) AS settled
    FROM (SELECT DISTINCT energy, period_end FROM inputs) AS d
    JOIN factor_names AS n ON n.energy = d.energy
    JOIN general_factors AS f
        ON f.energy_zh = n.factor_zh AND d.period_end BETWEEN f.effective_from AND f.effective_to
    GROUP BY d.energy, d.period_end
),

special_factors AS (
    SELECT
        s.product_zh, s.indicator_zh, s.energy_zh, f.kgce_per_unit, f.unit, f.source_id, f.settled,
        f.effective_from, f.effective_to
    FROM norms.energy_special_factors AS s
    JOIN norms.energy_factors AS f ON f.source_id = s.source_id AND f.energy_zh = s.factor_zh
),

chosen_factors AS (  -- measured before the standard's own before the table
    SELECT
        i.*,
        CASE
            WHEN i.numerator <> 'kgce' THEN i.numerator
            WHEN i.kgce_per_unit IS NOT NULL THEN i.unit
            WHEN s.unit IS NOT NULL THEN s.unit
            ELSE f.unit
        END AS counted_in,
        CASE
            WHEN i.numerator <> 'kgce' THEN CASE WHEN f.unit = i.numerator THEN 1 END
            ELSE COALESCE(i.kgce_per_unit, s.kgce_per_unit, f.low)
        END AS low,
        CASE
            WHEN i.numerator <> 'kgce' THEN CASE WHEN f.unit = i.numerator THEN 1 END
            ELSE COALESCE(i.kgce_per_unit, s.kgce_per_unit, f.high)
        END AS high,
        i.numerator <> 'kgce' OR i.kgce_per_unit IS NOT NULL
            OR COALESCE(s.settled, f.settled, FALSE) AS settled,
        CASE
            WHEN i.numerator <> 'kgce' THEN 'quantity'
            WHEN i.kgce_per_unit IS NOT NULL THEN 'measured'
            ELSE COALESCE(s.source_id, f.source_id, '')
        END AS factor_from
    FROM inputs AS i
    LEFT JOIN factors AS f ON f.energy = i.energy AND f.period_end = i.period_end
    LEFT JOIN special_factors AS s
        ON s.energy_zh = i.energy AND (s.product_zh = '' OR s.product_zh = i.product_name)
        AND (s.indicator_zh = '' OR s.indicator_zh = i.indicator)
        AND i.period_end BETWEEN s.effective_from AND s.effective_to
),

counted AS (
    SELECT
        c.*,
        CASE
            WHEN c.unit = c.counted_in THEN CAST(c.quantity AS DECIMAL(28, 6))
            ELSE CAST(CAST(c.quantity AS DECIMAL(28, 6)) * u.factor AS DECIMAL(28, 6))
        END AS amount,
        CASE
            WHEN c.low IS NULL THEN 'energy_factor_missing'
            WHEN c.unit <> c.counted_in AND u.factor IS NULL THEN 'unit_not_convertible'
        END AS problem
    FROM chosen_factors AS c
    LEFT JOIN unit_factors AS u ON u.from_unit = c.unit AND u.to_unit = c.counted_in
),

energies AS (
    SELECT
        line_id, product, indicator, period_start, period_end,
        MIN(product_name) AS product_name, MIN(indicator_name) AS indicator_name,
        MIN(numerator) AS numerator, MIN(problem) AS problem, MIN(settled) AS settled,
        SUM(CAST(amount * CASE WHEN amount < 0 THEN high ELSE low END AS DECIMAL(28, 6))) AS low,
        SUM(CAST(amount * CASE WHEN amount < 0 THEN low ELSE high END AS DECIMAL(28, 6))) AS high,
        ARRAY_SORT(ARRAY_AGG(CONCAT_WS(
            '|', REPLACE(energy, '|', '/'), CAST(quantity AS VARCHAR), REPLACE(unit, '|', '/'),
            COALESCE(CAST(low AS VARCHAR), ''),
            COALESCE(CAST(high AS VARCHAR), ''), COALESCE(counted_in, ''),
            COALESCE(CAST(CAST(amount * low AS DECIMAL(28, 6)) AS VARCHAR), ''), factor_from,
            COALESCE(problem, '')
        ))) AS listed
    FROM counted
    GROUP BY line_id, product, indicator, period_start, period_end
),

computed AS (
    SELECT
        e.*, o.quantity AS output, o.unit AS output_unit, COALESCE(w.unit, 'kgce/t') AS in_unit,
        CASE
            WHEN o.quantity IS NULL OR o.quantity <= 0 THEN 'no_output'
            WHEN u.factor IS NULL THEN 'unit_not_convertible'
            ELSE e.problem
        END AS hindrance,
        CASE WHEN o.quantity > 0 AND u.factor > 0 AND e.problem IS NULL THEN CAST(ROUND(
            e.low / (CAST(o.quantity AS DECIMAL(28, 6)) * u.factor), 6
        ) AS DECIMAL(18, 6)) END AS value_low,
        CASE WHEN o.quantity > 0 AND u.factor > 0 AND e.problem IS NULL THEN CAST(ROUND(
            e.high / (CAST(o.quantity AS DECIMAL(28, 6)) * u.factor), 6
        ) AS DECIMAL(18, 6)) END AS value_high,
        CONCAT_WS('|', e.line_id, e.product, e.indicator, CAST(e.period_start AS VARCHAR),
            CAST(e.period_end AS VARCHAR)) AS report_id
    FROM energies AS e
    LEFT JOIN indicator_units AS w
        ON w.product = e.product_name AND w.indicator = e.indicator_name
    LEFT JOIN facts.outputs AS o
        ON o.line_id = e.line_id AND o.product = e.product
        AND o.period_start = e.period_start AND o.period_end = e.period_end
    LEFT JOIN unit_factors AS u
        ON u.from_unit = o.unit AND u.to_unit = COALESCE(w.denominator, 't')
),

reported AS (
    SELECT
        report_id, line_id, product, process, indicator, product_name, indicator_name,
        period_start, period_end, value AS low, value AS high, unit, 'direct' AS how,
        CAST(NULL AS VARCHAR) AS hindrance
    FROM direct
    UNION ALL
    SELECT
        c.report_id, c.line_id, c.product, COALESCE(p.process, '') AS process, c.indicator,
        c.product_name, c.indicator_name, c.period_start, c.period_end, c.value_low, c.value_high,
        c.in_unit, 'computed' AS how, c.hindrance
    FROM computed AS c
    LEFT JOIN only_processes AS p
        ON p.line_id = c.line_id AND p.product = c.product
        AND p.period_start = c.period_start AND p.period_end = c.period_end
    LEFT JOIN direct AS d
        ON d.line_id = c.line_id AND d.product = c.product AND d.indicator = c.indicator
        AND d.period_start = c.period_start AND d.period_end = c.period_end
    WHERE d.line_id IS NULL
),

-- 4. Every mandatory indicator is judged by itself (2.8): those that nobody reported --------------
groups AS (
    SELECT DISTINCT
        r.line_id, r.product, r.product_name, r.process, r.period_start, r.period_end, l.division,
        COALESCE(c.same_as_zh, n.plain, r.process) AS process_name
    FROM reported AS r
    JOIN question AS w ON r.period_end <= w.on_day
    LEFT JOIN lines AS l ON l.line_id = r.line_id
    LEFT JOIN process_names AS n ON n.process_zh = r.process
    LEFT JOIN norms.energy_names AS c
        ON c.kind = 'process' AND c.name_zh = COALESCE(n.plain, r.process)
        AND (c.product_zh = '' OR c.product_zh = r.product)
),

mandatory AS (  -- a process that is the only one of its indicator belongs to every plant
    SELECT
        source_id, product, jurisdiction, indicator, process, MIN(indicator_zh) AS indicator_zh,
        COUNT(*) OVER (PARTITION BY source_id, product, jurisdiction, indicator) AS processes
    FROM limits
    WHERE stands_for <> 'target'
    GROUP BY source_id, product, jurisdiction, indicator, process
),

taken_editions AS (
    SELECT subject, value, document, valid_from, valid_to
    FROM norms.decisions
    WHERE kind = 'edition'
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY subject, valid_from, valid_to ORDER BY value, document
    ) = 1
),

required AS (
    SELECT DISTINCT
        g.line_id, g.product, g.product_name, g.process, g.process_name, g.period_start,
        g.period_end, m.indicator, m.indicator_zh
    FROM groups AS g
    JOIN editions AS e
        ON e.product = g.product_name AND g.period_end BETWEEN e.starts AND e.ends
        AND COALESCE(g.division, '') LIKE e.area
    LEFT JOIN taken_editions AS d
        ON d.subject = e.source_id AND g.period_end BETWEEN d.valid_from AND d.valid_to
    JOIN mandatory AS m
        ON m.source_id = COALESCE(d.value, e.source_id) AND m.product = e.product
        AND m.jurisdiction = e.jurisdiction
        AND (g.process = '' OR m.process = '' OR m.processes = 1 OR m.process = g.process_name)
),

missing AS (
    SELECT
        q.line_id, q.product, q.process, q.product_name, q.period_start, q.period_end,
        q.indicator AS indicator_name, MIN(q.indicator_zh) AS indicator
    FROM required AS q
    LEFT JOIN reported AS r
        ON r.line_id = q.line_id AND r.product_name = q.product_name
        AND r.period_start = q.period_start AND r.period_end = q.period_end
        AND r.indicator_name = q.indicator
        AND (r.process = q.process OR r.process = '' OR q.process = '' OR q.process_name NOT IN (
            SELECT process FROM mandatory AS m
            WHERE m.product = q.product_name AND m.indicator = q.indicator
        ))
    WHERE r.line_id IS NULL
    GROUP BY q.line_id, q.product, q.process, q.product_name, q.period_start, q.period_end,
        q.indicator
),

last_year AS (
    SELECT
        MAKE_DATE(YEAR(on_day) - 1, 1, 1) AS first_day,
        MAKE_DATE(YEAR(on_day) - 1, 12, 31) AS last_day
    FROM question
),

heard AS (
    SELECT DISTINCT f.line_id
    FROM facts.energy AS f
    JOIN last_year AS y ON f.period_end >= y.first_day AND f.period_start <= y.last_day
    UNION
    SELECT DISTINCT f.line_id
    FROM facts.energy_inputs AS f
    JOIN last_year AS y ON f.period_end >= y.first_day AND f.period_start <= y.last_day
),

silent AS (
    SELECT l.line_id, COALESCE(l.product, '') AS product, y.first_day, y.last_day
    FROM lines AS l
    JOIN last_year AS y ON COALESCE(l.commissioned_on, y.first_day) <= y.last_day
    LEFT JOIN heard AS h ON h.line_id = l.line_id
    WHERE h.line_id IS NULL
        AND COALESCE(LOWER(l.status), '') NOT IN (
            'exited', '已退出', 'dismantled', '已拆除', 'closed', '已关闭',
            'under_construction', '在建'
        )
),

every AS (
    SELECT * FROM reported
    UNION ALL
    SELECT
        CONCAT_WS('|', 'missing', line_id, product, process, indicator_name,
            CAST(period_start AS VARCHAR), CAST(period_end AS VARCHAR)),
        line_id, product, process, indicator, product_name, indicator_name, period_start,
        period_end, NULL, NULL, NULL, 'missing', 'indicator_not_reported'
    FROM missing
    UNION ALL
    SELECT
        CONCAT_WS('|', 'silent', s.line_id), s.line_id, s.product, '', NULL,
        COALESCE(p.same_as_zh, s.product), NULL, s.first_day, s.last_day, NULL, NULL, NULL,
        'silent', 'energy_not_reported'
    FROM silent AS s
    LEFT JOIN norms.energy_names AS p ON p.kind = 'product' AND p.name_zh = s.product
),

asked AS (  -- everything that gets a finding, with a short number to join by
    SELECT e.*, ROW_NUMBER() OVER (ORDER BY e.report_id) AS n FROM every AS e
),

-- 5. Conditions given: of the value itself, else of the same line, product, process and period ------
own_conditions AS (
    SELECT owner_id AS report_id, key, MIN(text) AS text, MIN(number) AS number, MIN(day) AS day
    FROM facts.conditions
    WHERE owner_kind = 'energy'
    GROUP BY owner_id, key
),

group_conditions AS (
    SELECT
        d.line_id, d.product, d.process, d.period_start, d.period_end, c.key,
        MIN(c.text) AS text, MIN(c.number) AS number, MIN(c.day) AS day
    FROM own_conditions AS c
    JOIN direct AS d ON d.report_id = c.report_id
    WHERE c.key NOT IN ('value_kind', 'uncertainty', 'electricity_factor')
    GROUP BY d.line_id, d.product, d.process, d.period_start, d.period_end, c.key
    HAVING MIN(c.text) = MAX(c.text)
),

given AS (
    SELECT a.n, o.key, o.text, o.number, o.day
    FROM asked AS a
    JOIN own_conditions AS o ON o.report_id = a.report_id
    UNION ALL
    SELECT a.n, g.key, g.text, g.number, g.day
    FROM asked AS a
    JOIN group_conditions AS g
        ON g.line_id = a.line_id AND g.product = a.product AND g.process = a.process
        AND g.period_start = a.period_start AND g.period_end = a.period_end
    LEFT JOIN own_conditions AS o ON o.report_id = a.report_id AND o.key = g.key
    WHERE o.report_id IS NULL
),

-- 6. The question in full: line, build date, process name -----------------------------------------
located AS (
    SELECT
        a.*, l.uscc, l.industry, COALESCE(l.division, '') AS division, l.commissioned_on,
        l.approved_on
    FROM asked AS a
    LEFT JOIN lines AS l ON l.line_id = a.line_id
),

occasions AS (  -- the edition depends on product, place and period alone
    SELECT
        product_name, division, period_start, period_end,
        ROW_NUMBER() OVER (ORDER BY product_name, division, period_start, period_end) AS occasion
    FROM (SELECT DISTINCT product_name, division, period_start, period_end FROM located) AS d
),

questions AS (
    SELECT
        a.*, o.occasion,
        COALESCE(c.same_as_zh, n.plain, a.process) AS process_name,
        COALESCE(n.plain, a.process) = a.process AS process_is_plain,
        -- new, rebuilt or extended (2.3, 2.4): the later of first building and rebuilding
        GREATEST(
            COALESCE(a.commissioned_on, a.approved_on, b.day),
            COALESCE(b.day, a.commissioned_on, a.approved_on)
        ) AS built_on,
        CASE
            WHEN b.day > COALESCE(a.commissioned_on, a.approved_on, DATE '0001-01-01') THEN 'rebuilt'
            WHEN a.commissioned_on IS NOT NULL THEN 'commissioned'
            WHEN a.approved_on IS NOT NULL THEN 'approved'
        END AS built_by,
        k.number AS electricity_factor, u.number AS uncertainty,
        COALESCE(LOWER(v.text), '') IN ('comparable', '可比', '可比值', '已折算') AS is_comparable
    FROM located AS a
    JOIN occasions AS o
        ON o.product_name = a.product_name AND o.division = a.division
        AND o.period_start = a.period_start AND o.period_end = a.period_end
    LEFT JOIN process_names AS n ON n.process_zh = a.process
    LEFT JOIN norms.energy_names AS c
        ON c.kind = 'process' AND c.name_zh = COALESCE(n.plain, a.process)
        AND (c.product_zh = '' OR c.product_zh = a.product)
    LEFT JOIN given AS b ON b.n = a.n AND b.key = 'rebuilt_on'
    LEFT JOIN given AS k ON k.n = a.n AND k.key = 'electricity_factor'
    LEFT JOIN given AS u ON u.n = a.n AND u.key = 'uncertainty'
    LEFT JOIN given AS v ON v.n = a.n AND v.key = 'value_kind'
),

-- 7. The edition in force on the last day, or the one an authority chose (2.1) --------------------
ruling AS (
    SELECT
        o.occasion, o.product_name, o.period_start, o.period_end, e.jurisdiction,
        e.source_id AS in_force, d.document, COALESCE(d.value, e.source_id) AS source_id
    FROM occasions AS o
    JOIN editions AS e
        ON e.product = o.product_name AND o.period_end BETWEEN e.starts AND e.ends
        AND o.division LIKE e.area
    LEFT JOIN taken_editions AS d
        ON d.subject = e.source_id AND o.period_end BETWEEN d.valid_from AND d.valid_to
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY o.occasion, e.jurisdiction, e.source_id ORDER BY d.value, d.document
    ) = 1
),

ruled AS (
    SELECT
        r.*, e.starts, e.ends,
        -- the edition started within the period and no document of the authority fixes it
        r.document IS NULL AND e.starts > r.period_start AND f.value IS NULL AS edition_changed
    FROM ruling AS r
    LEFT JOIN editions AS e
        ON e.source_id = r.source_id AND e.product = r.product_name
        AND e.jurisdiction = r.jurisdiction
    LEFT JOIN (
        SELECT value, MIN(valid_from) AS valid_from, MAX(valid_to) AS valid_to
        FROM norms.decisions WHERE kind = 'edition' GROUP BY value
    ) AS f ON f.value = r.source_id AND r.period_end BETWEEN f.valid_from AND f.valid_to
),

others AS (  -- editions that held earlier in the period
    SELECT
        r.occasion, r.jurisdiction, r.source_id AS ruling_id, e.source_id, e.starts, e.ends
    FROM ruled AS r
    JOIN editions AS e
        ON e.product = r.product_name AND e.jurisdiction = r.jurisdiction
        AND e.source_id <> r.source_id AND e.starts <= r.period_end AND e.ends >= r.period_start
    WHERE r.edition_changed
),

side_rows AS (  -- the rows of the ruling edition and of those before it, for each occasion
    SELECT
        s.occasion, s.ruling_id, s.side, s.starts, l.row_id, l.source_id, l.product_zh,
        l.process_zh, l.process, l.indicator, l.indicator_zh, l.unit, l.grade, l.stands_for,
        l.value, l.settled, l.own_factor
    FROM (
        SELECT occasion, product_name, jurisdiction, source_id AS ruling_id, 'ruling' AS side,
            source_id, starts
        FROM ruled
        UNION ALL
        SELECT o.occasion, c.product_name, o.jurisdiction, o.ruling_id, 'other', o.source_id, o.starts
        FROM others AS o
        JOIN occasions AS c ON c.occasion = o.occasion
    ) AS s
    JOIN limits AS l
        ON l.source_id = s.source_id AND l.product = s.product_name
        AND l.jurisdiction = s.jurisdiction
),

-- 8. Candidate rows: product, indicator; then process, grade, conditions --------------------------
met AS (
    SELECT
        q.n, s.ruling_id, s.side, s.row_id, s.source_id, s.product_zh, s.process_zh,
        s.indicator_zh, s.unit, s.grade, s.stands_for, s.value, s.settled,
        q.process <> '' AND s.process_zh = q.process AS process_settled,
        s.process_zh = '' OR q.process = '' OR s.process_zh = q.process
            OR (q.process_is_plain AND s.process = q.process_name)
            OR s.process_zh = q.process_name AS fits_process,
        CASE
            WHEN q.built_on IS NULL THEN 'unknown'
            WHEN q.built_on >= s.starts THEN 'new'
            ELSE 'existing'
        END AS tier,
        q.is_comparable
    FROM questions AS q
    JOIN side_rows AS s ON s.occasion = q.occasion AND s.indicator = q.indicator_name
    LEFT JOIN printed_indicators AS x
        ON x.source_id = s.source_id AND x.product = q.product_name
        AND x.indicator_zh = q.indicator
    LEFT JOIN (SELECT DISTINCT factor FROM own_electricity) AS w ON w.factor = q.electricity_factor
    WHERE (x.indicator_zh IS NULL OR s.indicator_zh = q.indicator)
        -- two columns of one limit, electricity at the equivalent or at the standard's own value
        AND (q.how <> 'computed' OR s.own_factor IS NULL OR s.indicator_zh = q.indicator)
        AND (q.electricity_factor IS NULL OR s.indicator_zh = q.indicator
            OR q.electricity_factor = s.own_factor
            OR (s.own_factor IS NULL AND w.factor IS NULL))
),

checks AS (
    SELECT
        m.n, m.side, m.row_id,
        MAX(CASE
            WHEN g.key IS NULL THEN 0
            WHEN n.operator = 'in' THEN CASE
                WHEN STRPOS('|' || LOWER(n.text) || '|', '|' || LOWER(g.text) || '|') > 0 THEN 0
                ELSE 1 END
            WHEN n.operator = '=' AND n.number IS NULL THEN CASE WHEN g.text = n.text THEN 0 ELSE 1 END
            WHEN g.number IS NULL OR n.number IS NULL THEN 0
            WHEN n.operator = '=' AND g.number = n.number THEN 0
            WHEN n.operator = '!=' AND g.number <> n.number THEN 0
            WHEN n.operator = '<' AND g.number < n.number THEN 0
            WHEN n.operator = '<=' AND g.number <= n.number THEN 0
            WHEN n.operator = '>' AND g.number > n.number THEN 0
            WHEN n.operator = '>=' AND g.number >= n.number THEN 0
            ELSE 1
        END) AS failed,
        MAX(CASE
            WHEN g.key IS NULL THEN 1
            WHEN n.number IS NOT NULL AND g.number IS NULL THEN 1
            ELSE 0
        END) AS unknown,
        MAX(CASE WHEN g.key IS NULL OR (n.number IS NOT NULL AND g.number IS NULL)
            THEN n.key END) AS unknown_key
    FROM met AS m
    JOIN norms.conditions AS n ON n.row_id = m.row_id AND n.key <> 'process_name'
    LEFT JOIN given AS g ON g.n = m.n AND g.key = n.key
    WHERE m.fits_process AND NOT (m.process_settled AND n.prose = m.process_zh)
    GROUP BY m.n, m.side, m.row_id
),

settlements AS (  -- a person's decision on the conditions of one row for one line
    SELECT d.key AS row_id, q.n, MIN(d.value) AS value, MIN(d.document) AS document
    FROM norms.decisions AS d
    JOIN questions AS q
        ON q.line_id = d.subject AND q.period_end BETWEEN d.valid_from AND d.valid_to
    WHERE d.kind = 'condition'
    GROUP BY d.key, q.n
),

candidates AS (
    SELECT
        m.*,
        CASE WHEN t.value = 'yes' THEN 0 ELSE COALESCE(c.unknown, 0) END AS unknown,
        CASE WHEN t.value = 'yes' THEN NULL ELSE c.unknown_key END AS unknown_key
    FROM met AS m
    LEFT JOIN checks AS c
        ON c.n = m.n AND c.side = m.side AND c.row_id = m.row_id
    LEFT JOIN settlements AS t ON t.n = m.n AND t.row_id = m.row_id
    WHERE m.fits_process
        AND (m.stands_for = 'target' OR m.tier = 'unknown' OR m.stands_for = m.tier)
        AND COALESCE(t.value, '') <> 'no' AND (COALESCE(c.failed, 0) = 0 OR t.value = 'yes')
),

-- 9. Corrections (energy_method.md 3): each figure, then each correction, then their sum ----------
named_corrections AS (
    SELECT DISTINCT row_id, key AS correction FROM norms.corrections
),

segments AS (  -- neighbours in a correction table
    SELECT
        correction, process_zh, point AS x0, addition AS y0,
        LEAD(point) OVER (PARTITION BY correction, process_zh ORDER BY point) AS x1,
        LEAD(addition) OVER (PARTITION BY correction, process_zh ORDER BY point) AS y1
    FROM norms.energy_correction_points
),

figures AS (
    SELECT
        c.n, c.side, c.row_id, f.row_id AS figure_id, f.correction, f.target, f.phase,
        f.form, f.outside, f.missing, f.settled,
        CASE WHEN f.gate_key <> '' AND y.number IS NULL THEN f.gate_key END AS gate_missing,
        CASE WHEN f.key <> '' AND x.text IS NULL THEN f.key
            WHEN f.key <> '' AND f.choice = '' AND x.number IS NULL THEN f.key END AS key_missing,
        x.text AS given_text,
        CASE
            WHEN f.gate_key = '' OR y.number IS NULL THEN TRUE
            WHEN f.gate_operator = '>' THEN y.number > f.gate_value
            ELSE y.number >= f.gate_value
        END AS gate_open,
        CASE
            WHEN f.form = 'add_table' THEN x.number BETWEEN s.x0 AND s.x1
            WHEN f.choice <> ''
                THEN STRPOS('|' || LOWER(f.choice) || '|', '|' || LOWER(x.text) || '|') > 0
            ELSE (f.above IS NULL OR x.number > f.above) AND (f.up_to IS NULL OR x.number <= f.up_to)
        END AS fits,
        ROUND(CASE f.form
            WHEN 'add' THEN CAST(f.coefficient AS DOUBLE)
            WHEN 'times' THEN CAST(f.coefficient AS DOUBLE)
            WHEN 'add_linear' THEN CAST(f.coefficient AS DOUBLE) * CAST(LEAST(
                GREATEST(x.number - f.base, COALESCE(f.low, x.number - f.base)),
                COALESCE(f.high, GREATEST(x.number - f.base, COALESCE(f.low, x.number - f.base)))
            ) AS DOUBLE) / CAST(f.per AS DOUBLE)
            WHEN 'add_table' THEN CAST(s.y0 AS DOUBLE) + CAST(s.y1 - s.y0 AS DOUBLE)
                * CAST(x.number - s.x0 AS DOUBLE) / CAST(s.x1 - s.x0 AS DOUBLE)
            WHEN 'times_linear' THEN CAST(f.intercept AS DOUBLE)
                + CAST(f.coefficient AS DOUBLE) * CAST(x.number AS DOUBLE) / CAST(f.per AS DOUBLE)
            WHEN 'times_power' THEN CASE WHEN x.number > 0 THEN
                POW(CAST(x.number AS DOUBLE) / CAST(f.base AS DOUBLE), CAST(f.exponent AS DOUBLE)) END
        END, 9) AS amount
    FROM candidates AS c
    JOIN named_corrections AS k ON k.row_id = c.row_id
    JOIN norms.energy_corrections AS f
        ON f.correction = k.correction AND f.source_id = c.source_id
        AND (f.product_zh = '' OR f.product_zh = c.product_zh)
        AND (f.process_zh = '' OR f.process_zh = c.process_zh)
        AND (f.grade = '' OR f.grade = c.grade)
    LEFT JOIN segments AS s
        ON f.form = 'add_table' AND s.correction = f.correction AND s.process_zh = f.process_zh
        AND s.x1 IS NOT NULL
    LEFT JOIN given AS x ON x.n = c.n AND x.key = f.key
    LEFT JOIN given AS y ON y.n = c.n AND y.key = f.gate_key
    -- a value that is already the comparable one is not corrected again
    WHERE NOT (f.target = 'value' AND c.is_comparable)
),

steps AS (
    SELECT
        n, side, row_id, correction, target, phase, missing, gate_missing, key_missing,
        MIN(settled) AS settled, MAX(given_text) AS given_text,
        MIN(CASE WHEN fits THEN figure_id END) AS figure_id, MIN(figure_id) AS any_figure,
        MAX(CASE WHEN fits THEN amount END) AS amount,
        CASE
            WHEN NOT MIN(gate_open) THEN 'out'
            WHEN MAX(CASE WHEN form = 'unknown' AND key_missing IS NULL AND given_text IS NULL
                THEN 1 ELSE 0 END) = 1 THEN 'not_established'
            WHEN gate_missing IS NOT NULL OR key_missing IS NOT NULL THEN 'missing'
            WHEN MAX(CASE WHEN fits AND form = 'unknown' THEN 1 ELSE 0 END) = 1 THEN 'not_established'
            WHEN MAX(CASE WHEN fits AND amount IS NOT NULL THEN 1 ELSE 0 END) = 1 THEN 'applied'
            WHEN MAX(CASE WHEN outside = 'undetermined' THEN 1 ELSE 0 END) = 1 THEN 'outside'
            ELSE 'out'
        END AS status
    FROM figures
    GROUP BY n, side, row_id, correction, target, phase, missing, gate_missing, key_missing
),

effects AS (
    SELECT
        n, side, row_id,
        SUM(CASE WHEN status = 'applied' AND target = 'limit' AND phase = 1
            THEN CAST(amount AS DECIMAL(18, 6)) ELSE 0 END) AS added_first,
        MAX(CASE WHEN status = 'applied' AND target = 'limit' AND phase = 2
            THEN CAST(amount AS DECIMAL(12, 9)) END) AS limit_times,
        SUM(CASE WHEN status = 'applied' AND target = 'limit' AND phase = 4
            THEN CAST(amount AS DECIMAL(18, 6)) ELSE 0 END) AS added_last,
        MAX(CASE WHEN status = 'applied' AND target = 'value' AND phase = 2
            THEN CAST(amount AS DECIMAL(12, 9)) END) AS value_times,
        MAX(CASE WHEN status = 'applied' AND target = 'value' AND phase = 3
            THEN CAST(amount AS DECIMAL(12, 9)) END) AS value_times_more,
        -- what is not known matters only where it could turn the verdict
        MAX(CASE WHEN status = 'missing' AND missing <> 'relaxes' THEN 1 ELSE 0
            END) AS missing_if_met,
        MAX(CASE WHEN status = 'missing' AND missing <> 'tightens' THEN 1 ELSE 0
            END) AS missing_if_over,
        MAX(CASE WHEN status = 'not_established' AND missing <> 'relaxes' THEN 1 ELSE 0
            END) AS unseen_if_met,
        MAX(CASE WHEN status = 'not_established' AND missing <> 'tightens' THEN 1 ELSE 0
            END) AS unseen_if_over,
        MAX(CASE WHEN status = 'outside' THEN 1 ELSE 0 END) AS outside_table,
        MIN(CASE WHEN status = 'applied' THEN settled ELSE TRUE END) AS corrections_settled,
        ARRAY_SORT(ARRAY_AGG(CONCAT_WS(
            '|', target, CAST(phase AS VARCHAR), COALESCE(figure_id, any_figure), status, missing,
            REPLACE(COALESCE(given_text, ''), '|', '/'), COALESCE(CAST(CAST(amount AS DECIMAL(18, 9)) AS VARCHAR), ''),
            COALESCE(gate_missing, ''), COALESCE(key_missing, '')
        ))) AS correction_steps
    FROM steps
    GROUP BY n, side, row_id
),

-- 10. Each candidate answered by itself -----------------------------------------------------------
answered AS (
    SELECT
        c.*, e.missing_if_met, e.missing_if_over, e.unseen_if_met, e.unseen_if_over,
        COALESCE(e.outside_table, 0) AS outside_table,
        COALESCE(e.corrections_settled, TRUE) AS corrections_settled, e.correction_steps,
        CAST(CAST((c.value + COALESCE(e.added_first, 0)) AS DECIMAL(28, 6))
            * COALESCE(e.limit_times, CAST(1 AS DECIMAL(12, 9))) AS DECIMAL(18, 6))
            + CAST(COALESCE(e.added_last, 0) AS DECIMAL(18, 6)) AS limit_value,
        CAST(CAST(CAST(CAST(q.low AS DECIMAL(28, 6)) * u.factor AS DECIMAL(28, 6))
            * COALESCE(e.value_times, CAST(1 AS DECIMAL(12, 9))) AS DECIMAL(28, 6))
            * COALESCE(e.value_times_more, CAST(1 AS DECIMAL(12, 9))) AS DECIMAL(18, 6)) AS value_low,
        CAST(CAST(CAST(CAST(q.high AS DECIMAL(28, 6)) * u.factor AS DECIMAL(28, 6))
            * COALESCE(e.value_times, CAST(1 AS DECIMAL(12, 9))) AS DECIMAL(28, 6))
            * COALESCE(e.value_times_more, CAST(1 AS DECIMAL(12, 9))) AS DECIMAL(18, 6)) AS value_high,
        CAST(CAST(q.low AS DECIMAL(28, 6)) * u.factor AS DECIMAL(18, 6)) AS value_as_reported,
        CAST(CAST(q.uncertainty AS DECIMAL(28, 6)) * u.factor AS DECIMAL(18, 6)) AS uncertainty
    FROM candidates AS c
    JOIN questions AS q ON q.n = c.n
    LEFT JOIN unit_factors AS u ON u.from_unit = q.unit AND u.to_unit = c.unit
    LEFT JOIN effects AS e
        ON e.n = c.n AND e.side = c.side AND e.row_id = c.row_id
),

compared AS (
    SELECT
        a.*,
        CASE
            WHEN value_low IS NULL THEN 'unit'
            WHEN value IS NULL THEN 'empty'
            WHEN outside_table = 1 THEN 'outside'
            WHEN value_low <= limit_value AND value_high <= limit_value THEN 'met'
            WHEN value_low > limit_value AND value_high > limit_value THEN 'over'
            ELSE 'range'
        END AS answer
    FROM answered AS a
),

collected AS (
    SELECT
        n, ruling_id, side, COUNT(*) AS rows_met,
        SUM(CASE WHEN answer = 'met' THEN 1 ELSE 0 END) AS met,
        SUM(CASE WHEN answer = 'over' THEN 1 ELSE 0 END) AS over,
        MAX(CASE WHEN answer = 'unit' THEN 1 ELSE 0 END) AS unit_unknown,
        MAX(CASE WHEN answer = 'empty' THEN 1 ELSE 0 END) AS no_value,
        MAX(CASE WHEN answer = 'outside' THEN 1 ELSE 0 END) AS outside_table,
        MAX(CASE WHEN answer = 'range' THEN 1 ELSE 0 END) AS ranges,
        MAX(unknown) AS condition_unknown,
        COUNT(DISTINCT stands_for) AS tiers, MAX(tier) AS tier,
        COUNT(DISTINCT process_zh) AS processes, COUNT(DISTINCT indicator_zh) AS conventions,
        MIN(settled) AS settled,
        ARRAY_SORT(ARRAY_AGG(DISTINCT COALESCE(unknown_key, ''))) AS unknown_keys,
        ARRAY_SORT(ARRAY_AGG(DISTINCT CONCAT_WS(
            '|', stands_for, process_zh, indicator_zh, CAST(limit_value AS VARCHAR), unit, answer
        ))) AS alternatives
    FROM compared
    WHERE stands_for <> 'target'
    GROUP BY n, ruling_id, side
),

chosen AS (  -- of several rows that agree: the strictest that is met, the loosest that is exceeded
    SELECT n, ruling_id, row_id
    FROM compared
    WHERE stands_for <> 'target' AND side = 'ruling'
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY n, ruling_id
        ORDER BY CASE WHEN answer = 'over' THEN -limit_value ELSE limit_value END, row_id
    ) = 1
),

shown AS (
    SELECT c.*
    FROM compared AS c
    JOIN chosen AS o
        ON o.n = c.n AND o.ruling_id = c.ruling_id AND o.row_id = c.row_id AND c.side = 'ruling'
),

targets AS (
    SELECT s.n, s.ruling_id, t.limit_value, t.row_id
    FROM shown AS s
    LEFT JOIN process_names AS p ON p.process_zh = s.process_zh
    JOIN compared AS t
        ON t.n = s.n AND t.ruling_id = s.ruling_id AND t.side = 'ruling'
        AND t.stands_for = 'target' AND t.indicator_zh = s.indicator_zh
        AND t.process_zh IN (s.process_zh, COALESCE(p.plain, s.process_zh))
    QUALIFY ROW_NUMBER() OVER (PARTITION BY s.n, s.ruling_id ORDER BY t.row_id) = 1
),

reached AS (  -- how far each report got: which of product, indicator, process, grade was met
    SELECT
        n, ruling_id, COUNT(*) AS of_indicator,
        SUM(CASE WHEN fits_process AND stands_for <> 'target' THEN 1 ELSE 0 END) AS of_process,
        SUM(CASE WHEN fits_process AND stands_for = tier THEN 1
            WHEN fits_process AND tier = 'unknown' AND stands_for <> 'target' THEN 1
            ELSE 0 END) AS of_grade,
        MAX(tier) AS tier
    FROM met
    WHERE side = 'ruling'
    GROUP BY n, ruling_id
),

earlier AS (  -- what the editions that held earlier in the period would answer
    SELECT
        q.n, o.ruling_id, MAX(o.source_id) AS source_id,
        MIN(CASE WHEN c.rows_met = c.met THEN 1 ELSE 0 END) AS all_met,
        MIN(CASE WHEN c.rows_met = c.over THEN 1 ELSE 0 END) AS all_over,
        MAX(c.alternatives[1]) AS alternative
    FROM others AS o
    JOIN questions AS q ON q.occasion = o.occasion
    LEFT JOIN collected AS c ON c.n = q.n AND c.ruling_id = o.ruling_id AND c.side = 'other'
    GROUP BY q.n, o.ruling_id
),

missing_documents AS (
    SELECT
        q.product, q.product_name, q.industry, q.division, q.period_end, g.reason, g.source_id,
        g.number, g.title_zh, g.title_en, g.text_zh, g.text_en
    FROM (
        SELECT DISTINCT product, product_name, COALESCE(industry, '') AS industry, division,
            period_end
        FROM located
    ) AS q
    JOIN gaps AS g
        ON (g.product_zh IN (q.product, q.product_name)
            OR (g.product_zh = '' AND g.industry = q.industry))
        AND q.period_end BETWEEN g.effective_from AND g.effective_to AND q.division LIKE g.area
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY q.product, q.product_name, q.industry, q.division, q.period_end
        ORDER BY g.product_zh DESC, g.row_id
    ) = 1
),

-- 11. The verdict ---------------------------------------------------------------------------------
decided AS (
    SELECT
        q.*, r.source_id, r.in_force, r.document, r.starts AS edition_starts, r.ends AS edition_ends,
        r.edition_changed, a.tier, c.rows_met, c.processes, c.conventions, c.condition_unknown,
        c.unknown_keys, c.alternatives, c.tiers,
        o.source_id AS other_id, o.alternative AS other_answer, o.all_met AS other_met,
        o.all_over AS other_over,
        g.reason AS gap_reason, g.source_id AS gap_source, g.number AS gap_number,
        g.title_zh AS gap_title_zh, g.title_en AS gap_title_en, g.text_zh AS gap_text_zh,
        g.text_en AS gap_text_en, k.product AS known_product,
        CASE
            WHEN q.period_end > w.on_day THEN 'period_not_ended'
            WHEN q.how = 'silent' THEN CASE
                WHEN g.reason <> 'no_norm_in_force' AND r.source_id IS NULL THEN g.reason
                ELSE q.hindrance END
            WHEN r.source_id IS NULL THEN CASE
                WHEN g.reason IS NOT NULL THEN g.reason
                WHEN k.product IS NULL THEN 'no_norm_for_product'
                ELSE 'no_norm_in_force' END
            WHEN q.how = 'missing' THEN q.hindrance
            WHEN a.of_indicator IS NULL THEN 'indicator_not_in_norm'
            WHEN a.of_process = 0 THEN 'norm_has_no_row'
            WHEN a.of_grade = 0 THEN 'grade_without_row'
            WHEN c.rows_met IS NULL THEN 'norm_has_no_row'
            WHEN q.hindrance IS NOT NULL THEN q.hindrance
            WHEN c.unit_unknown = 1 THEN 'unit_not_convertible'
            WHEN c.no_value = 1 THEN 'norm_sets_no_value'
            WHEN c.outside_table = 1 THEN 'correction_outside_table'
            WHEN c.ranges = 1 THEN 'factor_is_a_range'
            WHEN c.tier = 'unknown' AND c.tiers < 2 THEN 'build_date_not_given'
            WHEN c.met = c.rows_met OR c.over = c.rows_met THEN NULL
            WHEN c.tier = 'unknown' AND c.rows_met = 2 AND c.condition_unknown = 0
                THEN 'build_date_not_given'
            ELSE 'condition_not_given'
        END AS stopped_by,
        COALESCE(c.met = c.rows_met, FALSE) AS all_met
    FROM questions AS q
    CROSS JOIN question AS w
    LEFT JOIN ruled AS r ON r.occasion = q.occasion
    LEFT JOIN reached AS a ON a.n = q.n AND a.ruling_id = r.source_id
    LEFT JOIN collected AS c
        ON c.n = q.n AND c.ruling_id = r.source_id AND c.side = 'ruling'
    LEFT JOIN earlier AS o ON o.n = q.n AND o.ruling_id = r.source_id
    LEFT JOIN missing_documents AS g
        ON g.product = q.product AND g.product_name = q.product_name
        AND g.industry = COALESCE(q.industry, '') AND g.division = q.division
        AND g.period_end = q.period_end
    LEFT JOIN (SELECT DISTINCT product FROM editions) AS k ON k.product = q.product_name
),

weighed AS (
    SELECT
        d.*, s.row_id, l.clause, s.unit AS limit_unit, l.comparator, s.value AS base_limit,
        s.limit_value, s.value_low, s.value_high, s.value_as_reported,
        s.uncertainty AS uncertainty_in_unit, s.process_zh AS norm_process,
        s.indicator_zh AS norm_indicator, s.product_zh AS norm_product, l.plain_process,
        s.settled AS row_settled, l.confidence, l.grade_zh, l.grade_en, l.product_en,
        l.process_en, l.indicator_en, s.missing_if_met, s.missing_if_over, s.unseen_if_met,
        s.unseen_if_over, s.corrections_settled, s.correction_steps, m.grade_zh AS target_zh,
        m.grade_en AS target_en, t.limit_value AS target_value, x.low AS energy_low,
        x.high AS energy_high, x.numerator, x.listed AS energy_listed, x.output, x.output_unit,
        x.settled AS factors_settled, x.value_low AS computed_low, x.value_high AS computed_high,
        x.in_unit AS computed_unit,
        d.stopped_by IS NULL AS answered,
        CASE
            WHEN d.stopped_by IS NOT NULL THEN 'undetermined'
            WHEN d.all_met THEN 'compliant'
            ELSE 'noncompliant'
        END AS verdict
    FROM decided AS d
    LEFT JOIN shown AS s ON s.n = d.n AND s.ruling_id = d.source_id
    LEFT JOIN limits AS l ON l.row_id = s.row_id
    LEFT JOIN targets AS t ON t.n = d.n AND t.ruling_id = d.source_id
    LEFT JOIN limits AS m ON m.row_id = t.row_id
    LEFT JOIN computed AS x
        ON x.line_id = d.line_id AND x.product = d.product AND x.indicator = d.indicator
        AND x.period_start = d.period_start AND x.period_end = d.period_end
        AND d.how IN ('direct', 'computed')
),

local_rows AS (
    SELECT DISTINCT product FROM editions WHERE area <> '%'
),

findings AS (
    SELECT
        w.*,
        answered AND edition_changed AND NOT COALESCE(
            CASE verdict WHEN 'compliant' THEN other_met ELSE other_over END = 1, FALSE
        ) AS changes_answer,
        answered AND how = 'direct' AND computed_low IS NOT NULL AND computed_unit = limit_unit
            AND GREATEST(computed_low - value_as_reported, value_as_reported - computed_high) > CASE
                WHEN value_as_reported = ROUND(value_as_reported, 0) THEN 0.5
                WHEN value_as_reported = ROUND(value_as_reported, 1) THEN 0.05
                WHEN value_as_reported = ROUND(value_as_reported, 2) THEN 0.005
                ELSE 0.0005
            END AS computed_differs
    FROM weighed AS w
),

reasons AS (
    SELECT n, source_id, stopped_by AS code FROM findings WHERE stopped_by IS NOT NULL
    UNION ALL
    SELECT n, source_id, 'build_date_not_given' FROM findings
    WHERE tier = 'unknown' AND (answered OR stopped_by = 'condition_not_given')
    UNION ALL
    SELECT n, source_id, 'condition_not_given' FROM findings
    WHERE answered AND (condition_unknown = 1 OR processes > 1 OR conventions > 1
        OR (verdict = 'compliant' AND missing_if_met = 1)
        OR (verdict = 'noncompliant' AND missing_if_over = 1))
    UNION ALL
    SELECT n, source_id, 'correction_not_established' FROM findings
    WHERE answered AND ((verdict = 'compliant' AND unseen_if_met = 1)
        OR (verdict = 'noncompliant' AND unseen_if_over = 1))
    UNION ALL
    SELECT f.n, f.source_id, 'open_condition' FROM findings AS f
    JOIN norms.open_conditions AS o ON o.row_id = f.row_id
    LEFT JOIN settlements AS t ON t.n = f.n AND t.row_id = f.row_id
    WHERE f.answered AND t.value IS NULL
    UNION ALL
    SELECT n, source_id, 'norm_not_verified' FROM findings
    WHERE answered AND NOT (row_settled AND corrections_settled
        AND (how <> 'computed' OR COALESCE(factors_settled, TRUE)))
    UNION ALL
    SELECT n, source_id, 'borderline' FROM findings
    WHERE answered AND ABS(value_low - limit_value) < uncertainty_in_unit
    UNION ALL
    SELECT n, source_id, 'edition_changed_in_period' FROM findings WHERE changes_answer
    UNION ALL
    SELECT n, source_id, 'name_by_correspondence' FROM findings
    WHERE answered AND (norm_indicator <> indicator OR norm_product <> product
        OR (process <> '' AND norm_process <> '' AND process_name <> process
            AND plain_process <> process AND norm_process <> process))
    UNION ALL
    SELECT n, source_id, 'factor_is_a_range' FROM findings
    WHERE answered AND value_low <> value_high
    UNION ALL
    SELECT n, source_id, 'computed_value_differs' FROM findings WHERE computed_differs
    UNION ALL
    SELECT f.n, f.source_id, 'division_not_given' FROM findings AS f
    JOIN local_rows AS l ON l.product = f.product_name
    WHERE f.division = ''
),

coded AS (
    SELECT
        n, source_id, ARRAY_SORT(ARRAY_AGG(DISTINCT code)) AS reasons,
        -- two values that differ are shown, the one reported is judged
        MAX(CASE WHEN code = 'computed_value_differs' THEN 0 ELSE 1 END) = 1 AS unsettled
    FROM reasons
    GROUP BY n, source_id
),

row_remarks AS (
    SELECT row_id, ARRAY_SORT(ARRAY_AGG(DISTINCT prose)) AS remarks FROM norms.remarks GROUP BY row_id
)

SELECT
    'energy' AS dimension, f.uscc, f.line_id,
    CONCAT(f.product, '|', f.process) AS subject,
    CASE WHEN f.answered OR f.rows_met = 1 THEN f.row_id END AS norm_row,
    COALESCE(f.source_id, f.gap_source) AS source_id,
    f.clause,
    f.indicator, f.period_start, f.period_end,
    -- value and limit share the column `unit`: a value in another kind of unit is only explained
    CASE WHEN f.value_low IS NULL AND f.rows_met = 1 AND f.unit <> f.limit_unit THEN NULL
        ELSE COALESCE(f.value_low, f.low) END AS value,
    f.comparator,
    CAST(CASE WHEN f.answered OR f.rows_met = 1 THEN f.limit_value END AS DECIMAL(18, 6)) AS limit_value,
    CAST(NULL AS VARCHAR) AS limit_text,
    CASE WHEN f.value_low IS NULL AND NOT COALESCE(f.rows_met = 1, FALSE)
        THEN COALESCE(f.unit, f.limit_unit) ELSE f.limit_unit END AS unit,
    CASE WHEN f.limit_value > 0 AND (f.answered OR f.rows_met = 1)
        THEN CAST(ROUND(f.value_low / f.limit_value, 4) AS DECIMAL(18, 4)) END AS ratio,
    f.verdict,
    f.verdict <> 'undetermined' AND COALESCE(c.unsettled, FALSE) AS provisional,
    COALESCE(c.reasons, CAST([] AS VARCHAR[])) AS reasons,
    CASE WHEN f.verdict = 'noncompliant' THEN 'opens' ELSE 'records' END AS effect,
    -- what only the explanation reads
    f.how, f.product, f.process, f.low AS reported_low, f.high AS reported_high,
    f.unit AS reported_unit, f.value_high, f.value_as_reported, f.is_comparable, f.stopped_by,
    f.built_on, f.built_by, f.tier, f.grade_zh, f.grade_en, f.base_limit, f.limit_unit, f.norm_indicator,
    f.norm_process, f.product_en, f.process_en, f.indicator_en, f.confidence, f.edition_starts, f.edition_ends, f.document, f.in_force,
    n.number AS edition_number, n.title_zh AS edition_title_zh, n.title_en AS edition_title_en,
    v.number AS replaced_number, f.edition_changed, f.other_id, b.number AS other_number,
    f.other_answer, f.target_zh, f.target_en, f.target_value, f.correction_steps, f.uncertainty_in_unit,
    f.unknown_keys, f.alternatives, f.processes, f.conventions,
    f.energy_low, f.energy_high, f.numerator, f.energy_listed, f.output, f.output_unit,
    f.computed_low, f.computed_high, f.computed_unit,
    f.gap_number, f.gap_title_zh, f.gap_title_en, f.gap_text_zh, f.gap_text_en, r.remarks
FROM findings AS f
LEFT JOIN coded AS c
    ON c.n = f.n AND COALESCE(c.source_id, '') = COALESCE(f.source_id, '')
LEFT JOIN norms.sources AS n ON n.source_id = f.source_id
LEFT JOIN norms.sources AS v ON v.source_id = f.in_force
LEFT JOIN norms.sources AS b ON b.source_id = f.other_id
LEFT JOIN row_remarks AS r ON r.row_id = f.row_id

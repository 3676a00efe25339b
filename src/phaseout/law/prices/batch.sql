-- Prices of many lines at once: occasions meet the bands in force, and each gets one answer.
--
-- Reads occasions and the law as data: bands (one row an industry and class), stops, ever. The same
-- rules as `answering` and `banding`, which explain one line; a test compares the two.
WITH
asked AS (
  SELECT id, x, max_x, commissioned_on, measure, industry, COALESCE(price_class, '') AS price_class,
    division, COALESCE(subject, '') AS subject, COALESCE(tier, '') AS tier, product, kiln
  FROM occasions
),
-- Many lines ask the same question of the law, but for their figures and their age: what does not
-- hang on these is answered once a question.
questions AS MATERIALIZED (
  SELECT ROW_NUMBER() OVER () AS question, *
  FROM (
    SELECT DISTINCT measure, industry, price_class, division, subject, tier, product, kiln
    FROM asked)
),
-- 1. The rows that speak of the occasion: measure, industry, class and place.
fitting AS (
  SELECT q.question, q.measure, q.subject, q.tier,
    b.* EXCLUDE (measure, industry, price_class, subject, tier),
    b.subject AS band_subject, b.tier AS band_tier,
    DENSE_RANK() OVER (ORDER BY b.source_id) AS document,
    CASE b.needs WHEN 'product' THEN q.product WHEN 'kiln' THEN q.kiln END AS fact
  FROM questions AS q
  JOIN bands AS b
    ON b.measure = q.measure AND b.industry = q.industry AND b.price_class = q.price_class
    AND STARTS_WITH(q.division, b.area)
),
covered AS (
  SELECT *, needs <> '' AND fact IS NULL AS doubted,
    needs = '' OR fact IS NULL OR REGEXP_MATCHES(fact, needs_any) AS covers,
    BOOL_OR(band_subject <> '') OVER of_document AS asks_subject,
  FROM fitting
  WINDOW of_document AS (PARTITION BY question, document)
),
of_subject AS (
  SELECT question, document, measure, area, place, tier, band_tier, kind, doubted, low, high,
    lower_in, upper_in, built_from, built_to, asks_subject AND subject = '' AS lacks_subject,
    BOOL_OR(built_from IS NOT NULL OR built_to IS NOT NULL) OVER of_document AS asks_built
  FROM covered
  WHERE covers AND (band_subject = '' OR subject = '' OR band_subject = subject)
  WINDOW of_document AS (PARTITION BY question, document)
),
of_question AS MATERIALIZED (
  SELECT a.id, q.question, a.x, a.max_x, a.commissioned_on
  FROM asked AS a
  JOIN questions AS q
    ON q.measure = a.measure AND q.industry = a.industry AND q.price_class = a.price_class
    AND q.division = a.division AND q.subject = a.subject AND q.tier = a.tier
    AND q.product IS NOT DISTINCT FROM a.product AND q.kiln IS NOT DISTINCT FROM a.kiln
),
of_age AS (
  SELECT o.id, o.x, o.max_x, o.commissioned_on, s.document, s.measure, s.area, s.place, s.tier,
    s.band_tier, s.kind, s.doubted, s.lacks_subject, s.asks_built,
    CASE
      WHEN measure = 'punitive' THEN
        (low IS NULL OR x > max_x * (1 + low) OR (lower_in AND x = max_x * (1 + low)))
        AND (high IS NULL OR x < max_x * (1 + high) OR (upper_in AND x = max_x * (1 + high)))
      WHEN kind = 'step' THEN TRUE
      ELSE (low IS NULL OR x > low OR (lower_in AND x = low))
        AND (high IS NULL OR x < high OR (upper_in AND x = high))
    END AND (kind = 'step' OR low IS NOT NULL OR high IS NOT NULL) AS holds,
    kind = 'step' OR low IS NOT NULL OR high IS NOT NULL AS banded
  FROM of_question AS o
  JOIN of_subject AS s ON s.question = o.question
  WHERE NOT asks_built OR commissioned_on IS NULL
    OR ((built_from IS NULL OR built_from <= commissioned_on)
      AND (built_to IS NULL OR commissioned_on <= built_to))
),

-- 2. One answer a document: by tier where it is given, else by band, else by class.
documents AS (
  SELECT id, document, ANY_VALUE(area) AS area, ANY_VALUE(measure) AS measure,
    ANY_VALUE(x) AS x, ANY_VALUE(max_x) AS max_x,
    CASE
      WHEN ANY_VALUE(lacks_subject) THEN 'subject_missing'
      WHEN ANY_VALUE(asks_built AND commissioned_on IS NULL) THEN 'commissioned_missing'
      WHEN ANY_VALUE(tier) <> '' AND BOOL_OR(band_tier <> '') THEN 'tier'
      WHEN BOOL_OR(banded) AND ANY_VALUE(x) IS NULL THEN 'indicator_missing'
      WHEN BOOL_OR(banded) AND ANY_VALUE(measure) = 'punitive'
        AND COALESCE(ANY_VALUE(max_x), 0) <= 0 THEN 'limit_missing'
      WHEN BOOL_OR(banded) AND ANY_VALUE(measure) = 'punitive'
        AND ANY_VALUE(x) <= ANY_VALUE(max_x) THEN 'within'
      WHEN BOOL_OR(banded) THEN 'band'
      WHEN BOOL_OR(band_tier <> '') THEN 'tier_unknown'
      ELSE 'class'
    END AS way,
    ARG_MIN(place, place) FILTER (band_tier = tier) AS of_tier,
    ARG_MIN(place, place) FILTER (holds) AS of_band,
    ARG_MIN(place, place) FILTER (banded) AS first_band,
    MIN(place) AS first,
    BOOL_OR(kind = 'range') AS ranged, BOOL_OR(doubted) AS doubted
  FROM of_age
  GROUP BY id, document
),
placed AS (
  SELECT *, CASE way WHEN 'tier' THEN of_tier WHEN 'band' THEN of_band WHEN 'within' THEN first_band
    WHEN 'class' THEN first END AS chosen
  FROM documents
),
rated AS (
  SELECT p.* EXCLUDE (first, first_band, of_band, of_tier), b.row_id, b.settled, b.kind,
    CASE
      WHEN way IN ('subject_missing', 'commissioned_missing', 'indicator_missing', 'limit_missing',
        'tier_unknown') THEN way
      WHEN way = 'within' THEN 'within'
      WHEN chosen IS NULL AND (way = 'tier' OR ranged) THEN 'edge_unknown'
      WHEN chosen IS NULL THEN 'no_band'
      WHEN b.kind = 'open' OR b.rate IS NULL THEN 'set_by_province'
      ELSE ''
    END AS reason,
    CASE
      WHEN way = 'within' THEN 0
      WHEN b.kind = 'step' AND x <= b.low THEN 0
      WHEN b.kind = 'step' THEN b.rate * (
        (CAST((x - b.low) * 1000000 AS BIGINT) + CAST(b.per * 1000000 AS BIGINT) - 1)
        // CAST(b.per * 1000000 AS BIGINT))
      WHEN b.kind = 'rate' THEN b.rate
    END AS rate
  FROM placed AS p
  LEFT JOIN places AS b ON b.place = p.chosen
),

-- 3. The national figure is a floor: another document wins only where it is higher.
strongest AS (
  SELECT *,
    BOOL_OR(area = '' AND reason NOT IN ('', 'within', 'set_by_province'))
      OVER (PARTITION BY id) AS floor_unknown,
    CASE WHEN reason IN ('', 'within') THEN 1 ELSE 0 END AS determined
  FROM rated
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY id
    ORDER BY determined DESC, CASE WHEN determined = 1 THEN rate END DESC NULLS LAST,
      LENGTH(area), document
  ) = 1
),
stopped AS (
  SELECT q.question, BOOL_OR(NOT s.doubts) AS stops, BOOL_OR(s.doubts) AS doubts
  FROM questions AS q
  JOIN stops AS s
    ON s.measure = q.measure AND s.industry = q.industry AND STARTS_WITH(q.division, s.area)
    AND (s.except_class = '' OR s.except_class <> q.price_class)
  GROUP BY q.question
),
unruled AS (
  SELECT q.question, BOOL_OR(e.divided) AS divided
  FROM questions AS q
  JOIN ever AS e
    ON e.measure = q.measure AND e.industry = q.industry AND e.price_class = q.price_class
    AND STARTS_WITH(q.division, e.area)
  GROUP BY q.question
)
SELECT o.id, o.line_id, o.uscc, o.measure, o.industry,
  COALESCE(o.price_class, '') AS price_class, o.division, o.x, o.max_x, o.kwh,
  CASE
    WHEN o.measure = 'differential' AND COALESCE(o.price_class, '') = '' THEN 'undetermined'
    WHEN s.stops THEN 'stopped'
    WHEN d.id IS NULL AND f.question IS NOT NULL THEN 'undetermined'
    WHEN d.id IS NULL AND u.divided THEN 'divided'
    WHEN d.id IS NULL AND u.question IS NOT NULL THEN 'no_rate'
    WHEN d.id IS NULL THEN 'no_document'
    WHEN d.determined = 1 AND d.rate > 0 THEN 'rate'
    WHEN d.determined = 1 THEN 'none'
    WHEN d.reason IN ('edge_unknown', 'tier_unknown') THEN 'edge_unknown'
    ELSE 'undetermined'
  END AS outcome,
  CASE WHEN NOT COALESCE(s.stops, FALSE) THEN
    COALESCE(d.reason, CASE WHEN f.question IS NOT NULL THEN 'not_covered' END) END AS reason,
  CASE WHEN d.determined = 1 AND NOT COALESCE(s.stops, FALSE) THEN d.rate END AS rate,
  CASE WHEN NOT COALESCE(s.stops, FALSE) THEN d.row_id END AS row_id,
  CASE WHEN NOT COALESCE(s.stops, FALSE) THEN w.source_id END AS source_id,
  COALESCE(d.determined = 1 AND (
    d.settled = FALSE OR d.doubted OR d.floor_unknown OR COALESCE(s.doubts, FALSE)), FALSE)
    AS provisional,
  CASE WHEN d.determined = 1 AND NOT COALESCE(s.stops, FALSE) THEN
    ROUND(CAST(d.rate AS DECIMAL(9, 6)) * CAST(o.kwh AS DECIMAL(18, 3)), 2) END AS surcharge
FROM occasions AS o
JOIN of_question AS q ON q.id = o.id
LEFT JOIN strongest AS d ON d.id = o.id
LEFT JOIN (SELECT DISTINCT document, source_id FROM fitting) AS w ON w.document = d.document
LEFT JOIN stopped AS s ON s.question = q.question
LEFT JOIN unruled AS u ON u.question = q.question
LEFT JOIN (SELECT DISTINCT question FROM fitting) AS f ON f.question = q.question

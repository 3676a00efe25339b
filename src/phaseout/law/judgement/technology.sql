-- Technology: equipment against the catalogue in force on the day (opinions, clause (8)).
--
-- Reads facts.{equipment, lines, unit_factors}, norms.{equipment_catalogue, sources, conditions,
-- open_conditions, decisions} and the method tables norms.{equipment_kinds, equipment_scopes,
-- equipment_areas, equipment_new_building, equipment_keys, catalogue_industries,
-- ditiaogang_entries}. Section numbers are those of docs/judgement/technology.md.
--
-- One row per equipment and catalogue item (source and clause) that it meets; where it meets none,
-- one row for the equipment. Dismantled equipment is not judged: nothing is left to hit.
WITH
-- 1. The equipment, one row per id. A conflict of states is read the stricter way; an id with two
-- types or on two lines is no single piece of equipment and cannot be judged.
status_ranks AS (
  SELECT equipment_id, type, line_id,
    CASE
      WHEN status IS NULL THEN 0 WHEN status = 'dismantled' THEN 1 WHEN status = 'sealed' THEN 2
      ELSE 3
    END AS rank,
    CASE WHEN attribute = 'presence' AND value = 0 THEN 1 ELSE 0 END AS absent
  FROM facts.equipment
),
equipment AS (
  SELECT equipment_id, MIN(type) AS type, MIN(line_id) AS line_id, MAX(rank) AS status_rank,
    MAX(absent) AS absent,
    MIN(type) <> MAX(type) OR MIN(line_id) <> MAX(line_id) AS ambiguous
  FROM status_ranks
  GROUP BY equipment_id
),
attributes AS (
  SELECT e.equipment_id, e.type, COALESCE(k.key, e.attribute) AS key,
    MIN(e.value) AS value, MIN(e.unit) AS unit
  FROM facts.equipment AS e
  LEFT JOIN norms.equipment_keys AS k ON k.zh = e.attribute OR k.en = e.attribute
  GROUP BY e.equipment_id, e.type, COALESCE(k.key, e.attribute)
),
unit_factors AS (
  SELECT from_unit, to_unit, MIN(factor) AS factor
  FROM facts.unit_factors
  GROUP BY from_unit, to_unit
),
items AS (
  SELECT e.equipment_id, e.type, e.line_id, e.status_rank, e.absent, e.ambiguous, q.on_day,
    l.uscc, l.industry, l.division_code, l.commissioned_on,
    COALESCE(l.approved_on, l.commissioned_on) AS built_on,
    l.commissioned_on IS NOT NULL AND l.commissioned_on > q.on_day AS not_commissioned
  FROM equipment AS e
  CROSS JOIN question AS q
  LEFT JOIN facts.lines AS l ON l.line_id = e.line_id
  WHERE e.status_rank <> 1
),

-- 2. Which wordings of the catalogue mean this equipment: its own, and others of the same kind.
kind_names AS (
  SELECT kind, equipment_type_zh AS given FROM norms.equipment_kinds
  UNION
  SELECT kind, equipment_type_en AS given FROM norms.equipment_kinds WHERE equipment_type_en <> ''
),
names AS (
  SELECT DISTINCT equipment_type_zh AS given, equipment_type_zh AS wording, TRUE AS exact
  FROM norms.equipment_catalogue
  UNION
  SELECT n.given, k.equipment_type_zh AS wording, FALSE AS exact
  FROM kind_names AS n
  JOIN norms.equipment_kinds AS k ON k.kind = n.kind AND k.equipment_type_zh <> n.given
),
industries AS (
  SELECT DISTINCT industry, industry AS reads FROM norms.equipment_catalogue
  UNION
  SELECT industry, reads FROM norms.catalogue_industries
),
in_force AS (
  SELECT c.*, c.clause LIKE '%#all' AS together,
    TRY_CAST(SPLIT_PART(c.threshold, ';', 1) AS DECIMAL(18, 6)) AS bound,
    TRY_CAST(SPLIT_PART(c.threshold, ';', 2) AS DECIMAL(18, 6)) AS upper_bound,
    CASE WHEN e.catalogue IS NULL THEN 0 ELSE 1 END AS of_edition
  FROM norms.equipment_catalogue AS c
  JOIN question AS q ON q.on_day BETWEEN c.effective_from AND c.effective_to
  LEFT JOIN norms.catalogue_editions AS e
    ON e.catalogue = c.source_id AND q.on_day BETWEEN e.effective_from AND e.effective_to
),
candidates AS (
  -- texts of the row are joined again at the end: they need not travel through the windows
  SELECT i.*, n.exact, c.row_id, c.source_id, c.clause, c.class, c.equipment_type_zh AS wording,
    c.attribute_en, c.comparator, c.bound, c.upper_bound, c.unit AS row_unit, c.deadline,
    c.effective_from, c.settled, c.together, c.of_edition
  FROM items AS i
  JOIN names AS n ON n.given = i.type
  JOIN in_force AS c ON c.equipment_type_zh = n.wording
  JOIN industries AS d ON d.industry = i.industry AND d.reads = c.industry
  WHERE NOT i.not_commissioned AND NOT i.ambiguous
    AND (c.jurisdiction = '000000'
      OR (SUBSTRING(c.jurisdiction, 3, 4) = '0000'
        AND SUBSTRING(c.jurisdiction, 1, 2) = SUBSTRING(i.division_code, 1, 2))
      OR (SUBSTRING(c.jurisdiction, 3, 4) <> '0000'
        AND SUBSTRING(c.jurisdiction, 1, 4) = SUBSTRING(i.division_code, 1, 4)))
),

-- 3. The test itself. Compared before rounding: 4.2999999 m is below 4.3 m.
measured AS (
  SELECT c.*, a.value AS given_value, a.unit AS given_unit,
    CASE
      WHEN c.comparator = 'presence' THEN CAST(1 - c.absent AS DECIMAL(36, 15))
      ELSE CAST(CAST(a.value AS DECIMAL(20, 6)) * f.factor AS DECIMAL(36, 15))
    END AS converted
  FROM candidates AS c
  LEFT JOIN attributes AS a
    ON a.equipment_id = c.equipment_id AND a.type = c.type AND a.key = c.attribute_en
  LEFT JOIN unit_factors AS f ON f.from_unit = a.unit AND f.to_unit = c.row_unit
),
compared AS (
  SELECT m.*,
    CASE
      WHEN m.absent = 1 THEN FALSE
      WHEN m.converted IS NULL THEN NULL
      WHEN m.comparator = 'lt' THEN m.converted < m.bound
      WHEN m.comparator = 'le' THEN m.converted <= m.bound
      WHEN m.comparator = 'gt' THEN m.converted > m.bound
      WHEN m.comparator = 'ge' THEN m.converted >= m.bound
      WHEN m.comparator IN ('eq', 'presence') THEN m.converted = m.bound
      WHEN m.comparator = 'gt_lt' THEN m.converted > m.bound AND m.converted < m.upper_bound
      ELSE NULL
    END AS own_hit
  FROM measured AS m
),
-- Rows of one clause are alternatives, but a clause that ends in #all hits only as a whole.
wholes AS (
  SELECT equipment_id, type, source_id, clause, wording,
    CASE
      WHEN MIN(CASE WHEN own_hit THEN 1 ELSE 0 END) = 1 THEN TRUE
      WHEN MAX(CASE WHEN own_hit = FALSE THEN 1 ELSE 0 END) = 1 THEN FALSE
      ELSE NULL
    END AS hit
  FROM compared
  WHERE together
  GROUP BY equipment_id, type, source_id, clause, wording
),
tested AS (
  SELECT c.*, CASE WHEN c.together THEN w.hit ELSE c.own_hit END AS hit
  FROM compared AS c
  LEFT JOIN wholes AS w
    ON w.equipment_id = c.equipment_id AND w.type = c.type AND w.source_id = c.source_id
    AND w.clause = c.clause AND w.wording = c.wording
),

-- 4. What the wording covers and when an exception holds: both are questions to the attributes.
questions AS (
  SELECT t.equipment_id, t.type, t.row_id, t.on_day, 'scope' AS part, s.key, s.operator, s.number,
    CAST(NULL AS DATE) AS day, k.unit AS key_unit, s.ask, own.key IS NOT NULL AS stated
  FROM tested AS t
  JOIN norms.equipment_scopes AS s ON s.equipment_type_zh = t.wording
  LEFT JOIN norms.equipment_scopes AS own
    ON own.equipment_type_zh = t.type AND own.named = 'yes' AND own.key = s.key
    AND own.operator = s.operator AND own.number = s.number
  LEFT JOIN norms.equipment_keys AS k ON k.key = s.key
  UNION ALL
  SELECT t.equipment_id, t.type, t.row_id, t.on_day, 'exception' AS part, n.key, n.operator,
    n.number, n.day, CASE WHEN n.key = t.attribute_en THEN t.row_unit ELSE k.unit END AS key_unit,
    '' AS ask, FALSE AS stated
  FROM tested AS t
  JOIN norms.conditions AS n ON n.row_id = t.row_id
  LEFT JOIN norms.equipment_keys AS k ON k.key = n.key
),
asked AS (
  SELECT q.*,
    CASE
      WHEN q.key_unit = '-' AND a.unit IS NULL THEN CAST(a.value AS DECIMAL(36, 15))
      ELSE CAST(CAST(a.value AS DECIMAL(20, 6)) * f.factor AS DECIMAL(36, 15))
    END AS answer
  FROM questions AS q
  LEFT JOIN attributes AS a
    ON a.equipment_id = q.equipment_id AND a.type = q.type AND a.key = q.key
  LEFT JOIN unit_factors AS f ON f.from_unit = a.unit AND f.to_unit = q.key_unit
),
answered AS (
  SELECT s.*,
    CASE
      WHEN s.day IS NOT NULL AND s.operator = '<=' THEN s.on_day <= s.day
      WHEN s.day IS NOT NULL AND s.operator = '>=' THEN s.on_day >= s.day
      WHEN s.answer IS NULL THEN CASE WHEN s.stated THEN TRUE END
      WHEN s.operator = '=' THEN s.answer = s.number
      WHEN s.operator = '!=' THEN s.answer <> s.number
      WHEN s.operator = '<' THEN s.answer < s.number
      WHEN s.operator = '<=' THEN s.answer <= s.number
      WHEN s.operator = '>' THEN s.answer > s.number
      WHEN s.operator = '>=' THEN s.answer >= s.number
      ELSE NULL
    END AS holds
  FROM asked AS s
),
answers AS (
  SELECT equipment_id, type, row_id, part,
    CASE
      WHEN MAX(CASE WHEN holds = FALSE THEN 1 ELSE 0 END) = 1 THEN FALSE
      WHEN MAX(CASE WHEN holds IS NULL THEN 1 ELSE 0 END) = 1 THEN NULL
      ELSE TRUE
    END AS holds,
    MAX(CASE WHEN holds IS NULL THEN ask ELSE '' END) AS ask
  FROM answered
  GROUP BY equipment_id, type, row_id, part
),
open_exceptions AS (SELECT DISTINCT row_id FROM norms.open_conditions),
conditional_exceptions AS (SELECT DISTINCT row_id FROM norms.conditions),
-- An authority settles an exception by a numbered document; of contrary ones the "no" counts.
rulings AS (
  SELECT d.subject AS equipment_id, d.key AS row_id, MIN(d.value) AS value,
    MIN(d.document) AS document
  FROM norms.decisions AS d
  JOIN question AS q ON q.on_day BETWEEN d.valid_from AND d.valid_to
  WHERE d.kind = 'exception'
  GROUP BY d.subject, d.key
),
areas AS (
  SELECT i.equipment_id, i.type, a.equipment_type_zh AS wording,
    CASE
      WHEN i.division_code IS NULL THEN NULL
      WHEN MAX(CASE WHEN a.side = 'out' AND STARTS_WITH(i.division_code, a.division)
        THEN 1 ELSE 0 END) = 1 THEN FALSE
      WHEN MAX(CASE WHEN a.side = 'in' THEN 1 ELSE 0 END) = 1
        AND MAX(CASE WHEN a.side = 'in' AND STARTS_WITH(i.division_code, a.division)
          THEN 1 ELSE 0 END) = 0 THEN FALSE
      ELSE TRUE
    END AS inside
  FROM items AS i
  JOIN names AS n ON n.given = i.type
  JOIN norms.equipment_areas AS a ON a.equipment_type_zh = n.wording
  GROUP BY i.equipment_id, i.type, i.division_code, a.equipment_type_zh
),
covered AS (
  SELECT t.*,
    CASE WHEN scope.row_id IS NULL THEN TRUE ELSE scope.holds END AS in_scope,
    COALESCE(scope.ask, '') AS ask,
    CASE WHEN area.wording IS NULL THEN TRUE ELSE area.inside END AS in_area,
    -- New building: approved, or where no approval is on record commissioned, in the edition's time.
    CASE WHEN new.equipment_type_zh IS NULL THEN TRUE ELSE t.built_on >= t.effective_from
    END AS newly_built,
    CASE
      WHEN ruling.value = 'yes' THEN 'proven'
      WHEN ruling.value = 'no' THEN 'none'
      WHEN spoken.holds = FALSE THEN 'none'
      WHEN undecided.row_id IS NOT NULL THEN 'to_be_checked'
      WHEN spoken.holds THEN 'by_facts'
      WHEN written.row_id IS NOT NULL THEN 'to_be_checked'
      ELSE 'none'
    END AS exception_state,
    ruling.document AS exception_document,
    ditiaogang.equipment_type_zh IS NOT NULL AS outright
  FROM tested AS t
  LEFT JOIN answers AS scope
    ON scope.equipment_id = t.equipment_id AND scope.type = t.type
    AND scope.row_id = t.row_id AND scope.part = 'scope'
  LEFT JOIN answers AS spoken
    ON spoken.equipment_id = t.equipment_id AND spoken.type = t.type
    AND spoken.row_id = t.row_id AND spoken.part = 'exception'
  LEFT JOIN areas AS area
    ON area.equipment_id = t.equipment_id AND area.type = t.type AND area.wording = t.wording
  LEFT JOIN norms.equipment_new_building AS new ON new.equipment_type_zh = t.wording
  LEFT JOIN open_exceptions AS undecided ON undecided.row_id = t.row_id
  LEFT JOIN conditional_exceptions AS written ON written.row_id = t.row_id
  LEFT JOIN rulings AS ruling
    ON ruling.equipment_id = t.equipment_id AND ruling.row_id = t.row_id
  LEFT JOIN norms.ditiaogang_entries AS ditiaogang
    ON ditiaogang.equipment_type_zh = t.wording
    AND t.on_day BETWEEN ditiaogang.effective_from AND ditiaogang.effective_to
),

-- 5. What each row comes to. A deadline is the last day in time: the day after, it is a hit.
outcomes AS (
  SELECT c.*,
    CASE
      WHEN c.in_scope = FALSE OR c.in_area = FALSE OR c.newly_built = FALSE THEN 'outside'
      WHEN c.in_scope IS NULL AND c.ask = '' THEN 'outside'
      WHEN c.hit = FALSE THEN 'miss'
      WHEN c.hit IS NULL THEN 'unknown'
      WHEN c.in_scope IS NULL OR c.in_area IS NULL OR c.newly_built IS NULL THEN 'unsettled'
      WHEN c.exception_state = 'proven' THEN 'excepted'
      WHEN c.deadline IS NOT NULL AND c.on_day <= c.deadline THEN 'not_due'
      WHEN c.exception_state = 'by_facts' THEN 'excepted'
      ELSE 'hit'
    END AS outcome
  FROM covered AS c
),
own_wordings AS (SELECT DISTINCT equipment_id, type FROM candidates WHERE exact),
ranked AS (
  SELECT o.*,
    CASE
      WHEN o.outcome = 'hit' AND o.exception_state = 'none' THEN 1
      WHEN o.outcome = 'hit' THEN 2
      WHEN o.outcome = 'not_due' THEN 3
      WHEN o.outcome = 'excepted' THEN 4
      -- another wording of the kind asks for an attribute its own wordings do not need
      WHEN o.outcome = 'unknown' AND (o.exact OR w.type IS NULL) THEN 5
      WHEN o.outcome = 'unsettled' THEN 5
      ELSE 6
    END AS place,
    CASE WHEN o.class = 'eliminate' THEN 1 ELSE 2 END AS class_place
  FROM outcomes AS o
  LEFT JOIN own_wordings AS w ON w.equipment_id = o.equipment_id AND w.type = o.type
),
-- Alternatives of one clause give one answer: the gravest, on the best-known row.
met AS (
  SELECT equipment_id, type, row_id
  FROM ranked
  WHERE outcome IN ('hit', 'not_due', 'excepted')
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY equipment_id, type, source_id, clause
    ORDER BY place, outright DESC, settled DESC, exact DESC, row_id
  ) = 1
),
-- 6. Equipment that meets nothing: was everything tested?
whole AS (
  SELECT equipment_id, type,
    MAX(CASE WHEN outcome = 'hit' AND class = 'eliminate' THEN 1 ELSE 0 END) AS caught,
    MAX(CASE WHEN outcome IN ('hit', 'not_due', 'excepted') THEN 1 ELSE 0 END) AS meets,
    MAX(CASE WHEN place = 5 THEN 1 ELSE 0 END) AS open,
    MAX(CASE WHEN place = 5 AND outcome = 'unknown' AND own_hit IS NULL AND given_value IS NULL
      THEN 1 ELSE 0 END) AS lacks_attribute,
    MAX(CASE WHEN place = 5 AND outcome = 'unknown' AND given_value IS NOT NULL
      AND converted IS NULL THEN 1 ELSE 0 END) AS lacks_unit,
    MAX(CASE WHEN place = 5 AND in_area IS NULL THEN 1 ELSE 0 END) AS lacks_area,
    MAX(CASE WHEN place = 5 AND newly_built IS NULL THEN 1 ELSE 0 END) AS lacks_building_date,
    MAX(CASE WHEN place = 5 AND in_scope IS NULL AND ask = 'product_use_not_given'
      THEN 1 ELSE 0 END) AS lacks_product_use,
    MAX(CASE WHEN place = 5 AND in_scope IS NULL AND ask = 'condition_not_given'
      THEN 1 ELSE 0 END) AS lacks_condition,
    -- nothing can be passed by an edition of which our record has no row for this equipment
    1 - MAX(of_edition) AS lacks_edition,
    MIN(CASE WHEN place = 6 AND NOT settled THEN 0 ELSE 1 END) AS all_settled,
    ARRAY_TO_STRING(LIST_SORT(ARRAY_AGG(DISTINCT source_id)), '、') AS editions,
    CAST(COUNT(DISTINCT row_id) AS INTEGER) AS rows_tested
  FROM ranked
  GROUP BY equipment_id, type
),
missing_words AS (
  SELECT DISTINCT r.equipment_id, r.type, c.attribute_zh AS zh, c.attribute_en AS en
  FROM ranked AS r
  JOIN in_force AS c ON c.row_id = r.row_id
  WHERE r.place = 5 AND r.outcome = 'unknown' AND r.given_value IS NULL AND r.own_hit IS NULL
  UNION
  SELECT DISTINCT w.equipment_id, w.type, k.zh, k.key AS en
  FROM answered AS w
  JOIN ranked AS r ON r.equipment_id = w.equipment_id AND r.type = w.type AND r.row_id = w.row_id
  JOIN norms.equipment_keys AS k ON k.key = w.key
  WHERE r.place = 5 AND w.part = 'scope' AND w.holds IS NULL
),
missing AS (
  SELECT equipment_id, type, ARRAY_TO_STRING(LIST_SORT(ARRAY_AGG(DISTINCT zh)), '、') AS missing_zh,
    ARRAY_TO_STRING(LIST_SORT(ARRAY_AGG(DISTINCT en)), ', ') AS missing_en
  FROM missing_words
  GROUP BY equipment_id, type
),
unmet AS (
  SELECT r.equipment_id, r.type, r.row_id
  FROM ranked AS r
  JOIN whole AS w ON w.equipment_id = r.equipment_id AND w.type = r.type
  WHERE w.caught = 0 AND (r.place = 5 OR w.open = 0) AND (w.open + w.lacks_edition > 0 OR w.meets = 0)
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY r.equipment_id, r.type
    ORDER BY r.class_place, CASE WHEN r.outcome = 'outside' THEN 1 ELSE 0 END, r.exact DESC,
      r.effective_from DESC, r.row_id
  ) = 1
),
-- 7. Equipment to which no row of the day applies: never a silent pass.
known_names AS (
  SELECT n.given, MAX(CASE WHEN f.row_id IS NULL THEN 0 ELSE 1 END) AS is_in_force
  FROM names AS n
  LEFT JOIN in_force AS f ON f.equipment_type_zh = n.wording
  GROUP BY n.given
),
untested AS (
  SELECT i.equipment_id, i.type,
    CASE
      WHEN i.ambiguous THEN 'equipment_ambiguous'
      WHEN i.not_commissioned THEN 'not_commissioned'
      WHEN i.industry IS NULL THEN 'industry_not_given'
      WHEN k.given IS NULL THEN 'type_unknown_to_catalogue'
      WHEN k.is_in_force = 1 THEN 'type_of_another_industry'
      ELSE 'no_norm_in_force'
    END AS reason
  FROM items AS i
  LEFT JOIN known_names AS k ON k.given = i.type
  LEFT JOIN whole AS w ON w.equipment_id = i.equipment_id AND w.type = i.type
  WHERE w.equipment_id IS NULL
),
-- The tests of an #all clause stand together in the explanation.
together AS (
  SELECT t.equipment_id, t.type, t.source_id, t.clause, t.wording,
    ARRAY_TO_STRING(LIST_SORT(ARRAY_AGG(CONCAT_WS('|', t.row_id, c.attribute_zh, c.attribute_en,
      CAST(CAST(t.converted AS DECIMAL(18, 6)) AS VARCHAR), c.comparator, c.threshold, c.unit
    ))), ';;') AS parts
  FROM tested AS t
  JOIN in_force AS c ON c.row_id = t.row_id
  WHERE t.together
  GROUP BY t.equipment_id, t.type, t.source_id, t.clause, t.wording
),

-- 8. Findings.
picked AS (
  SELECT equipment_id, type, row_id, TRUE AS is_met FROM met
  UNION ALL
  SELECT equipment_id, type, row_id, FALSE AS is_met FROM unmet
),
answers_given AS (
  SELECT r.*, p.is_met
  FROM ranked AS r
  JOIN picked AS p
    ON p.equipment_id = r.equipment_id AND p.type = r.type AND p.row_id = r.row_id
),
decided AS (
  SELECT a.*, w.editions, w.rows_tested, w.all_settled, m.missing_zh, m.missing_en, t.parts,
    s.number AS edition_number, s.title_zh AS edition_title_zh, s.title_en AS edition_title_en,
    w.open, w.lacks_edition, w.lacks_attribute, w.lacks_unit, w.lacks_area, w.lacks_building_date,
    w.lacks_product_use, w.lacks_condition, b.document IS NOT NULL AS not_binding,
    CASE
      WHEN a.is_met AND a.outcome = 'hit' AND a.class = 'eliminate' THEN 'noncompliant'
      WHEN a.is_met OR w.open + w.lacks_edition = 0 THEN 'compliant'
      ELSE 'undetermined'
    END AS verdict
  FROM answers_given AS a
  JOIN whole AS w ON w.equipment_id = a.equipment_id AND w.type = a.type
  LEFT JOIN missing AS m ON m.equipment_id = a.equipment_id AND m.type = a.type
  LEFT JOIN norms.sources AS s ON s.source_id = a.source_id
  LEFT JOIN norms.non_binding_sources AS b ON b.document = a.source_id
  LEFT JOIN together AS t
    ON t.equipment_id = a.equipment_id AND t.type = a.type AND t.source_id = a.source_id
    AND t.clause = a.clause AND t.wording = a.wording
),
reasoned AS (
  SELECT d.*,
    -- codes in the order of the alphabet
    CONCAT_WS(',',
      CASE WHEN NOT is_met AND open = 1 AND lacks_area = 1 THEN 'area_not_given' END,
      CASE WHEN NOT is_met AND open = 1 AND lacks_attribute = 1 THEN 'attribute_not_given' END,
      CASE WHEN NOT is_met AND open = 1 AND lacks_building_date = 1
        THEN 'building_date_not_given' END,
      CASE WHEN NOT is_met AND open = 1 AND lacks_condition = 1 THEN 'condition_not_given' END,
      CASE WHEN is_met AND outcome = 'not_due' THEN 'deadline_not_reached' END,
      CASE WHEN verdict = 'noncompliant' AND outright THEN 'dismantle_outright' END,
      CASE WHEN NOT is_met AND lacks_edition = 1 THEN 'edition_without_row' END,
      CASE WHEN is_met AND outcome = 'excepted' AND exception_state = 'by_facts'
        THEN 'exception_by_facts' END,
      CASE WHEN is_met AND outcome = 'excepted' AND exception_state = 'proven'
        THEN 'exception_proven' END,
      CASE WHEN is_met AND outcome = 'hit' AND exception_state = 'to_be_checked'
        THEN 'exception_to_be_checked' END,
      CASE WHEN is_met AND outcome = 'hit' AND class = 'limit' THEN 'limit_class_warning' END,
      CASE WHEN is_met AND NOT exact THEN 'matched_by_kind' END,
      CASE WHEN (is_met AND NOT settled) OR (verdict = 'compliant' AND NOT is_met AND all_settled = 0)
        THEN 'norm_not_verified' END,
      CASE WHEN NOT is_met AND open = 1 AND lacks_product_use = 1 THEN 'product_use_not_given' END,
      CASE WHEN verdict = 'noncompliant' AND status_rank = 2 AND NOT outright
        THEN 'sealed_not_dismantled' END,
      CASE WHEN verdict = 'noncompliant' AND status_rank = 2 AND outright
        THEN 'sealing_not_an_option' END,
      CASE WHEN verdict = 'noncompliant' AND not_binding THEN 'source_not_binding' END,
      CASE WHEN NOT is_met AND open = 1 AND lacks_unit = 1 THEN 'unit_not_convertible' END
    ) AS reason_codes
  FROM decided AS d
)
SELECT
  'technology' AS dimension, i.uscc, i.line_id, i.equipment_id AS subject, r.row_id AS norm_row,
  r.source_id, r.clause, c.attribute_zh AS indicator, CAST(NULL AS DATE) AS period_start,
  CAST(NULL AS DATE) AS period_end, CAST(r.converted AS DECIMAL(18, 6)) AS value, r.comparator,
  CASE WHEN r.comparator <> 'gt_lt' THEN r.bound END AS limit_value,
  CASE WHEN r.comparator = 'gt_lt' THEN c.threshold END AS limit_text,
  r.row_unit AS unit,
  CASE WHEN r.comparator NOT IN ('presence', 'gt_lt') AND r.bound > 0
    THEN CAST(r.converted / r.bound AS DECIMAL(18, 4)) END AS ratio,
  COALESCE(r.verdict, 'undetermined') AS verdict,
  COALESCE(r.verdict <> 'undetermined' AND (
    r.reason_codes LIKE '%norm_not_verified%' OR r.reason_codes LIKE '%exception_to_be_checked%'
    OR r.reason_codes LIKE '%exception_by_facts%' OR r.reason_codes LIKE '%matched_by_kind%'
  ), FALSE) AS provisional,
  CASE
    WHEN r.reason_codes = '' THEN CAST([] AS VARCHAR[])
    ELSE STRING_SPLIT(COALESCE(r.reason_codes, u.reason), ',')
  END AS reasons,
  CASE
    WHEN r.verdict = 'noncompliant' AND r.not_binding THEN 'warns'
    WHEN r.verdict = 'noncompliant' AND (r.status_rank <> 2 OR r.outright) THEN 'opens'
    WHEN r.is_met AND (r.outcome = 'not_due' OR (r.outcome = 'hit' AND r.class = 'limit'))
      THEN 'warns'
    ELSE 'records'
  END AS effect,
  i.type AS equipment_type, r.wording, c.equipment_type_en AS wording_en, r.exact, r.class,
  CASE WHEN r.is_met THEN r.outcome ELSE 'none' END AS outcome, c.threshold, r.attribute_en,
  r.given_value, r.given_unit, r.deadline, r.effective_from, c.effective_to, c.exceptions_zh,
  c.exceptions_en, r.exception_document, COALESCE(r.outright, FALSE) AS outright,
  i.status_rank = 2 AS sealed, r.editions, r.rows_tested, r.missing_zh, r.missing_en, r.parts,
  r.edition_number, r.edition_title_zh, r.edition_title_en, i.on_day, i.built_on, i.industry
FROM items AS i
LEFT JOIN reasoned AS r ON r.equipment_id = i.equipment_id AND r.type = i.type
LEFT JOIN in_force AS c ON c.row_id = r.row_id
LEFT JOIN untested AS u ON u.equipment_id = i.equipment_id AND u.type = i.type

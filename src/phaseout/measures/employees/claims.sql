-- One row an employee of the lists that stand (the latest taken of each settlement in %(ids)s):
-- what is owed, what was paid and done. Read by claims.py.
WITH stands AS (
  SELECT DISTINCT ON (settlement_id) id, settlement_id
  FROM employees_employeelist
  WHERE taken AND settlement_id = ANY (%(ids)s)
  ORDER BY settlement_id, version DESC
), assessed AS (
  SELECT DISTINCT ON (a.employee_id) a.employee_id, a.amount, a.old_months,
    a.old_amount
  FROM employees_assessment AS a JOIN employees_employee AS e ON e.id = a.employee_id
  WHERE e.roster_id IN (SELECT id FROM stands)
  ORDER BY a.employee_id, a.id DESC
), paid AS (
  SELECT settlement_id, number,
    sum(amount) FILTER (WHERE what = 'severance') AS severance,
    sum(amount) FILTER (WHERE what = 'wages') AS wages,
    sum(amount) FILTER (WHERE what = 'insurance') AS insurance
  FROM employees_paid WHERE settlement_id = ANY (%(ids)s)
  GROUP BY 1, 2
), stepped AS (
  SELECT settlement_id, number,
    bool_or(what = 'transferred') AS transferred,
    bool_or(what = 'placed') AS placed,
    bool_or(what = 'listed') AS listed,
    bool_or(what = 'reemployed') AS reemployed
  FROM employees_step WHERE settlement_id = ANY (%(ids)s)
  GROUP BY 1, 2
), told AS (
  SELECT e.id AS employee, e.settlement_id AS settlement, e.number,
    e.ended_on IS NOT NULL AS ended,
    CASE WHEN e.ended_on IS NULL THEN 0.00 ELSE
      a.amount + coalesce(e.old_amount, a.old_amount, 0) END
      AS severance,
    coalesce(p.severance, 0.00) AS severance_paid,
    e.wages_owed AS wages, coalesce(p.wages, 0.00) AS wages_paid,
    e.insurance_owed AS insurance, coalesce(p.insurance, 0.00) AS insurance_paid,
    coalesce(a.old_months > 0, false) AND coalesce(e.old_amount, a.old_amount) IS NULL
      AS old_open,
    coalesce(s.transferred, false) AS transferred,
    coalesce(s.placed, false) AS placed,
    coalesce(s.listed, false) AS listed,
    coalesce(s.reemployed, false) AS reemployed
  FROM employees_employee AS e
  JOIN stands ON stands.id = e.roster_id
  LEFT JOIN assessed AS a ON a.employee_id = e.id
  LEFT JOIN paid AS p ON (p.settlement_id, p.number) = (e.settlement_id, e.number)
  LEFT JOIN stepped AS s ON (s.settlement_id, s.number) = (e.settlement_id, e.number)
), claim AS (
  SELECT told.*,
    severance IS NULL OR old_open OR severance_paid < severance OR wages_paid < wages
    OR insurance_paid < insurance OR (ended AND NOT transferred) OR (NOT ended AND NOT placed)
    AS open
  FROM told
)

"""The lasting identity of a finding: the question it answers and the norm it answers by.

The same facts and norms give the same ids, run after run; the value and the verdict are not part
of it, so a corrected measurement answers the same question under the same id.
"""

from __future__ import annotations

import duckdb

from phaseout.law.judgement.dimensions import JUDGED_COLUMNS, Dimension

_KEY = (
    "dimension",
    "uscc",
    "line_id",
    "subject",
    "norm_row",
    "source_id",
    "clause",
    "indicator",
    "period_start",
    "period_end",
)

# A period that still runs ends on the day of judgement, another one every day; the question is the
# same until the quarter (of an outlet) or the year (of an enterprise) is over.
_END = """CASE
  WHEN judged_by = 'environment' AND period_end = (SELECT on_day FROM question) THEN
    CAST(CASE WHEN line_id IS NULL THEN DATE_TRUNC('year', period_start) + INTERVAL '1' YEAR
      ELSE DATE_TRUNC('quarter', period_start) + INTERVAL '3' MONTH END AS DATE) - 1
  ELSE period_end END"""

# coalesce: concat_ws would drop a NULL and let two different keys meet.
_ID = "'F' || substr(md5(concat_ws('|', {parts})), 1, 20)".format(
    parts=", ".join(
        f"coalesce(CAST({_END if column == 'period_end' else column} AS VARCHAR), '-')"
        for column in _KEY
    )
)


def create_findings(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `judged.<dimension>_identified` views and `judged.findings`, their common columns."""
    common = ", ".join(name for name, _ in JUDGED_COLUMNS)
    parts = []
    for dimension in Dimension:
        view = f'judged."{dimension}_identified"'
        connection.execute(
            f"CREATE VIEW {view} AS SELECT {_ID} AS finding_id, * "
            # A permit finding of safety.sql may belong to another dimension: keep which query
            # gave it.
            f"FROM (SELECT '{dimension}' AS judged_by, * FROM judged.{dimension})"
        )
        parts.append(f"SELECT finding_id, judged_by, {common} FROM {view}")
    connection.execute(f"CREATE TABLE judged.findings AS {' UNION ALL '.join(parts)}")

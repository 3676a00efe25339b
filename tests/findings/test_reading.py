"""Rows read by columns are the rows that reading cell by cell gives."""

from __future__ import annotations

import duckdb

from phaseout.findings import reading
from phaseout.findings.reading import read_rows

QUERY = """
SELECT CASE WHEN i % 3 > 0 THEN 'row ' || i END AS text,
  CASE WHEN i % 3 > 0 THEN DATE '1900-02-28' + CAST(i * 9000 AS INTEGER) END AS day,
  CASE WHEN i % 3 > 0 THEN TIMESTAMP '2017-06-30 08:00:00.5' END AS moment,
  CASE WHEN i % 3 > 0 THEN CAST(i AS DECIMAL(18, 6)) / 1000000 - 0.000003 END AS value,
  CASE WHEN i % 3 > 0 THEN CAST('0.000000001' AS DECIMAL(18, 9)) END AS small,
  CASE WHEN i % 3 > 0 THEN -i::HUGEINT END AS count,
  CASE WHEN i % 3 > 0 THEN i > 4 END AS flag,
  CASE WHEN i % 3 > 0 THEN ['b', NULL] END AS reasons
FROM range(10) AS r (i) ORDER BY i
"""


def test_every_type_of_a_judged_column_is_read_as_it_stands() -> None:
    connection = duckdb.connect()
    expected = connection.execute(QUERY)
    names = [column[0] for column in expected.description]
    rows = [dict(zip(names, row, strict=True)) for row in expected.fetchall()]
    assert repr(list(read_rows(connection, QUERY))) == repr(rows)


def test_another_query_meanwhile_does_not_end_the_rows() -> None:
    connection = duckdb.connect()
    many = reading.BATCH * 2 + 1
    rows = read_rows(connection, f"SELECT i FROM range({many}) AS r (i) WHERE i >= ?", [1])
    first = next(rows)
    assert connection.execute("SELECT 1").fetchall() == [(1,)]
    assert [first, *rows] == [{"i": i} for i in range(1, many)]

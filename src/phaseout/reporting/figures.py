"""The figures of the report page: every one a query over the findings, as plain data."""

from __future__ import annotations

from typing import Any

import duckdb

from phaseout.law.industries import INDUSTRIES

MOST_POINTS = 4_000


def by_dimension(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Findings of each dimension by verdict, provisional ones counted apart."""
    return _dicts(
        connection,
        """
        SELECT dimension,
               count(*) FILTER (WHERE verdict = 'compliant') AS compliant,
               count(*) FILTER (WHERE verdict = 'noncompliant' AND NOT provisional) AS final,
               count(*) FILTER (WHERE verdict = 'noncompliant' AND provisional) AS provisional,
               count(*) FILTER (WHERE verdict = 'undetermined') AS undetermined
        FROM judged.findings GROUP BY dimension
        ORDER BY list_position(
            ['energy', 'environment', 'quality', 'safety', 'technology'], dimension)
        """,
    )


def distances(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """How far each energy value lies from its limit: ratio value / limit, by industry.

    The newest period of every line and indicator; at most `MOST_POINTS`, taken by finding id so
    that the same findings give the same picture.
    """
    return _dicts(
        connection,
        f"""
        SELECT l.industry, f.ratio, f.verdict, f.provisional, e.name AS enterprise, l.name AS line,
               f.indicator, f.finding_id
        FROM judged.findings f
        JOIN facts.lines l ON l.line_id = f.line_id
        LEFT JOIN facts.enterprises e ON e.uscc = f.uscc
        WHERE f.dimension = 'energy' AND f.ratio IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY f.line_id, f.subject, f.indicator ORDER BY f.period_end DESC, f.finding_id
        ) = 1
        ORDER BY f.finding_id LIMIT {MOST_POINTS}
        """,
    )


def distance_table(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The same distances as a table: values, over the limit, median and largest ratio."""
    return _dicts(
        connection,
        """
        SELECT l.industry, count(*) AS findings, count(*) FILTER (WHERE f.ratio > 1) AS over,
               median(f.ratio) AS median, max(f.ratio) AS largest
        FROM judged.findings f JOIN facts.lines l ON l.line_id = f.line_id
        WHERE f.dimension = 'energy' AND f.ratio IS NOT NULL
        GROUP BY 1 ORDER BY 1
        """,
    )


def by_city(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    """Per city (division code of four digits and 00): lines, outdated, provisionally outdated."""
    rows = _dicts(
        connection,
        """
        SELECT substr(division_code, 1, 4) || '00' AS city, count(*) AS lines,
               count(*) FILTER (WHERE outdated = 'yes') AS outdated,
               count(*) FILTER (WHERE outdated = 'provisionally') AS provisionally
        FROM judged.composition WHERE division_code IS NOT NULL GROUP BY 1 ORDER BY 1
        """,
    )
    return {row["city"]: row for row in rows}


def by_industry(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Per industry, in the order of clause (3): lines by standing."""
    rows = _dicts(
        connection,
        """
        SELECT industry, count(*) AS lines,
               count(*) FILTER (WHERE outdated = 'yes') AS outdated,
               count(*) FILTER (WHERE outdated = 'provisionally') AS provisionally,
               count(*) FILTER (WHERE outdated = 'undetermined') AS undetermined
        FROM judged.composition GROUP BY 1
        """,
    )
    order = list(INDUSTRIES)
    return sorted(rows, key=lambda row: _place(order, row["industry"]))


def outdated_lines(connection: duckdb.DuckDBPyConnection, most: int) -> list[dict[str, Any]]:
    """Lines that something has to be done about: what governs, what else remains, gravest first.

    Lines not yet outdated are among them: a major hazard stops production at once all the same.
    """
    return _dicts(
        connection,
        f"""
        SELECT c.*, e.name AS enterprise, l.name AS line
        FROM judged.composition c
        LEFT JOIN facts.lines l ON l.line_id = c.line_id
        LEFT JOIN facts.enterprises e ON e.uscc = c.uscc
        WHERE c.outdated IN ('yes', 'provisionally', 'not_yet')
        ORDER BY list_position(['yes', 'provisionally', 'not_yet'], c.outdated),
                 c.governing_rank, c.line_id LIMIT {most}
        """,
    )


def editions(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every document that findings cite: number, title, findings, how many still provisional."""
    return _dicts(
        connection,
        """
        SELECT f.source_id, s.number, s.title_zh, s.title_en, count(*) AS findings,
               count(*) FILTER (WHERE f.provisional) AS provisional
        FROM judged.findings f LEFT JOIN norms.sources s ON s.source_id = f.source_id
        WHERE f.source_id IS NOT NULL GROUP BY ALL ORDER BY findings DESC, f.source_id
        """,
    )


def only_fictional(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether every enterprise says of itself that it is invented."""
    found = connection.execute(
        "SELECT count(*) > 0 AND bool_and(name LIKE '%虚构%') FROM facts.enterprises"
    ).fetchone()
    return bool(found and found[0])


def _place(order: list[str], industry: str | None) -> int:
    return order.index(industry) if industry in order else len(order)


def _dicts(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

"""The summary of a run: what was judged, with which answers, what is missing, what is gravest."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from phaseout.findings import Judgement
from phaseout.findings.export import plain
from phaseout.law.judgement.reasons import reasons

GRAVEST = 10


@dataclass(frozen=True, slots=True)
class Count:
    """Findings of one dimension and verdict; `provisional` of them rest on something unsettled."""

    dimension: str
    verdict: str
    findings: int
    provisional: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Why findings stay undetermined: the reason and how many findings name it."""

    code: str
    zh: str
    en: str
    findings: int


@dataclass(frozen=True, slots=True)
class Concerned:
    """Capacity of the lines found outdated, one unit at a time (units are never added up).

    `standing`: yes (a final finding), provisionally (only findings that are still provisional).
    `without_capacity` of the lines reported none: their capacity is not known, not zero.
    """

    standing: str
    industry: str
    lines: int
    without_capacity: int
    capacity: Decimal | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Grave:
    """One of the gravest findings, in one sentence."""

    finding_id: str
    dimension: str
    enterprise: str | None
    line: str | None
    provisional: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Summary:
    on: date
    enterprises: int
    lines: int
    lines_judged: int
    findings: int
    provisional: int
    rows_refused: int
    counts: tuple[Count, ...]
    missing: tuple[Missing, ...]
    concerned: tuple[Concerned, ...]
    gravest: tuple[Grave, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data; decimals as text without trailing zeros."""
        data = asdict(self)
        for item in data["concerned"]:
            item["capacity"] = plain(item["capacity"])
        return data


def summarize(judgement: Judgement) -> Summary:
    """Everything the summary shows, by queries over the findings of the run."""
    connection = judgement.connection
    return Summary(
        on=judgement.on,
        enterprises=_number(connection, "SELECT count(*) FROM facts.enterprises"),
        lines=_number(connection, "SELECT count(*) FROM facts.lines"),
        lines_judged=_number(connection, "SELECT count(DISTINCT line_id) FROM judged.findings"),
        findings=len(judgement),
        provisional=_number(connection, "SELECT count(*) FROM judged.findings WHERE provisional"),
        rows_refused=sum(count.refused for count in judgement.intake.counts.values()),
        counts=tuple(Count(*row) for row in connection.execute(_COUNTS).fetchall()),
        missing=tuple(_missing(connection)),
        concerned=tuple(Concerned(*row) for row in connection.execute(_CONCERNED).fetchall()),
        gravest=tuple(_gravest(judgement)),
    )


_COUNTS = """
SELECT dimension, verdict, count(*), count(*) FILTER (WHERE provisional)
FROM judged.findings GROUP BY 1, 2 ORDER BY 1, 2
"""

_MISSING = """
SELECT reason, count(*) FROM (
    SELECT unnest(reasons) AS reason FROM judged.findings WHERE verdict = 'undetermined'
) GROUP BY 1 ORDER BY 2 DESC, 1
"""

# Lines without a capacity join the first unit of their industry, so that they are counted once.
_CONCERNED = """
WITH concerned AS (
    SELECT outdated, industry, capacity,
           CASE WHEN capacity IS NULL THEN min(capacity_unit) FILTER (WHERE capacity IS NOT NULL)
                                           OVER (PARTITION BY outdated, industry)
                ELSE capacity_unit END AS unit
    FROM judged.composition WHERE outdated IN ('yes', 'provisionally')
)
SELECT outdated, industry, count(*), count(*) FILTER (WHERE capacity IS NULL), sum(capacity), unit
FROM concerned GROUP BY outdated, industry, unit
ORDER BY outdated DESC, industry, unit NULLS LAST
"""

# Final before provisional; what governs the line by the order of consequences; then how far
# beyond the limit; the id at last, so that the list is the same every time. One finding a line:
# that of the dimension that governs it.
_GRAVEST = """
WITH ordered AS (
    SELECT f.finding_id, f.dimension, e.name AS enterprise, l.name AS line, f.provisional,
           row_number() OVER (
               ORDER BY f.provisional, coalesce(c.governing_rank, 9999),
                        f.dimension <> c.governing_dimension, coalesce(f.ratio, 0) DESC,
                        coalesce(l.capacity, 0) DESC, f.finding_id
           ) AS place,
           coalesce(f.line_id, f.uscc) AS of_whom
    FROM judged.findings f
    LEFT JOIN facts.lines l ON l.line_id = f.line_id
    LEFT JOIN facts.enterprises e ON e.uscc = f.uscc
    LEFT JOIN judged.composition c ON c.line_id = f.line_id
    WHERE f.verdict = 'noncompliant' AND f.effect = 'opens'
)
SELECT finding_id, dimension, enterprise, line, provisional FROM ordered
QUALIFY row_number() OVER (PARTITION BY of_whom ORDER BY place) = 1
ORDER BY place LIMIT ?
"""


def _missing(connection: duckdb.DuckDBPyConnection) -> list[Missing]:
    words = reasons()
    found = []
    for code, findings in connection.execute(_MISSING).fetchall():
        zh, en = words.get(code, (code, code))
        found.append(Missing(code, zh, en, findings))
    return found


def _gravest(judgement: Judgement) -> list[Grave]:
    rows = judgement.connection.execute(_GRAVEST, [GRAVEST]).fetchall()
    found = []
    for finding_id, dimension, enterprise, line, provisional in rows:
        _, explanation = judgement.explain(finding_id)
        root = explanation.root
        found.append(Grave(finding_id, dimension, enterprise, line, provisional, root.zh, root.en))
    return found


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0

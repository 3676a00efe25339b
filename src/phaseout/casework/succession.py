"""How one answer succeeds another: compared set by set, and only what changed is written.

    succeed(engine, run, usccs)      after a judgement of these enterprises lies in `engine`

Every answer carries a digest of all that the engine said of it. Those that stand in PostgreSQL with
the same digest are left untouched, whatever their number; those that changed or are no longer given
end on the day of the run; what is new is explained and copied in.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

import duckdb
from django.db import connection
from django.utils import timezone

from phaseout.casework.models import JudgementRun
from phaseout.findings.export import plain
from phaseout.findings.judgement import explained
from phaseout.law.judgement.dimensions import JUDGED_COLUMNS, Dimension
from phaseout.registry.copying import from_engine, scratch_folder

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Changes:
    """Of one judgement: answers given, versions that began and that ended."""

    judged: int
    begun: int
    ended: int

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.judged + other.judged, self.begun + other.begun, self.ended + other.ended
        )


@dataclass(frozen=True, slots=True)
class _Kind:
    """What has versions: its table, what tells answers apart, where the engine has them."""

    table: str
    key: str
    answers: str


FINDINGS = _Kind("casework_finding", "finding_id", "judged.finding_answers")
STANDINGS = _Kind("casework_linestanding", "line_id", "judged.standing_answers")


def succeed(
    engine: duckdb.DuckDBPyConnection, run: JudgementRun, usccs: Collection[str]
) -> Changes:
    """Let what was judged in `engine` for `usccs` succeed what stands; returns the changes of
    findings. Inside the caller's transaction."""
    _lay_finding_answers(engine)
    _lay_standing_answers(engine)
    changes = _succeed(engine, run, usccs, FINDINGS, _begin_findings)
    _succeed(engine, run, usccs, STANDINGS, _begin_standings)
    return changes


def _succeed(
    engine: duckdb.DuckDBPyConnection,
    run: JudgementRun,
    usccs: Collection[str],
    kind: _Kind,
    begin: Any,
) -> Changes:
    judged = _give(engine, kind)
    new = _new(kind)
    ended = _end(run, usccs, kind)
    _mark(engine, new)
    begun = begin(engine, run) if new else 0
    return Changes(judged, begun, ended)


# A day of asking that stands in a row (permits, equipment) is no part of the answer: a permit that
# is valid today as it was yesterday is the same answer.
_ASKED_ON = "on_day"

_PLACE = """
LEFT JOIN facts.lines AS l ON l.line_id = t.line_id
LEFT JOIN facts.enterprises AS e ON e.uscc = t.uscc
"""
_DIVISION = "coalesce(l.division_code, e.division_code)"
_INDUSTRY = "coalesce(l.industry, e.industry)"


def _lay_finding_answers(engine: duckdb.DuckDBPyConnection) -> None:
    parts = []
    for dimension in Dimension:
        view = f'judged."{dimension}_identified"'
        names = [row[0] for row in engine.execute(f"DESCRIBE {view}").fetchall()]
        columns = ", ".join(f'"{name}"' for name in names if name != _ASKED_ON)
        parts.append(
            f"SELECT t.finding_id, md5(CAST(t AS VARCHAR) || '|' || {_DIVISION} || '|' || "
            f"{_INDUSTRY}) AS digest, {_DIVISION} AS division_code, {_INDUSTRY} AS industry "
            f"FROM (SELECT {columns} FROM {view}) AS t {_PLACE}"
        )
    engine.execute(f"CREATE TABLE {FINDINGS.answers} AS {' UNION ALL '.join(parts)}")


def _lay_standing_answers(engine: duckdb.DuckDBPyConnection) -> None:
    engine.execute(
        f"CREATE TABLE {STANDINGS.answers} AS "
        "SELECT t.line_id, md5(CAST(t AS VARCHAR)) AS digest FROM judged.composition AS t"
    )


def _give(engine: duckdb.DuckDBPyConnection, kind: _Kind) -> int:
    """Give the keys and digests of all answers to PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS judged_answer "
            "(key varchar(64) NOT NULL, digest uuid NOT NULL) ON COMMIT DROP"
        )
        cursor.execute("TRUNCATE judged_answer")
    columns = {"key": "VARCHAR", "digest": "VARCHAR"}
    with scratch_folder() as folder:
        given = from_engine(
            engine,
            f"SELECT {kind.key}, digest FROM {kind.answers}",
            "judged_answer",
            columns,
            folder,
        )
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX IF NOT EXISTS judged_answer_key ON judged_answer (key)")
        cursor.execute("ANALYZE judged_answer")
    return given


def _new(kind: _Kind) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT j.key FROM judged_answer AS j WHERE NOT EXISTS (SELECT FROM {kind.table} AS f "
            f"WHERE f.{kind.key} = j.key AND f.digest = j.digest AND f.ended_on IS NULL)"
        )
        return [key for (key,) in cursor.fetchall()]


def _end(run: JudgementRun, usccs: Collection[str], kind: _Kind) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {kind.table} AS f SET ended_on = %s, ended_by_id = %s "
            "WHERE f.ended_on IS NULL AND f.enterprise_id = ANY(%s) AND NOT EXISTS "
            f"(SELECT FROM judged_answer AS j WHERE j.key = f.{kind.key} AND j.digest = f.digest)",
            [run.on_day, run.pk, list(usccs)],
        )
        return int(cursor.rowcount)


def _mark(engine: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> None:
    """Tell the engine which answers are new."""
    engine.execute("CREATE OR REPLACE TABLE judged.begins (key VARCHAR)")
    if keys:
        engine.execute("INSERT INTO judged.begins SELECT unnest(?::VARCHAR[])", [list(keys)])


_JUDGED = tuple(name for name, _ in JUDGED_COLUMNS)
_RENAMED = {"uscc": "enterprise_id"}
_FINDING_COLUMNS = (
    "id",
    "finding_id",
    "digest",
    "judged_by",
    *(_RENAMED.get(name, name) for name in _JUDGED),
    "division_code",
    "industry",
    "summary_zh",
    "summary_en",
    "run_id",
    "found_on",
    "recorded_at",
)
MOST_SAID = 1000


def _begin_findings(engine: duckdb.DuckDBPyConnection, run: JudgementRun) -> int:
    found = engine.execute(
        f"SELECT a.finding_id, a.digest, a.division_code, a.industry FROM {FINDINGS.answers} AS a "
        "JOIN judged.begins AS b ON b.key = a.finding_id"
    ).fetchall()
    about = {finding_id: rest for finding_id, *rest in found}
    count = 0
    for batch in _batches(_explained(engine)):
        ids = _ids("casework_finding", len(batch))
        _copy(
            "casework_finding",
            _FINDING_COLUMNS,
            (
                _finding_row(id_, row, said, about[row["finding_id"]], run)
                for id_, (row, said) in zip(ids, batch, strict=True)
            ),
        )
        _copy(
            "casework_reasoning",
            ("finding_id", "tree"),
            ((id_, said.dumps()) for id_, (_, said) in zip(ids, batch, strict=True)),
        )
        count += len(batch)
    return count


def _explained(engine: duckdb.DuckDBPyConnection) -> Iterator[tuple[dict[str, Any], Any]]:
    for dimension in Dimension:
        yield from explained(engine, dimension, "finding_id IN (SELECT key FROM judged.begins)")


def _finding_row(
    id_: int, row: dict[str, Any], said: Any, about: list[Any], run: JudgementRun
) -> tuple[Any, ...]:
    digest, division, industry = about
    return (
        id_,
        row["finding_id"],
        digest,
        row["judged_by"],
        *(row[name] for name in _JUDGED),
        division,
        industry,
        said.root.zh[:MOST_SAID],
        said.root.en[:MOST_SAID],
        run.pk,
        run.on_day,
        timezone.now(),
    )


_STANDING_COLUMNS = (
    "line_id",
    "enterprise_id",
    "digest",
    "division_code",
    "industry",
    "outdated",
    "governing_dimension",
    "governing",
    "governing_provisional",
    "detail",
    "run_id",
    "found_on",
    "recorded_at",
)


def _begin_standings(engine: duckdb.DuckDBPyConnection, run: JudgementRun) -> int:
    cursor = engine.execute(
        f"SELECT a.digest, t.* FROM judged.composition AS t JOIN {STANDINGS.answers} AS a "
        "ON a.line_id = t.line_id JOIN judged.begins AS b ON b.key = t.line_id ORDER BY t.line_id"
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    _copy("casework_linestanding", _STANDING_COLUMNS, (_standing_row(row, run) for row in rows))
    return len(rows)


def _standing_row(row: dict[str, Any], run: JudgementRun) -> tuple[Any, ...]:
    digest = row.pop("digest")
    detail = {k: plain(v) if isinstance(v, Decimal) else v for k, v in row.items()}
    return (
        row["line_id"],
        row["uscc"],
        digest,
        row["division_code"],
        row["industry"],
        row["outdated"],
        row["governing_dimension"],
        row["governing"],
        row["governing_provisional"],
        json.dumps(detail, ensure_ascii=False),
        run.pk,
        run.on_day,
        timezone.now(),
    )


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [id_ for (id_,) in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)

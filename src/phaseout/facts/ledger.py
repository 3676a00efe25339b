"""The ledger of one intake: every problem, every row left out, kept in the engine.

A file may be wrong in every row; so problems are rows of a table, filled by SQL, and words are put
to them only when they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from phaseout.facts.arrived import Arrived, EarlyProblem, Merge
from phaseout.facts.asking import first_row
from phaseout.facts.known import KNOWN_TABLES, Known
from phaseout.facts.problems import BadCell, Severity, bad_cell, severity
from phaseout.facts.schema import Table

SHOWN = 100_000
"""So many problems are put into words; all are counted."""

_COLUMNS = "table_name, row, column_name, value, code, zh, en, said"

# Rows that fall with the one row they point to are told once, with their number.
_TOLD = """
SELECT table_name, row, column_name, value, code, zh, en, said, refused FROM problem
WHERE code <> 'refers_to_refused'
UNION ALL
SELECT table_name, min(row), column_name, value, code, zh, en, sum(said), refused FROM problem
WHERE code = 'refers_to_refused' GROUP BY table_name, column_name, value, code, zh, en, refused
"""


class Ledger:
    """Problems and dropped duplicates of one intake, in temporary tables of its connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, known: Known | None = None) -> None:
        self.connection = connection
        self.known = known
        self.arrived: dict[str, Arrived] = {}
        self.notes: list[BadCell] = []
        self.whole: set[str] = set()
        """The tables of which no row can be taken."""
        self._lacking: set[str] = set()
        """The tables of which some row is refused or dropped."""
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE problem (table_name VARCHAR, row BIGINT, "
            "column_name VARCHAR, value VARCHAR, code VARCHAR, zh VARCHAR, en VARCHAR, "
            "said BIGINT, refused BOOLEAN)"
        )
        connection.execute("CREATE OR REPLACE TEMP TABLE dropped (table_name VARCHAR, row BIGINT)")

    def add(
        self,
        table: Table,
        code: str,
        query: str,
        parameters: Iterable[object] = (),
    ) -> int:
        """Write down what `query` yields as (row, column, value, zh, en, said), all of `code`;
        returns how many. A cell that already has a refusal is not refused twice."""
        refused = severity(code) is Severity.REFUSED
        found = first_row(
            self.connection,
            f"INSERT INTO problem SELECT '{table.name}', q.row, q.col, q.value, '{code}', q.zh, "
            f"q.en, q.said, {refused} FROM ({query}) AS q (row, col, value, zh, en, said) "
            "WHERE NOT EXISTS (SELECT 1 FROM problem AS p WHERE p.refused "
            f"AND p.table_name = '{table.name}' AND p.row = q.row AND p.column_name = q.col)",
            list(parameters),
        )
        if refused and found[0]:
            self._lacking.add(table.name)
        return int(found[0])

    def add_early(self, table: Table, early: Iterable[EarlyProblem]) -> None:
        """Write down what was seen while the file was read."""
        lines = [
            (table.name, *e[:4], e.zh, e.en, 1, severity(e.code) is Severity.REFUSED) for e in early
        ]
        if lines:
            self._lacking |= {table.name} if any(line[-1] for line in lines) else set()
            self.connection.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", lines
            )

    def drop(self, table: Table, query: str) -> int:
        """Leave out the rows that `query` yields: they say again what another row said."""
        found = first_row(
            self.connection, f"INSERT INTO dropped SELECT '{table.name}', row FROM ({query})"
        )
        if found[0]:
            self._lacking.add(table.name)
        return int(found[0])

    def good(self, table: Table) -> str:
        """SQL of the rows of `clean_<table>` that may be taken so far."""
        if table.name in self.whole:
            return f"(SELECT * FROM clean_{table.name} WHERE false)"
        if table.name not in self._lacking:
            return f"clean_{table.name}"
        return (
            f"(SELECT * FROM clean_{table.name} WHERE row NOT IN (SELECT row FROM problem "
            f"WHERE refused AND table_name = '{table.name}') AND row NOT IN "
            f"(SELECT row FROM dropped WHERE table_name = '{table.name}'))"
        )

    def registered(self, table: Table) -> str | None:
        """The table of the rows of `table` that are registered elsewhere; None where nothing is
        known of that."""
        if self.known is None or table.name not in KNOWN_TABLES:
            return None
        return f"{self.known.schema}.{table.name}"

    def refused_rows(self) -> Mapping[str, int]:
        """Table → how many rows were refused."""
        return dict(
            self.connection.execute(
                "SELECT table_name, count(DISTINCT row) FROM problem WHERE refused GROUP BY 1"
            ).fetchall()
        )

    def dropped_rows(self) -> Mapping[str, int]:
        """Table → how many rows were dropped as duplicates."""
        return dict(
            self.connection.execute(
                "SELECT table_name, count(DISTINCT row) FROM dropped GROUP BY 1"
            ).fetchall()
        )

    def count(self) -> int:
        """How many problems and notices there are, put into words or not."""
        found = first_row(self.connection, f"SELECT count(*) FROM ({_TOLD})")
        return len(self.notes) + (int(found[0]))

    def told(self, order: Mapping[str, Table]) -> Iterator[BadCell]:
        """The first `SHOWN` problems in words: refusals first, by table, row and column."""
        yield from self.notes
        found = self.connection.execute(
            f"SELECT {_COLUMNS} FROM ({_TOLD}) ORDER BY refused DESC, "
            "list_position($1, table_name), row, column_name, code, value LIMIT $2",
            [list(order), SHOWN],
        )
        for name, row, column, value, code, zh, en, said in found.fetchall():
            yield self._told(order[name], row, column, value, code, (zh, en), said)

    def _told(
        self,
        table: Table,
        row: int,
        column: str,
        value: str | None,
        code: str,
        details: tuple[str | None, str | None],
        said: int,
    ) -> BadCell:
        arrived = self.arrived[table.name]
        words = (details[0] or "", details[1] or "")
        place = arrived.head.at.get(column, -1)
        if code == "required_empty" and place >= 0:
            merge = _merge_at(arrived.merges, row - 1, place)
            if merge:
                code, words = "required_empty_in_merge", (merge.name, merge.name)
        head = arrived.head.written[place] if place >= 0 else ""
        where = arrived.file, arrived.sheet
        return bad_cell(
            table,
            where,
            row,
            column,
            value or "",
            code,
            details=words,
            count=said,
            head=head,
            at=place,
        )


def _merge_at(merges: tuple[Merge, ...], row: int, place: int) -> Merge | None:
    for merge in merges:
        inside = (
            merge.first_row <= row <= merge.last_row
            and merge.first_place <= place <= merge.last_place
        )
        if inside and (row, place) != (merge.first_row, merge.first_place):
            return merge
    return None

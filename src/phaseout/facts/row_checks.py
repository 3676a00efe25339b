"""Checks across rows and tables: references, repeated keys, overlapping periods.

Rows taken before, into the same connection, count as rows with the number 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from phaseout.facts.asking import first_row
from phaseout.facts.cell_checks import shown
from phaseout.facts.cells import has_fast
from phaseout.facts.ledger import Ledger
from phaseout.facts.problems import bad_cell
from phaseout.facts.schema import Column, Kind, Table, tables
from phaseout.facts.staging import readings
from phaseout.facts.tables import FACT_TABLES

OVERLAPS = {
    "energy": ("line_id", "product", "process", "indicator"),
    "energy_inputs": ("line_id", "product", "indicator", "energy"),
    "outputs": ("line_id", "product"),
}

_NEEDED = ("lines", "outlets")
"""Without these tables nothing that refers to them can be judged at all."""


def check_references(ledger: Ledger, table: Table) -> None:
    """Every cell that points to another table must find its row there."""
    for column in table.columns:
        if column.refers:
            _check_reference(ledger, table, column, tables()[column.refers])


def check_outlets_given(ledger: Ledger, table: Table) -> None:
    """Readings in Parquet without any table of outlets cannot be taken."""
    outlets = tables()["outlets"]
    if not _may_be_found(ledger, outlets):
        ledger.notes = [note for note in ledger.notes if note.code != "unknown_reference"]
        _without_target(ledger, table, table.column("outlet_id"), outlets)


def _check_reference(ledger: Ledger, table: Table, column: Column, target: Table) -> None:
    if not _may_be_found(ledger, target):
        _without_target(ledger, table, column, target)
        return
    key = column.name
    known = [f'SELECT "{key}" AS key FROM facts.{target.name}']
    if registered := ledger.registered(target):
        known.append(f'SELECT "{key}" FROM {registered}')
    if target.name in ledger.arrived:
        known.append(f'SELECT "{key}" FROM {ledger.good(target)}')
    missing = f"NOT IN (SELECT key FROM ({' UNION '.join(known)}) WHERE key IS NOT NULL)"
    if not has_fast(column) and key in ledger.arrived[table.name].head.at:
        # Every text of the column was read once: where all are known no row need be asked.
        values = f"SELECT count(*) FROM {readings(column)} WHERE value {missing}"
        if first_row(ledger.connection, values) == (0,):
            return
    orphans = (
        f'SELECT row, "{key}" AS key FROM {ledger.good(table)} WHERE "{key}" IS NOT NULL '
        f'AND "{key}" {missing}'
    )
    laid = f"CREATE OR REPLACE TEMP TABLE orphan AS {orphans}"
    if first_row(ledger.connection, laid) == (0,):
        return
    arrived = (
        f'SELECT DISTINCT "{key}" FROM clean_{target.name}'
        if target.name in ledger.arrived
        else "SELECT NULL"
    )
    for code, test in (("refers_to_refused", "IN"), ("unknown_reference", "NOT IN")):
        ledger.add(
            table,
            code,
            f"SELECT row, '{key}', key, '{target.zh}', '{target.name}', 1 FROM orphan "
            f"WHERE key {test} (SELECT * FROM ({arrived}) AS t (k) WHERE k IS NOT NULL)",
        )


def _may_be_found(ledger: Ledger, target: Table) -> bool:
    """Whether there is any place where a row of the target could stand."""
    return (
        target.name in ledger.arrived
        or ledger.registered(target) is not None
        or _already(ledger, target)
    )


def _without_target(ledger: Ledger, table: Table, column: Column, target: Table) -> None:
    arrived = ledger.arrived[table.name]
    needed = target.name in _NEEDED
    if needed:
        ledger.whole.add(table.name)
    code = "table_needed" if needed else "table_absent"
    place = arrived.file, arrived.sheet
    details = target.zh, target.name
    ledger.notes.append(bad_cell(table, place, 0, column.name, "", code, details=details))


def check_repeated(ledger: Ledger, table: Table) -> int:
    """Drop rows that repeat another one, refuse rows that contradict another one of the same key;
    returns how many were dropped."""
    key = ", ".join(f'"{name}"' for name in table.key)
    rows = _rows(ledger, table)
    connection = ledger.connection
    laid = (
        f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT {key}, row_number() OVER () AS key_no "
        f"FROM {_suspects(table, rows)} GROUP BY {key} HAVING count(*) > 1"
    )
    if first_row(connection, laid) == (0,):
        return 0
    same = " AND ".join(f'r."{name}" IS NOT DISTINCT FROM k."{name}"' for name in table.key)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE again AS SELECT r.*, k.key_no "
        f"FROM {rows} AS r JOIN repeated AS k ON {same}"
    )
    content = ", ".join(f'"{column.name}"' for column in table.columns)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE told_apart AS SELECT key_no, min(row) AS first, "
        f"count(DISTINCT row({content})) > 1 AS differ, min(row) = 0 AS before "
        "FROM again GROUP BY key_no"
    )
    _refuse_contradictions(ledger, table)
    return ledger.drop(
        table,
        "SELECT a.row FROM again AS a JOIN told_apart AS t USING (key_no) "
        "WHERE NOT t.differ AND a.row > t.first",
    )


def _suspects(table: Table, rows: str) -> str:
    """SQL of rows among which are all that share their key with another.

    Of many million readings no table of keys is made. The quarters of an hour of one series are
    marked as bits, 64 in a number; only where there are more rows than bits may two of them be of
    the same time (or of the same quarter of an hour).
    """
    moment = next((name for name in table.key if table.column(name).kind is Kind.MOMENT), None)
    if moment is None:
        return rows
    series = [f'"{name}"' for name in table.key if name != moment]
    quarter = f'epoch_us("{moment}") // 900000000'
    bits = f"bit_count(bit_or(1::UBIGINT << ({quarter} & 63)::UBIGINT))"
    crowded = (
        f"SELECT {', '.join(series)}, {quarter} // 64 AS span FROM {rows} GROUP BY ALL "
        f"HAVING count(*) > coalesce({bits}, 0)"
    )
    pairs = [*((f"r.{name}", f"s.{name}") for name in series), (f"{quarter} // 64", "s.span")]
    same = " AND ".join(f"{one} IS NOT DISTINCT FROM {other}" for one, other in pairs)
    return f"(SELECT r.* FROM {rows} AS r SEMI JOIN ({crowded}) AS s ON {same})"


def _refuse_contradictions(ledger: Ledger, table: Table) -> None:
    if table.name == "lines":
        # Two enterprises claim one line: named before any other difference of the two rows.
        ledger.add(
            table,
            "line_in_two_enterprises",
            "SELECT a.row, 'line_id', a.line_id, u.all_uscc, u.all_uscc, 1 FROM again AS a JOIN "
            "(SELECT key_no, string_agg(DISTINCT uscc, ', ' ORDER BY uscc) AS all_uscc FROM again "
            "GROUP BY key_no HAVING count(DISTINCT uscc) > 1) AS u USING (key_no) WHERE a.row > 0",
        )
    column = _telling_column(table)
    shown_key = _key_text(table)
    for code, before in (
        ("conflicting_rows", "NOT t.before"),
        ("conflicts_with_taken", "t.before"),
    ):
        ledger.add(
            table,
            code,
            f"SELECT a.row, '{column.name}', {shown(column, 'a.')}, {shown_key}, {shown_key}, "
            "1 FROM again AS a JOIN told_apart AS t USING (key_no) "
            f"WHERE t.differ AND {before} AND a.row > 0",
        )


def _telling_column(table: Table) -> Column:
    names = [column.name for column in table.columns]
    name = next((n for n in ("value", "quantity", "tonnes") if n in names), table.key[0])
    return table.column(name)


def _key_text(table: Table) -> str:
    cells = ", ".join(f'a."{name}"' for name in table.key)
    return f"concat_ws(' ', {cells})"


def _rows(ledger: Ledger, table: Table) -> str:
    """SQL of the rows to come and the rows taken before."""
    good = ledger.good(table)
    if not _already(ledger, table):
        return good
    before = ", ".join(_before(table))
    # A line without a division took that of its enterprise when it was laid.
    filled = (
        " REPLACE (coalesce(division_code, (SELECT any_value(e.division_code) FROM "
        "facts.enterprises AS e WHERE e.uscc = g.uscc)) AS division_code)"
        if table.name == "lines"
        else ""
    )
    return (
        f"(SELECT *{filled} FROM {good} AS g UNION ALL "
        f"SELECT 0, {before} FROM facts.{table.name} AS f)"
    )


def _before(table: Table) -> Sequence[str]:
    """The columns of the schema out of the facts table of the engine."""
    laid = FACT_TABLES[table.name]
    return [
        f'f."{column.name}"' if column.name in laid else _REBUILT[column.name]
        for column in table.columns
    ]


_REBUILT = {
    "criterion": "f.source_id || ' ' || f.clause",
    # Written as `listed.permitted_text` writes it.
    "permitted_concentrations": (
        "(SELECT string_agg(p.pollutant_code || '=' || "
        "regexp_replace(CAST(p.value AS VARCHAR), '\\.?0+$', '') || ' ' || p.unit, ';' "
        "ORDER BY p.pollutant_code) FROM facts.permitted AS p WHERE p.outlet_id = f.outlet_id)"
    ),
}
"""Columns that were taken apart when they were laid, put together again."""


def _already(ledger: Ledger, table: Table) -> bool:
    found = first_row(ledger.connection, f"SELECT EXISTS (SELECT 1 FROM facts.{table.name})")
    return bool(found[0])


def check_overlaps(ledger: Ledger, table: Table) -> None:
    """Periods of one line, product, process and indicator must not overlap: a sum or a mean over
    them would count days twice."""
    apart = OVERLAPS.get(table.name)
    if apart is None:
        return
    by = ", ".join(f'"{name}"' for name in apart)
    rows = _rows(ledger, table)
    query = (
        "SELECT row, 'period_start', CAST(period_start AS VARCHAR), other, other, 1 FROM ("
        "SELECT row, period_start, period_end, "
        "lag(period_start) OVER w || '/' || lag(period_end) OVER w AS earlier, "
        "lead(period_start) OVER w || '/' || lead(period_end) OVER w AS later, "
        f"max(period_end) OVER (PARTITION BY {by} ORDER BY period_start, period_end "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached, "
        "lead(period_start) OVER w AS next_start, "
        "CASE WHEN reached >= period_start THEN earlier ELSE later END AS other "
        f"FROM {rows} WINDOW w AS (PARTITION BY {by} ORDER BY period_start, period_end)) "
        "WHERE (reached >= period_start OR next_start <= period_end) AND row > 0"
    )
    ledger.add(table, "overlapping_periods", query)

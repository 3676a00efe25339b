"""Checks of single cells and single rows: required, readable, within bounds, in order."""

from __future__ import annotations

from collections.abc import Mapping

from phaseout.facts.arrived import Arrived
from phaseout.facts.asking import first_row
from phaseout.facts.cells import FIRST_PLAUSIBLE, LAST_PLAUSIBLE, sql_type
from phaseout.facts.ledger import Ledger
from phaseout.facts.problems import Severity, severity
from phaseout.facts.schema import Column, Kind, Table
from phaseout.facts.staging import Texts, readings, row_number, staged

_SPANS = {
    "energy": ("period_start", "period_end"),
    "energy_inputs": ("period_start", "period_end"),
    "outputs": ("period_start", "period_end"),
    "permits": ("valid_from", "valid_to"),
}
INVISIBLE = (
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}"
    r"\x{2060}-\x{2064}\x{2066}-\x{2069}\x{feff}]"
)
"""What nobody sees in a cell, as web pages leave it behind: two ids that look the same are not, and
a sign of direction shows a name turned round."""


def check_readings(ledger: Ledger, arrived: Arrived, texts: Mapping[str, Texts]) -> None:
    """Write down what the reading of distinct texts found. Notices are told once a text."""
    table = arrived.table
    for name, text in texts.items():
        column = table.column(name)
        for code in text.codes:
            ledger.add(table, code, _read_problem(arrived, column, text.sql, code), [code])


def _read_problem(arrived: Arrived, column: Column, text: str, code: str) -> str:
    row = row_number(arrived)
    found = (
        f"FROM {staged(arrived.table)} AS s JOIN {readings(column)} AS r ON {text} = r.raw "
        "WHERE r.code = ? AND NOT s.is_empty"
    )
    if severity(code) is Severity.REFUSED:
        return f"SELECT {row}, '{column.name}', r.raw, r.zh, r.en, 1 {found}"
    return (
        f"SELECT min({row}), '{column.name}', r.raw, any_value(r.zh), any_value(r.en), count(*) "
        f"{found} GROUP BY r.raw"
    )


def check_cells(ledger: Ledger, table: Table) -> int:
    """Write down every cell that is missing or out of bounds; returns how many rows there are.

    One pass counts what is wrong; only for what is found a second one looks where.
    """
    tests = _tests(table)
    counted = ", ".join(f"count_if({test})" for _, _, test in tests)
    counts = first_row(ledger.connection, f"SELECT count(*), {counted} FROM clean_{table.name}")
    for (column, code, test), count in zip(tests, counts[1:], strict=True):
        if count:
            ledger.add(table, code, _cell_problem(table, column, code, test))
    return int(counts[0])


def _tests(table: Table) -> list[tuple[Column, str, str]]:
    """(column, code, SQL that is true where the cell is wrong)."""
    tests = []
    for column in table.columns:
        cell = f'"{column.name}"'
        if column.required:
            tests.append((column, "required_empty", f"{cell} IS NULL"))
        if column.kind is Kind.TEXT:
            invisible = f"regexp_matches({cell}, '{INVISIBLE}')"
            tests.append((column, "invisible_characters", invisible))
        if column.bound == "not_negative":
            tests.append((column, "negative", f"{cell} < 0"))
        if column.bound == "positive":
            tests.append((column, "not_positive", f"{cell} <= 0"))
        if column.bound == "sign_noticed":
            tests.append((column, "negative_reading", f"{cell} < 0"))
        if column.kind in (Kind.DAY, Kind.MOMENT):
            span = f"DATE '{FIRST_PLAUSIBLE}' AND DATE '{LAST_PLAUSIBLE}'"
            tests.append((column, "year_implausible", f"{cell}::DATE NOT BETWEEN {span}"))
        if column.kind is Kind.YEAR:
            span = f"{FIRST_PLAUSIBLE.year} AND {LAST_PLAUSIBLE.year}"
            tests.append((column, "year_implausible", f"{cell} NOT BETWEEN {span}"))
    if span_columns := _SPANS.get(table.name):
        start, end = span_columns
        tests.append((table.column(end), "ends_before_start", f'"{end}" < "{start}"'))
    return tests


def _cell_problem(table: Table, column: Column, code: str, test: str) -> str:
    detail = "''"
    if code == "ends_before_start":
        detail = f'CAST("{_SPANS[table.name][0]}" AS VARCHAR)'
    value = shown(column)
    if severity(code) is Severity.NOTICE:
        return (
            f"SELECT min(row), '{column.name}', arg_min({value}, row), '', '', count(*) "
            f"FROM clean_{table.name} WHERE {test}"
        )
    return (
        f"SELECT row, '{column.name}', {value}, {detail}, {detail}, 1 "
        f"FROM clean_{table.name} WHERE {test}"
    )


def shown(column: Column, of: str = "") -> str:
    """SQL of a typed cell as text: decimals without trailing zeros."""
    cell = f'{of}"{column.name}"'
    if sql_type(column).startswith("DECIMAL"):
        return f"regexp_replace(CAST({cell} AS VARCHAR), '\\.?0+$', '')"
    return f"CAST({cell} AS VARCHAR)"

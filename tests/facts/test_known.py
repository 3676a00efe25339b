"""What is registered elsewhere: rows may refer to it, and the registry may keep rows out."""

from __future__ import annotations

import pytest

from phaseout.facts import Known

USCC = "91640100MA0000011Q"


@pytest.fixture
def known(connection):
    """A registry with one enterprise, one line, one outlet, that lets everything in."""
    connection.execute("CREATE SCHEMA registered")
    for statement in (
        f"enterprises AS SELECT '{USCC}' AS uscc, '640221' AS division_code",
        "lines AS SELECT 'L1' AS line_id",
        "outlets AS SELECT 'O1' AS outlet_id",
    ):
        connection.execute(f"CREATE TABLE registered.{statement}")
    return Known("registered", lambda ledger, table: None)


def test_rows_may_refer_to_what_is_registered(folder, known):
    folder.right("energy", "monitoring").take(known=known)
    assert folder.rows("SELECT count(*) FROM facts.monitoring") == [(1,)]


def test_a_line_lies_where_its_registered_enterprise_does(folder, known):
    folder.right("lines").take(known=known)
    assert folder.rows("SELECT division_code FROM facts.lines") == [("640221",)]


def test_what_is_neither_registered_nor_given_is_refused_row_by_row(folder, known):
    folder.add("energy", {"line_id": "L2"})
    intake = folder.take(known=known, bad_rows="leave_out")
    assert [(p.row, p.code) for p in intake.refused] == [(3, "unknown_reference")]
    assert intake.counts["energy"].taken == 1


def test_readings_in_parquet_may_refer_to_registered_outlets(folder, known, connection):
    connection.execute(
        "COPY (SELECT unnest(['O1', 'O2']) AS outlet_id, 'a21026' AS pollutant_code, "
        "TIMESTAMP '2017-01-01 08:00:00' AS time, 1.5 AS value) "
        f"TO '{folder.path / 'monitoring.parquet'}'"
    )
    intake = folder.take(known=known, bad_rows="leave_out")
    assert folder.rows("SELECT outlet_id FROM facts.monitoring") == [("O1",)]
    assert [(p.value, p.code) for p in intake.refused] == [("O2", "unknown_reference")]


def test_what_the_registry_refuses_takes_along_what_refers_to_it(folder, known):
    def check(ledger, table):
        if table.name == "lines":
            ledger.add(
                table,
                "outside_jurisdiction",
                "SELECT row, 'line_id', line_id, '640100', '640100', 1 FROM clean_lines "
                "WHERE line_id = 'L2'",
            )

    folder.right("enterprises").add("lines", {"line_id": "L2"}).add("energy", {"line_id": "L2"})
    intake = folder.take(known=Known("registered", check), bad_rows="leave_out")
    assert [(p.table, p.row, p.code) for p in intake.refused] == [
        ("lines", 3, "outside_jurisdiction"),
        ("energy", 3, "refers_to_refused"),
    ]

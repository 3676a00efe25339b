"""What is registered is what was taken: the same facts, and the same findings byte for byte."""

from __future__ import annotations

from datetime import date

import duckdb

from phaseout.facts.tables import FACT_TABLES
from phaseout.findings import judge
from phaseout.registry.exporting import write_facts
from phaseout.registry.loading import load_facts

ON = date(2018, 3, 15)


def test_the_facts_loaded_are_those_that_were_taken(registered, small_facts, rows_of, book):
    with duckdb.connect() as engine:
        load_facts(engine, book=book)
        for table in FACT_TABLES:
            assert rows_of(engine, table) == rows_of(small_facts, table), table


def test_the_facts_written_out_give_the_same_findings_byte_for_byte(
    registered, small_judgement, tmp_path, book
):
    write_facts(tmp_path / "facts", book=book)
    small_judgement.write(tmp_path / "taken.csv")
    with judge(tmp_path / "facts", on=ON, book=book) as judgement:
        judgement.write(tmp_path / "registered.csv")
    assert (tmp_path / "registered.csv").read_bytes() == (tmp_path / "taken.csv").read_bytes()


def test_enterprises_loaded_one_part_after_the_other_are_all_of_them(
    registered, small_facts, rows_of, book
):
    found = small_facts.execute("SELECT uscc FROM facts.enterprises ORDER BY 1").fetchall()
    usccs = [uscc for (uscc,) in found]
    with duckdb.connect() as engine:
        load_facts(engine, usccs[:9], book=book)
        assert engine.execute("SELECT DISTINCT uscc FROM facts.lines ORDER BY 1").fetchall() == [
            (uscc,) for uscc in usccs[:9]
        ]
        load_facts(engine, usccs[9:], book=book)
        for table in FACT_TABLES:
            assert rows_of(engine, table) == rows_of(small_facts, table), table


def test_before_the_first_import_nothing_was_known(registered, book):
    with duckdb.connect() as engine:
        assert load_facts(engine, known_on=date(2018, 3, 14), book=book) == 0
    with duckdb.connect() as engine:
        assert load_facts(engine, known_on=ON, book=book) > 0

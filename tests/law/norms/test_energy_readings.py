"""Every wording of the energy limits is read, and every reading leads to figures and labels."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib import resources

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.book import read_csv
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.energy import TABLES
from phaseout.law.norms.reading import Kind, read, unread

BOOK = NormBook.load()
COLUMNS = ("condition", "process_zh")
READINGS = resources.files("phaseout.law.norms") / "readings"


def parts():
    for row in BOOK.energy_limits:
        for column in COLUMNS:
            for part in read("energy_limits", column, getattr(row, column)):
                yield row, part


def test_every_wording_is_read():
    assert {
        piece
        for row in BOOK.energy_limits
        for column in COLUMNS
        for piece in unread("energy_limits", column, getattr(row, column))
    } == set()


def test_no_reading_is_of_a_wording_that_no_row_has():
    used = {part.prose for _, part in parts()}
    written = {cells["prose"] for _, cells in read_csv(READINGS / "energy_limits.csv")}
    assert written - used == set()


def test_every_correction_that_a_row_names_has_a_figure_for_its_product_and_grade():
    figures = defaultdict(list)
    for figure in method_rows("energy_corrections"):
        figures[figure.correction, figure.source_id].append(figure)
    for row, part in parts():
        if part.kind is Kind.CORRECTION:
            assert figures[part.key, row.source_id], (row.row_id, part.key)


def test_no_correction_stands_in_the_table_that_no_row_names():
    named = {(part.key, row.source_id) for row, part in parts() if part.kind is Kind.CORRECTION}
    assert {(f.correction, f.source_id) for f in method_rows("energy_corrections")} <= named


def test_every_condition_key_has_a_label_and_no_key_stands_twice():
    with (READINGS / "keys.csv").open(encoding="utf-8", newline="") as text:
        labels = [c for c in csv.DictReader(text) if c["table"] == "energy_limits"]
    keys = [cells["key"] for cells in labels]
    assert len(keys) == len(set(keys))
    needed = {part.key for _, part in parts() if part.kind is Kind.CONDITION}
    for figure in method_rows("energy_corrections"):
        needed |= {figure.key, figure.gate_key} - {""}
    assert needed <= set(keys)
    assert all(cells["zh"] and cells["en"] for cells in labels)


@pytest.mark.parametrize("table", TABLES)
def test_every_method_row_names_a_source_we_hold(table):
    for row in method_rows(table):
        assert BOOK.source(row.source_id).source_id == row.source_id


def test_every_limit_is_an_upper_bound_in_a_unit_of_energy_over_output():
    # the query compares value <= limit and splits the unit at its stroke
    assert {row.comparator for row in BOOK.energy_limits} == {"<="}
    assert all(row.unit.count("/") == 1 for row in BOOK.energy_limits)


def test_every_grade_is_known():
    known = {row.grade for row in method_rows("energy_grades")}
    assert {row.grade for row in BOOK.energy_limits} == known


def test_a_known_hole_never_covers_a_day_on_which_we_hold_a_row():
    for gap in method_rows("energy_gaps"):
        for row in BOOK.energy_limits:
            if row.product_zh != gap.product_zh or row.source_id == gap.source_id:
                continue
            before = (
                row.effective_to and gap.effective_from and row.effective_to < gap.effective_from
            )
            after = (
                row.effective_from and gap.effective_to and gap.effective_to < row.effective_from
            )
            assert before or after, (gap.row_id, row.row_id)

"""The units of the norms: known by dimension, Chinese and English name."""

from __future__ import annotations

from phaseout.facts.units import canonical
from phaseout.law.norms import NormBook
from phaseout.law.norms.units import norm_units
from phaseout.law.norms.wording import unit_name

UNITS = norm_units()


def test_every_unit_has_a_dimension_and_both_names() -> None:
    for unit in UNITS.values():
        assert unit.dimension and unit.zh and unit.en, unit.unit


def test_every_unit_of_the_limit_tables_is_listed() -> None:
    book = NormBook.load()
    tables = (book.energy_limits, book.emission_limits, book.product_standards)
    used = {row.unit for table in tables for row in table}
    assert used <= set(UNITS)


def test_facts_can_be_given_in_every_unit_of_the_limit_tables() -> None:
    book = NormBook.load()
    tables = (
        book.energy_limits, book.energy_factors, book.emission_limits, book.equipment_catalogue,
        book.product_standards,
    )  # fmt: skip
    unknown = {row.unit for table in tables for row in table if canonical(row.unit) is None}
    assert unknown == set()


def test_units_of_one_dimension_measure_the_same_and_others_do_not() -> None:
    assert UNITS["mg/m3"].dimension == UNITS["ug/m3"].dimension
    assert UNITS["mg/m3"].dimension != UNITS["mg/L"].dimension
    assert UNITS["kgce/t"].dimension != UNITS["kgce/Adt"].dimension


def test_a_sign_everybody_reads_stays_a_sign() -> None:
    assert unit_name("kgce/t", "zh") == "kgce/t"
    assert unit_name("working_day", "zh") == "工作日"
    assert unit_name("working_day", "en") == "working day"
    assert unit_name("furlong", "zh") == "furlong"

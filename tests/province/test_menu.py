"""Every name a province uses stands in the norm store, or is listed here as having no norm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from phaseout.law.industries import INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.norms.reading import fragments
from phaseout.province import menu
from phaseout.province.energy import NO_NORM_INDICATOR
from phaseout.province.enterprises import WEIGHTS
from phaseout.province.menu.norms import Menu, equipment_known

Reader = Callable[[str], list[dict[str, str]]]

BOOK = NormBook.load()
DAY = date(2017, 11, 1)
WITHOUT_ENERGY_NORM = {"rebar_mill", "silicon_carbide_furnace", "tannery"}
"""Known holes: no national limit for silicon carbide and leather; rolling stands in no row."""


def test_every_industry_has_kinds_of_line_and_a_weight() -> None:
    assert {kind.industry for kind in menu.kinds()} == set(INDUSTRIES) == set(WEIGHTS)


@pytest.mark.parametrize("kind", menu.kinds(), ids=lambda kind: kind.kind)
def test_every_kind_finds_its_energy_indicators_in_the_norm_book(kind: menu.Kind) -> None:
    for day in (date(2012, 12, 31), date(2015, 12, 31), date(2017, 12, 31), date(2025, 12, 31)):
        found = Menu(BOOK).indicators(kind, day)
        assert bool(found) == (kind.kind not in WITHOUT_ENERGY_NORM)


@pytest.mark.parametrize("kind", menu.kinds(), ids=lambda kind: kind.kind)
def test_every_machine_stands_in_a_catalogue(kind: menu.Kind) -> None:
    known = equipment_known(BOOK)
    assert bool(menu.machines(kind.kind)) == (kind.kind != "coal_washing")  # nothing is listed
    assert all((m.type, m.attribute) in known for m in menu.machines(kind.kind))


@pytest.mark.parametrize("kind", menu.kinds(), ids=lambda kind: kind.kind)
def test_every_outlet_has_a_limit_for_at_least_one_pollutant(kind: menu.Kind) -> None:
    offers = Menu(BOOK)
    for stack in menu.stacks(kind.kind):
        limits = [offers.emission(kind.industry, stack.source, c, DAY) for c in stack.pollutants]
        assert any(limits), stack.source


@pytest.mark.parametrize("kind", menu.kinds(), ids=lambda kind: kind.kind)
def test_every_product_sold_has_characteristics(kind: menu.Kind) -> None:
    for product in menu.sold(kind.kind):
        assert Menu(BOOK).characteristics(kind.industry, product, DAY), product


@pytest.mark.parametrize("industry", sorted(INDUSTRIES))
def test_every_industry_has_hazards_fuels_and_permits(industry: str) -> None:
    assert Menu(BOOK).hazards(industry, date(2018, 2, 1))
    assert abs(sum(fuel.share for fuel in menu.fuels(industry)) - 1) < 1e-9
    assert menu.permit_kinds(industry)


def test_hazard_criteria_are_those_in_force_on_the_day_found() -> None:
    # The trades' list of 2017 holds from 2017-11-30: before it there is no criterion to cite.
    first = date(2017, 11, 30)
    assert not Menu(BOOK).hazards("steel", first - timedelta(days=1))
    assert Menu(BOOK).hazards("steel", first)


def test_every_energy_name_in_the_facts_stands_in_the_store(table: Reader) -> None:
    known = {
        name
        for row in BOOK.energy_limits
        for name in (
            (row.product_zh, row.process_zh, row.indicator_zh),
            (row.product_en, row.process_en, row.indicator_en),
        )
    }
    no_norm = {(product, "", indicator) for product, indicator, *_ in NO_NORM_INDICATOR.values()}
    used = {(r["product"], r["process"], r["indicator"]) for r in table("energy")}
    # The real meter names its furnace by a figure that no norm limits.
    assert {name for name in used - known - no_norm if name[2] != "冶炼电耗"} == set()


def test_every_energy_in_the_facts_stands_in_the_store(table: Reader) -> None:
    known = {row.energy_zh for row in BOOK.energy_factors}
    assert {row["energy"] for row in table("energy_inputs")} <= known


def test_every_source_of_an_outlet_stands_in_the_store(table: Reader) -> None:
    known = {n for row in BOOK.emission_limits for n in (row.source_zh, row.source_en)}
    assert {row["source"] for row in table("outlets")} <= known


def test_every_tested_characteristic_stands_in_the_store(table: Reader) -> None:
    known = {(row.product_zh, row.characteristic_zh) for row in BOOK.product_standards}
    assert {(row["product"], row["characteristic"]) for row in table("tests")} <= known


def test_every_criterion_stands_in_the_store(table: Reader) -> None:
    known = {f"{row.source_id} {row.clause}" for row in BOOK.hazard_criteria}
    assert {row["criterion"] for row in table("hazards")} <= known


def test_conditions_are_keys_and_values(table: Reader) -> None:
    for name in ("energy", "outlets"):
        cells = [row["conditions"] for row in table(name) if row["conditions"]]
        assert cells
        assert all("=" in part for cell in cells for part in fragments(cell))

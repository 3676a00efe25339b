"""The rows in force on a day, chosen by industry, dimension and product; rows as plain data."""

from __future__ import annotations

from datetime import date

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.in_force import in_force
from phaseout.law.norms.plain import as_data, document_as_data, rows_of

BOOK = NormBook.load()


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2014, 8, 31), None),
        (date(2014, 9, 1), "GB21346-2013"),
        (date(2023, 12, 31), "GB21346-2013"),
        (date(2024, 1, 1), "GB21346-2022"),
    ],
)
def test_the_edition_changes_on_the_day_it_says(day: date, edition: str | None) -> None:
    found = in_force(BOOK, day, industry="electrolytic_aluminium", dimension="energy")
    editions = {row.source_id for row in found.rows.get("energy_limits", ())}
    assert editions == ({edition} if edition else set())


def test_every_row_of_the_answer_holds_and_no_other_row_does() -> None:
    day = date(2017, 6, 30)
    found = {row.row_id for rows in in_force(BOOK, day).rows.values() for row in rows}
    dated = {row.row_id for row in BOOK.energy_limits + BOOK.emission_limits if row.holds_on(day)}
    assert dated <= found
    others = {row.row_id for row in BOOK.energy_limits + BOOK.emission_limits} - dated
    assert not others & found


def test_an_industry_takes_the_norms_of_every_industry_with_it() -> None:
    found = in_force(BOOK, date(2017, 6, 30), industry="cement", dimension="environment")
    assert {row.industry for row in found.rows["emission_limits"]} == {"cement", "all"}  # type: ignore[attr-defined]


def test_a_product_is_found_by_part_of_its_name_in_either_language() -> None:
    day = date(2017, 6, 30)
    zh = in_force(BOOK, day, dimension="energy", product="熟料").rows["energy_limits"]
    en = in_force(BOOK, day, dimension="energy", product="CLINKER").rows["energy_limits"]
    assert zh
    assert {row.row_id for row in zh} >= {row.row_id for row in en} > set()


def test_safety_criteria_hold_as_long_as_their_document() -> None:
    before = in_force(BOOK, date(2017, 11, 29), industry="cement", dimension="safety")
    after = in_force(BOOK, date(2017, 11, 30), industry="cement", dimension="safety")
    assert not before.rows
    assert {row.source_id for row in after.rows["hazard_criteria"]} == {"SAWS-IV-2017-129"}


def test_a_document_that_prints_only_its_year_leaves_its_rows_undated() -> None:
    found = in_force(BOOK, date(2017, 6, 30))
    assert {row.source_id for row in found.undated} >= {"SEED-2017"}
    assert not {row.row_id for row in found.undated} & {
        row.row_id for rows in found.rows.values() for row in rows
    }


def test_a_row_as_data_keeps_the_printed_digits_and_says_how_its_prose_was_read() -> None:
    row = next(r for r in BOOK.emission_limits if "averaging=inferred" in r.condition)
    data = as_data(row, BOOK)
    assert data["value"] == str(row.value)
    assert data["division_code"] == "000000"
    pieces = {part["prose"] for kind in ("conditions", "open_conditions", "corrections", "remarks")
              for part in data[kind]}  # fmt: skip
    assert "averaging=inferred" in pieces
    assert "averaging=inferred" in {part["prose"] for part in data["remarks"]}


def test_the_catalogue_class_keeps_its_name_as_data() -> None:
    assert as_data(BOOK.equipment_catalogue[0], BOOK)["class"] in ("eliminate", "limit")


def test_a_document_as_data_names_what_it_replaces_and_where_it_holds() -> None:
    data = document_as_data(BOOK.source("GB21346-2013"), BOOK)
    assert (data["supersedes"], data["superseded_by"]) == (["GB21346-2008"], "GB21346-2022")
    local = document_as_data(BOOK.source("DB64-1147-2015"), BOOK)
    assert local["division_code"] == "640000"
    assert len(rows_of(BOOK, "GB21346-2013")) == 12

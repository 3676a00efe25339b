"""The demo authority: its confirmations hold for the rows as they are, its decisions bite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import resources

import pytest

from phaseout.law.judgement.authority import KINDS, Decision, read_decisions
from phaseout.law.norms import NormBook
from phaseout.law.norms.book import read_csv
from phaseout.law.norms.confirmation import Confirmation, digest, read_confirmations
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.records import Confidence, Row
from phaseout.province.confirmed import demo_confirmations, shipped
from phaseout.province.places import ningxia

Reader = Callable[[str], list[dict[str, str]]]

BOOK = NormBook.load()
DEMO = "演示"


@pytest.fixture(scope="module")
def confirmations() -> tuple[Confirmation, ...]:
    return read_confirmations(shipped())


@pytest.fixture(scope="module")
def decisions() -> tuple[Decision, ...]:
    file = resources.files("phaseout.regions.ningxia.demo") / "decisions.csv"
    with resources.as_file(file) as path:
        return read_decisions(path)


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    found = {row.row_id: row for row in BOOK.rows()}
    for table in method_tables():
        found |= {row.row_id: row for row in method_rows(table)}
    return found


def test_every_confirmation_holds_for_its_row(
    confirmations: tuple[Confirmation, ...], rows: dict[str, Row]
) -> None:
    stale = [c.row_id for c in confirmations if c.row_digest != digest(rows[c.row_id])]
    assert stale == [], "write them anew: python -m phaseout.province.confirmed"
    assert all(c.holds_for(rows[c.row_id], date(2018, 3, 15)) for c in confirmations)


def test_only_rows_that_need_it_are_confirmed(
    confirmations: tuple[Confirmation, ...], rows: dict[str, Row]
) -> None:
    assert len(confirmations) > 300
    assert all(rows[c.row_id].confidence is not Confidence.VERIFIED for c in confirmations)


def test_every_confirmation_says_that_it_is_a_demonstration(
    confirmations: tuple[Confirmation, ...],
) -> None:
    for c in confirmations:
        texts = (c.document, c.confirmed_by, c.countersigned_by, c.note)
        assert all(DEMO in text for text in texts)
        assert c.confirmed_by != c.countersigned_by


def test_a_part_of_the_store_stays_unconfirmed(confirmations: tuple[Confirmation, ...]) -> None:
    settled = {c.row_id for c in confirmations}
    open_ones = [r for r in BOOK.rows() if r.confidence is not Confidence.VERIFIED]
    assert any(row.row_id not in settled for row in open_ones)


def test_what_is_shipped_is_what_the_function_makes(
    confirmations: tuple[Confirmation, ...],
) -> None:
    assert confirmations == tuple(demo_confirmations(BOOK))


def test_a_decision_is_real_with_its_document_or_marked_as_a_demonstration(
    decisions: tuple[Decision, ...],
) -> None:
    assert {d.kind for d in decisions} == set(KINDS)
    for d in decisions:
        assert (DEMO in d.document) == (DEMO in d.decided_by)
        assert d.note


def test_every_decision_names_things_that_exist(
    decisions: tuple[Decision, ...], rows: dict[str, Row], table: Reader
) -> None:
    equipment = {row["equipment_id"] for row in table("equipment")}
    outlets = {row["outlet_id"] for row in table("outlets")}
    cities = {place.city_code for place in ningxia()}
    for d in decisions:
        if d.kind in ("exception", "condition"):
            assert d.key in rows
            assert d.subject in equipment | outlets, d.subject
        elif d.kind == "area":
            assert d.subject in cities
        elif d.kind == "edition":
            assert {d.subject, d.value} <= set(BOOK.sources)


def test_the_divisions_are_complete() -> None:
    file = resources.files("phaseout.regions.ningxia") / "divisions.csv"
    levels = [cells["level"] for _, cells in read_csv(file)]
    assert levels.count("prefecture") == 5
    assert levels.count("county") == 22

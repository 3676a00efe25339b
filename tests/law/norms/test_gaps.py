"""Gaps: which days have no row, what would fill them, and what is no gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from phaseout.law.industries import INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.norms.gaps import DIMENSION_TABLES, SINCE, Gap, Kind, find_gaps, last_begin

BOOK = NormBook.load()
UNTIL = last_begin(BOOK)
ALL = find_gaps(BOOK)


def whole(dimension: str, industry: str, kind: Kind = Kind.NO_ROW) -> list[tuple[date, date]]:
    """The gaps of the industry as a whole."""
    return [
        (gap.first, gap.last)
        for gap in ALL
        if (gap.dimension, gap.industry, gap.subject_zh, gap.kind)
        == (dimension, industry, "", kind)
    ]


def of(subject: str, dimension: str = "energy") -> list[Gap]:
    return [gap for gap in ALL if gap.subject_zh == subject and gap.dimension == dimension]


def test_the_last_day_asked_comes_from_the_data() -> None:
    begins = {getattr(row, "effective_from", None) for row in BOOK.rows()} - {None}
    assert max(begins) == UNTIL  # type: ignore[type-var]


def test_silicon_carbide_and_leather_have_no_energy_row_at_all() -> None:
    assert whole("energy", "silicon_carbide") == [(SINCE, UNTIL)]
    assert whole("energy", "leather") == [(SINCE, UNTIL)]


def test_the_hole_of_silicon_carbide_names_the_local_standard() -> None:
    gap = next(g for g in ALL if (g.dimension, g.industry) == ("energy", "silicon_carbide"))
    assert [document.source_id for document in gap.filled_by] == [
        "DB64-1147-2015", "DB64T-1147-2022",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "industry", ["electrolytic_aluminium", "lead_zinc", "ferroalloy", "coke", "silicon_carbide"]
)
def test_industries_without_a_mandatory_product_standard_are_named(industry: str) -> None:
    """quality_procedure.md section 1, last point."""
    kind = Kind.NO_ROW if industry == "silicon_carbide" else Kind.NOT_MANDATORY
    assert whole("quality", industry, kind) == [(SINCE, UNTIL)]


def test_rebar_was_under_recommended_standards_for_seven_years() -> None:
    gaps = [(g.kind, g.first, g.last) for g in of("热轧带肋钢筋HRB400", "quality")]
    assert gaps == [(Kind.NOT_MANDATORY, date(2017, 3, 23), date(2024, 9, 24))]


def test_zinc_names_the_edition_whose_figures_are_missing() -> None:
    gap = of("电锌锭")[0]
    assert (gap.first, gap.last, gap.after) == (SINCE, date(2024, 5, 31), ("GB25323-2023",))
    assert [(d.source_id, d.effective_from, d.effective_to) for d in gap.filled_by] == [
        ("GB21249-2014", "2015-01-01", "2024-05-31")
    ]


def test_a_gap_ends_the_day_before_the_first_row_begins() -> None:
    assert whole("energy", "electrolytic_aluminium") == [(SINCE, date(2014, 8, 31))]
    assert whole("safety", "cement") == [(SINCE, date(2017, 11, 29))]
    assert whole("safety", "coal") == []


def test_an_edition_in_force_with_rows_of_other_names_is_told_apart() -> None:
    gaps = [(g.kind, g.first, g.last) for g in of("原煤 露天开采")]
    assert (Kind.NOT_IN_EDITION, date(2013, 10, 1), date(2026, 7, 31)) in gaps


def test_a_documented_hole_without_any_row_is_a_subject_of_its_own() -> None:
    sources = [document.source_id for document in of("工业硅")[0].filled_by]
    assert sources == ["GB31338-2014", "GB21347-2023"]


def test_the_catalogue_of_2011_is_named_as_missing() -> None:
    gap = next(g for g in ALL if (g.dimension, g.industry) == ("technology", "coal"))
    assert [document.source_id for document in gap.filled_by] == ["NDRC-CAT-2011"]


def test_every_industry_and_dimension_is_asked() -> None:
    """An industry is silent only where rows cover every day."""
    for dimension, table in DIMENSION_TABLES.items():
        for industry in INDUSTRIES:
            rows = [r for r in getattr(BOOK, table) if r.industry == industry]
            if not rows:
                assert whole(dimension, industry) == [(SINCE, UNTIL)]


def test_no_gap_contains_a_day_on_which_a_row_of_its_subject_holds() -> None:
    product_gaps = [g for g in ALL if g.dimension == "quality" and g.subject_zh]
    for gap in product_gaps:
        if gap.kind in (Kind.NO_ROW, Kind.NOT_IN_EDITION):
            rows = [r for r in BOOK.product_standards if r.product_zh == gap.subject_zh]
            assert not any(r.holds_on(day) for r in rows for day in (gap.first, gap.last))


def test_a_row_without_a_figure_is_no_gap_and_is_shown_apart() -> None:
    silent = replace(
        BOOK.row("energy_limits/GB21346-2013/1"),
        row_id="energy_limits/SIC/1",
        industry="silicon_carbide",
        product_zh="碳化硅",
        product_en="silicon carbide",
        process_zh="",
        value=None,
        effective_from=date(2015, 1, 1),
        effective_to=date(2015, 12, 31),
    )
    gaps = find_gaps(BOOK.with_rows(silent), dimension="energy", industry="silicon_carbide")
    told = [(g.kind, g.first, g.last) for g in gaps if g.subject_zh == "碳化硅"]
    assert (Kind.NO_FIGURE, date(2015, 1, 1), date(2015, 12, 31)) in told
    assert (Kind.NO_ROW, SINCE, date(2014, 12, 31)) in told
    assert (Kind.NO_ROW, date(2016, 1, 1), UNTIL) in told


@pytest.mark.parametrize(("division", "filled"), [("640000", True), ("130000", False)])
def test_a_local_row_fills_the_gap_of_its_own_place_only(division: str, filled: bool) -> None:
    local = replace(
        BOOK.row("energy_limits/GB21346-2013/1"),
        row_id="energy_limits/DB64-1147-2015/1",
        source_id="DB64-1147-2015",
        industry="silicon_carbide",
        effective_from=SINCE,
        effective_to=None,
    )
    gaps = find_gaps(
        BOOK.with_rows(local), dimension="energy", industry="silicon_carbide", division=division
    )
    assert (not [g for g in gaps if g.subject_zh == ""]) is filled


def test_since_and_until_bound_every_gap() -> None:
    since, until = date(2016, 1, 1), date(2018, 12, 31)
    for gap in find_gaps(BOOK, since=since, until=until):
        assert since <= gap.first <= gap.last <= until


def test_the_coke_standard_of_2024_is_named_once_the_air_rows_have_ended() -> None:
    """The air rows of GB 16171-2012 end on 2026-12-31; the limits of its successor are unseen."""
    day = date(2027, 1, 1)
    gaps = find_gaps(BOOK, since=day - timedelta(days=1), until=day, dimension="environment")
    pushing = [g for g in gaps if g.industry == "coke" and g.subject_zh == "废气 推焦"]
    assert [(g.first, g.last) for g in pushing] == [(day, day)]
    assert "E-GB16171-2024" in {d.source_id for g in pushing for d in g.filled_by}

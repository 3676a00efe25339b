"""What must hold of any number: order, wholeness, one band for each value, one law in two forms."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import cache

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from phaseout.law.industries import INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.prices import Measure, PriceClass, Question, answer, bands_in_force, batch, charge
from phaseout.law.prices.charging import water_parts
from phaseout.law.prices.readings import Kind

BOOK = NormBook.load()
ALUMINIUM = "electrolytic_aluminium"
KWH_T = st.decimals(13000, 14500, places=3)
MONEY = st.decimals(0, 10**9, places=3)


@cache
def law(year: int):
    return bands_in_force(BOOK, date(year, 1, 1), date(year, 12, 31))


def tiered(year: int, x: Decimal) -> Decimal:
    return answer(Question.of_year(Measure.TIERED, ALUMINIUM, year, indicator=x), law(year)).rate


@given(st.sampled_from([2014, 2021, 2022, 2024, 2025]), KWH_T, KWH_T)
def test_who_uses_more_a_tonne_never_pays_less_a_kwh(year, one, other) -> None:
    low, high = sorted((one, other))
    assert tiered(year, low) <= tiered(year, high)


@given(KWH_T, MONEY, MONEY)
def test_the_whole_quantity_is_charged_at_one_rate(x, one, other) -> None:
    rate = tiered(2022, x)
    assert abs(charge(rate, one + other) - charge(rate, one) - charge(rate, other)) <= Decimal(
        "0.01"
    )
    assert abs(charge(rate, one) - rate * one) <= Decimal("0.005")


@given(st.sampled_from([2014, 2018, 2021]), KWH_T)
def test_every_value_lies_in_exactly_one_band(year, x) -> None:
    bands = [
        one
        for one in law(year).rows
        if (one.row.measure, one.row.industry) == ("tiered", ALUMINIUM) and one.contains(x)
    ]
    assert len(bands) == 1


@given(st.decimals(0, 10**6, places=1), st.decimals(0, 10**6, places=1))
def test_more_water_never_costs_less_and_nothing_within_the_quota(one, other) -> None:
    low, high = sorted((one, other))

    def cost(used: Decimal) -> Decimal:
        asked = Question.of_year(
            Measure.WATER, "all", 2022, indicator=used, limit=Decimal(100_000),
            source_id="CITY-WATER-2022",
        )  # fmt: skip
        return water_parts(asked, Decimal(3), law(2022))[1]

    assert cost(low) <= cost(high)
    assert (cost(low) == 0) == (low <= 100_000)


CLASSES = st.sampled_from([None, *PriceClass])
QUESTIONS = st.builds(
    Question.of_year,
    st.sampled_from([Measure.DIFFERENTIAL, Measure.TIERED, Measure.PUNITIVE]),
    st.sampled_from(sorted(INDUSTRIES)),
    st.sampled_from([2009, 2010, 2013, 2016, 2018, 2021, 2022, 2025]),
    division=st.sampled_from(["640104", "130200", "340100", "410000"]),
    price_class=CLASSES,
    indicator=st.one_of(
        st.none(),
        st.sampled_from([Decimal(v) for v in ("13650", "13650.1", "13700", "13800.1", "64", "36")]),
        st.decimals(0, 20000, places=3),
    ),
    limit=st.one_of(st.none(), st.sampled_from([Decimal(0), Decimal(100), Decimal(6825)])),
    tier=st.sampled_from(["", "1", "2", "3"]),
    subject=st.sampled_from(["", "clinker", "cement", "grinding"]),
    commissioned_on=st.sampled_from([None, date(2013, 9, 30), date(2013, 10, 1)]),
    product=st.sampled_from([None, "锌锭", "精铅", "烧碱"]),
    kiln=st.sampled_from([None, "立窑", "新型干法窑"]),
)


@settings(max_examples=8, deadline=None)
@given(st.lists(QUESTIONS, min_size=1, max_size=60))
def test_a_batch_answers_as_one_by_one(questions) -> None:
    kwh = Decimal("1234567.891")
    with closing(duckdb.connect()) as engine:
        for year in {asked.first.year for asked in questions}:
            mine = [asked for asked in questions if asked.first.year == year]
            _laid(engine, mine, kwh)
            batch.lay(engine, law(year))
            batch.price(engine)
            found = engine.execute(
                "SELECT id, outcome, rate, row_id, provisional, surcharge FROM prices ORDER BY id"
            ).fetchall()
            for (_, *told), asked in zip(found, mine, strict=True):
                said = answer(asked, law(year))
                money = charge(said.rate, kwh) if said.determined else None
                row = said.reading.row.row_id if said.determined else told[2]
                assert told == [
                    said.outcome.value, said.rate, row, bool(said.provisional), money,
                ], asked  # fmt: skip


def _laid(engine, questions, kwh) -> None:
    rows = [
        [
            at, f"L{at}", "", q.measure.value, q.industry, q.price_class or "", q.division,
            q.subject, q.commissioned_on, q.product, q.kiln, q.tier, q.indicator, q.limit, kwh,
        ]
        for at, q in enumerate(questions)
    ]  # fmt: skip
    batch.lay_rows(engine, "occasions", batch.OCCASIONS, rows)


def test_batch_and_law_know_the_same_kinds() -> None:
    used = {one.kind for one in law(2018).rows if one.row.measure != "water"}
    assert used <= set(batch.SOURCES_KEPT) and Kind.STEP in batch.SOURCES_KEPT

"""Which document is in force, the province's row, holes, stops, and one surcharge a kWh."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import confirm, countersign
from phaseout.law.prices import Measure, Outcome, PriceClass, Question, answer, bands_in_force
from phaseout.law.prices.choosing import choose
from phaseout.law.prices.income import late_payment, share_on
from phaseout.law.prices.refusing import refusal_of
from phaseout.law.refusals import Refusal

BOOK = NormBook.load()
ALUMINIUM = "electrolytic_aluminium"
ELIMINATE, LIMIT = PriceClass.ELIMINATE, PriceClass.LIMIT


def ask(measure, industry, first, last=None, book=BOOK, **known):
    last = last or first
    return answer(Question(Measure(measure), industry, first, last, **known),
                  bands_in_force(book, first, last))  # fmt: skip


def year(measure, industry, of, **known):
    return ask(measure, industry, date(of, 1, 1), date(of, 12, 31), **known)


@pytest.mark.parametrize(
    ("day", "source", "rate"),
    [
        (date(2010, 5, 31), "NDRC-2008-STEP", "0.20"),
        (date(2010, 6, 1), "NDRC-2010-978", "0.30"),
        (date(2014, 6, 30), "NDRC-2010-978", "0.30"),
        (date(2014, 7, 1), "NDRC-2014-880", "0.40"),
    ],
)
def test_cement_of_the_eliminated_class_by_the_document_of_the_day(day, source, rate) -> None:
    found = ask("differential", "cement", day, price_class=ELIMINATE, kiln="立窑")
    assert (found.reading.row.source_id, found.rate) == (source, Decimal(rate))


def test_a_year_in_which_the_document_changes_is_divided() -> None:
    found = year("differential", "cement", 2014, price_class=ELIMINATE, kiln="立窑")
    assert found.outcome is Outcome.DIVIDED
    assert [(day, source) for day, _, source in found.spans] == [
        (date(2014, 1, 1), "NDRC-2010-978"),
        (date(2014, 7, 1), "NDRC-2014-880"),
    ]
    assert "2014-07-01" in refusal_of(found).zh


@pytest.mark.parametrize(("of", "outcome"), [(2013, Outcome.NO_RATE), (2014, Outcome.NONE)])
def test_a_year_without_a_rate_is_a_hole_and_named(of, outcome) -> None:
    found = year("tiered", ALUMINIUM, of, indicator=Decimal(13000))
    assert found.outcome is outcome
    if outcome is Outcome.NO_RATE:
        refusal = refusal_of(found)
        assert refusal.code == "price.no-rate"
        assert "2013年" in refusal.zh and "NDRC-2013-2530" in refusal.zh and "2013" in refusal.en


def test_no_document_a_hole_an_unknown_edge_and_a_missing_fact_are_four_answers() -> None:
    kinds = [
        year("tiered", "ferroalloy", 2018, indicator=Decimal(5000)),
        year("tiered", ALUMINIUM, 2012, indicator=Decimal(13000)),
        year("tiered", "steel", 2018, indicator=Decimal(500)),
        year("tiered", ALUMINIUM, 2018),
    ]
    assert [one.outcome for one in kinds] == [
        Outcome.NO_DOCUMENT, Outcome.NO_RATE, Outcome.EDGE_UNKNOWN, Outcome.UNDETERMINED,
    ]  # fmt: skip
    assert len({refusal_of(one).code for one in kinds}) == 4
    assert {one.rate for one in kinds} == {None}


@pytest.mark.parametrize(
    ("x", "outcome"), [("64", Outcome.NONE), ("64.1", Outcome.EDGE_UNKNOWN)]
)  # fmt: skip
def test_cement_above_the_first_tier_is_unknown_not_zero(x, outcome) -> None:
    known = {"subject": "clinker", "commissioned_on": date(2013, 9, 30)}
    assert year("tiered", "cement", 2018, indicator=Decimal(x), **known).outcome is outcome


def test_the_edge_of_cement_moves_with_the_day_of_commissioning() -> None:
    known = {"subject": "clinker", "indicator": Decimal(62)}
    old = year("tiered", "cement", 2018, commissioned_on=date(2013, 9, 30), **known)
    new = year("tiered", "cement", 2018, commissioned_on=date(2013, 10, 1), **known)
    nobody_knows = year("tiered", "cement", 2018, **known)
    assert [one.reason or one.outcome.value for one in (old, new, nobody_knows)] == [
        "none", "edge_unknown", "commissioned_missing",
    ]  # fmt: skip


def test_the_tiered_price_of_cement_stopped_the_others_but_for_the_eliminated_class() -> None:
    over = {"indicator": Decimal(201), "limit": Decimal(100)}
    assert year("differential", "cement", 2018, price_class=LIMIT).outcome is Outcome.STOPPED
    assert year("punitive", "cement", 2018, **over).outcome is Outcome.STOPPED
    assert year("differential", "cement", 2015, price_class=LIMIT).rate == Decimal("0.10")
    assert year("punitive", "cement", 2018, price_class=ELIMINATE, **over).rate == Decimal("0.30")


@pytest.mark.parametrize(
    ("division", "source", "rate"),
    [
        ("640100", "NDRC-2016-2803", "0.50"), ("130000", "HEB-2017", "0.60"),
        ("130200", "HEB-2017", "0.60"), ("410000", "NDRC-2016-2803", "0.50"),
    ],
)  # fmt: skip
def test_a_province_wins_only_where_it_is_higher(division, source, rate) -> None:
    found = year("differential", "steel", 2018, price_class=ELIMINATE, division=division)
    assert (found.reading.row.source_id, found.rate) == (source, Decimal(rate))


def test_a_lower_local_row_gives_way_to_the_national_floor() -> None:
    row = replace(
        BOOK.row("price_rules/HEB-2017/1"), row_id="price_rules/LOCAL/1", source_id="LOCAL",
        surcharge="0.40",
    )  # fmt: skip
    book = BOOK.with_rows(row, jurisdictions={"LOCAL": "640000"})
    found = year("differential", "steel", 2018, price_class=ELIMINATE, book=book)
    assert found.rate == Decimal("0.50")
    assert [one.reading.row.source_id for one in found.weaker] == ["LOCAL"]


def test_what_a_document_asks_for_and_nobody_knows_makes_the_answer_provisional() -> None:
    known = {"price_class": ELIMINATE}
    zinc = year("differential", "lead_zinc", 2018, product="锌锭", **known)
    lead = year("differential", "lead_zinc", 2018, product="精铅", **known)
    either = year("differential", "lead_zinc", 2018, **known)
    assert (zinc.rate, bool(zinc.provisional)) == (Decimal("0.30"), False)
    assert (lead.outcome, lead.reason) == (Outcome.UNDETERMINED, "not_covered")
    assert (either.rate, bool(either.provisional)) == (Decimal("0.30"), True)


def test_two_signatures_make_a_recalled_row_count() -> None:
    row = BOOK.row("price_rules/NDRC-2021-1239/3")
    first = confirm(row, document="发改价格〔2021〕1239号", page="2", by="甲", on=date(2023, 2, 1))
    signed = countersign(first, row, by="乙", on=date(2023, 2, 2))
    asked = Question.of_year(Measure.TIERED, ALUMINIUM, 2023, indicator=Decimal(13500))
    law = bands_in_force(BOOK, asked.first, asked.last, confirmations=[signed])
    assert not answer(asked, law).provisional


def test_one_kwh_carries_one_surcharge_and_the_conflict_is_reported() -> None:
    two = [
        year("punitive", ALUMINIUM, 2018, indicator=Decimal(201), limit=Decimal(100)),
        year("tiered", ALUMINIUM, 2018, indicator=Decimal(13850)),
        year("differential", ALUMINIUM, 2018, price_class=LIMIT),
    ]
    made = choose(two)
    assert made.chosen is two[2] and made.chosen.rate == Decimal("0.10")
    assert [one.question.measure for one in made.conflicts] == [Measure.TIERED, Measure.PUNITIVE]


def test_a_stronger_measure_that_is_not_settled_is_said_beside_the_chosen_one() -> None:
    made = choose(
        [
            year("punitive", "steel", 2018, indicator=Decimal(201), limit=Decimal(100)),
            year("tiered", "steel", 2018),
        ]
    )
    assert made.chosen.question.measure is Measure.PUNITIVE and made.chosen.provisional
    assert [one.outcome for one in made.unsettled] == [Outcome.EDGE_UNKNOWN]


def test_the_grid_keeps_a_tenth_where_a_document_says_so() -> None:
    beijing, here = share_on(date(2018, 3, 1), "110000"), share_on(date(2018, 3, 1), "640100")
    assert beijing.of(Decimal("100.05")) == (Decimal("10.01"), Decimal("90.04"))
    assert here.of(Decimal("100.05")) == (Decimal("0.00"), Decimal("100.05"))
    assert here.confidence != "verified"


@pytest.mark.parametrize(("percent", "wanted"), [("0.1", "1.00"), ("0.3", "3.00")])
def test_late_payment_by_contract(percent, wanted) -> None:
    assert late_payment(Decimal(100), 10, Decimal(percent)) == Decimal(wanted)
    assert late_payment(Decimal(100), 0, Decimal(percent)) == 0


@pytest.mark.parametrize("percent", ["0.09", "0.31"])
def test_a_contract_outside_the_regulations_is_refused(percent) -> None:
    with pytest.raises(Refusal) as refusal:
        late_payment(Decimal(100), 10, Decimal(percent))
    assert refusal.value.code == "price.late-rate"

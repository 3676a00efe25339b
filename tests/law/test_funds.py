"""The award fund: shares and factors, to the fen; what is not on record is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaseout.law import funds
from phaseout.law.funds import Claim, allocate
from phaseout.law.refusals import Refusal

ON = date(2018, 9, 3)


def claim(key: str, capacity: str, year: int, employees: int, difficulty: str = "1") -> Claim:
    return Claim(key, Decimal(capacity), year, employees, Decimal(difficulty))


def test_the_year_is_split_80_to_20() -> None:
    found = funds.parts(Decimal("1000000.01"), on=ON)
    assert (found.base, found.step) == (Decimal("800000.01"), Decimal("200000.00"))
    assert not found.provisional
    assert funds.parts(Decimal(100), on=date(2018, 8, 29)).provisional  # the text of 2016, recalled


def test_capacity_employees_and_difficulty_weigh_5_3_2() -> None:
    found = allocate(
        Decimal(1000), [claim("a", "300", 2017, 10), claim("b", "100", 2017, 30)], on=ON
    )
    # 500 × 3/4 + 300 × 1/4 + 200 × 1/2
    assert [(one.key, one.amount) for one in found.shares] == [("a", 550), ("b", 450)]


def test_who_left_early_counts_more() -> None:
    found = allocate(Decimal(1000), [claim("a", "100", 2016, 1), claim("b", "100", 2018, 1)], on=ON)
    # 500 × 110/200 and 500 × 90/200
    assert [one.amount for one in found.shares] == [525, 475]
    assert "110" in found.shares[0].explanation.en


def test_the_rest_goes_to_the_largest_fraction_and_among_equals_to_the_earlier() -> None:
    found = allocate(Decimal("0.10"), [claim(k, "1", 2017, 1) for k in "abc"], on=ON)
    assert [one.amount for one in found.shares] == [
        Decimal("0.04"), Decimal("0.03"), Decimal("0.03")
    ]  # fmt: skip


claims = st.lists(
    st.builds(
        Claim,
        st.just("x"),
        st.decimals("0.001", "1000000", places=3),
        st.integers(2016, 2020),
        st.integers(1, 5000),
        st.decimals("0.1", "10", places=1),
    ),
    min_size=1,
    max_size=12,
)


@given(st.integers(0, 10**12), claims)
def test_the_shares_add_up_to_the_fen(fen: int, brought: list[Claim]) -> None:
    base = Decimal(fen) / 100
    found = allocate(base, brought, on=ON)
    amounts = [one.amount for one in found.shares]
    assert sum(amounts) == base
    assert all(amount >= 0 and amount == round(amount, 2) for amount in amounts)


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ([], "funds.no-claim"),
        ([claim("a", "1", 2015, 1)], "funds.not-on-record"),  # a year the text does not name
        ([claim("a", "1", 2017, 0)], "funds.no-factor"),
        ([claim("a", "1", 2017, 1), claim("b", "-1", 2017, 1)], "funds.no-factor"),
    ],
)
def test_what_cannot_be_divided_is_refused(given_, code) -> None:
    with pytest.raises(Refusal) as refused:
        allocate(Decimal(1), given_, on=ON)
    assert refused.value.code == code


def test_the_step_part_and_days_without_rules_are_refused() -> None:
    assert funds.step_part(on=ON).code == "funds.not-on-record"
    for day in (date(2016, 5, 9), date(2021, 1, 1)):
        with pytest.raises(Refusal, match="not-on-record"):
            allocate(Decimal(1), [claim("a", "1", 2017, 1)], on=day)


def test_a_private_firm_gets_no_more_than_the_standard() -> None:
    assert funds.private_cap("steel", Decimal(10000), on=ON) == 1400000
    assert funds.private_cap("coal", Decimal(2), on=ON) == 2400000
    with pytest.raises(Refusal, match="not-on-record"):
        funds.private_cap("cement", Decimal(1), on=ON)


def test_the_money_pays_for_people_only_and_fits_two_industries() -> None:
    assert funds.may_pay("award", "severance", on=ON).clause == "第三条"
    with pytest.raises(Refusal, match="may-not-pay"):
        funds.may_pay("award", "conversion", on=ON)
    assert [funds.fits("award", i, on=ON) for i in ("steel", "coal", "cement")] == [
        True, True, False
    ]  # fmt: skip
    assert funds.fits("regional", "cement", on=ON) is None  # no record says for which it is

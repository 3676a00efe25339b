"""Retirement ages through time, protection, benefits, duties, mass lay-offs."""

from __future__ import annotations

from datetime import date

import pytest

from phaseout.law.settlement import (
    Span,
    benefit_months,
    duties,
    mass_layoff,
    protection,
    retirement,
    within_internal_retirement,
)


@pytest.mark.parametrize(
    ("born", "group", "on", "day"),
    [
        ("1958-03-15", "man", "2018-03-15", "2018-03-15"),
        ("1968-03-15", "woman_worker", "2018-03-15", "2018-03-15"),
        ("1964-12-31", "man", "2025-01-01", "2024-12-31"),  # had reached it before
        ("1965-01-01", "man", "2024-12-31", "2025-01-01"),  # as the law stood that day
        ("1965-01-01", "man", "2025-01-01", "2025-02-01"),  # a month later from then on
        ("1965-05-01", "man", "2025-01-01", "2025-07-01"),  # the fifth month: two months
        ("1976-08-31", "man", "2025-01-01", "2039-07-31"),  # 62 years 11 months
        ("1976-09-01", "man", "2025-01-01", "2039-09-01"),  # 63 years, the end of it
        ("1990-09-01", "man", "2025-01-01", "2053-09-01"),
        ("1975-01-01", "woman_worker", "2025-01-01", "2025-02-01"),
        ("1984-11-01", "woman_worker", "2025-01-01", "2039-11-01"),  # 55 years
        ("1970-01-01", "woman_cadre", "2025-01-01", "2025-02-01"),
        ("1981-09-01", "woman_cadre", "2025-01-01", "2039-09-01"),  # 58 years
    ],
)
def test_the_legal_age_rises_step_by_step_from_2025(born, group, on, day) -> None:
    found = retirement(date.fromisoformat(born), group, on=date.fromisoformat(on))
    assert found.day == date.fromisoformat(day)
    assert found.provisional  # these tables are recalled


@pytest.mark.parametrize(
    ("on", "inside"),
    [
        (date(2018, 3, 14), False),
        (date(2018, 3, 15), True),  # exactly five years before
        (date(2023, 3, 14), True),
        (date(2023, 3, 15), False),  # the age itself is reached
    ],
)
def test_internal_retirement_is_open_within_five_years(on, inside) -> None:
    assert within_internal_retirement(date(1963, 3, 15), "man", on=on) is inside


@pytest.mark.parametrize(
    ("ground", "stated", "first", "born", "groups", "barred"),
    [
        ("laid_off", ["maternity"], "2010-01-01", "1985-01-01", ("maternity",), True),
        ("closed", ["maternity"], "2010-01-01", "1985-01-01", ("maternity",), False),
        ("laid_off", [], "2003-03-16", "1963-03-14", ("near_retirement",), True),
        ("laid_off", [], "2003-03-17", "1963-03-14", (), False),  # a day short of 15 years
        ("laid_off", [], "2003-03-16", "1963-03-15", (), False),  # exactly five years are not under
    ],
)
def test_art_42_bars_lay_offs_and_not_the_end_of_the_firm(
    ground, stated, first, born, groups, barred
) -> None:
    on = date(2018, 3, 15)
    here = Span(date.fromisoformat(first), on)
    found = protection(
        ground, stated, here=here, born_on=date.fromisoformat(born), people="man", on=on
    )
    assert (found.groups, found.barred) == (groups, barred)


@pytest.mark.parametrize(
    ("people", "staff", "mass"),
    [(20, 1000, True), (19, 1000, False), (19, 190, True), (19, 191, False), (1, 10, True)],
)
def test_a_mass_lay_off_is_20_people_or_a_tenth(people, staff, mass) -> None:
    found = mass_layoff(people, staff, first_on=date(2018, 4, 16))
    assert found.mass is mass
    assert (found.told_by is not None) is mass


def test_the_staff_know_thirty_days_before() -> None:
    told_by = mass_layoff(20, 100, first_on=date(2018, 4, 16)).told_by
    assert told_by is not None and told_by.due == date(2018, 3, 16)


@pytest.mark.parametrize(
    ("paid", "months"), [(11, None), (12, 12), (59, 12), (60, 18), (119, 18), (120, 24)]
)
def test_the_benefit_is_paid_for_12_18_or_24_months(paid, months) -> None:
    assert benefit_months(paid, on=date(2019, 1, 1)).months == months


def test_the_duties_after_the_end_have_their_last_days() -> None:
    found = {task.key: task.certificate.due for task in duties(date(2019, 3, 14))}
    assert found == {
        "transfer": date(2019, 3, 29),
        "unemployed_list": date(2019, 3, 29),
        "keep_contracts": date(2021, 3, 15),  # 14 March is a Sunday
    }
    earlier = {task.key: task.certificate.due for task in duties(date(2018, 3, 14))}
    assert earlier["unemployed_list"] == date(2018, 3, 21)  # the regulation's 7 days

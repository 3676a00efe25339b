"""Each figure is what its list holds; who sees how much; files hold what the page shows."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook

from casebook import TODAY
from figures_walk import disagreements
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.coordination.dashboards import capacity, cases, due, money
from phaseout.coordination.dashboards.asking import Asked

ROOT = "/coordination/dashboard/"
THEMES = tuple(f"{ROOT}{theme}/" for theme in ("capacity", "cases", "deadlines", "money"))
EDGES = {30: 0, 31: 1, 90: 1, 91: 2, 180: 2, 181: 3, 365: 3, 366: 4}
"""Age in days → the column that counts it."""
DUE = {-1: 0, 0: 1, 7: 1, 8: 2, 30: 2, 31: 3, 90: 3, 91: 4}
"""Days until the last day → the column that counts it."""


def seen_by(province: Any, *post: str) -> Client:
    client = Client()
    client.force_login(province.desk.person(*post))
    return client


def asked(province: Any, *post: str, **given: Any) -> Asked:
    scope = scope_of(province.desk.person(*post), on=TODAY)
    return Asked(scope, TODAY, **given)


def values(panel: Any, row: int = 0) -> list[Any]:
    return [cell.value for cell in panel.rows[row].cells]


def test_every_figure_opens_a_list_that_bears_it_out(province: Any) -> None:
    for age in (30, 181):
        province.due(case := province.case(age), age - 31)
        province.task(case, "city_640100", age - 60)
    province.case(400, 2, office="city_640200")
    for n, day in enumerate((date(2017, 6, 1), TODAY)):
        province.billed(f"{n + 1}00.50", day, n)
    client = seen_by(province, "government", Role.LEADER)
    number, wrong = disagreements(client, ROOT, *THEMES)
    assert wrong == []
    assert number > 60
    narrowed = [f"{page}?city=6401&industry=cement" for page in THEMES[1:3]]
    past = [f"{page}?on=2018-01-15" for page in THEMES[:2]]
    number, wrong = disagreements(client, *narrowed, *past)
    assert wrong == []
    assert number > 20


def test_units_stand_apart_and_states_by_city(province: Any) -> None:
    by_city, by_industry, _years = capacity.panels(asked(province, "government", Role.LEADER))
    units = [(row.name, row.unit) for row in by_city.rows]
    assert units == [("银川市", "万吨/年"), ("石嘴山市", "kVA")]
    assert values(by_city)[0] == Decimal(30)
    assert values(by_city, 1)[0] == Decimal(300_000)
    assert [values(by_industry, n)[0] for n in range(3)] == [20, 10, 300_000]


@pytest.mark.parametrize(("age", "column"), EDGES.items())
def test_a_case_is_counted_by_its_age_to_the_day(province: Any, age: int, column: int) -> None:
    province.case(age)
    panel = cases.panels(asked(province, "eic", Role.LEADER))[0]
    counts = values(panel)
    assert counts[column] == 1 == counts[-1]
    assert sum(counts[:-1]) == 1


def test_a_case_closed_since_is_open_on_a_day_before(province: Any) -> None:
    province.case(50, closed_on=TODAY - timedelta(days=10))
    then = asked(province, "eic", Role.LEADER, on=TODAY - timedelta(days=11))
    on_the_day = asked(province, "eic", Role.LEADER, on=TODAY - timedelta(days=10))
    assert values(cases.panels(then)[0])[-1] == 1
    assert cases.panels(on_the_day)[0].rows == ()
    assert "cases-stage" not in [panel.key for panel in cases.panels(then)], "stages are of now"


def test_years_say_what_was_opened_closed_and_left_open(province: Any) -> None:
    """TODAY is 15 March 2018: 74 days ago was the last of 2017."""
    province.case(400, closed_on=date(2017, 12, 31))
    province.case(74, 2, closed_on=date(2018, 1, 1))
    province.case(73)
    years = cases.panels(asked(province, "eic", Role.LEADER))[-1]
    assert [(row.name, *(cell.value for cell in row.cells)) for row in years.rows] == [
        ("2017", 2, 1, 1),
        ("2018（截至 03-15）", 1, 1, 1),
    ]
    then = cases.panels(asked(province, "eic", Role.LEADER, year=2017))[-1]
    assert then.rows == years.rows[:1], "what happened since changes no year before"


@pytest.mark.parametrize(("days", "column"), DUE.items())
def test_a_deadline_is_counted_by_its_last_day(province: Any, days: int, column: int) -> None:
    province.due(province.case(5), days)
    panel = due.panels(asked(province, "eic", Role.LEADER))[0]
    assert values(panel)[column] == 1 == values(panel)[-1]


def test_a_task_is_counted_with_the_office_that_holds_it(province: Any) -> None:
    case = province.case(5)
    province.task(case, "city_640100", -1)
    of_all = due.panels(asked(province, "government", Role.LEADER))[2]
    assert [(row.name, row.cells[0].value) for row in of_all.rows] == [("银川市人民政府", 1)]
    assert due.panels(asked(province, "grid", Role.LEADER))[2].rows == (), "neither its nor raised"


def test_what_is_met_is_a_right_or_past_asking_is_not_due(province: Any) -> None:
    case = province.case(5)
    province.due(case, 5, going=False)
    province.due(case, 6, kind="right")
    assert due.panels(asked(province, "eic", Role.LEADER))[0].rows == ()
    province.due(case, 7)
    before = due.panels(asked(province, "eic", Role.LEADER, on=TODAY - timedelta(days=1)))[0]
    assert before.rows == () and "不能回看" in before.notes[0]
    client = seen_by(province, "eic", Role.LEADER)
    page = client.get(f"{ROOT}deadlines/?year=2017").content.decode()
    assert "不等于零" in page and "没有可计的数" not in page, "unknown is not nought"


def test_money_of_no_one_firm_is_unknown_of_an_industry_and_not_nought(province: Any) -> None:
    province.billed("80.00", TODAY)
    shown = money.panels(asked(province, "eic", Role.LEADER, industry="cement"))[0]
    assert values(shown) == [Decimal("80.00"), Decimal(0), None, None]
    assert shown.notes
    other = money.panels(asked(province, "eic", Role.LEADER, industry="coal"))[0]
    assert other.rows == ()


def test_a_city_sees_its_own_and_a_department_its_functions(province: Any) -> None:
    province.case(5)
    province.case(5, 2, office="city_640200", dimension="environment", procedure="environment")
    whole = cases.panels(asked(province, "government", Role.LEADER))[1]
    assert [row.name for row in whole.rows] == ["银川市", "石嘴山市"]
    city = asked(province, "cities", Role.LEADER, "640200")
    assert [row.name for row in cases.panels(city)[1].rows] == ["石嘴山市"]
    assert {row.name for row in capacity.panels(city)[0].rows} == {"石嘴山市"}
    assert "funds" not in [panel.key for panel in money.panels(city)], "its accounts are not its"
    department = cases.panels(asked(province, "epd", Role.LEADER))[0]
    assert [row.name for row in department.rows] == ["环保"]
    client = seen_by(province, "cities", Role.LEADER, "640200")
    number, wrong = disagreements(client, ROOT, *THEMES)
    assert wrong == [] and number


@pytest.mark.parametrize(
    ("post", "status"),
    [
        (("government", Role.LEADER), 200),
        (("epd", Role.LEADER), 200),
        (("cities", Role.LEADER, "640100"), 200),
        (("inspection", Role.AUDITOR), 200),
        (("eic", Role.OFFICER), 200),  # of the office that leads the whole
        (("epd", Role.OFFICER), 403),
        (("cities", Role.OFFICER, "640100"), 403),
        (("grid", Role.OFFICER), 403),
        (("eic", Role.ADMINISTRATOR), 403),  # accounts, no cases
        (("", Role.ENTERPRISE, "640000", "91640104MA0000000X"), 403),
    ],
)
def test_leaders_auditors_and_who_leads_the_whole_see_it(
    province: Any, post: tuple[str, ...], status: int
) -> None:
    client = seen_by(province, *post)
    assert client.get(ROOT).status_code == status
    assert client.get(f"{ROOT}cases-city.csv").status_code == status
    if status == 403 and post[1] == Role.OFFICER:
        assert ROOT not in client.get("/coordination/").content.decode()
        assert ROOT not in client.get("/workbench/").content.decode()
    if post[1] == Role.LEADER:
        assert f'href="{ROOT}"' in client.get("/").content.decode()
        assert f'href="{ROOT}"' in client.get("/workbench/").content.decode()


def test_the_files_hold_what_the_page_shows(province: Any) -> None:
    province.case(400)
    client = seen_by(province, "government", Role.LEADER)
    text = client.get(f"{ROOT}cases-city.csv").content.decode("utf-8-sig")
    told = list(csv.reader(io.StringIO(text)))
    assert told[1] == ["银川市", "件", "0", "0", "0", "0", "1", "1"]
    book = load_workbook(io.BytesIO(client.get(f"{ROOT}cases-city.xlsx").content))
    assert [cell.value for cell in book.active[2]] == ["银川市", "件", 0, 0, 0, 0, 1, 1]
    answer = client.get(f"{ROOT}cases-city.csv?city=6401&industry=cement")
    assert unquote(answer["Content-Disposition"]).endswith("-银川市-水泥-2018-03-15.csv")
    svg = client.get(f"{ROOT}capacity-city.svg?city=6401").content.decode()
    assert "银川市" in svg and "截至 2018-03-15 · 银川市" in svg and "石嘴山市" not in svg
    png = client.get(f"{ROOT}capacity-city.png").content
    assert png.startswith(b"\x89PNG")
    assert client.get(f"{ROOT}capacity-city.png").content == png


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?year=2017&on=2017-06-30", 422),
        ("?on=2018-03-16", 422),  # tomorrow
        ("?on=2018-02-30", 422),
        ("?city=9901", 422),
        ("cases/?industry=nonsense", 422),
        ("nonsense/", 404),
        ("nonsense.csv", 404),
        ("cases-city.exe", 404),
        ("cases-city.png", 404),  # nothing to draw
        ("cases-city.csv?year=1066", 404),
    ],
)
def test_what_cannot_be_asked_is_said(province: Any, address: str, status: int) -> None:
    client = seen_by(province, "government", Role.LEADER)
    assert client.get(f"{ROOT}{address}").status_code == status


def test_the_page_costs_the_same_with_more_rows(
    province: Any, django_assert_max_num_queries: Any
) -> None:
    client = seen_by(province, "government", Role.LEADER)
    for n in range(20):
        province.due(province.case(n * 20, n % 3), n)
    with django_assert_max_num_queries(20):
        client.get(ROOT)
